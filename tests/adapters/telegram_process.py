"""The bot on Telegram as a process of its own, to be killed: `python -m tests.adapters.telegram_process SERVER TOKEN DATABASE`."""

import asyncio
import sys

from adapters.telegram.platform import Telegram, Wiring
from bot.app import App
from bot.clock import SystemClock
from bot.platforms import said
from bot.publisher import Publisher
from storage.store import Store
from tests.adapters.telegram_house import FREELY


async def main(server: str, token: str, database: str) -> None:
    store = Store(database)
    app = App(store, SystemClock())
    wiring = Wiring(token=token, say=said, set_aside=lambda raw: raw, clock=SystemClock().now, server=server)
    telegram = Telegram(wiring, limits=FREELY)
    publisher = Publisher(store, SystemClock(), [telegram])
    app.after_commit.append(publisher.wake)
    await asyncio.gather(telegram.run(app.handle), publisher.run())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
