"""The clock: the only place that reads the time, and the one alarm, aimed at the next deadline."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger()

SLOWEST = timedelta(minutes=5)
"""The alarm looks at least this often, so that a machine that slept or a clock that was set is noticed."""


PAUSE = timedelta(seconds=1)


class Clock(Protocol):
    """Where `now` comes from."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SetClock:
    """A clock that stands until it is set: written conversations and tests run on it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


class Sweeps(Protocol):
    """What the alarm wakes."""

    def next_due(self) -> datetime | None: ...

    async def sweep(self) -> None: ...


class Alarm:
    """One job, aimed at the next deadline and aimed again after every commit."""

    def __init__(self, app: Sweeps, clock: Clock) -> None:
        self._app = app
        self._clock = clock
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._again = asyncio.Event()
        self._ringing = asyncio.Lock()
        self._aiming: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Sweep what is overdue, then wait for what is next."""
        self._scheduler.start()
        self._at(self._clock.now())
        self._aiming = asyncio.create_task(self._keep_aimed())

    def aim(self) -> None:
        """A deadline may have moved."""
        self._again.set()

    async def stop(self) -> None:
        """Ring no more; a sweep that has begun is waited for."""
        self._scheduler.remove_all_jobs()
        if self._aiming is not None:
            self._aiming.cancel()
            await asyncio.gather(self._aiming, return_exceptions=True)
        async with self._ringing:
            self._scheduler.shutdown(wait=False)

    async def _ring(self) -> None:
        async with self._ringing:
            try:
                await self._app.sweep()
            except Exception:
                log.exception("the sweep failed; it is tried again")
        self.aim()

    async def _keep_aimed(self) -> None:
        while True:
            await self._again.wait()
            self._again.clear()
            latest = self._clock.now() + SLOWEST
            try:
                due = await asyncio.to_thread(self._app.next_due)
            except Exception:
                log.exception("the next deadline could not be read; it is tried again")
                due = None
            soonest = self._clock.now() + PAUSE  # what is overdue was tried just now, and failed
            self._at(max(soonest, min(due or latest, latest)))

    def _at(self, instant: datetime) -> None:
        self._scheduler.add_job(
            self._ring,
            "date",
            run_date=max(instant, self._clock.now()),
            id="deadline",
            replace_existing=True,
            misfire_grace_time=None,
        )
