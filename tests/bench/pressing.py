"""Pressing: so many members at once, each of whom acts as soon as the one before is answered."""

import asyncio
import time
from collections.abc import Sequence

from adapters.base import Request, Verdict
from bot.app import App


async def carry_out(app: App, requests: Sequence[Request], at_once: int) -> float:
    """Hand in requests, every one of which is to be done, and return the seconds until the last was answered."""
    waiting = iter(requests)

    async def act() -> None:
        for request in waiting:
            answer = await app.handle(request)
            assert answer.verdict is Verdict.DONE, answer

    begin = time.perf_counter()
    await asyncio.gather(*(act() for _ in range(at_once)))
    return time.perf_counter() - begin
