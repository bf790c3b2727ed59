"""Both networks at once: how soon a vote on one side is on both cards, beside a bot that only passes on what it hears."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from tests.adapters.matrix_house import people as registered
from tests.adapters.matrix_house import says
from tests.adapters.matrix_server import Json, Synapse, User, shown, synapse
from tests.adapters.telegram_server import Clock, Server
from tests.adapters.telegram_server import User as Account
from tests.adapters.telegram_server.groups import Group
from tests.adapters.telegram_server.messages import Message
from tests.bench.matrix import STANCES, Voter
from tests.bench.process import FOLKMOOT, Process, ended, started
from tests.bench.table import Figure, Goal, Round, figure, rounds

PAIRS = 12
"""So many groups take turns that each card has rested when the next vote comes, and none is shown more often in a minute
than Telegram lets us."""

SOON = 2
"""In so many of them, each time, another vote follows as soon as the first is shown: it waits for the card's rest."""

WISHED = 2_000.0
"""Milliseconds."""

TELEGRAM, MATRIX = "Telegram", "Matrix"
SIDES = (TELEGRAM, MATRIX)
CODE = re.compile(r"setup ([0-9A-Z]{4}-[0-9A-Z]{4})")


@dataclass(eq=False)
class Reader(Voter):
    """Reads along in all rooms, and knows what was last edited in each."""

    cards: dict[str, str] = field(default_factory=dict)

    async def until(self, room: str, is_so: Callable[[str], bool]) -> None:
        while not is_so(self.cards.get(room, "")):
            await self._something()

    def _take(self, raw: Json, now: float) -> None:
        for room, found in raw.get("rooms", {}).get("join", {}).items():
            for event in found["timeline"]["events"]:
                if new := event["content"].get("m.new_content"):
                    self.cards[room] = new["body"]
        self._news.set()


@dataclass(eq=False)
class Pair:
    """A room on each side, and who votes there. Here whatever is said or pressed is all that the cards say then."""

    reader: Reader
    room: str
    server: Server
    group: Group
    presser: Account
    card: Message
    turns: Counter[str] = field(default_factory=Counter)

    async def vote(self, side: str) -> float:
        """Vote on one side; in how many milliseconds both cards show it."""
        turn = self.turns[side]
        self.turns[side] += 1
        begin = time.perf_counter()
        if side == TELEGRAM:
            self.presser.forges(self.card, self.pressed(turn))
        else:
            await self.reader.user.says(self.room, self.said(turn))
        is_so = self.so(side, turn)
        async with asyncio.timeout(60):
            await asyncio.gather(self.reader.until(self.room, is_so), self.server.until(lambda: is_so(self.card.text)))
        return 1000 * (time.perf_counter() - begin)

    def pressed(self, turn: int) -> str:
        return f"{TELEGRAM} {turn}"

    def said(self, turn: int) -> str:
        return f"{MATRIX} {turn}"

    def so(self, side: str, turn: int) -> Callable[[str], bool]:
        """Whether a card shows it."""
        return lambda card: card == f"{side} {turn}"


class Deciding(Pair):
    """A group of ours: everybody changes their mind in every turn."""

    def pressed(self, turn: int) -> str:
        keys = [key for row in self.card.keyboard for key in row]
        return next(key.data for key in keys if re.search(rf"\b{_stance(turn)}\b", key.label))

    def said(self, turn: int) -> str:
        return f"!{_stance(turn)} P-1"

    def so(self, side: str, turn: int) -> Callable[[str], bool]:
        name = self.presser.name if side == TELEGRAM else self.reader.name
        line = re.compile(rf"^{_stance(turn)} \d+: .*\b{name}\b", re.MULTILINE)
        return lambda card: bool(line.search(card))


def _stance(turn: int) -> str:
    return STANCES[turn % 2]


async def both(folder: Path, seconds: float) -> dict[str, list[Figure]]:
    """The table, by its heading."""
    with synapse(folder / "synapse") as homeserver:
        async with _running(homeserver, folder) as (pairs, echo):
            return {
                "Both at once, ms from a vote to both cards; floor: a bare echo": await _votes(pairs, echo, seconds)
            }


# -- how soon ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Waits:
    """The milliseconds of one round, by the side on which the votes were cast; of ours, of the echo, and of second votes."""

    ours: dict[str, list[float]] = field(default_factory=lambda: {side: [] for side in SIDES})
    echo: dict[str, list[float]] = field(default_factory=lambda: {side: [] for side in SIDES})
    soon: list[float] = field(default_factory=list)


async def _votes(pairs: Sequence[Pair], echo: Pair, seconds: float) -> list[Figure]:
    for one in (*pairs, echo):
        await one.vote(TELEGRAM)  # warms up
    run = [await _round(pairs, echo, number) for number in rounds(seconds)]
    found = [one for side in SIDES for one in _beside_the_echo(side, run)]
    all_ = [Round(_cut([*one.soon, *(ms for of in one.ours.values() for ms in of)], 95), WISHED) for one in run]
    soon = [Round(_cut(one.soon, 95), WISHED) for one in run]
    return [
        *found,
        figure("right after another vote, p95; floor: the 2 s wished for", soon, Goal(1.0, at_most=True)),
        figure("all of these, p95; floor: the 2 s wished for", all_, Goal(1.0, at_most=True)),
    ]


