"""A house with decision logs: the demonstration as it was played, the server over it, and browsers with and without a key."""

import re
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from aiohttp import DummyCookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from adapters.web.pages import Wiring
from adapters.web.server import application
from bot import links
from bot.app import App
from bot.limits import MOST, Kind
from bot.meeting.pages import Pages
from bot.site.door import Site
from decisions.model import Group, Member, Openness, Person
from storage.store import Store
from tests import demonstration
from tests.adapters.web_house import linked

LINK = re.compile(r'(?:href|action)="([^"#][^"]*)"')


@dataclass
class At:
    """A clock that stands."""

    at: datetime = demonstration.AFTER

    def now(self) -> datetime:
        return self.at


@dataclass
class SiteHouse:
    """What a browser sees, of which it may have the keys."""

    store: Store
    clock: At
    app: App
    wiring: Wiring
    client: TestClient[web.Request, web.Application]
    keys: dict[int, str] = field(default_factory=dict)
    """Group -> the key that the browser has for its pages."""

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        key = self.keys.get(int(found[1])) if (found := re.match(r"/g/(\d+)/", path)) else None
        cookie = {"Cookie": f"moot={key}"} if key else {}
        async with self.client.get(path, headers=cookie | headers, allow_redirects=False) as answer:
            return answer.status, await answer.text()

    async def enter(self, who: str, group: int = demonstration.PARTNERSHIPS) -> None:
        """Somebody follows the link of their own."""
        async with self.client.get(self.link(who, group), allow_redirects=False) as answer:
            assert answer.status == 303
            assert answer.headers["Location"] == f"../g/{group}/"
            self.keys[group] = answer.cookies["moot"].value

    def link(self, who: str, group: int = demonstration.PARTNERSHIPS) -> str:
        found = links.enter(self.member(who, group), self.clock.now())
        assert found is not None
        return found.removeprefix(links.home())

    def member(self, who: str, group: int = demonstration.PARTNERSHIPS) -> Member:
        with self.store.reading() as work:
            (found,) = (
                one for one in work.all(Member, group_id=group) if work.the(Person, id=one.person_id).name == who
            )
            return found

    def open(self, how: Openness, group: int = demonstration.PARTNERSHIPS) -> None:
        """Let a group's log be for these."""
        with self.store.unit_of_work() as work:
            work.put(replace(work.the(Group, id=group), openness=how))

    def wait(self, length: timedelta) -> None:
        self.clock.at += length

    async def walk(self, start: str) -> dict[str, str]:
        """Every page of the site that is reached from one, by its path."""
        found: dict[str, str] = {}
        waiting = [start]
        while waiting:
            path = waiting.pop()
            status, found[path] = await self.get(path)
            assert status == 200, path
            waiting += [one for one in inside(found[path], path) if one not in found and one not in waiting]
        return found


def inside(page: str, path: str) -> Iterable[str]:
    """Where the links of a page lead on the same site, but for feeds, calendars and other languages."""
    folder = path.partition("?")[0].rpartition("/")[0]
    for one in LINK.findall(page):
        name, query = one.partition("?")[::2]
        if re.match(r"[a-z]+:|\.\./|.*\.(atom|ics)$", name) or "lang=" in query or (not query and name == "search"):
            continue
        yield f"{folder}/{name.removeprefix('./')}{'?' + query if query else ''}".replace("&amp;", "&")


@asynccontextmanager
async def site_house(store: Store, limits: Mapping[Kind, int] | None = MOST) -> AsyncIterator[SiteHouse]:
    """The demonstration, after its last line; `limits`: as the App has them."""
    clock = At()
    app = App(store, clock, limits=limits)
    pages, site = Pages(store, clock, app.usual), Site(store, clock, app.usual)
    wiring = Wiring(look=pages.look, feed=pages.feed, notice=pages.notice, log=site, now=clock.now)
    with linked():
        server = TestServer(application(wiring, app.handle))
        async with TestClient(server, cookie_jar=DummyCookieJar()) as client:
            yield SiteHouse(store, clock, app, wiring, client)
    await app.close()
