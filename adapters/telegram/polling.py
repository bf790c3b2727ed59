"""Long polling in which Telegram forgets an update only after we have kept it."""

import json
import re
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from adapters.health import Pulse, State
from adapters.telegram.hearing import Hearing
from adapters.telegram.http import Flood, Http, Unreadable
from adapters.telegram.intake import Intake
from adapters.telegram.updates import KINDS
from adapters.trying import Sleep, Trouble, Trying

BATCH = 100
HOLD = 50
"""Seconds for which Telegram holds the line open where nothing happens."""

UPDATE_ID = re.compile(rb'"update_id"\s*:\s*(\d{1,18})')


class Polling:
    """Asks for updates for ever; what goes wrong is waited out, ever longer, and shown in the pulse."""

    def __init__(self, bot: Bot, http: Http, pulse: Pulse, sleep: Sleep) -> None:
        self._bot = bot
        self._http = http
        self.trying = Trying(pulse, sleep, self._meant)
        self._offset = 0
        self._limit = BATCH
        self._away = True
        """Whoever was away wants to know at once what waits, so the first question is not held open."""

    async def run(self, intake: Intake, hearing: Hearing) -> None:
        """Take in what comes until cancelled."""
        while True:
            await self.trying(lambda: self._round(intake, hearing))

    def _meant(self, error: Exception) -> Trouble | None:
        if not isinstance(error, TelegramError):
            return None
        why = str(error).replace(self._bot.token, "the token")  # the library puts it into its own errors
        state = State.ALARM if isinstance(error, InvalidToken | Conflict) else State.UNREACHED
        return Trouble(state, why, error.seconds if isinstance(error, Flood) else None)

    async def _round(self, intake: Intake, hearing: Hearing) -> None:
        try:
            updates = await self._fetched()
        except Unreadable as wrong:
            await self._past(wrong, intake)
            return
        self._limit, self._away = BATCH, False
        await hearing.heard()
        await intake.take(updates)
        # Where nothing waits, everything is acknowledged. To begin at nought again then costs nothing, and misses nothing
        # when Telegram's numbers begin anew, as they do after a silent week.
        self._offset = max((one["update_id"] + 1 for one in updates), default=0)

    async def _fetched(self) -> list[dict[str, Any]]:
        asked = {
            "offset": self._offset,
            "limit": self._limit,
            "timeout": 0 if self._away or self.trying.failing else HOLD,
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