async def _round(pairs: Sequence[Pair], echo: Pair, number: int) -> Waits:
    """Everywhere one votes, on either side in turn; one after another."""
    waits = Waits()
    for place, pair in enumerate(pairs):
        side, other = SIDES if (place + number) % 2 else SIDES[::-1]
        waits.echo[side].append(await echo.vote(side))
        waits.ours[side].append(await pair.vote(side))
        if (place - SOON * number) % PAIRS < SOON:
            waits.soon.append(await pair.vote(other))
    return waits


def _beside_the_echo(side: str, run: Sequence[Waits]) -> Iterator[Figure]:
    for percent in (50, 95):
        found = [Round(_cut(one.ours[side], percent), _cut(one.echo[side], percent)) for one in run]
        yield figure(f"cast on {side}, p{percent}", found)


def _cut(waits: Sequence[float], percent: int) -> float:
    """So few votes say nothing of what is beyond the longest of them."""
    return quantiles(waits, n=100, method="inclusive")[percent - 1]


# -- the bots, and their rooms ----------------------------------------------------------------------------------------


@asynccontextmanager
async def _running(homeserver: Synapse, folder: Path) -> AsyncIterator[tuple[list[Pair], Pair]]:
    async with AsyncExitStack() as ending:
        users = await ending.enter_async_context(registered(homeserver, "Ana", "Mia"))
        ours, bare = [await ending.enter_async_context(_telegram()) for _ in range(2)]
        reading = await ending.enter_async_context(asyncio.TaskGroup())
        reader = Reader(users[1], "Mia")
        task = reading.create_task(reader.read())
        ending.callback(task.cancel)
        await reader.ready.wait()
        bots = [homeserver.register(name) for name in ("Folkmoot", "Echo")]
        processes = [_folkmoot(homeserver, bots[0], ours, folder), _echo(homeserver, bots[1], bare, folder)]
        ending.callback(ended, *processes)
        pairs = await _met(users[0], reader, bots[0]["user_id"], ours)
        yield pairs, await _echoing(users[0], reader, bots[1]["user_id"], bare)


def _telegram() -> Server:
    """It judges nothing, and goes with the time."""
    return Server(clock=Clock(time.time(), speed=1), checking=False)


def _folkmoot(homeserver: Synapse, account: Json, telegram: Server, folder: Path) -> Process:
    settings = {
        "FOLKMOOT_MATRIX_HOMESERVER": homeserver.url,
        "FOLKMOOT_MATRIX_USER": account["user_id"],
        "FOLKMOOT_MATRIX_PASSWORD": account["password"],
        "FOLKMOOT_MATRIX_ENCRYPTION": "false",
        "FOLKMOOT_TELEGRAM_TOKEN": telegram.token,
        "FOLKMOOT_TELEGRAM_SERVER": telegram.url,
        "FOLKMOOT_LIMITS": "false",  # the same few people vote in all the groups
    }
    return started(FOLKMOOT, folder, settings)


def _echo(homeserver: Synapse, account: Json, telegram: Server, folder: Path) -> Process:
    known = (homeserver.url, account["user_id"], account["password"])
    return started(("tests.bench.bots", "echo", telegram.url, telegram.token, *known), folder)


async def _echoing(maker: User, reader: Reader, bot: str, server: Server) -> Pair:
    tim = server.user("Tim")
    group = server.supergroup("Echo", tim, admins=(tim,))
    room = await maker.makes_room(bot, name="Echo")
    await reader.user.joins(room)
    await says(maker, room, bot, "Card")
    group.says(tim, "/card")
    await _said(server, group, "Card")
    return Pair(reader, room, server, group, tim, group.message("Card"))


async def _met(maker: User, reader: Reader, bot: str, server: Server) -> list[Pair]:
    """Rooms that have become groups with one on the other side, and a proposal in each."""
    alone = await maker.makes_room(bot, name="", is_direct=True, preset="trusted_private_chat")
    await says(maker, alone, bot, "")
    return [await _one_group(maker, alone, reader, bot, server, f"Group {number}") for number in range(PAIRS)]


async def _one_group(maker: User, alone: str, reader: Reader, bot: str, server: Server, name: str) -> Pair:
    tom, tim = server.user("Tom"), server.user("Tim")
    group = server.supergroup(name, tom, tim, admins=(tom,))
    room = await maker.makes_room(bot, name=f"{name} here")
    await reader.user.joins(room)
    await says(maker, room, bot, "Hello")
    await maker.says(room, "!setup")
    event = await says(maker, room, bot, "To let another room join")
    (code,) = CODE.findall(shown(await maker.events(room), bot)[event])
    group.says(tom, f"/setup {code}")
    await says(maker, alone, bot, f"would like {name} (telegram)")
    await maker.says(alone, f"rooms yes {name}")
    await _said(server, group, "This room is one of")
    await reader.user.says(room, "!propose Meet monthly")
    await _said(server, group, "P-1 ·")
    return Deciding(reader, room, server, group, tim, group.message("P-1 ·"))


async def _said(server: Server, group: Group, words: str) -> None:
    async with asyncio.timeout(60):
        await server.until(lambda: any(words in one.text for one in group.messages))
