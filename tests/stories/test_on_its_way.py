"""On its way: what changes while a message is being sent, or was sent before unnoticed, is shown right in the end."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from adapters.base import Abilities, Card, Gone, Handle, Later, Place, Request
from adapters.console.conversation import Person
from bot.clock import SetClock
from bot.publisher import Publisher
from storage.store import Store
from tests.house import START, House
from tests.stories.many import said

ANA = Person(name="ana", role="facilitator")


class Net:
    """A network that posts the same key once. What goes wrong, or happens meanwhile, is told to it before."""

    abilities = Abilities()
    health = None
    name = "matrix"

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.sends = 0
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        self.refusing: list[Exception] = []
        self.losing: list[Exception] = []
        """Raised when the message is posted already: its answer got lost."""

    async def run(self, handle: Handle) -> None: ...

    async def send(self, place: Place, card: Card, *, key: str, reply_to: str = "") -> str:
        self.sends += 1
        if self.meanwhile is not None:
            await self.meanwhile()
        if self.refusing:
            raise self.refusing.pop()
        self.texts.setdefault(key, card.text)
        if self.losing:
            raise self.losing.pop()
        return key

    async def edit(self, place: Place, message: str, card: Card) -> None:
        self.texts[message] = card.text


class Desk:
    """A house whose publisher is at hand, and works only when it is told to."""

    def __init__(self, store: Store) -> None:
        self.house = House(store, {"general": "matrix"}, (ANA,))
        self.net = Net()
        self.publisher = Publisher(store, self.house.player.clock, [self.net])

    async def say(self, *requests: Request) -> None:
        for one in requests:
            await self.house.app.handle(one)

    async def publish(self, later: float = 0) -> list[str]:
        """Let so many seconds pass, publish, and read what stands in the room."""
        self.house.player.clock.at += timedelta(seconds=later)
        await self.publisher.settle()
        return list(self.net.texts.values())


@pytest.fixture
def desk(sqlite_store: Store) -> Desk:
    return Desk(sqlite_store)


async def test_a_card_on_its_way_is_brought_up_to_date(desk: Desk) -> None:
    desk.net.meanwhile = lambda: desk.say(said("ana", "+1"))
    await desk.say(said("ana", "!propose Meet monthly"))
    (card,) = await desk.publish()
    assert "\nagree 1: ana" in card


async def test_what_is_said_of_a_result_on_its_way_is_shown(desk: Desk) -> None:
    await desk.say(said("ana", "!propose Meet monthly"))
    await desk.publish()
    desk.net.meanwhile = lambda: desk.say(said("ana", "!outcome D-1 From May on"))
    await desk.say(said("ana", "!close P-1"))
    card, result = await desk.publish()
    assert "Statement: From May on" in card
    assert "Statement: From May on" in result


async def test_what_was_posted_unnoticed_is_brought_up_to_date(desk: Desk) -> None:
    """A platform that posts a key once goes on showing what it was given first."""
    desk.net.losing.append(TimeoutError())
    await desk.say(said("ana", "!propose Meet monthly"))
    await desk.publish()
    await desk.say(said("ana", "+1"))
    (card,) = await desk.publish(later=10)
    assert "\nagree 1: ana" in card


async def test_a_question_that_is_not_asked_any_more_is_not_sent_later(desk: Desk) -> None:
    """Who is asked whether a stance still holds is asked about the newest words alone, also if the first try failed."""
    await desk.say(said("ana", "!propose Meet monthly"), said("ben", "+1"))
    await desk.publish()
    await desk.say(said("ana", "!amend P-1 Meet weekly"))
    desk.net.meanwhile = lambda: desk.say(said("ana", "!amend P-1 Meet daily"))
    desk.net.refusing += [TimeoutError()] * 2
    await desk.publish()
    asked = [one for one in await desk.publish(later=100) if "Does it still hold?" in one]
    assert len(asked) == 1
    assert "Meet daily" in asked[0]


async def test_a_place_that_is_to_wait_waits_whole_and_reads_in_order(desk: Desk) -> None:
    await desk.say(*(said("ana", f"!propose Idea {number}") for number in (1, 2, 3)))
    desk.net.refusing.append(Later(30))
    assert await desk.publish() == []
    assert desk.net.sends == 1
    assert [text[:3] for text in await desk.publish(later=30)] == ["P-1", "P-2", "P-3"]


async def test_one_that_cannot_be_sent_holds_up_no_other(desk: Desk) -> None:
    await desk.say(*(said("ana", f"!propose Idea {number}") for number in (1, 2, 3)))
    desk.net.refusing += [Gone(), RuntimeError("too long")]
    assert [text[:3] for text in await desk.publish()] == ["P-3"]
    assert [text[:3] for text in await desk.publish(later=30)] == ["P-3", "P-1"]


async def test_who_is_woken_while_being_stopped_stops(store: Store) -> None:
    publisher = Publisher(store, SetClock(START), [])
    running = asyncio.create_task(publisher.run())
    while not publisher._woken._waiters:  # noqa: ASYNC110
        await asyncio.sleep(0)
    publisher.wake()
    running.cancel()
    await asyncio.wait([running], timeout=10)
    assert running.cancelled()
