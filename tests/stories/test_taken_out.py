"""Taken out: what is removed, undone, withdrawn or off the record is in no table, no index and no file of the database."""

from collections.abc import Awaitable, Callable

import pytest

from adapters.base import Verdict
from decisions.model import Action, ActionStatus, Doubt, Note, Poll
from storage.store import Store
from storage.verify import verify
from tests.house import House
from tests.stories.lively import files, rows

SECRET = "zebrafish"

Story = Callable[[House], Awaitable[object]]


def left(store: Store) -> list[str]:
    """Where anything of it is left."""
    found = [name for name, kept in rows(store).items() if SECRET in repr(kept)]
    return found + [one.name for one in files(store) if SECRET.encode() in one.read_bytes()]


def whole(store: Store) -> bool:
    with store.reading() as work:
        return not list(verify(work))


async def meets(store: Store) -> House:
    """Something is open, and a meeting runs."""
    house = House(store, limits=None)
    await house.say("ana", "!propose Meet monthly")
    await house.say("ana", "#startmeeting Budget")
    await house.settle()
    return house


async def edited(house: House) -> None:
    await house.edit("ben", "m", "off the record")


async def removed(house: House) -> None:
    await house.remove("ben", "m")


async def answered(house: House) -> None:
    assert (await house.say("ben", "off the record", reply_to="m")).verdict is Verdict.DONE


@pytest.mark.parametrize("take_out", [edited, removed, answered])
@pytest.mark.parametrize(
    "said", [f"because {SECRET}", f"#info {SECRET}", f"#idea {SECRET}\n#action ben: feed the {SECRET}"]
)
async def test_what_was_said_is_nowhere_any_more(sqlite_store: Store, said: str, take_out: Story) -> None:
    house = await meets(sqlite_store)
    await house.say("ben", said, reply_to=house.cards()[0].post, message="m")
    assert left(sqlite_store) != []
    await take_out(house)
    assert left(sqlite_store) == []
    assert whole(sqlite_store)
    await house.say("ana", "!endmeeting")
    await house.settle()
    assert SECRET not in repr(house.notices())


async def test_whoever_takes_a_note_out_of_the_room_takes_it_out_of_the_minutes(sqlite_store: Store) -> None:
    house = await meets(sqlite_store)
    await house.say("ben", f"#info {SECRET}", message="m")
    await house.remove("ana", "m")
    assert left(sqlite_store) == []


async def test_what_is_undone_keeps_no_words(sqlite_store: Store) -> None:
    house = await meets(sqlite_store)
    await house.say("ben", f"#action ana: feed the {SECRET}")
    await house.say("ben", "#undo")
    with sqlite_store.reading() as work:
        assert [one.text for one in work.all(Note)] == [""]
        assert [(one.text, one.status) for one in work.all(Action)] == [("", ActionStatus.DROPPED)]
    assert whole(sqlite_store)


@pytest.mark.parametrize("said", [f"#info off the record: {SECRET}", f"#action ana: {SECRET}, off the record"])
async def test_nothing_is_noted_that_is_off_the_record(sqlite_store: Store, said: str) -> None:
    house = await meets(sqlite_store)
    assert "noted nothing" in (await house.say("ben", said)).text
    assert left(sqlite_store) == []


async def test_a_lesson_that_is_withdrawn_is_in_no_index_either(sqlite_store: Store) -> None:
    house = House(sqlite_store)
    await house.say("ben", f"!failed To keep a {SECRET}\nagain: a bowl for the {SECRET}")
    await house.say("ben", "!withdraw L-1")
    assert left(sqlite_store) == []


async def test_an_offer_that_is_ended_is_in_no_log_either(sqlite_store: Store) -> None:
    house = await meets(sqlite_store)
    await house.whisper("ben", f"offer to keep a {SECRET}")
    await house.whisper("ben", "offers end 1")
    assert left(sqlite_store) == []


@pytest.mark.parametrize("take_out", [edited, removed])
async def test_what_was_held_up_waits_no_longer(sqlite_store: Store, take_out: Story) -> None:
    house = await meets(sqlite_store)
    await house.say("ana", "!propose Paper receipts for the next meetup in Accra")
    asked = await house.say("ben", f"!propose Paper receipts for the next meetup in Accra\n{SECRET}", message="m")
    assert asked.buttons
    assert left(sqlite_store) != []
    await take_out(house)
    assert left(sqlite_store) == []
    (press, *_) = (one.press for row in asked.buttons for one in row)
    assert (await house.press("ben", press)).verdict is Verdict.REFUSED
    with sqlite_store.reading() as work:
        assert len(work.all(Poll)) == 2
        assert work.all(Doubt) == []


async def test_while_somebody_reads_nobody_waits_and_the_log_is_emptied_after_that(sqlite_store: Store) -> None:
    house = await meets(sqlite_store)
    await house.say("ben", f"because {SECRET}", reply_to=house.cards()[0].post, message="m")
    with sqlite_store.reading() as work:
        assert work.all(Poll)
        await removed(house)
        await house.say("ben", "+1")
        assert left(sqlite_store) == [name for name in left(sqlite_store) if name.endswith("-wal")] != []
    await house.say("cem", "+1")
    assert left(sqlite_store) == []
