"""Telegram on a stage: a supergroup and a private chat of the test server."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from adapters.base import File, Place
from adapters.telegram.platform import Telegram, Wiring
from bot.clock import SystemClock
from bot.platforms import said
from tests.adapters.stage import Hearing, Ways
from tests.adapters.telegram_house import FREELY, Aside, quickly
from tests.adapters.telegram_server import Server


class AtTelegram(Hearing):
    """The person has begun the private chat, and privacy mode is off, so that all that is said is heard."""

    ways = Ways(known_again=False)
    name = "Ana"

    def __init__(self, server: Server) -> None:
        super().__init__()
        self._server = server
        self._ana = server.user(self.name)
        server.private(self._ana)
        self._ana.started = True
        self._group = server.supergroup("Partnerships", self._ana)
        self.room, self.person = Place(chat=str(self._group.id)), Place(user=str(self._ana.id))
        self._last: object = None

    async def start(self) -> None:
        """Run until updates are being taken in."""
        wiring = Wiring(
            token=self._server.token, say=said, set_aside=Aside(), clock=SystemClock().now, server=self._server.url
        )
        self.platform = Telegram(wiring, limits=FREELY, sleep=quickly)
        self.running = asyncio.create_task(self.platform.run(self.handle))
        async with asyncio.timeout(10):
            await self._server.until(lambda: self._server.updates.polling)

    def seen(self, place: Place) -> str:
        messages = self._server.chats[int(place.chat or place.user)].messages
        shown = [one.text for message in messages for one in message.history]
        return "\n".join([*shown, *(self._ana.toasts if place.user else [])])

    async def says(self, text: str) -> None:
        await self._told(lambda: self._group.says(self._ana, text))

    async def whispers(self, text: str) -> None:
        await self._told(lambda: self._ana.writes(text))

    async def presses(self, message: str, press: str) -> None:
        shown = self._group.log[int(message)]
        (data,) = (key.data for row in shown.keyboard for key in row if key.data.rpartition("~")[0] == press)
        self._last = made = self._ana.presses(shown, data)
        async with asyncio.timeout(10):
            await self._server.taken()
            await self._server.answered(made)

    def handed(self, place: Place, file: File) -> int:
        kept = [one.document for one in self._server.chats[int(place.chat or place.user)].messages if one.document]
        return sum((one.name, one.content) == (file.name, file.raw) for one in kept)

    async def again(self) -> None:
        self._server.redeliver(self._last)
        async with asyncio.timeout(10):
            await self._server.taken()

    async def restart(self) -> None:
        await self.end()
        await self.start()

    async def end(self) -> None:
        self.running.cancel()
        with suppress(asyncio.CancelledError):
            await self.running

    async def _told(self, act: Callable[[], object]) -> None:
        before, there = len(self._ana.messages), self._handed_openly()
        self._last = act()
        async with asyncio.timeout(10):
            await self._server.taken()
            if self.answer.openly:
                await self._server.until(lambda: self._handed_openly() > there)
            else:
                await self._server.until(lambda: len(self._ana.messages) > before or not self.answer.text)

    def _handed_openly(self) -> int:
        return sum(one.document is not None for one in self._group.messages)


@asynccontextmanager
async def telegram(request: pytest.FixtureRequest) -> AsyncIterator[Hearing]:
    async with Server(privacy=False) as server:
        stage = AtTelegram(server)
        await stage.start()
        try:
            yield stage
        finally:
            await stage.end()
