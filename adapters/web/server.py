"""The server: pages and calendars by the signed word in their address, and the decision logs; an answer becomes a press."""

import asyncio
import hashlib
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

import structlog
from aiohttp import web

from adapters.base import Handle, Request, Verdict
from adapters.web.copies import Copies
from adapters.web.pages import Page, Wiring
from adapters.web.shelf import Shelf, calendar, root_of
from adapters.web.showing import FILES, Kept, Marks, notice, page

log = structlog.get_logger()

SILENT = logging.Logger("requests", logging.CRITICAL + 1)
"""What the library says of requests that are none: strangers send them, and a link of somebody's may stand in them. Our own
faults are told where they are caught."""

LIMIT = 64 * 1024
"""Bytes of an answer."""

MOST_FIELDS = 200
PATIENCE = 15.0
"""Seconds in which an answer has to come in."""

FIELD, MARKS = re.compile(r"s(\d{1,4})"), ("", "0", "1", "2", "-")
"""Of a time nothing need be said (empty); what was said can be taken back (-)."""

SAID = ("thanks", "partly", "none")
"""What a page may say above itself, after an answer."""

POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)

HEADERS = {
    "Content-Security-Policy": "; ".join(POLICY),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
"""Nothing from elsewhere is shown, nothing of ours is shown elsewhere, and the address is told to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """Where it listens, and whom it asks."""

    wiring: Wiring
    host: str = "127.0.0.1"
    port: int = 8080

    async def run(self, handle: Handle) -> None:
        """Serve until cancelled."""
        runner = web.AppRunner(application(self.wiring, handle), access_log=None, logger=SILENT)
        await runner.setup()
        try:
            await web.TCPSite(runner, self.host, self.port).start()
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()


def application(wiring: Wiring, handle: Handle) -> web.Application:
    """The server, without a place to listen."""
    copies = Copies(wiring.now)
    desk = Desk(wiring, handle, copies)
    made = web.Application(client_max_size=LIMIT, middlewares=[desk.guarded])
    made.on_response_prepare.append(_sealed)
    made.router.add_get("/m/{token}", desk.shown)
    made.router.add_post("/m/{token}", desk.answered)
    made.router.add_get("/calendar/{token}.ics", desk.calendar)
    made.router.add_get("/health", _well)
    Shelf(wiring.log, copies).add_to(made.router)
    for name, kept in FILES.items():
        made.router.add_get(f"/{name}", _file(kept))
    return made


class Desk:
    """Where pages are handed out, and answers taken in."""

    def __init__(self, wiring: Wiring, handle: Handle, copies: Copies) -> None:
        self._wiring = wiring
        self._handle = handle
        self._copies = copies

    @web.middleware
    async def guarded(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Whatever goes wrong is said on a page, and tells nothing of our insides."""
        try:
            return await handler(request)
        except web.HTTPException as no:
            allowed = {"Allow": no.headers["Allow"]} if "Allow" in no.headers else {}
            return self._notice(request, "nothing" if no.status == 404 else "unread", no.status, allowed)
        except Exception:
            log.exception("a page could not be shown")
            return self._notice(request, "fault", 500)

    async def shown(self, request: web.Request) -> web.Response:
        """A page."""
        found = await self._wiring.look(request.match_info["token"], request.query.get("zone", ""))
        if found is None:
            return self._notice(request, "gone", 403)
        said = request.query.get("said", "")
        return _page(request, found, found.says[said] if said in SAID else "")

    async def answered(self, request: web.Request) -> web.Response:
        """An answer. It is kept before the page says so, and a second time it changes nothing."""
        _check_ours(request)
        token = request.match_info["token"]
        fields = await _fields(request)
        found = await self._wiring.look(token, request.query.get("zone", ""))
        if found is None:
            return self._notice(request, "gone", 403)
        if not found.asked:
            return _page(request, found, "", 409)
        marks = _marks(fields)
        here = {one.number for one in found.slots}
        kept = {number: mark for number, mark in marks.items() if number in here}
        if not kept:
            return _back(request, "partly" if marks else "none")
        return await self._kept(request, found, kept, whole=len(kept) == len(marks))

    async def _kept(self, request: web.Request, found: Page, marks: Marks, *, whole: bool) -> web.Response:
        answer = await self._handle(_press(found, marks))
        if answer.verdict is Verdict.DONE:
            return _back(request, "thanks" if whole else "partly")
        after = await self._wiring.look(request.match_info["token"], request.query.get("zone", ""))
        if after is None:
            return self._notice(request, "gone", 403)
        if answer.verdict is Verdict.NOTHING and marks.items() <= {one.number: one.mark for one in after.slots}.items():
            return _back(request, "thanks" if whole else "partly")
        if answer.verdict is Verdict.NOTHING:
            return _page(request, after, after.says["again"], 429, marks)
        status = 500 if answer.verdict is Verdict.FAULT else 409
        return _page(request, after, answer.told[0], status, marks)

    async def calendar(self, request: web.Request) -> web.Response:
        """A calendar. Whoever has it already is told that it is the same."""
        text = await self._wiring.feed(request.match_info["token"])
        return self._notice(request, "gone", 403) if text is None else calendar(self._copies, request, text)

    def _notice(
        self, request: web.Request, key: str, status: int, headers: Mapping[str, str] | None = None
    ) -> web.Response:
        said = self._wiring.notice(key, request.headers.get("Accept-Language", "")[:200])
        return _html(notice(said, root_of(request)), status, headers)


# -- what comes in ----------------------------------------------------------------------------------------------------


def _check_ours(request: web.Request) -> None:
    """The address is what lets in; but a page of somebody else's has no business to send it."""
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        raise web.HTTPForbidden
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType


async def _fields(request: web.Request) -> dict[str, str]:
    """What was sent, each field once."""
    try:
        async with asyncio.timeout(PATIENCE):
            raw = await request.read()
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (ValueError, web.RequestPayloadError):
        raise web.HTTPBadRequest from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise web.HTTPBadRequest
    return fields


def _marks(fields: Mapping[str, str]) -> dict[int, int | None]:
    """Slot number -> mark, of those of which something is said; None: it is taken back. Whatever else is sent is a form that is not ours."""
    marks: dict[int, int | None] = {}
    for name, value in fields.items():
        found = FIELD.fullmatch(name)
        if found is None or value not in MARKS:
            raise web.HTTPBadRequest
        if value:
            marks[int(found[1])] = None if value == "-" else int(value)
    return marks


def _press(found: Page, marks: Marks) -> Request:
    """The same as a press. Its key holds what was answered before, so that the same sent twice at once is one, and what
    was changed meanwhile can be changed back."""
    said = ",".join(
        f"{number}.{'-' if mark is None else mark}" for number, mark in sorted(marks.items(), key=lambda one: one[0])
    )
    key = hashlib.sha256(f"{found.press}{said} {found.user} {found.state}".encode()).hexdigest()[:40]
    return Request(
        key=f"web-{key}",
        platform=found.platform,
        chat="",
        user=found.user,
        press=f"{found.press}{said}",
        private=True,
    )


# -- what goes out ----------------------------------------------------------------------------------------------------


def _page(request: web.Request, found: Page, said: str, status: int = 200, marks: Marks | None = None) -> web.Response:
    return _html(page(found, said, marks or {}, root_of(request), wrong=status != 200), status)


def _back(request: web.Request, said: str) -> web.Response:
    """To the same page, which is asked for anew: to load it again sends nothing again."""
    query = {"said": said} | {name: request.query[name][:64] for name in ("zone",) if request.query.get(name)}
    location = f"{request.match_info['token']}?{urlencode(query)}"
    return web.Response(status=303, headers={"Location": location, "Cache-Control": "no-store"})


def _html(text: str, status: int, headers: Mapping[str, str] | None = None) -> web.Response:
    more = {"Cache-Control": "no-store", **(headers or {})}
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8", headers=more)


def _file(kept: Kept) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def shown(_: web.Request) -> web.Response:
        headers = {"Cache-Control": "public, max-age=3600"}
        return web.Response(text=kept.text, content_type=kept.kind, charset="utf-8", headers=headers)

    return shown


async def _well(_: web.Request) -> web.Response:
    return web.Response(text="folkmoot\n", headers={"Cache-Control": "no-store"})


async def _sealed(_: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = "folkmoot"
