"""Updates that Telegram brings: taken by a small server that says yes only once they are kept."""

import hmac
import json
from collections import OrderedDict
from dataclasses import dataclass, field

from aiohttp import web
from telegram import Bot

from adapters.base import Verdict
from adapters.telegram.hearing import EVERY, Hearing
from adapters.telegram.intake import Intake
from adapters.telegram.updates import KINDS
from adapters.trying import Sleep, Trying

LIMIT = 2**20
"""Bytes of a request; Telegram's own are far smaller."""

TRIES = 3
"""How often one update may be at fault before it is taken as told, so that it does not hold up its chat for a day."""

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where Telegram brings updates to, and the word by which we know that it is Telegram."""

    url: str
    secret: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8443

    def __post_init__(self) -> None:
        if not self.secret:
            raise ValueError("a webhook without a secret lets anybody in")

    async def run(self, bot: Bot, intake: Intake, hearing: Hearing, trying: Trying, sleep: Sleep) -> None:
        """Serve until cancelled."""
        runner = web.AppRunner(application(self.secret, intake), access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, self.host, self.port).start()
            while not await trying(lambda: self._announced(bot)):
                pass
            while True:
                await hearing.heard()
                await sleep(EVERY.total_seconds())
        finally:
            await runner.cleanup()

    async def _announced(self, bot: Bot) -> None:
        await bot.set_webhook(self.url, secret_token=self.secret, allowed_updates=KINDS, max_connections=40)


def application(secret: str, intake: Intake) -> web.Application:
    """The server: one address, whatever its path."""
    door = Door(secret, intake)
    made = web.Application(client_max_size=LIMIT)
    made.router.add_post("/{path:.*}", door.opened)
    return made


class Door:
    """Lets updates in."""

    def __init__(self, secret: str, intake: Intake) -> None:
        self._secret = secret.encode()
        self._intake = intake
        self._faults: OrderedDict[str, int] = OrderedDict()

    async def opened(self, request: web.Request) -> web.Response:
        """200 once it is kept, 503 where it could not be: then it comes again."""
        if not hmac.compare_digest(request.headers.get(SECRET, "").encode(errors="surrogateescape"), self._secret):
            return web.Response(status=403)
        raw = await request.read()
        try:
            update = json.loads(raw)
        except (ValueError, RecursionError) as wrong:
            await self._intake.set_aside(raw.decode(errors="replace"), wrong)
            return web.Response()
        number = str(update.get("update_id")) if isinstance(update, dict) else ""
        last = self._faults.get(number, 0) + 1 >= TRIES
        verdicts = await self._intake.take([update], telling_faults=last)
        if Verdict.FAULT not in verdicts or last:
            self._faults.pop(number, None)
            return web.Response()
        self._failed(number)
        return web.Response(status=503)

    def _failed(self, number: str) -> None:
        self._faults[number] = self._faults.pop(number, 0) + 1
        if len(self._faults) > 1000:
            self._faults.popitem(last=False)
