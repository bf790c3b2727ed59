"""Erasing in meetings: what somebody said and was given goes with them, and what is the group's stays, by number."""

from datetime import timedelta

import pytest
import pytest_asyncio

from adapters.console.conversation import Person
from bot import erasing
from decisions.model import (
    Action,
    ActionStatus,
    AgendaItem,
    Attendance,
    Borne,
    Busy,
    Feed,
    Hours,
    LogLine,
    Meeting,
    Note,
    Owner,
    PostKind,
    Rsvp,
    Slot,
    Suits,
)
from decisions.model import Person as Somebody
from storage.store import Store
from storage.verify import verify
from tests.house import House
from tests.stories.coming import to_come
from tests.stories.conftest import ON_BOTH

BEN = 2


@pytest_asyncio.fixture
async def house(store: Store) -> House:
    """M-1 was held by ana, with ben and cem in it."""
    house = House(
        store,
        {"general": "matrix", "tea": "telegram"},
        (Person(name="ana", role="facilitator"), Person(name="ben"), Person(name="cem")),
    )
    await house.say("ana", "!startmeeting Budget")
    await house.say("ana", "#chair ben")
    await house.say("ben", "#topic Rent")
    await house.say("ben", "The rent is a scandal")
    await house.say("ben", "#info It is up")
    await house.say("ben", "#agreed We pay it")
    await house.say("ben", "#guest Zoe")
    await house.say("ben", "#action ben to write to the landlord")
    await house.say("ben", "#action cem to pay")
    await house.say("ana", "#action ben to count, and ask ben")
    await house.say("ben", "!agenda add Heating")
    await house.say("ben", "q+ the lift")
    return house


def rows(house: House) -> dict[str, list[str]]:
    with house.store.reading() as work:
        assert verify(work) == []
        notes = [one.text for one in work.all(Note)]
        return {"notes": notes, "actions": [one.text for one in work.all(Action)]}


async def forget(house: House, *, words: bool = False) -> None:
    await house.whisper("ben", "forget me all now" if words else "forget me now")
    await house.settle()


@ON_BOTH
async def test_their_words_go_and_what_the_group_agreed_stays(house: House) -> None:
    await house.say("ana", "#topic Garden")
    await house.say("ana", "!endmeeting")
    await forget(house)
    assert rows(house) == {
        "notes": ["Rent", "", "We pay it", "Zoe", "", "cem to pay", "– to count, and ask –", "Garden"],
        "actions": ["", "cem to pay", "– to count, and ask –"],
    }
    with house.store.reading() as work:
        assert [one.text for one in work.all(LogLine, by=BEN)] == []
        assert len(work.all(LogLine)) == 4
        item = work.the(AgendaItem, id=1)
        assert (item.text, item.dropped) == ("", True)


@ON_BOTH
async def test_with_all_their_words_only_the_guests_they_named_stay(house: House) -> None:
    await forget(house, words=True)
    assert rows(house)["notes"] == ["", "", "", "Zoe", "", "", "– to count, and ask –"]


async def test_what_nobody_can_do_any_more_is_dropped_and_the_rest_is_still_to_be_done(house: House) -> None:
    await forget(house)
    with house.store.reading() as work:
        mine, cems, given = work.all(Action)
        assert (mine.status, mine.closed_by, mine.closed_at) == (ActionStatus.DROPPED, BEN, house.now)
        assert (cems.status, given.status) == (ActionStatus.OPEN, ActionStatus.OPEN)
        assert [one.member_id for one in work.all(Owner)] == [BEN, 3, BEN]
    assert "cem to pay" in (await house.whisper("cem", "actions")).text


async def test_whoever_is_forgotten_leads_no_meeting_and_waits_for_no_word(house: House) -> None:
    await forget(house)
    with house.store.reading() as work:
        there = work.the(Attendance, meeting_id=1, member_id=BEN)
        assert (there.here, there.chair, there.queued_at, there.queued_for) == (True, False, None, "")
    await house.say("ana", "!endmeeting")


async def test_that_they_were_there_stays_and_who_led_it_then(house: House) -> None:
    await house.say("ana", "!endmeeting")
    await forget(house)
    with house.store.reading() as work:
        there = work.the(Attendance, meeting_id=1, member_id=BEN)
        assert (there.here, there.chair) == (True, True)
    file = (await house.say("cem", "!minutes")).file
    assert file is not None
    assert "ben" not in file.content
    assert "somebody who was forgotten" in file.content
    assert "We pay it" in file.content


async def test_what_stands_in_rooms_is_brought_up_to_date(house: House) -> None:
    await house.say("ana", "!endmeeting")
    posted = [one.text for one in house.shown if one.text.startswith("M-1 · Budget is over") or "is over" in one.text]
    assert any("ben" in one for one in posted)
    await forget(house)
    last = {(one.where, one.post): one.text for one in house.shown if one.kind in ("send", "edit")}
    over = [text for text in last.values() if "is over" in text]
    assert over
    assert not [text for text in over if "ben" in text]
    with house.store.reading() as work:
        assert (
            work.connection.exec_driver_sql(
                f"SELECT count(*) FROM posts WHERE live AND kind = '{PostKind.MINUTES.value}'"  # noqa: S608
            ).scalar_one()
            == 0
        )


async def test_answers_hours_and_calendars_go_and_times_stay(house: House) -> None:
    at = house.now + timedelta(days=3)
    to_come(house, 2, "Spring", at, by=BEN, place="The garden")
    await house.whisper("ben", "rsvp M-2 yes")
    await house.whisper("cem", "rsvp M-2 no")
    with house.store.unit_of_work() as work:
        person = work.the(Somebody, id=BEN)
        work.put(
            Slot(meeting_id=2, number=1, wall="", starts_at=at, by=BEN),
            Suits(meeting_id=2, slot=1, member_id=BEN, mark=2, at=house.now),
            Borne(meeting_id=1, member_id=BEN, local="02:00", cost=2, at=house.now),
            Hours(person_id=person.id, ranges=("1 09:00-17:00",)),
            Feed(person_id=person.id, url="https://example.org/ben.ics"),
            Busy(id=1, person_id=person.id, begins_at=at, ends_at=at),
        )
        version = work.the(Meeting, id=2).version
    await forget(house)
    with house.store.reading() as work:
        for noun in (Suits, Borne, Hours, Feed, Busy):
            assert work.all(noun) == [], noun
        assert [one.member_id for one in work.all(Rsvp)] == [3]
        assert [one.by for one in work.all(Slot)] == [BEN]
        kept = work.the(Meeting, id=2)
        assert (kept.title, kept.place, kept.by) == ("Spring", "The garden", BEN)
        assert kept.version > version
        assert verify(work) == []


async def test_the_title_of_what_they_called_goes_where_that_is_asked_for(house: House) -> None:
    to_come(house, 2, "Ben's spring", house.now + timedelta(days=3), by=BEN, text="To sow", place="At my house")
    await forget(house, words=True)
    with house.store.reading() as work:
        kept = work.the(Meeting, id=2)
        assert (kept.title, kept.text, kept.place) == ("–", "", "")
        assert verify(work) == []
    assert "M-2 · –" in (await house.whisper("cem", "meetings")).text


@pytest.mark.parametrize("words", [False, True])
async def test_done_twice_it_makes_no_line_more(house: House, words: bool) -> None:
    await forget(house, words=words)
    with house.store.unit_of_work() as work:
        before = work.connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one()
        gone = erasing.erase(work, work.the(Somebody, id=BEN), house.now, lambda: "s", words=words)
        assert gone.texts == 0
        assert work.connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one() == before
