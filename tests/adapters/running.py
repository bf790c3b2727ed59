"""A bot that runs for as long as a test wants it to."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

from bot.app import App


@asynccontextmanager
async def running(app: App, *parts: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run these parts of a bot until the `with` ends, and then its door."""
    tasks = [asyncio.create_task(one) for one in parts]
    try:
        yield
    finally:
        for one in tasks:
            one.cancel()
        for one in tasks:
            with suppress(asyncio.CancelledError):
                await one
        await app.close()
