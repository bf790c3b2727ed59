"""The shelf: the decision logs as the server hands them out. Whoever may not read one is told what all are told of what is not there."""

import asyncio
import re
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.web_urldispatcher import UrlDispatcher

from adapters.web import atom
from adapters.web.blocks import To
from adapters.web.copies import Copies
from adapters.web.leaf import Asking, Log
from adapters.web.showing import leaf

COOKIE = "moot"
"""What the key is kept as, for the part of the site that is the group's."""

NAME = r"[A-Za-z]-?[0-9]{1,9}|[a-z]{1,12}|"
MOST = 500
"""Characters of what is searched for; the bot refuses what is too long for it in its own words."""

AT_ONCE = 2
"""So many pages are written out at once: threads are few, and those who vote need one."""

STAMP = re.compile(r"^(?:DTSTAMP|LAST-MODIFIED).*\r\n(?:[ \t].*\r\n)*", re.MULTILINE)
"""What in a calendar says only when it was made."""

POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
"""Pages of the log run no script at all."""


class Shelf:
    """The decision logs."""

    def __init__(self, log: Log, copies: Copies) -> None:
        self._log = log
        self._copies = copies
        self._writing = asyncio.Semaphore(AT_ONCE)

    def add_to(self, router: UrlDispatcher) -> None:
        """The addresses at which they are."""
        router.add_get("/", self.shown)
        router.add_get("/enter/{token}", self.entered)
        router.add_get("/feed/{token}.atom", self.feed)
        router.add_get("/g/{group:[0-9]{1,9}}", _inside)
        router.add_get("/g/{group:[0-9]{1,9}}/feed.atom", self.feed)
        router.add_get("/g/{group:[0-9]{1,9}}/calendar.ics", self.calendar)
        router.add_get(f"/g/{{group:[0-9]{{1,9}}}}/{{name:{NAME}}}", self.shown)

    async def shown(self, request: web.Request) -> web.Response:
        """A page."""
        found = await self._log.leaf(_asking(request))
        if found is None:
            raise web.HTTPNotFound
        async with self._writing:  # on the loop, a page of thousands of remarks would hold up whoever votes
            text = await asyncio.to_thread(leaf, found, lambda to: address(to, found.asked), root_of(request))
        headers = {"Cache-Control": "no-store" if found.private else "private, no-cache"}
        headers |= {"Vary": "Accept-Language, Cookie", "Content-Security-Policy": "; ".join(POLICY)}
        return web.Response(text=text, content_type="text/html", charset="utf-8", headers=headers)

    async def entered(self, request: web.Request) -> web.Response:
        """A link that lets in: the browser keeps a key, and its address does not stay in sight."""
        entry = await self._log.enter(request.match_info["token"])
        if entry is None:
            raise web.HTTPNotFound
        there = web.Response(status=303, headers={"Location": f"../g/{entry.group}/", "Cache-Control": "no-store"})
        there.set_cookie(
            COOKIE,
            entry.key,
            max_age=entry.seconds,
            path=entry.path,
            secure=entry.secure,
            httponly=True,
            samesite="Lax",
        )
        return there

    async def feed(self, request: web.Request) -> web.Response:
        """What is new, for feed readers."""
        found = await self._log.feed(_asking(request), request.match_info.get("token", ""))
        if found is None:
            raise web.HTTPNotFound
        text = atom.written(found, lambda to: address(to, ""))
        return self._copies.answer(request, text, text, "application/atom+xml")

    async def calendar(self, request: web.Request) -> web.Response:
        """The meetings of a group that is open to everyone."""
        text = await self._log.calendar(_asking(request))
        if text is None:
            raise web.HTTPNotFound
        return calendar(self._copies, request, text)


async def _inside(request: web.Request) -> web.Response:
    """A group's pages stand in its folder, whether there is such a group or not."""
    return web.Response(status=303, headers={"Location": f"{request.match_info['group']}/"})


def calendar(copies: Copies, request: web.Request, text: str) -> web.Response:
    """A calendar. Whoever has it already is told that it is the same."""
    headers = {"Content-Disposition": 'inline; filename="folkmoot.ics"'}
    return copies.answer(request, text, STAMP.sub("", text), "text/calendar", headers)


def address(to: To | str, asked: str) -> str:
    """Where a link of the log leads, from any page of the same group. `asked`: the language that goes along."""
    if isinstance(to, str):
        return to
    place = f"{to.name or './'}" if to.group is None else f"../../g/{to.group}/{to.name}"
    query = {"q": to.words, "lang": to.language or asked, "page": str(to.page) if to.page > 1 else ""}
    given = urlencode({name: value for name, value in query.items() if value})
    return f"{place}?{given}" if given else place


def root_of(request: web.Request) -> str:
    """The way from a page to our files, whatever stands before them in the address."""
    return "../" * (request.rel_url.raw_path.count("/") - 1)


def _asking(request: web.Request) -> Asking:
    group, query = request.match_info.get("group"), request.query
    page = query.get("page", "1")
    return Asking(
        group=None if group is None else int(group),
        name=request.match_info.get("name", ""),
        page=int(page) if re.fullmatch("[0-9]{1,6}", page) else 0,
        words=query.get("q", "")[: MOST + 1],
        language=query.get("lang", "")[:20],
        languages=request.headers.get("Accept-Language", "")[:200],
        key=request.cookies.get(COOKIE, ""),
    )
