"""The alarm: it sweeps at the start, at the next deadline, after every commit, and once more after a failure."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.clock import Alarm, SetClock

PAST = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
"""To the scheduler every instant near it has passed, so it rings as soon as it is aimed."""

NEVER = datetime(9000, 1, 1, tzinfo=UTC)


class Sweeping:
    """Counts the sweeps; `due` is what is due next."""

    def __init__(self) -> None:
        self.due: datetime | None = None
        self.fails = 0
        self.swept: asyncio.Queue[None] = asyncio.Queue()

    def next_due(self) -> datetime | None:
        return self.due

    async def sweep(self) -> None:
        self.due = None
        self.swept.put_nowait(None)
        if self.fails:
            self.fails -= 1
            self.due = PAST
            raise OSError("the disk is full")


@asynccontextmanager
async def ringing(app: Sweeping, clock: SetClock) -> AsyncIterator[Alarm]:
    alarm = Alarm(app, clock)
    alarm.start()
    yield alarm
    await alarm.stop()


async def test_what_is_overdue_is_swept_at_the_start() -> None:
    app = Sweeping()
    async with ringing(app, SetClock(PAST)):
        await app.swept.get()


async def test_a_deadline_that_moved_is_aimed_at_again() -> None:
    app = Sweeping()
    clock = SetClock(PAST)
    async with ringing(app, clock) as alarm:
        await app.swept.get()
        app.due = PAST + timedelta(seconds=30)
        alarm.aim()
        await app.swept.get()


async def test_a_sweep_that_failed_is_tried_again() -> None:
    app = Sweeping()
    app.fails = 2
    async with ringing(app, SetClock(PAST)):
        for _ in range(3):
            await app.swept.get()


async def test_nothing_rings_after_the_stop() -> None:
    app = Sweeping()
    async with ringing(app, SetClock(NEVER)) as alarm:
        pass
    alarm.aim()
    assert app.swept.empty()
