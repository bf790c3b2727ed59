"""Votes by several clients at once: while the bot is there, away or killed, and while the homeserver is away."""

import asyncio
import os
import random
import secrets
import signal
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from sqlalchemy import func, select

from adapters.matrix.device import Account
from storage.store import Store
from storage.tables import Journal, table
from storage.verify import verify
from tests.adapters.matrix_house import account_of, card, people
from tests.adapters.matrix_server import V3, Json, Synapse, User, synapse, until

pytestmark = pytest.mark.long

CLIENTS, IN_FLIGHT = 5, 40
SIGNS = {"+1": "agree", "-1": "disagree", "0": "abstain"}


@dataclass
class Bot:
    """`folkmoot run` as a process of its own."""

    account: Account
    folder: Path
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        settings = {"HOMESERVER": self.account.homeserver, "USER": self.account.user, "PASSWORD": self.account.password}
        env = {name: value for name, value in os.environ.items() if not name.startswith("FOLKMOOT_")}
        env |= {f"FOLKMOOT_MATRIX_{name}": value for name, value in settings.items()}
        env |= {
            "FOLKMOOT_MATRIX_ENCRYPTION": "false",
            "FOLKMOOT_LIMITS": "false",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        with (self.folder / "log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=self.folder, env=env, stdout=log, stderr=log
            )

    async def kill(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    def store(self) -> Store:
        return Store(f"sqlite:///{self.folder}/data/folkmoot.db")


@dataclass
class Meeting:
    """A room with an open proposal, and what was voted in it."""

    bot: Bot
    users: list[User]
    room: str
    card: str
    votes: int
    sent: dict[str, str] = field(default_factory=dict)
    """Event id -> what it said, of every vote that the homeserver has taken."""

    async def cast(self) -> None:
        """All vote at once, so many in flight; a client sends the same vote again until it is taken."""
        gate = asyncio.Semaphore(IN_FLIGHT)

        async def one(number: int) -> None:
            text = f"{random.Random(number).choice(list(SIGNS))} because {number}"
            async with gate:
                event = await persistently(self.users[number % CLIENTS], self.room, text)
            self.sent[event] = text

        await asyncio.gather(*(one(number) for number in range(self.votes)))

    async def everything(self) -> list[Json]:
        """All that was said in the room, in the order in which the homeserver took it."""
        found: list[Json] = []
        path = f"{V3}/rooms/{quote(self.room)}/messages?dir=f&limit=1000"
        page = await self.users[0].call("GET", path)
        while page["chunk"]:
            found += page["chunk"]
            if "end" not in page:
                break
            page = await self.users[0].call("GET", f"{path}&from={quote(page['end'])}")
        return found

    async def acknowledged(self) -> Counter[str]:
        """How often the bot has set a sign on each vote."""
        said = [one["content"] for one in await self.everything() if one["type"] == "m.reaction"]
        marked = [one["m.relates_to"]["event_id"] for one in said if "m.relates_to" in one]
        return Counter(event for event in marked if event in self.sent)

    async def tally(self) -> dict[str, int]:
        """What the card has to say in the end: of each voter the last vote that the homeserver took."""
        last = {
            one["sender"]: self.sent[one["event_id"]] for one in await self.everything() if one["event_id"] in self.sent
        }
        counts = Counter(SIGNS[text.split(" ")[0]] for text in last.values())
        return {stance: counts[stance] for stance in SIGNS.values()}


async def persistently(user: User, room: str, text: str) -> str:
    """As clients do: the same transaction again until there is an answer."""
    txn = secrets.token_hex(8)
    path = f"{user.server.url}{V3}/rooms/{quote(room)}/send/m.room.message/{txn}"
    while True:
        try:
            async with (
                asyncio.timeout(10),
                user.session.put(
                    path,
                    json={"msgtype": "m.text", "body": text},
                    headers={"Authorization": f"Bearer {user.token}"},
                ) as answer,
            ):
                if answer.status == 200:
                    return str((await answer.json())["event_id"])
        except (aiohttp.ClientError, TimeoutError, OSError):
            pass
        await asyncio.sleep(0.2)


async def vote_and_count(
    server: Synapse, folder: Path, votes: int, meanwhile: Callable[[Meeting], Awaitable[object]], *, surely: bool = True
) -> None:
    """Propose, vote while something happens, and count. `surely`: the bot lives, so that each vote has its sign."""
    bot = Bot(account_of(server), folder)
    async with people(server, *(f"voter{number}" for number in range(CLIENTS))) as users:
        await bot.start()
        try:
            room = await users[0].makes_room(bot.account.user)
            await asyncio.gather(*(one.joins(room) for one in users[1:]))
            await until(lambda: _inside(users[0], room, bot.account.user), 60)
            await users[0].says(room, "!propose Meet monthly")
            event, _ = await card(users[0], room, bot.account.user)
            meeting = Meeting(bot, users, room, event, votes)
            await meanwhile(meeting)
            await _count(meeting, surely=surely)
        finally:
            await bot.kill()


async def _count(meeting: Meeting, *, surely: bool) -> None:
    with closing(meeting.bot.store()) as store:
        await until(lambda: _kept(store, meeting.votes), 300)
        wanted = [f"{stance} {count}" for stance, count in (await meeting.tally()).items()]
        await until(lambda: _shows(meeting, wanted), 60)
        if surely:
            await until(lambda: _all_signed(meeting), 120)
        signs = await meeting.acknowledged()
        assert set(signs.values()) <= {1}
        with store.reading() as work:
            assert verify(work) == []
            assert _cast(store) == meeting.votes


def _cast(store: Store) -> int:
    with store.reading() as work:
        counted = select(func.count()).where(table(Journal).c.event == "BallotCast")
        return int(work.connection.execute(counted).scalar_one())


async def _kept(store: Store, votes: int) -> bool:
    return await asyncio.to_thread(_cast, store) >= votes


async def _shows(meeting: Meeting, wanted: list[str]) -> bool:
    edits = [one["content"] for one in await meeting.everything() if one.get("sender") == meeting.bot.account.user]
    said = [one["m.new_content"]["body"] for one in edits if "m.new_content" in one]
    return bool(said) and all(f"{one}" in said[-1] for one in wanted)


async def _all_signed(meeting: Meeting) -> bool:
    return len(await meeting.acknowledged()) == meeting.votes


async def _inside(user: User, room: str, who: str) -> bool:
    found: dict[str, Any] = (await user.call("GET", f"{V3}/rooms/{quote(room)}/joined_members"))["joined"]
    return who in found


# -- what happens meanwhile -------------------------------------------------------------------------------------------


async def nothing(meeting: Meeting) -> None:
    await meeting.cast()


async def away(meeting: Meeting) -> None:
    await meeting.bot.kill()
    await meeting.cast()
    await meeting.bot.start()


def killed(kills: int) -> Callable[[Meeting], Awaitable[None]]:
    async def meanwhile(meeting: Meeting) -> None:
        casting = asyncio.create_task(meeting.cast())
        chance = random.Random(3)
        for number in range(kills):
            await until(partial(_sent, meeting, (number + 1) * meeting.votes // (kills + 1)), 300)
            await asyncio.sleep(chance.random())
            await meeting.bot.kill()
            await meeting.bot.start()
        await casting

    return meanwhile


def frozen(seconds: float) -> Callable[[Meeting], Awaitable[None]]:
    async def meanwhile(meeting: Meeting) -> None:
        casting = asyncio.create_task(meeting.cast())
        await until(lambda: _sent(meeting, meeting.votes // 4), 300)
        server = meeting.users[0].server
        server.freeze()
        await asyncio.sleep(seconds)  # the homeserver's own time cannot be set
        server.stop(signal.SIGKILL)
        await asyncio.to_thread(server.start)
        await casting

    return meanwhile


async def _sent(meeting: Meeting, number: int) -> bool:
    return len(meeting.sent) >= number


# -- the stories ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("meanwhile", [nothing, away], ids=lambda one: one.__name__)
async def test_every_vote_of_many_at_once_counts_once(
    homeserver: Synapse, tmp_path: Path, meanwhile: Callable[[Meeting], Awaitable[None]]
) -> None:
    await vote_and_count(homeserver, tmp_path, 480, meanwhile)


async def test_every_vote_counts_once_over_ten_kills(homeserver: Synapse, tmp_path: Path) -> None:
    await vote_and_count(homeserver, tmp_path, 480, killed(10), surely=False)


async def test_votes_that_wait_while_the_homeserver_is_away_are_taken_later(tmp_path: Path) -> None:
    (tmp_path / "bot").mkdir()
    with synapse(tmp_path / "synapse") as server:
        await vote_and_count(server, tmp_path / "bot", 200, frozen(60))
