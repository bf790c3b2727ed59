"""The publisher: the one way out. It compares what is posted with what should be, and brings every Post up to date."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from adapters.base import Card, Gone, Later, Moved, Place, Platform
from bot import digests, news, notices, picturing, pieces, repeating, still, views
from bot.clock import Clock
from bot.learning import telling
from bot.meeting import cards, posts
from bot.moving import follow
from bot.peers import questions
from bot.reader import USUAL, Reader, reader_for
from bot.steps import CHANGING, STANDING
from decisions import quiet
from decisions.model import Group, Lesson, Meeting, Member, Person, Poll, Post, PostKind, Room, Silence, Status
from decisions.rooms import voting
from storage import finding, outbox
from storage.outbox import Stale
from storage.record import Record, record
from storage.store import Store
from storage.work import Work

log = structlog.get_logger()

TICK = 5.0
"""Seconds between looks when nothing woke us: for posts that wait, and after a crash."""

MOST_TRIES = 5
"""How often a picture is tried: others wait behind it, and can do without."""

LONGEST_WAIT = timedelta(minutes=10)

CARDS: Mapping[PostKind, Callable[[Work, Post, Reader, datetime], Card]] = {
    PostKind.PICTURE: picturing.card,
    PostKind.DIGEST: digests.card,
    PostKind.LESSON: telling.card,
    PostKind.PEER: questions.card,
    PostKind.DOUBT: repeating.card,
    **cards.CARDS,
}
"""The posts about no poll that say how things stand when they are sent; others were worded when they were wanted."""


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

    def __init__(self, store: Store, clock: Clock, platforms: Sequence[Platform], usual: Reader = USUAL) -> None:
        self._store = store
        self._usual = usual
        self._clock = clock
        self._platforms: Mapping[str, Platform] = {one.name: one for one in platforms}
        self._woken = asyncio.Event()
        self._busy = asyncio.Lock()  # two rounds at once would send everything twice

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
                async with asyncio.timeout(
                    TICK
                ):  # `wait_for` would not hear of being stopped when it is woken just then
                    await self._woken.wait()
            self._woken.clear()

    async def settle(self) -> None:
        """Publish until nothing is wanted or stale that can be sent now."""
        async with self._busy:
            await self._settle()

    async def _settle(self) -> None:
        while letters := await asyncio.to_thread(self._letters):
            if new := [one.post for one in letters if not one.post.message]:
                await asyncio.to_thread(self._keep, [replace(post, tries=post.tries + 1) for post in new])
            by_place: dict[tuple[str, Place], list[Letter]] = {}
            for letter in letters:
                by_place.setdefault((letter.platform, letter.place), []).append(letter)
            delivered = await asyncio.gather(*(self._deliver(all_) for all_ in by_place.values()))
            await asyncio.to_thread(self._keep, [post for posts in delivered for post in posts])

    # -- what is to be said -------------------------------------------------------------------------------------------

    def _letters(self) -> list[Letter]:
        now = self._clock.now()
        settled: list[Post] = []
        letters: list[Letter] = []
        with self._store.reading() as work:
            stale_posts = outbox.stale_posts(work, now, tuple(self._platforms))
            silences = news.silences(work) if stale_posts else {}
            records: dict[int, Record] = {}
            for stale in stale_posts:
                try:
                    letter = self._letter(work, stale, records, silences, now)
                except Exception:
                    log.exception("a card could not be made", post=stale.post.id)
                    settled.append(self._later(stale.post, None))
                    continue
                if letter is None:
                    settled.append(replace(stale.post, live=False))
                else:
                    letters.append(letter)
        if settled:
            self._keep(settled)
        return letters

    def _letter(
        self, work: Work, stale: Stale, records: dict[int, Record], silences: Mapping[str, Silence], now: datetime
    ) -> Letter | None:
        """None: there is nothing to say any more."""
        post, room = stale.post, stale.room
        if post.poll_id is None:
            said = still.wanted(work, post)
            return None if said is None else self._notice(work, replace(stale, post=said), now)
        known = records.get(post.poll_id) or record(work, work.the(Poll, id=post.poll_id), now)
        records[post.poll_id] = known
        person = None if room else finding.person_of(work, post.platform, post.user)
        member = work.get(Member, group_id=post.group_id, person_id=person.id) if person else None
        if post.kind is PostKind.REMINDER and not still.missing(work, known, member):
            return None
        reader = reader_for(person, known.group, room)
        if post.kind is PostKind.CHART and not self._shows_pictures(stale):
            card = Card(())  # it is not even drawn
        else:
            card = views.post(post, known, reader, now, member.id if member else None)
        if room and room.announce:
            where = tuple(pieces.room(one) for one in voting(finding.rooms(work, room.group_id)))
            card = views.announced(card, known, where, reader)
        silence = silences.get(room.platform) if room and post.kind is PostKind.CARD else None
        if silence is not None:
            card = views.with_silence(card, known.poll, silence, reader)
        card = _hushed(card, known.group, reader, now)
        return Letter(
            post=post,
            version=stale.version,
            final=_final(post, room, known.poll),
            platform=room.platform if room else post.platform,
            place=Place(chat=room.chat) if room else Place(user=post.user),
            card=card,
            reply_to=post.reply_to if post.kind is PostKind.CARD else stale.card,
        )

    def _shows_pictures(self, stale: Stale) -> bool:
        return stale.room is not None and self._platforms[stale.room.platform].abilities.pictures

    def _notice(self, work: Work, stale: Stale, now: datetime) -> Letter:
        """A letter about no poll: mostly it is right when it is said, and nothing changes it later."""
        post, room = stale.post, stale.room
        person = None if room else finding.person_of(work, post.platform, post.user)
        group = work.get(Group, id=post.group_id) if post.group_id else None
        reader = self._reader(work, person, group, room)
        return Letter(
            post=post,
            version=stale.version,
            final=posts.final(work, post) if post.lesson_id is None else telling.final(work, post),
            platform=room.platform if room else post.platform,
            place=Place(chat=room.chat) if room else Place(user=post.user),
            card=_hushed(CARDS.get(post.kind, notices.card)(work, post, reader, now), group, reader, now),
            reply_to=post.reply_to or ("" if post.kind in posts.STANDING else stale.card),
        )

    def _reader(self, work: Work, person: Person | None, group: Group | None, room: Room | None) -> Reader:
        if group is None and person is not None:
            group = next((one.group for one in finding.groups_of(work, person.id)), None)
        if group is not None:
            return reader_for(person, group, room)
        return Reader(
            (person and person.language) or self._usual.language, (person and person.zone) or self._usual.zone
        )

    # -- saying it ----------------------------------------------------------------------------------------------------

    async def _deliver(self, letters: Sequence[Letter]) -> list[Post]:
        done: list[Post] = []
        for place, letter in enumerate(letters):
            try:
                post = await self._deliver_one(letter)
            except Later as later:  # what comes after waits too, so that the place reads everything in order
                waiting = [self._later(one.post, later.seconds) for one in letters[place:]]
                # after their time is set: woken before it, we would find nothing to do
                asyncio.get_running_loop().call_later(min(later.seconds, LONGEST_WAIT.total_seconds()), self.wake)
                return done + waiting
            new = post.message and not letter.post.message
            if not (new and await self._kept_at_once(post)):
                done.append(post)
        return done

    async def _kept_at_once(self, post: Post) -> bool:
        """Keep that a message was sent, before others are: after a crash it would be sent again."""
        try:
            await asyncio.to_thread(self._keep, [post])
        except Exception:
            return False  # tried once more with the rest
        return True

    async def _deliver_one(self, letter: Letter) -> Post:
        post, platform = letter.post, self._platforms[letter.platform]
        question = letter.card.question
        if question is not None and len(question.options) > platform.abilities.native:
            return replace(post, live=False)  # the card does without
        if post.kind is PostKind.CHART and (letter.card.picture is None or post.tries >= MOST_TRIES):
            return replace(post, live=False)  # the result says it in words
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
        except Later:
            raise
        except Moved as moved:
            await asyncio.to_thread(follow, self._store, letter.platform, letter.place.chat, moved.chat)
            raise Later(0) from moved
        except Exception:
            log.exception("a post could not be sent", post=post.id, platform=letter.platform)
            return self._later(post, None)
        kept = replace(post, message=message, shown=letter.version, live=not letter.final, tries=0, not_before=None)
        if not post.message and post.tries and post.kind in (*CHANGING, *posts.STANDING, PostKind.LESSON):
            return replace(kept, shown=0, live=True)  # it may have been there already, as it was when it was first sent
        return kept

    def _later(self, post: Post, seconds: float | None) -> Post:
        wait = timedelta(seconds=2.0 ** min(post.tries, 10)) if seconds is None else timedelta(seconds=seconds)
        return replace(post, tries=post.tries + 1, not_before=self._clock.now() + min(wait, LONGEST_WAIT))

    def _keep(self, posts: Sequence[Post]) -> None:
        with self._store.unit_of_work() as work:
            for post in posts:
                kept = work.get(Post, id=post.id)
                if kept is not None:
                    work.put(replace(post, live=kept.live and (post.live or _has_more_to_say(work, kept, post))))


def _final(post: Post, room: Room | None, poll: Poll) -> bool:
    """Whether nothing can change it any more: its poll is over, or it is no ballot where it stands."""
    over = post.kind not in STANDING or poll.status in (Status.CLOSED, Status.WITHDRAWN)
    return over or (room is not None and room.announce and post.kind is PostKind.NATIVE)


def _hushed(card: Card, group: Group | None, reader: Reader, now: datetime) -> Card:
    """In a group's quiet hours nothing rings."""
    silent = group is not None and quiet.ends(group.quiet, reader.zone, now) is not None
    return replace(card, silent=True) if silent else card


def _has_more_to_say(work: Work, kept: Post, shown: Post) -> bool:
    """Whether its poll, meeting or lesson changed while it, shown for the last time as we thought, was on its way."""
    if shown.shown <= kept.shown:
        return False
    if shown.meeting_id is not None:
        return shown.kind in posts.STANDING and shown.shown < work.the(Meeting, id=shown.meeting_id).version
    if shown.lesson_id is not None:
        return shown.shown < work.the(Lesson, id=shown.lesson_id).version
    again = shown.kind in CHANGING and shown.poll_id is not None
    return again and shown.shown < work.the(Poll, id=shown.about).version
