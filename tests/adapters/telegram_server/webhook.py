"""Pushing updates: in order a chat or person, side by side otherwise, again until the answer is 2xx."""

import asyncio
import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from .refused import Wire, bad
from .updates import Update

if TYPE_CHECKING:
    from .server import Server

LONGEST = 60.0
"""Seconds: how long an answer may take, and the longest pause before trying again."""


@dataclass(eq=False)
class Webhook:
    """Where updates are pushed to, if anywhere."""

    server: "Server" = field(repr=False)
    url: str = ""
    secret: str = ""
    most: int = 40
    error: str = ""
    error_at: int = 0
    statuses: list[int] = field(default_factory=list)
    """What each push was answered with; 0: not at all."""
    pausing: int = 0
    """How many chats or people wait for another try."""
    _runner: asyncio.Task[None] | None = None
    _busy: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    def set(self, url: str, secret: str, most: int) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if parts.scheme == "https" and parts.port not in (None, 443, 80, 88, 8443):
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise bad(
                "secret token contains unallowed characters" if len(secret) <= 256 else "secret token is too long"
            )
        self.url, self.secret, self.most = url, secret, min(max(most, 1), 100)
        self.server.updates.webhook = url
        self._runner = self._runner or asyncio.create_task(self._run())

    async def remove(self) -> None:
        self.url = self.server.updates.webhook = ""
        tasks = [*self._busy.values(), *([self._runner] if self._runner else [])]
        self._runner = None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._busy.clear()
        self.pausing = 0

    def info(self) -> Wire:
        waiting = len(self.server.updates.ready())
        body: Wire = {"url": self.url, "has_custom_certificate": False, "pending_update_count": waiting}
        if self.url:
            body |= {"max_connections": self.most}
        if self.error:
            body |= {"last_error_date": self.error_at, "last_error_message": self.error}
        allowed = self.server.updates.allowed
        return body | ({"allowed_updates": sorted(allowed)} if allowed else {})

    async def _run(self) -> None:
        """One worker a chat or person that something waits for, as many as there may be connections."""
        async with ClientSession(timeout=ClientTimeout(total=None)) as session:
            while True:
                waiting = sorted(self.server.updates.ready(), key=_line)
                for line, _ in groupby(waiting, key=_line):
                    if line not in self._busy and len(self._busy) < self.most:
                        self._busy[line] = asyncio.create_task(self._line(session, line))
                await self.server.clock.heard()

    async def _line(self, session: ClientSession, line: str) -> None:
        """Push what waits in one line, one after another."""
        failed, clock, updates = 0, self.server.clock, self.server.updates
        while mine := [one for one in updates.ready() if _line(one) == line]:
            asked = await self._pushed(session, mine[0])
            pause = 0.0 if asked is None else asked or (min(2.0**failed, LONGEST) if failed else 0.0)
            failed = 0 if asked is None else failed + 1
            if asked is None or clock.now() + pause > mine[0].until:
                updates.waiting = [one for one in updates.waiting if one is not mine[0]]
            elif pause:
                await self._rested(pause)
        self._busy.pop(line, None)
        clock.ring()

    async def _rested(self, seconds: float) -> None:
        until = self.server.clock.now() + seconds
        self.pausing += 1
        self.server.clock.ring()
        await self.server.clock.until(lambda: False, until)
        self.pausing -= 1

    async def _pushed(self, session: ClientSession, update: Update) -> float | None:
        """None: it was taken. Else how many seconds the bot asks to wait, 0 if it does not say."""
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        update.given += 1
        push = asyncio.create_task(self._post(session, update.text.encode(), headers))
        push.add_done_callback(lambda _: self.server.clock.ring())
        try:
            if await self.server.clock.until(push.done, self.server.clock.now() + LONGEST):
                return push.result()
            return self._noted(0, "Read timeout expired")
        finally:
            push.cancel()

    async def _post(self, session: ClientSession, body: bytes, headers: dict[str, str]) -> float | None:
        try:
            async with session.post(self.server.routed(self.url), data=body, headers=headers) as answer:
                await answer.read()
                if 200 <= answer.status < 300:
                    self.statuses.append(answer.status)
                    return None
                why = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                return self._noted(answer.status, why, answer.headers.get("Retry-After", ""))
        except ClientError as error:
            return self._noted(0, f"Connection failed: {error}")

    def _noted(self, status: int, why: str, wait: str = "") -> float:
        self.statuses.append(status)
        self.error, self.error_at = why, self.server.second()
        return min(float(wait), 3600.0) if wait.isdecimal() else 0.0


def _line(update: Update) -> str:
    """Messages are in order a chat, presses a person."""
    body = update.body if isinstance(update.body, dict) else {}
    for whose, one in (("chat", body.get("chat")), ("user", body.get("from") or body.get("user"))):
        if isinstance(one, dict):
            return f"{whose} {one.get('id')}{'' if 'message' in update.kind else update.kind}"
    return f"{update.kind} {update.id}"
