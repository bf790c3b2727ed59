"""Matrix on a stage: a room and a private chat on a real homeserver."""

import asyncio
import json
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest

from adapters.base import NOTHING, Answer, File, Place, Request
from adapters.matrix.content import PRESSES
from adapters.matrix.device import Account
from adapters.matrix.platform import Matrix, Wiring
from adapters.matrix.showing import DONE
from bot.clock import SystemClock
from bot.platforms import said
from tests.adapters.matrix_house import account_of, people
from tests.adapters.matrix_server import V3, Json, Synapse, User, media, until
from tests.adapters.stage import Hearing, Ways


class AtMatrix(Hearing):
    """Ana made the room and began the private chat."""

    ways = Ways(redelivers=False, in_words=False)
    name = "Ana"

    def __init__(self, server: Synapse, ana: User, account: Account, folder: Path) -> None:
        super().__init__()
        self._server = server
        self._ana = ana
        self._account = account
        self._folder = folder
        self._bookmark = ""
        self._taken = 0
        self._kept = asyncio.Condition()
        self._last = ""
        self.person = Place(user=ana.id)

    async def handle(self, request: Request) -> Answer:
        if request.bookmark:
            await self._keep(request.bookmark)
        return NOTHING if request.arrivals else await super().handle(request)

    async def arrive(self) -> None:
        """Run, and wait until the bot has greeted both rooms."""
        self.room = Place(chat=await self._ana.makes_room(self._account.user))
        self._alone = await self._ana.makes_room(
            self._account.user, is_direct=True, preset="trusted_private_chat", name=""
        )
        await self.start()
        for place in (self.room, self.person):
            await until(partial(asyncio.to_thread, self.seen, place))

    async def start(self) -> None:
        """Run until syncs are being taken in."""
        wiring = Wiring(
            account=self._account,
            folder=self._folder,
            say=said,
            set_aside=lambda raw: raw,
            clock=SystemClock().now,
            bookmark=lambda: self._bookmark,
        )
        self.platform = self._matrix = Matrix(wiring, pause=0)
        self.running = asyncio.create_task(self._matrix.run(self.handle))
        await until(self._ready)

    def seen(self, place: Place) -> str:
        shown = [one["content"] for one in self._events(place) if one["type"] == "m.room.message"]
        bodies = [part.get("body", "") for one in shown for part in (one, one.get("m.new_content", {}))]
        return "\n".join(filter(None, bodies))

    def signed(self) -> bool:
        """A tap is a sign itself."""
        signs = [one["content"].get("m.relates_to", {}) for one in self._events(self.room)]
        ours = any((one.get("event_id"), one.get("key")) == (self._last, DONE) for one in signs)
        return ours or bool(self.requests[-1].press)

    async def says(self, text: str) -> None:
        await self._told(await self._ana.says(self.room.chat, text))

    async def whispers(self, text: str) -> None:
        await self._told(await self._ana.says(self._alone, text))

    async def presses(self, message: str, press: str) -> None:
        shown = await self._ana.call("GET", f"{V3}/rooms/{quote(self.room.chat)}/event/{quote(message)}")
        (sign,) = (sign for sign, meant in shown["content"][PRESSES] if meant == press)
        await self._told(await self._ana.reacts(self.room.chat, message, sign))

    def handed(self, place: Place, file: File) -> int:
        files = [one["content"] for one in self._events(place) if one["content"].get("msgtype") == "m.file"]
        found = [(one["filename"], one["info"]["mimetype"], self._asked(media(one["url"]))) for one in files]
        return found.count((file.name, file.kind, file.raw))

    async def again(self) -> None:
        """What was synced and kept does not come again."""

    async def restart(self) -> None:
        await self.end()
        await self.start()

    async def end(self) -> None:
        self.running.cancel()
        with suppress(asyncio.CancelledError):
            await self.running

    async def _keep(self, bookmark: str) -> None:
        """What was handed on before has its answer on the way by now."""
        self._bookmark, self._taken = bookmark, len(self.requests)
        async with self._kept:
            self._kept.notify_all()

    async def _told(self, event: str) -> None:
        self._last = event
        async with asyncio.timeout(30):
            async with self._kept:
                await self._kept.wait_for(lambda: event in [one.key for one in self.requests[: self._taken]])
            while later := self._matrix._showing._later:
                await asyncio.wait(later)

    async def _ready(self) -> bool:
        return self._matrix._ready

    def _events(self, place: Place) -> list[Json]:
        """All that the bot sent."""
        raw = self._asked(f"{V3}/rooms/{quote(place.chat or self._alone)}/messages?dir=f&limit=1000")
        found: list[Json] = json.loads(raw)["chunk"]
        return [one for one in found if one["sender"] == self._account.user]

    def _asked(self, path: str) -> bytes:
        headers = {"Authorization": f"Bearer {self._ana.token}"}
        asked = urllib.request.Request(f"{self._server.url}{path}", headers=headers)  # noqa: S310
        with urllib.request.urlopen(asked) as answer:  # noqa: S310 - our own loopback
            return bytes(answer.read())


@asynccontextmanager
async def matrix(request: pytest.FixtureRequest) -> AsyncIterator[Hearing]:
    server: Synapse = request.getfixturevalue("homeserver")
    folder: Path = request.getfixturevalue("tmp_path")
    async with people(server, AtMatrix.name) as (ana,):
        stage = AtMatrix(server, ana, await asyncio.to_thread(account_of, server), folder)
        await stage.arrive()
        try:
            yield stage
        finally:
            await stage.end()
