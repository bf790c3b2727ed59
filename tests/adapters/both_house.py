"""A house on both platforms: one bot with one door, as its settings wire it, a Matrix room and a Telegram group."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from adapters.matrix.platform import Matrix
from adapters.telegram.platform import Telegram
from bot.app import App
from bot.clock import SystemClock
from bot.config import Settings
from bot.platforms import platforms
from bot.publisher import Publisher
from bot.retention import ASIDE
from storage.store import Store
from tests.adapters.matrix_sealed import Sealed, sealed
from tests.adapters.matrix_server import Synapse, User, shown, until
from tests.adapters.running import running
from tests.adapters.telegram_house import FREELY, quickly
from tests.adapters.telegram_server import Chat, Server

SEALED = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
Wanted = str | Callable[[str], bool]
"""Words of a message, or something that is true of it."""

PATIENCE = 30
"""Seconds after which something that should be shown is taken as lost."""


@dataclass
class Someone:
    """Somebody on Matrix. What they say and read goes through `client`, which encrypts in encrypted rooms."""

    name: str
    user: User
    client: User | Sealed
    private: str = ""
    """The room in which they are alone with the bot."""

    async def reads(self, room: str, bot: str) -> str:
        """Everything that the bot's messages in a room say by now."""
        return "\n---\n".join(shown(await self.client.events(room), bot).values())

    async def taps(self, room: str, answer: str) -> None:
        """Answer the poll of Matrix's own in a room."""

        async def found() -> str:
            events = await self.client.events(room)
            return next((one["event_id"] for one in events if one["type"].endswith("poll.start")), "")

        relation = {"rel_type": "m.reference", "event_id": await until(found)}
        content = {"org.matrix.msc3381.poll.response": {"answers": [answer]}, "m.relates_to": relation}
        await self.client.sends(room, "org.matrix.msc3381.poll.response", content)


class House:
    """One running bot, and the two servers that it is on."""

    def __init__(self, homeserver: Synapse, telegram: Server, store: Store, settings: Settings) -> None:
        self.homeserver, self.telegram, self.store = homeserver, telegram, store
        self.bot, self.sealed = settings.matrix_user, settings.matrix_encryption
        self.folder = settings.data
        self.app = App(store, SystemClock())
        self.platforms = [_hurried(one) for one in platforms(settings, self.app)]
        self.publisher = Publisher(store, self.app.clock, self.platforms)
        self.app.after_commit.append(self.publisher.wake)

    def aside(self) -> list[str]:
        """What the bot could not read."""
        return [one.name for one in (self.folder / ASIDE).glob("*")]

    # -- Matrix -------------------------------------------------------------------------------------------------------

    async def room(self, maker: Someone, name: str, **more: Any) -> str:
        """A new room, to which the bot is invited."""
        state = [SEALED] if self.sealed else []
        return await maker.user.makes_room(self.bot, name=name, initial_state=state, **more)

    async def event_of(self, who: Someone, room: str, words: str) -> str:
        """The event of the bot's message in a room that has these words, once it is there."""

        async def found() -> str:
            told = shown(await who.client.events(room), self.bot)
            return next((event for event, said in told.items() if words in said), "")

        return str(await until(found))

    async def told(self, who: Someone, room: str, *wanted: Wanted) -> str:
        """Wait until a message of the bot's in a room is so; what it says."""

        async def found() -> str:
            return _found(shown(await who.client.events(room), self.bot).values(), wanted)

        try:
            return str(await until(found, PATIENCE))
        except TimeoutError:
            raise AssertionError(await who.reads(room, self.bot)) from None

    async def whispers(self, who: Someone, text: str) -> None:
        """Somebody says something to the bot alone, in the room that they make for it, or have come into."""
        if not who.private:
            how = {"is_direct": True, "preset": "trusted_private_chat"}
            who.private = await self.room(who, "", **how)
            await self.told(who, who.private, "")
        await who.client.says(who.private, text)

    async def invited(self, who: Someone) -> None:
        """Somebody comes into the private chat to which the bot invites them."""

        async def found() -> list[str]:
            return list(await who.user.invitations())

        (who.private,) = await until(found, PATIENCE)
        await who.client.joins(who.private)

    # -- Telegram -----------------------------------------------------------------------------------------------------

    async def said(self, chat: Chat, *wanted: Wanted) -> str:
        """Wait until a message of the bot's in a chat is so; what it says."""

        def found() -> str:
            return _found((one.text for one in chat.messages), wanted)

        try:
            async with asyncio.timeout(PATIENCE):
                await self.telegram.until(found)
        except TimeoutError:
            raise AssertionError("\n---\n".join(one.text for one in chat.messages)) from None
        return found()


def _found(said: Iterable[str], wanted: Iterable[Wanted]) -> str:
    """The first of what was said that has all these words, and of which all this is true."""
    wanted = list(wanted)
    return next((one for one in said if all(_is(each, one) for each in wanted)), "")


def _is(wanted: Wanted, said: str) -> bool:
    return wanted in said if isinstance(wanted, str) else wanted(said)


def _hurried(wired: Any) -> Matrix | Telegram:
    """The platform as the settings wired it, but it does not rest between what it says."""
    if isinstance(wired, Matrix):
        return Matrix(wired._wiring, pause=0)
    return Telegram(wired._wiring, limits=FREELY, sleep=quickly)


@asynccontextmanager
async def housed(homeserver: Synapse, store: Store, folder: Path, *, encryption: bool) -> AsyncIterator[House]:
    """A bot that runs on both until the `with` ends."""
    account = await asyncio.to_thread(homeserver.register, "Folkmoot")
    async with Server() as telegram:
        settings = Settings(
            _env_file=None,
            data=folder,
            telegram_token=telegram.token,
            telegram_server=telegram.url,
            matrix_homeserver=homeserver.url,
            matrix_user=account["user_id"],
            matrix_password=account["password"],
            matrix_encryption=encryption,
        )
        house = House(homeserver, telegram, store, settings)
        parts = [one.run(house.app.handle) for one in house.platforms]
        async with running(house.app, *parts, house.publisher.run()):
            yield house


@asynccontextmanager
async def people(house: House, folder: Path, *names: str) -> AsyncIterator[list[Someone]]:
    """Some people on Matrix; where rooms are encrypted, with clients that encrypt."""
    async with AsyncExitStack() as ending:
        session = await ending.enter_async_context(aiohttp.ClientSession())
        found = []
        for name in names:
            if house.sealed:
                client = await ending.enter_async_context(sealed(house.homeserver, name, folder))
                user = User(house.homeserver, client.id, client.client.access_token, session)
                found.append(Someone(name, user, client))
            else:
                user = await User.registered(house.homeserver, session, name)
                found.append(Someone(name, user, user))
        yield found
