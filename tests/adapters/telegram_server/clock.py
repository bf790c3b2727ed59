"""The server's own time. Nothing here sleeps: time passes when a test says so, or a hundred times as fast as ours."""

import asyncio
import time
from collections.abc import Callable

START = 1_793_620_800.0
"""2026-11-02 12:00 UTC."""


class Clock:
    """`speed` 0: time stands still but for `advance`; 1: as fast as ours; 100: a minute in 0.6 s."""

    def __init__(self, start: float = START, speed: float = 0) -> None:
        self.speed = speed
        self._start = start
        self._began = time.monotonic()
        self._waiting: set[asyncio.Future[None]] = set()
        self._alarms: list[tuple[float, Callable[[], None]]] = []

    def now(self) -> float:
        return self._start + (time.monotonic() - self._began) * self.speed

    def advance(self, seconds: float) -> None:
        self._start += seconds
        self._due()
        self.ring()

    def at(self, instant: float, action: Callable[[], None]) -> None:
        """Do something when an instant is reached."""
        self._alarms.append((instant, action))
        if self.speed:
            asyncio.get_running_loop().call_later(max(0.0, instant - self.now()) / self.speed, self._due)

    def _due(self) -> None:
        now = self.now()
        due = [action for instant, action in self._alarms if instant <= now]
        self._alarms = [one for one in self._alarms if one[0] > now]
        for action in due:
            action()

    def ring(self) -> None:
        """Something has happened: whoever waits looks again."""
        waiting, self._waiting = self._waiting, set()
        for one in waiting:
            if not one.done():
                one.set_result(None)

    async def heard(self, until: float | None = None) -> None:
        """Wait for the next `ring`, or for an instant if time passes by itself."""
        loop = asyncio.get_running_loop()
        mine: asyncio.Future[None] = loop.create_future()
        self._waiting.add(mine)
        alarm = None
        if until is not None and self.speed:
            alarm = loop.call_later(max(0.0, until - self.now()) / self.speed, self.ring)
        try:
            await mine
        finally:
            self._waiting.discard(mine)
            if alarm:
                alarm.cancel()

    async def until(self, condition: Callable[[], object], instant: float | None = None) -> bool:
        """Wait until something holds (True) or this clock has reached an instant (False)."""
        while not condition():
            if instant is not None and self.now() >= instant:
                return False
            await self.heard(instant)
        return True

    async def sleep(self, seconds: float) -> None:
        """For whoever shares this clock."""
        await self.until(lambda: False, self.now() + seconds)
