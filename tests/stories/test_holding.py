"""Holding: a meeting in a group's rooms, from `startmeeting` to `endmeeting`, with all that is noted in between."""

from datetime import timedelta

import pytest
import pytest_asyncio

from adapters.base import Verdict
from adapters.console.conversation import Person
from bot.app import App
from decisions.model import (
    Action,
    ActionStatus,
    AgendaItem,
    Attendance,
    Borne,
    Group,
    LogLine,
    Meeting,
    Note,
    Post,
    PostKind,
    Stage,
    Tag,
)
from storage.store import Store
from storage.verify import verify
from tests.house import House

ANA = Person(name="ana", role="facilitator")
OLA = Person(name="ola", role="observer")
TWO = {"general": "matrix", "chat": "telegram"}


@pytest_asyncio.fixture
async def house(store: Store) -> House:
    return House(store, TWO, (ANA, OLA))


def notes(house: House, *tags: Tag) -> list[tuple[str, str]]:
    """What stands in the minutes, as (tag, words)."""
    with house.store.reading() as work:
        found = [one for one in work.all(Note) if not one.undone and (not tags or one.tag in tags)]
        return [(one.tag.value, one.text) for one in found]


def said(house: House, *tags: Tag) -> list[str]:
    return [text for _, text in notes(house, *tags)]


def present(house: House) -> list[int]:
    with house.store.reading() as work:
        return [one.member_id for one in work.all(Attendance, here=True)]


def log(house: House) -> list[str]:
    with house.store.reading() as work:
        return [one.text for one in work.all(LogLine)]


def stage(house: House, number: int = 1) -> Stage:
    with house.store.reading() as work:
        return work.the(Meeting, group_id=1, number=number).stage


# -- beginning and ending ---------------------------------------------------------------------------------------------


async def test_a_meeting_begins_in_every_room_and_says_what_is_kept(house: House) -> None:
    answer = await house.say("ben", "!startmeeting Budget")
    assert answer.verdict is Verdict.DONE
    for room in TWO:
        (told,) = house.notices(room)
        assert told.startswith("M-1 · Budget has begun; ben leads it. What is said in this group’s rooms is kept")
        assert "endmeeting" in told
        assert "#topic, #info or #action" in told
    assert stage(house) is Stage.RUNNING


@pytest.mark.parametrize(
    "text",
    ["#startmeeting", "^startmeeting", "- startmeeting: Budget", "/startmeeting@folkmoot_bot Budget", "!STARTMEETING"],
)
async def test_it_begins_in_every_spelling(house: House, text: str) -> None:
    assert (await house.say("ben", text)).verdict is Verdict.DONE
    assert stage(house) is Stage.RUNNING


async def test_a_second_meeting_is_refused_alone_and_names_the_one_that_runs(house: House) -> None:
    await house.say("ben", "#startmeeting Budget", "general")
    before = house.notices("chat")
    answer = await house.say("cem", "#startmeeting Another", "chat")
    assert answer.verdict is Verdict.REFUSED
    assert "M-1 · Budget" in answer.text
    assert house.notices("chat") == before
    assert (await house.whisper("cem", "startmeeting")).verdict is Verdict.REFUSED


