"""A house with a Matrix room: the bot's own door and way out, our platform on a real homeserver, and people with clients."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from adapters.base import Handle
from adapters.matrix.device import Account
from adapters.matrix.platform import Matrix, Wiring
from bot.app import App
from bot.clock import Clock, SystemClock
from bot.platforms import said
from bot.publisher import Publisher
from storage.store import Store
from tests.adapters.matrix_server import Json, Synapse, User, shown, until
from tests.adapters.running import running


class House:
    """One running bot, and the group that it looks after."""

    def __init__(
        self, server: Synapse, account: Account, store: Store, folder: Path, clock: Clock, pause: float, **wired: Any
    ) -> None:
        self.server = server
        self.account = account
        self.aside: list[str] = []
        self.app = App(store, clock)
        wiring = Wiring(
            account=account,
            folder=folder,
            say=said,
            set_aside=self._set_aside,
            clock=clock.now,
            bookmark=lambda: self.app.bookmark("matrix"),
            **wired,
        )
        self.matrix = Matrix(wiring, sleep=_quickly, pause=pause)
        self.publisher = Publisher(store, clock, [self.matrix])
        self.app.after_commit.append(self.publisher.wake)

    @property
    def id(self) -> str:
        return self.account.user

    def _set_aside(self, raw: str) -> str:
        self.aside.append(raw)
        return str(len(self.aside))


async def _quickly(seconds: float) -> None:
    await asyncio.sleep(seconds / 20)


def account_of(server: Synapse, *, encryption: bool = False) -> Account:
    """A new account for a bot."""
    made = server.register("Folkmoot")
    return Account(homeserver=server.url, user=made["user_id"], password=made["password"], encryption=encryption)


@asynccontextmanager
async def housed(
    server: Synapse,
    account: Account,
    store: Store,
    folder: Path,
    *,
    clock: Clock | None = None,
    pause: float = 0,
    wrapped: Callable[[Handle], Handle] = lambda handle: handle,
    publishing: bool = True,
    **wired: Any,
) -> AsyncIterator[House]:
    """A bot that runs until the `with` ends; without `publishing`, it says only what it is made to settle."""
    house = House(server, account, store, folder, clock or SystemClock(), pause, **wired)
    parts = [house.matrix.run(wrapped(house.app.handle))]
    parts += [house.publisher.run()] if publishing else []
    async with running(house.app, *parts):
        yield house


@asynccontextmanager
async def people(server: Synapse, *names: str) -> AsyncIterator[list[User]]:
    """Some people with accounts of their own."""
    async with aiohttp.ClientSession() as session:
        yield [await User.registered(server, session, name) for name in names]


async def card(user: User, room: str, bot: str, words: str = "P-1 ·") -> tuple[str, str]:
    """The bot's message in a room that begins with these words: its event id, and what it says by now."""

    async def found() -> tuple[str, str] | None:
        says = shown(await user.events(room), bot)
        return next(((event, body) for event, body in says.items() if body.startswith(words)), None)

    answer: tuple[str, str] = await until(found)
    return answer


async def says(user: User, room: str, bot: str, words: str) -> str:
    """Wait until one of the bot's messages in a room says this; its event id."""

    async def found() -> str:
        told = shown(await user.events(room), bot)
        return next((event for event, body in told.items() if words in body), "")

    try:
        return str(await until(found))
    except TimeoutError:
        raise AssertionError("\n---\n".join(shown(await user.events(room), bot).values())) from None


async def native(user: User, room: str, bot: str) -> Json:
    """The bot's poll of Matrix's own."""

    async def found() -> Json | None:
        events = await user.events(room)
        return next((one for one in events if one["type"].endswith("poll.start") and one["sender"] == bot), None)

    answer: Json = await until(found)
    return answer


async def in_private(user: User, bot: str, words: str) -> str:
    """Wait until the bot has said this to somebody alone, who comes into the chat it invites them to; the room."""

    async def found() -> str:
        for room in await user.invitations():
            await user.joins(room)
        for room in await user.rooms():
            members = await user.call("GET", f"/_matrix/client/v3/rooms/{room}/joined_members")
            alone = set(members["joined"]) == {user.id, bot}
            if alone and any(words in body for body in shown(await user.events(room), bot).values()):
                return room
        return ""

    return str(await until(found))
