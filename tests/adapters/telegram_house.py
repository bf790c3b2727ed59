"""A house with Telegram as its room: the bot's own door and way out, our platform, and the test server's people."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from adapters.base import Handle
from adapters.telegram.budget import Limits
from adapters.telegram.links import Allowed
from adapters.telegram.platform import Telegram, Wiring
from adapters.telegram.webhook import Webhook
from bot.app import App
from bot.clock import Clock, SystemClock
from bot.limits import MOST
from bot.platforms import LINKED, menu, said
from bot.presses import ALONE
from bot.publisher import Publisher
from storage.store import Store
from tests.adapters.running import running
from tests.adapters.telegram_server import Server

FREELY = Limits(a_second=10_000, pause=0, a_minute=10_000)


class Aside(list[str]):
    """What could not be read."""

    def __call__(self, raw: str) -> str:
        self.append(raw)
        return str(len(self))


class House:
    """One running bot. `aside` is what it could not read."""

    def __init__(
        self,
        server: Server,
        store: Store,
        clock: Clock,
        limits: Limits,
        webhook: Webhook | None,
        fast: bool,
        offering: bool,
    ) -> None:
        self.aside = Aside()
        self.app = App(store, clock, limits=None if fast else MOST)
        wiring = Wiring(
            token=server.token,
            say=said,
            set_aside=self.aside,
            clock=clock.now,
            menu=menu() if offering else {},
            allowed=Allowed(LINKED, ALONE),
            look=self.app.look,
            last_heard=lambda: self.app.last_heard("telegram"),
            webhook=webhook,
            server=server.url,
        )
        self.telegram = Telegram(wiring, limits=limits, sleep=quickly)
        self.publisher = Publisher(store, clock, [self.telegram])
        self.app.after_commit.append(self.publisher.wake)


async def quickly(seconds: float) -> None:
    """A thousand times as fast as asked."""
    await asyncio.sleep(seconds / 1000)


async def true(condition: Callable[[], object]) -> None:
    """Wait for what rings no bell: something in the database, or inside the bot."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@asynccontextmanager
async def housed(
    server: Server,
    store: Store,
    *,
    clock: Clock | None = None,
    limits: Limits = FREELY,
    webhook: Webhook | None = None,
    wrapped: Callable[[Handle], Handle] = lambda handle: handle,
    publishing: bool = True,
    fast: bool = False,
    offering: bool = True,
) -> AsyncIterator[House]:
    """A bot that runs until the `with` ends; without `publishing`, it says only what it is made to settle.
    `fast`: an account may ask and press as fast as it likes. `offering`: menus are set, which is two in five of all
    that a short story asks of the server."""
    house = House(server, store, clock or SystemClock(), limits, webhook, fast, offering)
    parts = [house.telegram.run(wrapped(house.app.handle))]
    parts += [house.publisher.run()] if publishing else []
    async with running(house.app, *parts):
        yield house