async def test_only_a_chair_or_a_facilitator_ends_it(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    answer = await house.say("cem", "#endmeeting")
    assert answer.verdict is Verdict.REFUSED
    assert "ben" in answer.text
    assert stage(house) is Stage.RUNNING
    assert (await house.say("ana", "!endmeeting", "chat")).verdict is Verdict.DONE
    assert stage(house) is Stage.ENDED
    with house.store.reading() as work:
        assert work.the(Group, id=1).running == 0
        assert len(work.all(Post, kind=PostKind.MINUTES)) == len(TWO)


async def test_nothing_is_kept_before_and_after(house: House) -> None:
    await house.say("ben", "good evening")
    await house.say("ben", "#startmeeting Budget")
    await house.say("cem", "hello all")
    await house.say("cem", "#info rent is up")
    await house.say("ben", "#endmeeting")
    await house.say("cem", "#info too late")
    assert log(house) == ["hello all", "#info rent is up", "#endmeeting"]
    assert said(house) == ["rent is up"]


async def test_a_forgotten_meeting_ends_by_itself(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    await house.wait(timedelta(hours=11, minutes=59))
    assert stage(house) is Stage.RUNNING
    await house.wait(timedelta(minutes=1))
    assert stage(house) is Stage.ENDED
    for room in TWO:
        assert any("twelve hours" in one for one in house.notices(room))
    await house.say("cem", "morning")
    assert "morning" not in log(house)


async def test_a_meeting_outlives_midnight_and_a_restart(house: House) -> None:
    await house.wait(timedelta(hours=5, minutes=30))
    await house.say("ben", "#startmeeting Budget")
    await house.say("ben", "#topic Rent")
    await house.wait(timedelta(hours=1))
    house.player.app = house.app = App(house.store, house.player.clock)
    await house.say("cem", "#info it is up")
    with house.store.reading() as work:
        topic, info = work.all(Note)
        assert info.under == topic.number


async def test_who_bore_a_bad_hour_is_written_down(store: Store) -> None:
    house = House(store, TWO, (ANA, Person(name="bao", zone="Asia/Tokyo"), Person(name="cem", zone="Europe/Berlin")))
    for who in ("bao", "cem"):
        await house.say(who, "hello")
    await house.say("ana", "#startmeeting Budget")
    for who in ("bao", "cem"):
        await house.say(who, "present+")
    await house.say("ana", "#endmeeting")
    with store.reading() as work:
        (borne,) = work.all(Borne)
        assert (borne.local, borne.member_id) == ("03:00", 2)
        assert borne.cost == 7  # the night is deep


# -- tags -------------------------------------------------------------------------------------------------------------


async def test_each_tag_is_noted_and_the_room_is_told_nothing(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    before = house.notices()
    for one in ("#topic Rent", "^info it is up", "- idea: move out", "Agreed: we move", "!rejected staying",
                "/todo Cem looks for a house", "#halp find a van", "https://example.org houses"):  # fmt: skip
        assert (await house.say("ben", one)).verdict is Verdict.DONE, one
    assert house.notices() == before
    assert notes(house) == [
        ("topic", "Rent"),
        ("info", "it is up"),
        ("idea", "move out"),
        ("agreed", "we move"),
        ("rejected", "staying"),
        ("action", "Cem looks for a house"),
        ("help", "find a van"),
        ("link", "https://example.org houses"),
    ]
    with house.store.reading() as work:
        (action,) = work.all(Action)
        assert (action.meeting_id, work.all(Note, action_id=action.id)[0].tag) == (1, Tag.ACTION)
        assert {one.under for one in work.all(Note)} == {0, 1}


async def test_several_tags_in_one_message(house: House) -> None:
    await house.say("ben", "#startmeeting Budget\n#topic Rent\nit is late\n#info it is up\n#endmeeting")
    assert notes(house) == [("topic", "Rent"), ("info", "it is up")]
    assert stage(house) is Stage.ENDED


async def test_all_tags_of_a_message_or_none(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    answer = await house.say("cem", "#info it is up\n#topic Rent\n#idea move out")
    assert answer.verdict is Verdict.REFUSED
    assert answer.text.startswith("Line 2, “topic Rent”: That is for those who lead the meeting: ben.")
    assert notes(house) == []


async def test_tags_are_talk_where_no_meeting_runs(house: House) -> None:
    for one in ("#topic Rent", "- info: it is up", "present+", "q+", "Topic: Rent", "#help me", "https://example.org"):
        assert (await house.say("ben", one)).verdict is Verdict.NOTHING, one
    for one in ("!topic Rent", "/info it is up", "#endmeeting"):
        answer = await house.say("ben", one)
        assert "startmeeting" in answer.text, one
    assert notes(house) == []


async def test_commands_stay_what_they_were(house: House) -> None:
    await house.say("ana", "#startmeeting Budget")
    await house.say("ana", "!propose Move out")
    await house.say("ben", "!agree P-1")
    await house.say("cem", "#agree P-1")
    assert "cem" in house.card()
    assert "ben" in house.card()
    await house.say("ben", "#agree we move")
    assert said(house, Tag.AGREED) == ["we move"]
    assert "agree P-7" in (await house.say("ben", "!help agree")).text
    await house.say("ben", "!help with the van")
    assert said(house, Tag.HELP) == ["with the van"]
    await house.say("ben", "!link https://example.org")
    assert said(house, Tag.LINK) == ["https://example.org"]
    assert (await house.say("ben", "#info so\n!agree P-1")).verdict is Verdict.REFUSED
    assert said(house, Tag.INFO) == []


async def test_undo_takes_out_ones_own_last_note_and_a_chair_anybodys(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    await house.say("cem", "#info one")
    await house.say("ben", "#info two")
    await house.say("cem", "#action three")
    await house.say("ben", "#undo")
    await house.say("cem", "#undo")
    assert said(house) == ["two"]
    assert (await house.say("cem", "#undo")).verdict is Verdict.REFUSED
    with house.store.reading() as work:
        assert work.all(Action)[0].status is ActionStatus.DROPPED
        assert len(work.all(Note)) == 3


async def test_an_edited_message_changes_what_it_noted_and_a_removed_one_undoes_it(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    await house.say("cem", "#info it is up\n#idea move", message="m1")
    await house.edit("cem", "m1", "#info it is down")
    assert notes(house) == [("info", "it is down")]
    await house.edit("cem", "m1", "#info it is down\n#link https://example.org")
    assert notes(house) == [("info", "it is down"), ("link", "https://example.org")]
    await house.edit("ben", "m1", "#info hijacked")
    assert said(house, Tag.INFO) == ["it is down"]
    await house.remove("cem", "m1")
    assert notes(house) == []
    assert log(house) == []


async def test_the_log_follows_edits_and_leaves_out_what_is_off_the_record(house: House) -> None:
    await house.say("ben", "before", message="m0")
    await house.say("ben", "#startmeeting Budget")
    await house.say("cem", "helo", message="m1")
    await house.say("cem", "Off the record: I am tired")
    await house.edit("cem", "m1", "hello")
    await house.edit("ben", "m0", "#info before")
    assert log(house) == ["hello"]
    assert notes(house) == []
    await house.edit("cem", "m1", "hello, off the record")
    assert log(house) == []


# -- people -----------------------------------------------------------------------------------------------------------


async def test_who_speaks_is_there_and_who_is_named_too(house: House) -> None:
    for who in ("cem", "dee", "eve"):
        await house.say(who, "hi")
    await house.say("ben", "#startmeeting Budget")
    await house.say("cem", "a word")
    await house.say("ben", "present+ dee, Zoe Zoom")
    await house.say("eve", "regrets+")
    await house.say("eve", "back for a minute only")
    assert said(house, Tag.GUEST) == ["Zoe Zoom"]
    with house.store.reading() as work:
        there = {one.member_id: one for one in work.all(Attendance)}
    assert sorted(one for one, kept in there.items() if kept.here) == sorted(present(house))
    assert len(present(house)) == 3
    assert [kept.regrets for kept in there.values()].count(True) == 1


async def test_chairs_are_made_and_unmade(house: House) -> None:
    await house.say("cem", "hi")
    await house.say("ben", "#startmeeting Budget")
    assert (await house.say("cem", "#topic mine")).verdict is Verdict.REFUSED
    assert (await house.say("cem", "#chair cem")).verdict is Verdict.REFUSED
    await house.say("ben", "Chair: cem")
    await house.say("cem", "Topic: mine")
    await house.say("ben", "#unchair cem")
    assert (await house.say("cem", "#topic again")).verdict is Verdict.REFUSED
    assert said(house) == ["mine"]
    assert (await house.say("ben", "#chair nobody")).verdict is Verdict.REFUSED


async def test_observers_note_no_agreement(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    assert (await house.say("ola", "#agreed to nothing")).verdict is Verdict.REFUSED
    assert (await house.say("ola", "#info I am here")).verdict is Verdict.DONE
    assert notes(house) == [("info", "I am here")]


# -- the word ---------------------------------------------------------------------------------------------------------


async def test_the_queue_says_who_has_not_spoken_yet(house: House) -> None:
    for who in ("cem", "dee", "eve"):
        await house.say(who, "hi")
    await house.say("ben", "#startmeeting Budget")
    before = house.notices()
    await house.say("cem", "q+")
    await house.say("ben", "ack cem")
    await house.say("cem", "q+ to ask about fees")
    await house.say("dee", "Q+")
    await house.say("eve", "q+")
    await house.say("eve", "q-")
    assert house.notices() == before
    await house.say("ben", "queue")
    assert house.notices()[-1] == "Waiting to speak: cem, dee. Not heard yet: dee."
    await house.say("ben", "#ack")
    assert house.notices()[-1] == "It is dee’s turn to speak."
    await house.say("ben", "q?")
    assert house.notices()[-1] == "Waiting to speak: cem."
    await house.say("ben", "#ack")
    assert (await house.say("ben", "#ack")).verdict is Verdict.REFUSED
    assert (await house.say("ben", "ack, will do")).verdict is Verdict.NOTHING
    assert (await house.say("ben", "ack that is right")).verdict is Verdict.NOTHING


# -- decisions --------------------------------------------------------------------------------------------------------


async def test_what_is_decided_in_a_meeting_stands_in_it(house: House) -> None:
    await house.say("ana", "#startmeeting Budget")
    for words, end in (("Move out", "RESOLVED: Move out"), ("Buy a van", "#agreed Buy a van"), ("Paint", "!close P-3")):
        await house.say("ana", f"PROPOSAL: {words}")
        await house.say("ben", "+1")
        await house.say("ana", end)
    with house.store.reading() as work:
        assert [one.poll_id for one in work.all(Note, tag=Tag.DECISION)] == [1, 2, 3]
    assert said(house, Tag.AGREED) == []
    await house.say("ana", "#endmeeting")
    await house.say("ana", "PROPOSAL: Later")
    await house.say("ana", "RESOLVED: Later")
    with house.store.reading() as work:
        assert len(work.all(Note, tag=Tag.DECISION)) == 3


# -- the agenda -------------------------------------------------------------------------------------------------------


async def test_the_agenda_takes_items_and_carries_over_what_was_not_reached(house: House) -> None:
    await house.say("ben", "!agenda Rent\nA van\nPaint")
    await house.say("cem", "!agenda add Summer party")
    assert (await house.say("cem", "!agenda drop 1")).verdict is Verdict.REFUSED
    await house.say("ben", "!agenda drop 3")
    await house.say("ben", "#startmeeting Budget")
    assert house.notices()[-1].endswith("1. Rent\n2. A van\n3. Summer party")
    await house.say("ben", "#topic next\n#action Cem: ask the landlord")
    await house.say("ben", "#topic Summer party")
    assert said(house, Tag.TOPIC) == ["Rent", "Summer party"]
    await house.say("ben", "#undo")
    await house.say("ben", "#endmeeting")
    shown = (await house.say("ben", "!agenda")).text
    assert shown.split("\n") == [
        "The agenda of the next meeting",
        "Left over from before:",
        "1. A van",
        "2. Summer party",
        "Still to be done:",
        "A-1 Cem: ask the landlord",
    ]
    await house.say("ben", "#startmeeting Again\n#topic 1")
    assert said(house, Tag.TOPIC) == ["Rent", "A van"]
    with house.store.reading() as work:
        assert [one.reached for one in work.all(AgendaItem) if not one.dropped] == [1, 2, None]


async def test_an_item_is_put_for_a_certain_meeting(house: House) -> None:
    await house.say("ana", "#startmeeting First")
    await house.say("ben", "!agenda M-1 Rent")
    await house.say("ana", "#topic rent.")
    assert said(house, Tag.TOPIC) == ["Rent"]
    await house.say("ana", "#endmeeting")
    assert (await house.say("ben", "!agenda M-1 Too late")).verdict is Verdict.REFUSED
    assert (await house.say("ben", "!agenda M-9 Nowhere")).verdict is Verdict.REFUSED
    assert (await house.say("ben", "!agenda drop 7")).verdict is Verdict.REFUSED


# -- bad input --------------------------------------------------------------------------------------------------------


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
    assert len(said(house, Tag.GUEST)) <= 60


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


async def test_what_somebody_else_took_back_or_edited_stays(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    await house.say("cem", "#info so", message="m1")
    await house.remove("dee", "m1")
    assert notes(house) == [("info", "so")]
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
