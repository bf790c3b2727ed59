"""The publisher: the one way out. It compares what is posted with what should be, and brings every Post up to date."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from adapters.base import Card, Gone, Later, Moved, Place, Platform
from bot import views
from bot.arriving import reader_for
from bot.clock import Clock
from bot.moving import follow
from decisions.model import Member, Poll, Post, PostKind, Status
from storage import finding
from storage.finding import Record, Stale
from storage.store import Store
from storage.work import Work

log = structlog.get_logger()

TICK = 5.0
"""Seconds between looks when nothing woke us: for posts that wait, and after a crash."""

LONGEST_WAIT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Letter:
    """A card on its way: for which post, at which version, to which place on which platform."""

    post: Post
    version: int
    final: bool
    platform: str
    place: Place
    card: Card
    reply_to: str


class Publisher:
    """Sends wanted posts and edits stale ones, place by place, in order within each."""

    def __init__(self, store: Store, clock: Clock, platforms: Sequence[Platform]) -> None:
        self._store = store
        self._clock = clock
        self._platforms: Mapping[str, Platform] = {one.name: one for one in platforms}
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something may have changed."""
        self._woken.set()

    async def run(self) -> None:
        """Publish for ever."""
        while True:
            try:
                await self.settle()
            except Exception:
                log.exception("publishing failed; it goes on")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), TICK)
            self._woken.clear()

    async def settle(self) -> None:
        """Publish until nothing is wanted or stale that can be sent now."""
        while letters := await asyncio.to_thread(self._letters):
            by_place: dict[tuple[str, Place], list[Letter]] = {}
            for letter in letters:
                by_place.setdefault((letter.platform, letter.place), []).append(letter)
            delivered = await asyncio.gather(*(self._deliver(all_) for all_ in by_place.values()))
            await asyncio.to_thread(self._keep, [post for posts in delivered for post in posts])

    # -- what is to be said -------------------------------------------------------------------------------------------

    def _letters(self) -> list[Letter]:
        now = self._clock.now()
        broken: list[Post] = []
        letters: list[Letter] = []
        with self._store.reading() as work:
            records: dict[int, Record] = {}
            for stale in finding.stale_posts(work, now, tuple(self._platforms)):
                try:
                    letter = self._letter(work, stale, records, now)
                except Exception:
                    log.exception("a card could not be made", post=stale.post.id)
                    broken.append(self._later(stale.post, None))
                    continue
                letters.append(letter)
        if broken:
            self._keep(broken)
        return letters

    def _letter(self, work: Work, stale: Stale, records: dict[int, Record], now: datetime) -> Letter:
        post, room = stale.post, stale.room
        record = records.get(post.poll_id) or finding.record(work, work.the(Poll, id=post.poll_id))
        records[post.poll_id] = record
        person = None if room else finding.person_of(work, post.platform, post.user)
        member = person and work.get(Member, group_id=post.group_id, person_id=person.id)
        reader = reader_for(person, record.group, room)
        card = views.post(post.kind, record, reader, now, member.id if member else None)
        return Letter(
            post=post,
            version=stale.version,
            final=post.kind is not PostKind.CARD or record.poll.status in (Status.CLOSED, Status.WITHDRAWN),
            platform=room.platform if room else post.platform,
            place=Place(chat=room.chat) if room else Place(user=post.user),
            card=card,
            reply_to=post.reply_to if post.kind is PostKind.CARD else stale.card,
        )

    # -- saying it ----------------------------------------------------------------------------------------------------

    async def _deliver(self, letters: Sequence[Letter]) -> list[Post]:
        done = []
        for letter in letters:
            post = await self._deliver_one(letter)
            done.append(post)
            if post.not_before is not None:
                break  # what comes after waits too, so that a place reads everything in order
        return done

    async def _deliver_one(self, letter: Letter) -> Post:
        post, platform = letter.post, self._platforms[letter.platform]
        try:
            if post.message:
                await platform.edit(letter.place, post.message, letter.card)
                message = post.message
            else:
                message = await platform.send(
                    letter.place, letter.card, key=f"post-{post.id}", reply_to=letter.reply_to
                )
        except Gone:
            return replace(post, live=False)
        except Later as later:
            asyncio.get_running_loop().call_later(min(later.seconds, LONGEST_WAIT.total_seconds()), self.wake)
            return self._later(post, later.seconds)
        except Moved as moved:
            await asyncio.to_thread(follow, self._store, letter.platform, letter.place.chat, moved.chat)
            return self._later(post, 0)
        except Exception:
            log.exception("a post could not be sent", post=post.id, platform=letter.platform)
            return self._later(post, None)
        return replace(post, message=message, shown=letter.version, live=not letter.final, tries=0, not_before=None)

    def _later(self, post: Post, seconds: float | None) -> Post:
        wait = timedelta(seconds=2.0 ** min(post.tries, 10)) if seconds is None else timedelta(seconds=seconds)
        return replace(post, tries=post.tries + 1, not_before=self._clock.now() + min(wait, LONGEST_WAIT))

    def _keep(self, posts: Sequence[Post]) -> None:
        with self._store.unit_of_work() as work:
            for post in posts:
                kept = work.get(Post, id=post.id)
                if kept is not None:
                    work.put(post)
