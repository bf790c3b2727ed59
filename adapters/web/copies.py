"""Copies: what programs ask for again and again, and since when it is as it is, so that whoever has it is told so (RFC 9110).

When something last changed is kept by nobody; so it is when we first saw it as it is. After a restart that is later than it was,
and programs read once more what they have.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime

from aiohttp import web

MOST = 10_000
"""Addresses that are remembered: those that were asked for last."""

SECOND = timedelta(seconds=1)


class Copies:
    """Each address, what it showed last, and since when."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._seen: OrderedDict[str, tuple[str, datetime]] = OrderedDict()

    def answer(
        self, request: web.Request, text: str, told: str, kind: str, more: Mapping[str, str] | None = None
    ) -> web.Response:
        """The text, or that it is the same. `told`: what makes it another one."""
        tag, now = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32], self._now()
        since = self._since(f"{request.path}?{request.query.get('lang', '')[:20]}", tag, now)
        headers = {"ETag": f'W/"{tag}"', "Cache-Control": "private, no-cache"}
        over = since < now.replace(microsecond=0)  # within the second of a change nobody can tell before from after
        if over:
            headers["Last-Modified"] = format_datetime(since, usegmt=True)
        if _has(request, tag, since if over else None, now):
            return web.Response(status=304, headers=headers)
        return web.Response(text=text, content_type=kind, charset="utf-8", headers=headers | dict(more or {}))

    def _since(self, address: str, tag: str, now: datetime) -> datetime:
        """Since when an address shows this: to the second, and of two in one second the later one comes after."""
        now = now.replace(microsecond=0)
        before, since = self._seen.pop(address, ("", now - SECOND))
        if before != tag:
            since = max(now, since + SECOND)
        self._seen[address] = tag, since
        if len(self._seen) > MOST:
            self._seen.popitem(last=False)
        return since


def _has(request: web.Request, tag: str, since: datetime | None, now: datetime) -> bool:
    """Whether they have it. Where they say by its tag what they have, when they got it says nothing; nor does a time that
    has not come."""
    if "If-None-Match" in request.headers:
        return any(one.value in (tag, "*") for one in request.if_none_match or ())
    got = request.if_modified_since
    return since is not None and got is not None and since <= got <= now
