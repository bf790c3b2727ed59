"""The server itself: a test starts it, and drives the world in it."""

from collections.abc import Callable, Collection
from dataclasses import replace
from types import TracebackType
from typing import Self

from aiohttp import web

from . import troubles, wire
from .clock import Clock
from .flood import Flood
from .inline import Inline
from .people import Press
from .troubles import How, Trouble
from .updates import LIVES, Update, Updates
from .webhook import Webhook
from .world import World

TOKEN = "700000001:AAtest-token_of-nobody-0123456789abc"


class Server(World):
    """`async with Server() as server:`; `server.url` is where it is.

    Leaving the `with` fails if any request, answer or update was not as the published API has it (`faults`).
    """

    def __init__(
        self, *, clock: Clock | None = None, privacy: bool = True, flood: bool = False, checking: bool = True
    ) -> None:
        super().__init__()
        self.clock = clock or Clock()
        self.token = TOKEN
        self.privacy = privacy
        self.checking = checking
        """Off only where speed is measured: then nothing is judged and no call is kept."""
        self.flood = Flood(flood)
        self.trouble: Trouble | None = None
        self.hanging = 0
        """How many requests are kept waiting by trouble."""
        self.revoked = False
        """The token is no longer right."""
        self.faults: list[str] = []
        self.calls: list[wire.Call] = []
        """Every request, in the order of the answers."""
        self.routes: dict[str, str] = {}
        """Where a webhook's address really leads: beginnings of addresses."""
        self.updates = Updates(self.clock, self.faults, checking)
        self.webhook = Webhook(self)
        self.inline = Inline(self)
        self.port = 0
        self._runner: web.AppRunner | None = None

    # where it is

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """As python-telegram-bot wants it."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"

    async def __aenter__(self) -> Self:
        await self.plug()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        await self.webhook.remove()
        await self.unplug()
        if kind is None:
            assert not self.faults, "\n".join(self.faults)

    async def plug(self) -> None:
        """Be reachable, at the same port as before."""
        self.updates.closing = False
        self._runner = web.AppRunner(
            wire.application(self), access_log=None, handler_cancellation=True, shutdown_timeout=1
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def unplug(self) -> None:
        """Be unreachable: connections end, new ones are refused."""
        self.updates.closing = True
        self.clock.ring()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    # trouble

    def down(
        self,
        *kinds: How,
        seconds: float | None = None,
        methods: Collection[str] = (),
        retry_after: int = 5,
        times: int | None = None,
    ) -> None:
        """Trouble from now on: of these kinds in turn, for so many seconds or requests, or until `up`."""
        until = None if seconds is None else self.clock.now() + seconds
        self.trouble = troubles.trouble(kinds, until, methods, retry_after, times)

    def up(self) -> None:
        self.trouble = None
        self.clock.ring()

    def redeliver(self, *about: object, new_ids: bool = False, shuffle: int | None = None) -> list[Update]:
        """Updates once more: those about a message, a press ..., or all; `shuffle` is a seed.

        Under new ids, presses are sent again as apps do it: with another callback query id.
        """
        found = [one for one in self.updates.made if not about or one.about in about]
        if new_ids:
            found = [self._pressed_again(one) for one in found]
        return self.updates.redeliver(found, new_ids=new_ids, shuffle=shuffle)

    # what tests wait for

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something holds, looking again whenever anything happens here."""
        await self.clock.until(condition)

    async def answered(self, press: Press) -> str:
        """The toast of a press, once it is there."""
        await self.until(lambda: press.answered)
        return press.toast

    async def taken(self) -> None:
        """Wait until the bot has acknowledged every update."""
        await self.until(lambda: not self.updates.ready(1))

    def noted(self, call: wire.Call) -> None:
        if self.checking:
            self.calls.append(call)
        self.clock.ring()

    def routed(self, url: str) -> str:
        for begin, real in self.routes.items():
            if url.startswith(begin):
                return real + url.removeprefix(begin)
        return url

    def _pressed_again(self, update: Update) -> Update:
        if not isinstance(update.about, Press):
            return update
        again = replace(update.about, id=self.press_id(), at=self.clock.now(), answered=False)
        self.presses[again.id] = again
        return replace(update, body=again.wire(), about=again, until=self.clock.now() + LIVES["callback_query"])
