"""The way in: nothing is lost and nothing done twice, whatever dies, comes again, or cannot be read."""

import asyncio
import random
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from adapters.base import Answer, Handle, Request, Verdict
from adapters.health import State
from decisions.model import Ballot, Poll
from storage.store import Store
from tests.adapters.telegram_house import House, housed
from tests.adapters.telegram_server import Chat, Clock, Content, Message, Server, User
from tests.adapters.telegram_server.updates import Update
from tests.conftest import NewDatabase


async def until(server: Server, condition: Callable[[], object], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        await server.until(condition)


async def proposed(server: Server, people: int, title: str = "Partnerships") -> tuple[Chat, list[User], Message]:
    """A group with an open proposal, once its card is there."""
    members = [server.user(f"{title} {number}") for number in range(people)]
    group = server.supergroup(title, *members, admins=(members[0],))
    group.says(members[0], "/propose Meet monthly")
    await until(server, lambda: group.messages)
    return group, members, group.messages[0]


async def becomes(house: House, state: State) -> None:
    async with asyncio.timeout(20):
        while house.telegram.health.state is not state:  # noqa: ASYNC110 - nothing rings for it
            await asyncio.sleep(0.01)


def ballots(store: Store) -> dict[str, int]:
    with store.reading() as work:
        return {key: sum(key in one.marks for one in work.all(Ballot)) for key in ("agree", "abstain", "disagree")}


# -- killed -----------------------------------------------------------------------------------------------------------


OURS, STOCK = "tests.adapters.telegram_process", "tests.adapters.telegram_stock"


async def kill_and_count(database: str, votes: int, kills: int) -> None:
    """Queue votes, kill the bot at random points, and count."""
    async with Server(checking=False) as server:
        with closing(Store(database)) as store:
            async with housed(server, store):
                _, members, card = await proposed(server, votes)
            for one in members:
                one.presses(card, "agree 0")
            assert await kill(server, OURS, database, kills) >= kills // 2
            assert ballots(store) == {"agree": votes, "abstain": 0, "disagree": 0}
            with store.reading() as work:
                assert work.the(Poll, id=1).turnout == votes


async def kill(server: Server, module: str, database: str, kills: int) -> int:
    """Kill a bot up to so often while something waits for it, then let it take the rest; how often it was killed."""
    chance = random.Random(7)
    killed = 0
    while server.updates.waiting and killed < kills:
        handed = server.updates.waiting[0].given + 1
        running = await started(server, module, database)
        await until(server, partial(handed_out, server, handed), 60)
        await asyncio.sleep(chance.random() * 0.1)
        running.kill()
        await running.wait()
        killed += 1
    running = await started(server, module, database)
    await until(server, lambda: not server.updates.waiting, 120)
    running.kill()
    await running.wait()
    return killed


def handed_out(server: Server, times: int) -> bool:
    """Whether the first update that waits was handed out so often, or none waits."""
    return not server.updates.waiting or server.updates.waiting[0].given >= times


async def started(server: Server, module: str, database: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, server.url, server.token, database, stderr=asyncio.subprocess.DEVNULL
    )


async def test_votes_survive_being_killed(new_database: NewDatabase) -> None:
    with new_database("sqlite") as url:
        await kill_and_count(url, votes=120, kills=1)


@pytest.mark.long
async def test_five_hundred_votes_survive_being_killed_twenty_times(new_database: NewDatabase) -> None:
    with new_database("sqlite") as url:
        await kill_and_count(url, votes=500, kills=20)


@pytest.mark.long
async def test_a_bot_that_acknowledges_first_loses_votes(tmp_path: Path) -> None:
    """What the promise is worth: the library's own way of asking, killed in the same way."""
    file = tmp_path / "votes.db"
    async with Server(checking=False) as server:
        members = [server.user(f"Member {number}") for number in range(500)]
        group = server.supergroup("Partnerships", *members)
        message = group.new(server.bot, Content("Vote"))
        for one in members:
            one.forges(message, "agree")
        assert await kill(server, STOCK, str(file), 20)
    with closing(sqlite3.connect(file)) as kept:
        assert kept.execute("SELECT count(*) FROM votes").fetchone()[0] < 500


# -- delivered again --------------------------------------------------------------------------------------------------


async def test_what_comes_again_shuffled_counts_once(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store):
        group, members, card = await proposed(server, 12)
        for number, one in enumerate(members):
            if number % 3 == 2:
                group.says(one, "/disagree P-1 too often")
            else:
                one.presses(card, "abstain 0" if number % 3 else "agree 0")
        await until(server, lambda: "disagree 4" in card.text and "agree 4" in card.text and "abstain 4" in card.text)
        sent = len(group.messages)
        for seed, new_ids in enumerate((False, True, False)):
            server.redeliver(new_ids=new_ids, shuffle=seed)
            await until(server, lambda: not server.updates.waiting)
        assert ballots(sqlite_store) == {"agree": 4, "abstain": 4, "disagree": 4}
        assert len(group.messages) == sent


async def test_trouble_for_a_minute_loses_nothing(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.publisher.TICK", 0.05)
    async with Server(clock=Clock(speed=30)) as server, housed(server, sqlite_store, clock=Same(server)) as house:
        group, members, card = await proposed(server, 10)
        server.down("error", "flood", "page", "cut", "lost", "hang", retry_after=3, seconds=60)
        for one in members:
            one.presses(card, "agree 0")
        await until(server, lambda: "agree 10" in card.text, 60)
        for seed, new_ids in enumerate((False, True, False)):
            server.redeliver(new_ids=new_ids, shuffle=seed)
            await until(server, lambda: not server.updates.waiting)
        assert ballots(sqlite_store)["agree"] == 10
        assert len([one for one in group.messages if one.text.startswith("P-1")]) == 1
        await becomes(house, State.WELL)


class Same:
    """The server's clock, for the bot."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._server.clock.now(), UTC)


# -- not there, not ours, not readable --------------------------------------------------------------------------------


async def test_telegram_down_at_the_start_is_waited_out(sqlite_store: Store) -> None:
    async with Server() as server:
        await server.unplug()
        async with housed(server, sqlite_store) as house:
            await becomes(house, State.UNREACHED)
            await server.plug()
            await proposed(server, 1)
            assert house.telegram.health.state is State.WELL


async def test_a_second_poller_is_an_alarm_that_passes(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store) as house:
        await proposed(server, 1)
        server.updates.webhook = "https://elsewhere.example"
        server.clock.ring()
        await becomes(house, State.ALARM)
        assert "ebhook" in house.telegram.health.why
        server.updates.webhook = ""
        await proposed(server, 1, "Another")
        assert house.telegram.health.state is State.WELL


async def test_a_wrong_token_from_the_start_is_told_without_the_token(sqlite_store: Store) -> None:
    async with Server() as server:
        wrong = server.token
        server.token = "1:AAA"
        bare = Server(checking=False)
        bare.token, bare.port = wrong, server.port
        async with housed(bare, sqlite_store) as house:
            await becomes(house, State.ALARM)
            assert house.telegram.health.why
            assert wrong not in house.telegram.health.why


async def test_a_wrong_token_is_an_alarm_that_passes(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store) as house:
        await proposed(server, 1)
        right, server.token = server.token, "1:AAA"
        server.user("Dan").starts()  # ends the poll that is open
        await becomes(house, State.ALARM)
        server.token = right
        await proposed(server, 1, "Another")
        assert house.telegram.health.state is State.WELL


@pytest.mark.parametrize(
    "raw",
    [
        {"message": {"message_id": "x"}},
        {"callback_query": {"id": 5}},
        {"message": {"message_id": 1, "date": 10**30, "chat": {"id": 1, "type": "private"}}},
        '{"update_id": NUMBER, "message": ' + '{"chat": ' * 100_000 + "1" + "}" * 100_001,
        '{"update_id": NUMBER, "message": nonsense}',
    ],
    ids=["wrong type", "wrong shape", "far future", "deep", "no JSON"],
)
async def test_what_cannot_be_read_is_kept_aside_and_the_rest_goes_on(sqlite_store: Store, raw: object) -> None:
    async with Server() as server, housed(server, sqlite_store) as house:
        _, members, card = await proposed(server, 3)
        members[1].presses(card, "agree 0")
        number = server.updates.next_id
        if isinstance(raw, dict):
            server.updates.inject({"update_id": number} | raw)
        else:
            broken = server.updates.put(Update(number, "message", {}, float("inf")))
            broken.text = str(raw).replace("NUMBER", str(number))
        members[2].presses(card, "agree 0")
        await until(server, lambda: "agree 2" in card.text)
        assert len(house.aside) == 1, house.aside


# -- in order, side by side -------------------------------------------------------------------------------------------


async def test_one_chat_in_order_and_others_side_by_side(sqlite_store: Store) -> None:
    order: list[str] = []
    slow = asyncio.Event()

    def wrapped(handle: Handle) -> Handle:
        async def handling(request: Request) -> Answer:
            if request.chat:
                order.append(f"{request.chat} {request.text}")
                server.clock.ring()
            if request.text == "/help":
                await slow.wait()
            return await handle(request)

        return handling

    async with Server() as server:
        ana, ben = server.user("Ana"), server.user("Ben")
        here, there = server.supergroup("Here", ana), server.supergroup("There", ben)
        here.says(ana, "/help")
        for number in range(30):
            here.says(ana, f"/show P-{number}")
            there.says(ben, f"/show P-{number}")
        async with housed(server, sqlite_store, wrapped=wrapped):
            await until(server, lambda: len(order) == 61)
            assert [one for one in order if str(there.id) in one] == [f"{there.id} /show P-{n}" for n in range(30)]
            assert [one for one in order if str(here.id) in one][1:] == [f"{here.id} /show P-{n}" for n in range(30)]
            assert server.updates.waiting  # nothing is acknowledged before all of it is kept
            slow.set()
            await until(server, lambda: not server.updates.waiting)


async def test_a_fault_is_told_and_the_rest_goes_on(sqlite_store: Store) -> None:
    def wrapped(handle: Handle) -> Handle:
        async def handling(request: Request) -> Answer:
            if "break" in request.text:
                return Answer(Verdict.FAULT, "Something went wrong on my side (ref 4f2a).")
            return await handle(request)

        return handling

    async with Server() as server, housed(server, sqlite_store, wrapped=wrapped):
        group, members, _ = await proposed(server, 2)
        group.says(members[1], "/break")
        await until(server, lambda: any("ref 4f2a" in one.text for one in group.messages))
