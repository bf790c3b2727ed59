"""Deadlines: polls open, remind and close on their own, once, also when nobody was there to do it in time."""

from datetime import timedelta

import pytest_asyncio

from adapters.base import Verdict
from adapters.console.conversation import Person
from decisions.model import Poll, Status
from tests.house import AnyHouse
from tests.stories.conftest import ALSO_ON_MATRIX, ALSO_ON_TELEGRAM, MakeHouse

ANA = Person(name="ana", role="facilitator")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest_asyncio.fixture
async def house(make_house: MakeHouse) -> AnyHouse:
    return await make_house({"general": "matrix", "chat": "telegram"}, (ANA,), zone="Europe/Berlin")


def status(house: AnyHouse) -> Status:
    with house.store.reading() as work:
        return work.the(Poll, id=1).status


async def test_a_poll_closes_on_its_own(house: AnyHouse) -> None:
    await house.say("ana", "!propose --for 2h Meet monthly")
    await house.say("ben", "+1")
    await house.wait(2 * HOUR - timedelta(seconds=1))
    assert status(house) is Status.OPEN
    await house.wait(timedelta(seconds=1))
    assert status(house) is Status.CLOSED
    assert "Passed: 1 agree; no block\nClosed Mon 2 Mar 2026, 21:00 CET." in house.notices("chat")[-1]


async def test_a_scheduled_poll_opens_on_its_own(house: AnyHouse) -> None:
    await house.say("ana", "!propose --from 2026-03-05 --for 3d Meet monthly")
    assert "Opens Thu 5 Mar 2026, 00:00 CET, closes Sun 8 Mar 2026, 00:00 CET." in house.card()
    assert (await house.say("ben", "!agree P-1")).text == "P-1 is not open yet. It opens Thu 5 Mar 2026, 00:00 CET."
    await house.wait(3 * DAY)
    assert "P-1 is open now: “Meet monthly”." in house.notices()[-1]
    assert (await house.say("ben", "+1")).verdict is Verdict.DONE


@ALSO_ON_TELEGRAM
async def test_only_who_has_not_voted_is_reminded_once(house: AnyHouse) -> None:
    await house.say("ana", "!propose --for 3d Meet monthly")
    for name in ("ben", "cem", "dee"):
        await house.say(name, "hello")
    await house.say("ben", "+1")
    await house.whisper("dee", "remind off")
    await house.wait(2 * DAY)
    reminded = "Your voice is missing on P-1: “Meet monthly”. It closes in 1 day, on Thu 5 Mar 2026, 19:00 CET. You can answer right here."
    assert house.private("cem") == [reminded]
    assert reminded not in house.private("ben") + house.private("dee")
    await house.say("ana", "!extend P-1 2d")
    await house.wait(2 * DAY)
    assert house.private("cem") == [reminded]


async def test_a_short_poll_needs_no_reminder(house: AnyHouse) -> None:
    await house.say("cem", "hello")
    await house.say("ana", "!propose --for 1d Meet monthly")
    await house.wait(DAY)
    assert house.private("cem") == []


@ALSO_ON_MATRIX
async def test_down_over_a_deadline(house: AnyHouse) -> None:
    """What is overdue happens once on the next start, and the text says that it closed late and when."""
    await house.say("ana", "!propose --for 2h Meet monthly")
    await house.say("ben", "+1")
    house.sleep(DAY)  # nobody was there in between
    late = await house.say("cem", "!disagree P-1 I am late")
    assert late.text == "P-1 closed Mon 2 Mar 2026, 21:00 CET, so nothing was changed. What came of it: show P-1"
    await house.app.sweep()
    await house.app.sweep()
    await house.settle()
    (result,) = house.notices()
    assert "Passed: 1 agree; no block" in result
    assert "Closed late, Tue 3 Mar 2026, 19:00 CET: the deadline was Mon 2 Mar 2026, 21:00 CET" in result


async def test_down_over_opening_and_closing(house: AnyHouse) -> None:
    await house.say("ana", "!propose --from 2h --for 2h Meet monthly")
    house.sleep(DAY)
    await house.app.sweep()
    await house.settle()
    assert status(house) is Status.CLOSED
    assert "Not passed: nobody took part" in house.notices()[-1]


async def test_extending_moves_the_deadline(house: AnyHouse) -> None:
    await house.say("ana", "!propose --for 2h Meet monthly")
    await house.say("ana", "!extend P-1 1h")
    await house.wait(2 * HOUR)
    assert status(house) is Status.OPEN
    await house.wait(HOUR)
    assert status(house) is Status.CLOSED


async def test_extending_to_a_date(house: AnyHouse) -> None:
    await house.say("ana", "!propose --for 2h Meet monthly")
    answer = await house.say("ana", "!extend P-1 2026-03-10")
    assert answer.text == "P-1 now closes Tue 10 Mar 2026, 23:59 CET."
