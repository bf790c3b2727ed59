"""Matrix: votes through the whole bot, a process of its own, beside a bot that only answers; both on one homeserver."""

import asyncio
import json
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

from tests.adapters.matrix_house import card, people
from tests.adapters.matrix_server import V3, Json, Synapse, User, synapse, until
from tests.bench.process import FOLKMOOT, Process, ended, memory, started
from tests.bench.table import Figure, Goal, Round, figure, rounds

PEOPLE = ("Ana", "Ben", "Cem", "Dia", "Eva")
"""The first one makes the rooms."""

VOTES = {1: 10, 5: 3}
"""How many people vote at once, and how often each in a round: without a pause, so their card rests between edits."""

OURS, NIO = "ours", "nio"
FILTER = json.dumps({"presence": {"types": []}, "room": {"timeline": {"limit": 100}, "ephemeral": {"types": []}}})
STANCES = ("agree", "disagree")


@dataclass(eq=False, slots=True)
class Vote:
    """A vote on its way: all are seconds of the performance counter."""

    stance: str
    at: float
    answered: float = 0.0
    shown: float = 0.0


@dataclass(eq=False)
class Voter:
    """Somebody who reads along all the time, and notes when their client is brought an answer, or a card."""

    user: User
    name: str
    answers: dict[str, float] = field(default_factory=dict)
    """Message -> when an answer to it was seen."""
    unshown: list[Vote] = field(default_factory=list)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _turns: Counter[str] = field(default_factory=Counter)

    async def votes(self, room: str, times: int) -> list[Vote]:
        """Vote, and again as soon as that is acknowledged; everybody changes their mind in every turn."""
        return [await self._vote(room) for _ in range(times)]

    async def _vote(self, room: str) -> Vote:
        stance = STANCES[self._turns[room] % 2]
        self._turns[room] += 1
        vote = Vote(stance, time.perf_counter())
        self.unshown.append(vote)
        message = await self.user.says(room, f"!{stance} P-1")
        while message not in self.answers:
            await self._something()
        vote.answered = self.answers.pop(message)
        return vote

    async def settled(self, *, card: bool) -> None:
        """Wait until the card shows all of it, if there is one."""
        while card and self.unshown:
            await self._something()
        self.unshown.clear()

    async def _something(self) -> None:
        self._news.clear()
        await self._news.wait()

    # -- what the client is brought -----------------------------------------------------------------------------------

    async def read(self) -> None:
        """Sync for ever."""
        since = (await self._sync("timeout=0"))["next_batch"]
        self.ready.set()
        while True:
            raw = await self._sync(f"timeout=30000&since={quote(since)}")
            since = raw["next_batch"]
            self._take(raw, time.perf_counter())

    async def _sync(self, asked: str) -> Json:
        return await self.user.call("GET", f"{V3}/sync?filter={quote(FILTER)}&{asked}")

    def _take(self, raw: Json, now: float) -> None:
        for room in raw.get("rooms", {}).get("join", {}).values():
            for event in room["timeline"]["events"]:
                self._saw(event["content"], now)
        self._news.set()

    def _saw(self, content: Json, now: float) -> None:
        relation = content.get("m.relates_to", {})
        if relation.get("rel_type") == "m.replace":
            self._saw_card(content["m.new_content"]["body"], now)
        elif relation.get("key") == "✅":
            self.answers[relation["event_id"]] = now
        elif replied := relation.get("m.in_reply_to"):
            self.answers[replied["event_id"]] = now

    def _saw_card(self, body: str, now: float) -> None:
        """A card that shows a vote shows that those before it were taken, too."""
        places = [place for place, vote in enumerate(self.unshown, 1) if self._is_in(body, vote.stance)]
        shown = self.unshown[: max(places, default=0)]
        del self.unshown[: len(shown)]
        for vote in shown:
            vote.shown = now

    def _is_in(self, body: str, stance: str) -> bool:
        return bool(re.search(rf"^{stance} \d+: .*\b{self.name}\b", body, re.MULTILINE))


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot, and its room."""

    process: Process
    room: str
    cards: bool
    """Whether there is a card, in which the votes appear."""


Bots = Mapping[str, Bot]


async def matrix(folder: Path, seconds: float) -> dict[str, list[Figure]]:
    """The tables, by their headings."""
    with synapse(folder / "synapse") as server:
        async with _reading(server) as voters, _running(server, voters, folder) as bots:
            return {
                "Matrix, ms from vote to answer; floor: bare matrix-nio": await _votes(bots, voters, seconds),
                "Matrix, MiB in memory": [_memory(bots)],
            }


def _memory(bots: Bots) -> Figure:
    taken = Round(memory(bots[OURS].process), memory(bots[NIO].process))
    return figure("after all of this; floor: bare matrix-nio", [taken] * 2, Goal(1.3, at_most=True))


# -- how soon ---------------------------------------------------------------------------------------------------------


async def _votes(bots: Bots, voters: Sequence[Voter], seconds: float) -> list[Figure]:
    run: dict[int, list[dict[str, list[Vote]]]] = {voting: [] for voting in VOTES}
    for bot in bots.values():
        await _voted(bot, voters, 2)  # warms up
    for _ in rounds(seconds):
        for voting, times in VOTES.items():
            run[voting].append({kind: await _voted(bot, voters[:voting], times) for kind, bot in bots.items()})
    return [one for voting in VOTES for one in _compared(voting, run[voting])]


async def _voted(bot: Bot, voters: Sequence[Voter], times: int) -> list[Vote]:
    async with asyncio.timeout(60):
        votes = await asyncio.gather(*(one.votes(bot.room, times) for one in voters))
        for one in voters:
            await one.settled(card=bot.cards)
    return [vote for of_one in votes for vote in of_one]


def _compared(voting: int, run: Sequence[dict[str, list[Vote]]]) -> Iterator[Figure]:
    for what, seen in (("acknowledged", _answered), ("on the card", _shown)):
        for percent in (50, 95):
            found = [Round(_wait(one[OURS], seen, percent), _wait(one[NIO], _answered, percent)) for one in run]
            goal = Goal(1.5, at_most=True) if (seen, percent) == (_answered, 95) else None
            yield figure(f"{voting} at a time, until {what}, p{percent}", found, goal)


def _answered(vote: Vote) -> float:
    return vote.answered


def _shown(vote: Vote) -> float:
    return vote.shown


def _wait(votes: Sequence[Vote], seen: Callable[[Vote], float], percent: int) -> float:
    """In ms. So few votes say nothing of what is beyond the longest of them."""
    waits = [1000 * (seen(vote) - vote.at) for vote in votes]
    return quantiles(waits, n=100, method="inclusive")[percent - 1]


# -- the processes ----------------------------------------------------------------------------------------------------


@asynccontextmanager
async def _reading(server: Synapse) -> AsyncIterator[list[Voter]]:
    async with people(server, *PEOPLE) as users, asyncio.TaskGroup() as reading:
        voters = [Voter(user, name) for user, name in zip(users, PEOPLE, strict=True)]
        tasks = [reading.create_task(one.read()) for one in voters]
        for one in voters:
            await one.ready.wait()
        yield voters
        for task in tasks:
            task.cancel()


@asynccontextmanager
async def _running(server: Synapse, voters: Sequence[Voter], folder: Path) -> AsyncIterator[Bots]:
    users = [one.user for one in voters]
    ours, nio = server.register("Folkmoot"), server.register("Nio")
    processes = [_folkmoot(server, ours, folder), _nio(server, nio, folder)]
    try:
        rooms = [await _met(users, bot["user_id"]) for bot in (ours, nio)]
        await users[0].says(rooms[0], "!propose Meet monthly")
        await card(users[0], rooms[0], ours["user_id"])
        yield {OURS: Bot(processes[0], rooms[0], cards=True), NIO: Bot(processes[1], rooms[1], cards=False)}
    finally:
        ended(*processes)


def _folkmoot(server: Synapse, account: Json, folder: Path) -> Process:
    settings = {
        "FOLKMOOT_MATRIX_HOMESERVER": server.url,
        "FOLKMOOT_MATRIX_USER": account["user_id"],
        "FOLKMOOT_MATRIX_PASSWORD": account["password"],
        "FOLKMOOT_MATRIX_ENCRYPTION": "false",
        "FOLKMOOT_LIMITS": "false",  # everybody votes as fast as they are answered
    }
    return started(FOLKMOOT, folder, settings)


def _nio(server: Synapse, account: Json, folder: Path) -> Process:
    return started(("tests.bench.bots", "nio", server.url, account["user_id"], account["password"]), folder)


async def _met(users: Sequence[User], bot: str) -> str:
    """A room in which all of them are, and the bot."""
    room = await users[0].makes_room(bot)
    for one in users[1:]:
        await one.joins(room)

    async def there() -> bool:
        return bot in (await users[0].call("GET", f"{V3}/rooms/{quote(room)}/joined_members"))["joined"]

    await until(there, 60)
    return room
