"""Twins: where no single time serves everybody, two sessions do, and are one meeting."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest_asyncio

from adapters.base import Verdict
from adapters.console.conversation import Person
from decisions import meetings
from decisions.model import Group, Meeting, Poll, Stage, Status
from tests.house import AnyHouse
from tests.stories.conftest import ON_THE_CONSOLE, MakeHouse
from tests.stories.timed import BERLIN, ROOMS, card, faults, meeting

FAR = (
    Person(name="ana", role="facilitator", zone="Europe/Berlin"),
    Person(name="kai", zone="Pacific/Honolulu"),
    Person(name="bao", zone="Asia/Shanghai"),
    Person(name="zoe", zone="America/Sao_Paulo"),
    Person(name="amy", zone="America/Los_Angeles"),
    Person(name="kim", zone="Asia/Karachi"),
)


@pytest_asyncio.fixture
async def far(make_house: MakeHouse) -> AsyncIterator[AnyHouse]:
    house = await make_house(ROOMS, FAR, BERLIN)
    yield house
    assert faults(house) == []


async def split(far: AnyHouse) -> tuple[Meeting, Meeting]:
    answer = await far.say("ana", '!meet "Budget" 60m 2026-03-10..2026-03-11')
    assert "No single time is good for everybody. Two sessions would be" in answer.text
    assert "slots M-1 twins yes" in answer.text
    done = await far.press("ana", answer.buttons[0][0].press)
    assert done.text.startswith("Two sessions: M-1 on ")
    return meeting(far, 1), meeting(far, 2)


async def test_where_no_single_time_serves_two_sessions_do(far: AnyHouse) -> None:
    first, second = await split(far)
    assert (first.twin, second.twin) == (second.id, first.id)
    assert (first.stage, second.stage) == (Stage.SET, Stage.SET)
    assert first.starts_at is not None
    assert second.starts_at is not None
    assert first.starts_at < second.starts_at
    for ref in ("M-1", "M-2"):
        assert "Twin session:" in card(far, "general", ref)


@ON_THE_CONSOLE
async def test_the_words_do_what_the_button_does(far: AnyHouse) -> None:
    asked = await far.say("ana", '!meet "Budget" 60m 2026-03-10..2026-03-11')
    await far.wait(timedelta(hours=3))
    shown = await far.say("ana", "!slots M-1 twins")
    assert "Two sessions would be" in shown.text
    assert [row[0].press for row in shown.buttons] == [row[0].press for row in asked.buttons]
    assert (await far.say("ana", "!slots M-1 twins no")).text == "M-1 stays one meeting."
    assert meeting(far).stage is Stage.ASKED
    assert (await far.say("kai", "!slots M-1 twins yes")).verdict is Verdict.REFUSED
    assert (await far.say("ana", "!slots M-1 twins yes")).text.startswith("Two sessions: M-1 on ")
    assert (await far.say("ana", "!slots M-1 twins yes")).verdict is Verdict.REFUSED
    with far.store.reading() as work:
        assert len(work.all(Meeting)) == 2


async def test_the_caller_is_asked_about_twins_when_nobody_could(far: AnyHouse) -> None:
    await far.say("kai", '!meet "Budget" 60m next week')
    await far.wait(timedelta(days=3))
    asked = [one for one in far.shown if one.where == "kai" and "Two sessions would serve everybody" in one.text]
    assert asked
    assert "slots M-1 twins yes" in asked[-1].text
    done = await far.whisper("kai", "slots M-1 twins yes")
    assert done.text.startswith("Two sessions: M-1 on ")
    assert (meeting(far, 1).stage, meeting(far, 2).stage) == (Stage.SET, Stage.SET)


@ON_THE_CONSOLE
async def test_what_is_put_in_one_session_stays_open_until_both_have_met(far: AnyHouse) -> None:
    first, second = await split(far)
    assert first.starts_at is not None
    assert second.starts_at is not None
    await start(far, first)
    await far.say("ana", "PROPOSAL: Spend it")
    await far.say("bao", "+1")
    refused = await far.say("ana", "RESOLVED: Spend it")
    assert refused.text.startswith(
        "P-1 stays open until both sessions have met, so that those of M-2 can speak on it too:"
    )
    assert (await far.say("ana", "!close P-1")).verdict is Verdict.REFUSED
    await end(far, first)
    assert (await far.say("ana", "RESOLVED: Spend it")).verdict is Verdict.REFUSED
    await start(far, second)
    await far.say("kai", "+1")
    assert (await far.say("ana", "RESOLVED: Spend it")).verdict is Verdict.DONE
    assert "Passed: 2 agree; no block" in far.notices()[-1]


async def test_what_is_put_in_one_session_closes_by_itself_when_both_have_met(far: AnyHouse) -> None:
    first, second = await split(far)
    assert first.starts_at is not None
    assert second.starts_at is not None
    await far.wait(first.starts_at - far.now)
    await far.say("ana", "!startmeeting M-1")
    await far.say("ana", "PROPOSAL: Spend it")
    await far.say("ana", "!propose --for 2w Keep it")
    await far.say("ana", "!endmeeting")
    assert polls(far) == [Status.OPEN, Status.OPEN]
    await far.wait(second.starts_at - far.now)
    await far.say("kai", "!startmeeting M-2")
    await far.say("kai", "+1")
    await far.wait(timedelta(hours=4))
    assert polls(far) == [Status.OPEN, Status.OPEN]  # it takes longer than was planned
    await far.say("kai", "!endmeeting")
    assert polls(far) == [Status.CLOSED, Status.OPEN]
    assert "one decision" in (await far.say("kai", "!minutes M-2")).text


def polls(house: AnyHouse) -> list[Status]:
    with house.store.reading() as work:
        return [one.status for one in work.all(Poll)]


@ON_THE_CONSOLE
async def test_what_would_close_before_the_other_session_closes_after_it(far: AnyHouse) -> None:
    first, second = await split(far)
    assert second.starts_at is not None
    await start(far, first)
    await far.say("ana", "!propose --for 1h Spend it")
    with far.store.reading() as work:
        poll = work.the(Poll, id=1)
    assert poll.closes_at == second.starts_at + timedelta(hours=2)
    await far.say("ana", "!cancel M-2")
    assert (await far.say("ana", "!close P-1")).verdict is Verdict.DONE
    with far.store.reading() as work:
        assert work.the(Poll, id=1).status is Status.CLOSED


@ON_THE_CONSOLE
async def test_what_was_put_stays_open_where_the_other_session_moves(far: AnyHouse) -> None:
    first, _ = await split(far)
    await start(far, first)
    await far.say("ana", "!propose --for 1h Spend it")
    await far.say("ana", "!move M-2 2026-03-20 12:00")
    with far.store.reading() as work:
        assert work.the(Poll, id=1).closes_at == datetime(2026, 3, 20, 13, 0, tzinfo=UTC)


async def start(house: AnyHouse, session: Meeting) -> None:
    assert session.starts_at is not None
    await house.wait(session.starts_at - house.now)
    with house.store.unit_of_work() as work:
        kept, group = work.the(Meeting, id=session.id), work.the(Group, id=1)
        work.apply(meetings.start(kept, group, by=1, now=house.now), 1, house.now)


async def end(house: AnyHouse, session: Meeting) -> None:
    with house.store.unit_of_work() as work:
        kept, group = work.the(Meeting, id=session.id), work.the(Group, id=1)
        work.apply(meetings.end(kept, group, by=1, now=house.now), 1, house.now)
