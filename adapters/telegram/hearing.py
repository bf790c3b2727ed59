"""How long we could not hear: Telegram drops a press after 150 seconds, so a longer silence is told to the bot."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from adapters.base import Handle, Request
from adapters.telegram.heard import NAME

log = structlog.get_logger()

KEPT = timedelta(seconds=150)
"""How long Telegram keeps a press for us."""

EVERY = timedelta(seconds=30)
"""How often it is kept that we still hear."""

Last = Callable[[], Awaitable[datetime | None]]
"""When we last heard, as it was kept."""


class Hearing:
    """Remembers when Telegram last answered us, over restarts too."""

    def __init__(self, clock: Callable[[], datetime], last: Last, handle: Handle) -> None:
        self._clock = clock
        self._last_kept = last
        self._handle = handle
        self._last: datetime | None = None
        self._kept: datetime | None = None

    async def heard(self) -> None:
        """Telegram has just answered."""
        now = self._clock()
        last = self._last or await self._last_kept()
        if last is not None and now - last > KEPT:
            log.warning("presses may have been lost", since=last.isoformat(), until=(now - KEPT).isoformat())
            await self._tell(f"unheard:{now.isoformat()}", unheard=(last, now - KEPT))
        if self._kept is None or now - self._kept >= EVERY:
            await self._tell(f"heard:{now.isoformat()}", bookmark=now.isoformat())
            self._kept = now
        self._last = now

    async def _tell(self, key: str, *, unheard: tuple[datetime, datetime] | None = None, bookmark: str = "") -> None:
        await self._handle(Request(key=key, platform=NAME, chat="", user="", unheard=unheard, bookmark=bookmark))
