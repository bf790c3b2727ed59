"""A stage for the screens: the real bot, the test server, and a group of three in which time passes when it is told to."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import SetClock
from storage.store import Store
from tests.adapters.telegram_house import House, housed
from tests.adapters.telegram_server import Clock, Message, Server, User
from tests.adapters.telegram_server.groups import Group
from tests.house import START

CARD = re.compile("[\u200f\u2068]*P-\\d")  # in Arabic, signs of direction come first
PATIENCE = 10
"""Seconds after which something that should be shown is taken as lost."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Ana administers the group; all three have begun the private chat."""

    server: Server
    house: House
    clock: SetClock
    group: Group
    ana: User
    ben: User
    cem: User

    async def says(self, who: User, text: str, *, reply_to: Message | None = None) -> None:
        """Somebody says something in the group, and all that comes of it is shown."""
        self.group.says(who, text, reply_to=reply_to)
        await self.settle()

    async def puts(self, text: str) -> Message:
        """Ana puts something; its card."""
        known = len(self.cards)
        await self.says(self.ana, text)
        (card,) = self.cards[known:]
        return card

    async def presses(self, who: User, message: Message, button: str) -> None:
        press = who.presses(message, button)
        await self.until(lambda: press.answered)
        await self.settle()

    async def opens(self, who: User, card: Message, button: str) -> Message:
        """Somebody follows a button into the private chat; what is said there."""
        known = len(who.messages)
        who.opens(card.button(button).url)
        await self.settle()
        await self.until(lambda: len(who.messages) > known)
        return who.messages[-1]

    async def wait(self, length: timedelta) -> None:
        """Time passes, and what is due by then happens."""
        self.clock.at += length
        self.server.clock.advance(length.total_seconds())
        await self.house.app.sweep()
        await self.settle()

    async def settle(self) -> None:
        """All that was said is taken in, and all that is to be said is said."""
        await self.until(lambda: not self.server.updates.ready(1))
        await self.house.publisher.settle()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE):
            await self.server.until(condition)

    @property
    def cards(self) -> list[Message]:
        return [one for one in self.group.messages if CARD.match(one.text)]


@asynccontextmanager
async def staged(store: Store, language: str = "en") -> AsyncIterator[Stage]:
    """A stage that stands until the `with` ends. Everybody's app, and the room, speak one language."""
    clock = SetClock(START)
    async with (
        Server(clock=Clock(START.timestamp()), privacy=False) as server,
        housed(server, store, clock=clock, publishing=False) as house,
    ):
        names = ("أمينة", "بدر", "جميل") if language == "ar" else ("Ana", "Ben", "Cem")
        ana, ben, cem = (server.user(name, language=language) for name in names)
        stage = Stage(server, house, clock, server.supergroup("Partnerships", ana, admins=(ana,)), ana, ben, cem)
        await _come(stage, language)
        yield stage


async def _come(stage: Stage, language: str) -> None:
    stage.group.joins(stage.ben)
    stage.group.joins(stage.cem)
    await stage.says(stage.ana, f"/language room {language}")
    await stage.says(stage.ana, "/tz group Europe/Berlin")
    for one in (stage.ana, stage.ben, stage.cem):
        one.starts()
    await stage.settle()
    await stage.until(lambda: all(one.messages for one in (stage.ana, stage.ben, stage.cem)))
