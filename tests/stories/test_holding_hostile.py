"""Bad input in meetings: what is too long, too much, somebody else's or made to deceive is refused, and loses nothing."""

import pytest
import pytest_asyncio

from adapters.base import Verdict
from decisions.model import (
    LogLine,
    Meeting,
    Note,
    Tag,
)
from storage.store import Store
from storage.verify import verify
from tests.house import House
from tests.stories.held import hall, log, notes, said


@pytest_asyncio.fixture
async def house(store: Store) -> House:
    return hall(store)


async def test_a_note_that_is_too_long_is_refused_and_one_line_of_many_too(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    answer = await house.say("cem", "#info " + "a" * 10_000)
    assert answer.text.startswith("That has 10,000 characters, and 4,000 fit in a note.")
    answer = await house.say("cem", "#info so\n" * 500)
    assert answer.text.startswith("Those are 500 in one message, and I take 50 at a time.")
    assert notes(house) == []
    await house.say("cem", "a" * 90_000)
    assert max(len(one) for one in log(house)) == 20_000


@pytest.mark.parametrize("tag", ["topic", "subject", "info", "idea", "link", "help", "agreed", "rejected", "action"])
@pytest.mark.parametrize("nothing", ["", "   ", "\u200f\u200b", "\u202e"])
async def test_a_tag_without_words_is_refused_with_an_example(sqlite_store: Store, tag: str, nothing: str) -> None:
    house = House(sqlite_store)
    await house.say("ben", "#startmeeting Budget")
    answer = await house.say("ben", f"#{tag} {nothing}")
    assert answer.verdict is Verdict.REFUSED
    assert f"#{tag}" in answer.text
    assert notes(house) == []


async def test_hostile_names_are_guests_by_what_can_be_seen_of_them(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    await house.say("ben", "present+ \u202eevil\u202c, <b>Zoe</b>, " + "x" * 5000 + ", \u200b,, ,")
    assert said(house, Tag.GUEST) == ["evil", "<b>Zoe</b>", "x" * 64]
    assert (await house.say("ben", "#chair \u202eevil")).verdict is Verdict.REFUSED
    await house.say("ben", "present+ " + ", ".join(f"guest {one}" for one in range(500)))
    assert len(said(house, Tag.GUEST)) == 3


async def test_a_name_that_could_be_two_peoples_is_refused(house: House) -> None:
    for who in ("anna", "\u0430nna"):
        await house.say(who, "hi")
    await house.say("ben", "#startmeeting Budget")
    assert "anna #" in (await house.say("ben", "#chair anna")).text


async def test_other_groups_are_left_alone(house: House) -> None:
    await house.elsewhere("eve", "#startmeeting Theirs", chat="Tea")
    await house.say("ben", "#info ours")
    await house.elsewhere("eve", "#info theirs", chat="Tea")
    assert (await house.say("ben", "!startmeeting M-1")).verdict is Verdict.REFUSED
    with house.store.reading() as work:
        assert [(one.group_id, one.text) for one in work.all(Note)] == [(2, "theirs")]
        assert {one.meeting_id for one in work.all(LogLine)} == {1}
    assert (await house.say("ben", "#startmeeting Ours")).verdict is Verdict.DONE


async def test_where_things_are_only_told_nothing_is_noted_or_kept(house: House) -> None:
    await house.say("ana", "!rooms announce on", "chat")
    await house.say("ben", "#startmeeting Budget", "chat")
    with house.store.reading() as work:
        assert work.all(Meeting) == []
    await house.say("ben", "#startmeeting Budget")
    await house.say("cem", "#info so", "chat")
    await house.say("cem", "so they say", "chat")
    assert notes(house) == []
    assert log(house) == []


async def test_the_same_message_again_notes_nothing_twice(house: House) -> None:
    await house.say("ben", "#startmeeting Budget", key="k1")
    await house.say("ben", "#startmeeting Budget", key="k1")
    for _ in range(2):
        await house.say("ben", "#info so\nq+", key="k2")
        await house.say("ben", "hello", key="k3")
    assert notes(house) == [("info", "so")]
    assert log(house) == ["#info so\nq+", "hello"]
    with house.store.reading() as work:
        assert len(work.all(Meeting)) == 1


async def test_what_is_taken_out_of_the_room_is_gone_and_once_the_meeting_is_over_notes_stay(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    await house.say("eve", "#info buy gold", message="m2")
    await house.edit("dee", "m2", "#info otherwise")
    assert notes(house) == [("info", "buy gold")]
    await house.remove("ana", "m2")  # a facilitator clears the room; that she may, the platform sees to
    assert notes(house) == []
    assert log(house) == []
    await house.say("cem", "#info so", message="m1")
    await house.say("ben", "#endmeeting")
    await house.edit("cem", "m1", "#info otherwise")
    assert notes(house) == [("info", "so")]
    await house.remove("cem", "m1")
    assert notes(house) == [("info", "so")]
    assert "#info so" not in log(house)


async def test_whoever_keeps_minutes_may_write_fast_and_nobody_without_end(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    answers = [await house.say("ben", f"#info {one}") for one in range(70)]
    assert [one.verdict for one in answers].count(Verdict.DONE) == 59
    assert [one.verdict for one in answers].count(Verdict.REFUSED) == 1
    assert len(notes(house)) == 59


async def test_the_journal_of_a_meeting_is_sound(house: House) -> None:
    await house.say("ben", "#startmeeting Budget\n#topic Rent\n#action Cem asks\n#undo\npresent+ Zoe\nregrets+ ana")
    await house.say("ben", "#endmeeting")
    with house.store.reading() as work:
        assert verify(work) == []
