"""Coming: on every platform a meeting's card and invitations can be answered, moved with one notice, and taken into a calendar."""

import pytest_asyncio

from adapters.base import Verdict
from adapters.console.conversation import Person
from decisions.model import Rsvp
from tests.house import AnyHouse
from tests.stories.called import called
from tests.stories.conftest import ALSO_ON_MATRIX, MakeHouse

ANA = Person(name="ana", role="facilitator", zone="Europe/Berlin", affiliate="WMDE")


@pytest_asyncio.fixture
async def house(make_house: MakeHouse) -> AnyHouse:
    house = await make_house({"general": "matrix"}, (ANA,), zone="Europe/Berlin")
    for who in ("ana", "ben"):
        await house.whisper(who, "help")
        await house.say(who, "hello")
    await house.whisper("ben", "tz America/New_York")
    return house


def said(house: AnyHouse) -> list[str]:
    with house.store.reading() as work:
        return [one.coming.value for one in work.all(Rsvp, meeting_id=1)]


def card(house: AnyHouse) -> str:
    return house.card("general", "M-1")


@ALSO_ON_MATRIX
async def test_who_is_invited_answers_in_the_room_or_alone(house: AnyHouse) -> None:
    await called(house)
    assert any("12:00 EST" in one and "Will you come?" in one for one in house.private("ben"))
    await house.press("ben", "m1:rsvp=maybe")
    assert said(house) == ["maybe"]
    assert "Maybe 1: ben" in card(house)
    await house.whisper("ben", "rsvp M-1 yes")
    assert "Yes 1: ben" in card(house)
    await house.say("ana", "!rsvp no")
    assert "No 1: ana" in card(house)
    assert "Nobody comes yet from: WMDE" in card(house)


async def test_a_moved_meeting_is_told_once(house: AnyHouse) -> None:
    await called(house)
    await house.whisper("ana", "move M-1 2026-03-10 18:00")
    moved = "M-1 has moved to Tue 10 Mar 2026, 18:00 CET; before, it was Thu 5 Mar 2026, 18:00 CET: “Spring planning”."
    assert [moved in one for one in house.notices() if "has moved" in one] == [True]
    assert len([one for one in house.private("ben") if "has moved to Tue 10 Mar 2026, 13:00 EDT" in one]) == 1
    assert "Tue 10 Mar 2026, 18:00 CET" in card(house)


async def test_a_meeting_that_is_called_off_can_be_answered_no_more(house: AnyHouse) -> None:
    await called(house)
    await house.say("ana", "!cancel M-1 The roof leaks")
    assert len([one for one in house.notices() if "is called off" in one and "The roof leaks" in one]) == 1
    assert "It was called off." in card(house)
    assert (await house.press("ben", "m1:rsvp=yes")).verdict is Verdict.REFUSED
    assert said(house) == []


@ALSO_ON_MATRIX
async def test_a_calendar_file_is_handed_to_who_asks(house: AnyHouse) -> None:
    await called(house)
    await house.say("ben", "!calendar M-1")
    await house.whisper("ben", "calendar")
    names = [one.name for one in house.files("ben")]
    assert names == ["folkmoot-M-1.ics", "folkmoot-1.ics"]
    assert all("DTSTART;TZID=Europe/Berlin:20260305T180000" in one.content for one in house.files("ben"))
    assert house.files("ana") == []
