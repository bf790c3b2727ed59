"""What goes wrong at Telegram's end when a test wants it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, Literal

from aiohttp import web

from .refused import Refused, too_many

if TYPE_CHECKING:
    from .server import Server

How = Literal["error", "page", "flood", "hang", "cut", "lost"]
"""error: 500 as JSON; page: 502 as a web page; flood: 429; hang: no answer until it is over; cut: the connection ends
unanswered and nothing was done; lost: it was done, and the connection ends before the answer."""

PAGE = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>"


class Cut(Exception):  # noqa: N818 - what happened to the connection
    """The connection is to end without an answer."""


class Page(Exception):  # noqa: N818
    """The answer is a web page of the server in front."""


@dataclass(slots=True)
class Trouble:
    """Kinds of trouble in turn, a request at a time, for some or all methods, until an instant."""

    kinds: Iterator[How]
    until: float | None
    methods: Collection[str]
    retry_after: int
    left: int | None

    def next(self, method: str, now: float) -> How | None:
        """What becomes of this request; None: nothing out of the ordinary."""
        over = self.until is not None and now >= self.until
        if over or self.left == 0 or (self.methods and method not in self.methods):
            return None
        if self.left is not None:
            self.left -= 1
        return next(self.kinds)


def trouble(
    kinds: tuple[How, ...], until: float | None, methods: Collection[str], retry_after: int, times: int | None
) -> Trouble:
    return Trouble(cycle(kinds or ("error",)), until, methods, retry_after, times)


async def before(server: "Server", how: How | None) -> None:
    """Trouble that keeps a request from being carried out."""
    if how == "error":
        raise Refused(500, "Internal Server Error")
    if how == "page":
        raise Page
    if how == "flood" and server.trouble:
        raise too_many(server.trouble.retry_after)
    if how == "cut":
        raise Cut
    if how == "hang" and (here := server.trouble):
        server.hanging += 1
        server.clock.ring()
        try:
            await server.clock.until(lambda: server.trouble is not here or server.updates.closing, here.until)
        finally:
            server.hanging -= 1
        raise Cut


def cut(request: web.Request) -> web.Response:
    """End the connection; the response is never read."""
    if request.transport:
        request.transport.abort()
    return web.Response()
