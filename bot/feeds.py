"""Feeds: the calendars of those who gave an address, fetched again and again; what is kept is when they are busy."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from adapters.feeds import Spans, Unread, Why
from adapters.feeds.reading import busy_in
from bot import notices
from bot.clock import Clock
from decisions.model import Busy, Feed, Group, Member, Person
from storage import waiting
from storage.store import Store
from storage.work import Work

log = structlog.get_logger()

WINDOW = timedelta(days=60)
"""How far ahead busy times are known."""
AGAIN = timedelta(hours=6)
SOON, LATEST = timedelta(hours=1), timedelta(days=2)
"""When one that failed is tried again; each time after twice as long."""
LOOK = 20.0
"""Seconds between two looks for what is due."""
TOGETHER = 4

FAILED: dict[Why, str] = {
    Why.ADDRESS: "notice-feed-address",
    Why.ANSWER: "notice-feed-answer",
    Why.LARGE: "notice-feed-large",
    Why.SLOW: "notice-feed-slow",
    Why.CALENDAR: "notice-feed-calendar",
}


async def _fetch(url: str) -> bytes:
    from adapters.feeds.fetching import fetch  # it loads a client for the web, which most programs of ours never need

    return await fetch(url)


class Feeds:
    """Fetches what is due. No transaction waits for another's computer."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        fetching: Callable[[str], Awaitable[bytes]] = _fetch,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """`changed` is called when somebody is to be told something."""
        self._store, self._clock, self._fetch, self._changed = store, clock, fetching, changed
        self._together = asyncio.Semaphore(TOGETHER)

    async def run(self) -> None:
        """Fetch for ever."""
        while True:
            try:
                await self.settle()
            except Exception:
                log.exception("calendars could not be looked up; it is tried again")
            await asyncio.sleep(LOOK)

    async def settle(self) -> None:
        """Fetch all that is due now."""
        due = await asyncio.to_thread(self._due)
        await asyncio.gather(*(self._one(feed, zone) for feed, zone in due))
        if due:
            self._changed()

    async def _one(self, feed: Feed, zone: str) -> None:
        async with self._together:
            now = self._clock.now()
            try:
                raw = await self._fetch(feed.url)
                spans = await asyncio.to_thread(busy_in, raw, now, now + WINDOW, zone)
                keep = partial(learn, spans=spans, now=now)
            except Unread as no:
                keep = partial(failed, why=no.why, now=now)
            await asyncio.to_thread(self._write, feed, keep)

    def _due(self) -> list[tuple[Feed, str]]:
        with self._store.reading() as work:
            found = waiting.FEEDS.due(work, self._clock.now())
            return [(work.the(Feed, person_id=person), zone_of(work, person)) for person, _ in found]

    def _write(self, feed: Feed, do: Callable[[Work, Feed], None]) -> None:
        """Keep what came of it, unless its owner took it away or gave another in the meantime."""
        with self._store.unit_of_work() as work:
            kept = work.get(Feed, person_id=feed.person_id)
            if kept is not None and kept.url == feed.url:
                do(work, kept)


def zone_of(work: Work, person_id: int) -> str:
    """Somebody's zone; without one, that of a group they are in."""
    groups = [work.the(Group, id=one.group_id) for one in work.all(Member, person_id=person_id)]
    return work.the(Person, id=person_id).zone or next((one.zone for one in groups), "UTC")


def learn(work: Work, feed: Feed, spans: Spans, now: datetime) -> None:
    """Keep when somebody is busy, in place of what was known; whoever has just given the address is told."""
    forget(work, feed.person_id)
    first = work.next_id(Busy)
    for number, (begins, until) in enumerate(spans):
        work.put(Busy(id=first + number, person_id=feed.person_id, begins_at=begins, ends_at=until))
    if feed.url and feed.fetched_at is None:
        notices.tell_person(work, work.the(Person, id=feed.person_id), "notice-feed-read", str(len(spans)))
    again = now + AGAIN if feed.url else None
    work.put(replace(feed, fetched_at=now, fetch_at=again, failures=0))


def failed(work: Work, feed: Feed, why: Why, now: datetime) -> None:
    """Try again later; what was known stays. Its owner is told once, until it has worked again."""
    if not feed.failures:
        notices.tell_person(work, work.the(Person, id=feed.person_id), FAILED[why])
    later = min(LATEST, SOON * 2 ** min(feed.failures, 10))
    work.put(replace(feed, failures=feed.failures + 1, fetch_at=now + later))


def forget(work: Work, person_id: int) -> None:
    """Let go of all that is known of when somebody is busy."""
    work.drop(*work.all(Busy, person_id=person_id))
