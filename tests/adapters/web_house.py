"""A house with a web page: a real bot and store, in which a time is being looked for, and the server on a port of its own."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from adapters.console.conversation import Person
from adapters.web.pages import Wiring
from adapters.web.server import application
from bot import links
from bot.limits import MOST
from bot.links import Links
from bot.meeting.pages import Pages
from bot.site.door import Site
from decisions.model import Meeting, Member, Slot, Stage, Suits
from storage.store import Store
from tests.house import House
from tests.stories.called import called

ADDRESS = "https://moot.example.org"
KEY = b"k" * 32
TIMES = [datetime(2026, 3, 9 + day, hour, 0, tzinfo=UTC) for day in range(3) for hour in (8, 14)]
"""Six times on three days, a week after the house begins."""

PEOPLE = (
    Person(name="ana", zone="Europe/Berlin"),
    Person(name="bao", zone="Asia/Kolkata"),
    Person(name="amina", zone="Africa/Cairo", language="ar"),
)


@contextmanager
def linked(address: str = ADDRESS) -> Iterator[None]:
    """Links lead here for as long as the `with` lasts."""
    links.configure(Links(address, KEY))
    try:
        yield
    finally:
        links.configure(None)


class WebHouse:
    """The house, its meeting, and what a browser sees."""

    def __init__(self, house: House, meeting: Meeting, client: TestClient[web.Request, web.Application]) -> None:
        self.house = house
        self.meeting = meeting
        self.client = client

    def link(self, who: str = "ana", meeting: Meeting | None = None) -> str:
        """The path of somebody's page."""
        found = links.page(meeting or self.kept(), self.member(who), self.house.now)
        assert found is not None
        return URL(found).path

    def member(self, who: str) -> Member:
        with self.house.store.reading() as work:
            return next(one for one in work.all(Member) if one.id == 1 + [p.name for p in PEOPLE].index(who))

    def kept(self) -> Meeting:
        with self.house.store.reading() as work:
            return work.the(Meeting, id=self.meeting.id)

    def marks(self, who: str = "ana") -> dict[int, int]:
        """What somebody has said."""
        with self.house.store.reading() as work:
            found = work.all(Suits, meeting_id=self.meeting.id, member_id=self.member(who).id)
            return {one.slot: one.mark for one in found}


@asynccontextmanager
async def web_house(store: Store, title: str = "Spring planning", *, limits: bool = False) -> AsyncIterator[WebHouse]:
    """A house in which people are asked about six times. `limits`: nobody may press too often."""
    house = House(store, people=PEOPLE, limits=MOST if limits else None)
    meeting = await asked(house, title)
    pages = Pages(store, house.player.clock, house.app.usual)
    site = Site(store, house.player.clock, house.app.usual)
    wiring = Wiring(look=pages.look, feed=pages.feed, notice=pages.notice, log=site, now=house.player.clock.now)
    with linked():
        async with TestClient(TestServer(application(wiring, house.app.handle))) as client:
            yield WebHouse(house, meeting, client)
    await house.app.close()


async def asked(house: House, title: str) -> Meeting:
    """A meeting whose time is looked for."""
    until = house.now + timedelta(days=3)
    more: dict[str, Any] = {"stage": Stage.ASKED, "wall": "", "starts_at": None, "ask_until": until, "title": title}
    meeting = await called(house, **more)
    with house.store.unit_of_work() as work:
        for number, at in enumerate(TIMES, 1):
            wall = f"{at:%Y-%m-%dT%H:%M}"
            work.put(Slot(meeting_id=meeting.id, number=number, wall=wall, starts_at=at, by=None))
    return meeting
