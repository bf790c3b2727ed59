"""Long polling in which Telegram forgets an update only after we have kept it."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from adapters.health import Pulse, State
from adapters.telegram.hearing import Hearing
from adapters.telegram.http import Flood, Http, Unreadable
from adapters.telegram.intake import Intake
from adapters.telegram.updates import KINDS

log = structlog.get_logger()

BATCH = 100
HOLD = 50
"""Seconds for which Telegram holds the line open where nothing happens."""

LONGEST = 60.0
FIRST = 1.0
UPDATE_ID = re.compile(rb'"update_id"\s*:\s*(\d{1,18})')

Sleep = Callable[[float], Awaitable[object]]


class Polling:
    """Asks for updates for ever; what goes wrong is waited out, ever longer, and shown in the pulse."""

    def __init__(self, bot: Bot, http: Http, pulse: Pulse, sleep: Sleep) -> None:
        self._bot = bot
        self._http = http
        self._pulse = pulse
        self._sleep = sleep
        self._wait = FIRST
        self._offset = 0
        self._limit = BATCH
        self._hold = 0
        """Whoever was away wants to know at once what waits, so the first question is not held open."""

    async def run(self, intake: Intake, hearing: Hearing) -> None:
        """Take in what comes until cancelled."""
        while True:
            await self.trying(lambda: self._round(intake, hearing))

    async def trying(self, step: Callable[[], Awaitable[None]]) -> bool:
        """Whether a step worked; if not, some time has passed."""
        try:
            await step()
        except Flood as flood:
            await self._waited(State.UNREACHED, str(flood), flood.seconds)
        except (InvalidToken, Conflict) as wrong:
            await self._waited(State.ALARM, str(wrong))
        except TelegramError as error:
            await self._waited(State.UNREACHED, str(error))
        except Exception as fault:
            log.exception("updates could not be handled; they are asked for again")
            await self._waited(State.UNREACHED, repr(fault))
        else:
            self._wait = FIRST
            self._pulse.is_(State.WELL)
            return True
        return False

    async def _waited(self, state: State, why: str, seconds: float | None = None) -> None:
        self._hold = 0
        self._pulse.is_(state, why.replace(self._bot.token, "the token"))  # the library puts it into its own errors
        await self._sleep(self._wait if seconds is None else seconds)
        self._wait = min(self._wait * 2, LONGEST)

    async def _round(self, intake: Intake, hearing: Hearing) -> None:
        try:
            updates = await self._fetched()
        except Unreadable as wrong:
            await self._past(wrong, intake)
            return
        self._limit, self._hold = BATCH, HOLD
        await hearing.heard()
        await intake.take(updates)
        # Where nothing waits, everything is acknowledged. To begin at nought again then costs nothing, and misses nothing
        # when Telegram's numbers begin anew, as they do after a silent week.
        self._offset = max((one["update_id"] + 1 for one in updates), default=0)

    async def _fetched(self) -> list[dict[str, Any]]:
        asked = {
            "offset": self._offset,
            "limit": self._limit,
            "timeout": self._hold,
            "allowed_updates": json.dumps(KINDS),
        }
        url = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        found: Any = await self._http.post(url, read_timeout=HOLD + 15)
        return list(found)

    async def _past(self, wrong: Unreadable, intake: Intake) -> None:
        """One update that breaks the whole answer is found by asking for one at a time, and passed by."""
        if self._limit > 1:
            self._limit = 1
            return
        number = UPDATE_ID.search(wrong.raw)
        if number is None:
            raise wrong
        await intake.set_aside(wrong.raw.decode(errors="replace"), wrong)
        self._offset = int(number[1]) + 1
        self._limit = BATCH
