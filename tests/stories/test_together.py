"""Together: presses at once, several to a transaction, and two processes on one database."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from adapters.base import Verdict
from adapters.console.conversation import Person
from bot.app import MOST_TOGETHER, App
from bot.clock import SetClock
from decisions.model import Poll, Post, PostKind, Status
from storage.store import Store
from storage.verify import verify
from tests.house import START, House
from tests.stories.conftest import ON_BOTH
from tests.stories.many import at_once, lines, said, voters

pytestmark = ON_BOTH

ANA = Person(name="ana", role="facilitator")
DAY = timedelta(days=1)
MANY = MOST_TOGETHER + 6
"""Members enough for more than one transaction."""


@pytest.fixture
def house(store: Store) -> House:
    return House(store, {"general": "matrix", "side": "telegram"}, (ANA,))


# -- many at once -----------------------------------------------------------------------------------------------------


async def test_presses_at_once_lose_none(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.say("ana", "!poll Where?\nRome\nOslo", room="side")
    names = [f"m{number}" for number in range(MANY)]
    requests = [said(who, press=press) for who in names for press in ("p1:0", "p2:1")]
    assert {one.verdict for one in await at_once(house.app, requests)} == {Verdict.DONE}
    assert voters(house.store, 1) == ["agree"] * MANY
    assert voters(house.store, 2) == ["2"] * MANY
    await house.player.publisher.settle()
    for room in ("general", "side"):
        assert f"\nagree {MANY}: " in house.card(room)
        assert f"\n2. Oslo · {MANY}: " in house.card(room, "P-2")


async def test_one_member_at_once_on_two_platforms_keeps_the_last(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    requests = [
        said("ana", press=f"p1:{number % 3}", key=str(number), room=("general", "side")[number % 2])
        for number in range(30)
    ]
    before = lines(house.store)
    await at_once(house.app, requests)
    assert voters(house.store) == ["disagree"]
    assert lines(house.store) == before + len(requests)


async def test_the_same_request_at_once_counts_once(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    answers = await at_once(house.app, [said("ana", "+1 yes", key="same")] * 3)
    assert sorted(one.verdict for one in answers) == [Verdict.DONE, Verdict.NOTHING, Verdict.NOTHING]
    assert voters(house.store) == ["agree"]


async def test_who_asks_may_go_before_the_answer(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    waiting = [asyncio.create_task(house.app.handle(said(who, "+1"))) for who in ("ana", "ben", "cem")]
    await asyncio.sleep(0)  # all are handed in
    waiting[1].cancel()
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert [getattr(one, "verdict", None) for one in answers] == [Verdict.DONE, None, Verdict.DONE]
    assert voters(house.store) == ["agree"] * 3


async def test_a_setting_does_not_undo_the_journal(store: Store) -> None:
    """Whoever speaks first is made a member by the same request that sets the zone."""
    app = App(store, SetClock(START))
    for words in ("!tz group Europe/Berlin", "!propose Meet monthly", "+1"):
        assert (await app.handle(said("ana", words))).verdict is Verdict.DONE
    assert voters(store) == ["agree"]


# -- two processes ----------------------------------------------------------------------------------------------------


@pytest.fixture
def twin(house: House, database_url: str) -> Iterator[App]:
    """Another process on the same database, as far as the database can tell."""
    with closing(Store(database_url)) as store:
        yield App(store, house.player.clock)


async def test_two_processes_close_each_poll_once(house: House, twin: App) -> None:
    for number in range(1, 9):
        await house.say(("ana", "ben")[number % 2], f"!propose --for {number}h Idea {number}")
    house.player.clock.at += DAY
    await asyncio.gather(house.app.sweep(), twin.sweep(), house.app.sweep(), twin.sweep())
    with house.store.reading() as work:
        assert sorted(one.decision or 0 for one in work.all(Poll, status=Status.CLOSED)) == list(range(1, 9))
        assert len(work.all(Post, kind=PostKind.RESULT)) == 8 * 2
        assert verify(work) == []


async def test_two_processes_count_each_press_once(house: House, twin: App) -> None:
    await house.say("ana", "!propose Meet monthly")
    requests = [said(f"m{number}", press="p1:0") for number in range(MANY)]
    answers = await asyncio.gather(at_once(house.app, requests), at_once(twin, requests))
    for one, other in zip(*answers, strict=True):
        assert sorted([one.verdict, other.verdict]) == [Verdict.DONE, Verdict.NOTHING]
    assert voters(house.store) == ["agree"] * MANY
