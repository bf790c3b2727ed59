"""The door: what a browser asks for, and the page of it, if there is one for whoever asks. Looking changes nothing."""

import asyncio
from collections.abc import Callable, Mapping

from adapters.web.leaf import Asking, Entry, Feed, Leaf
from bot import links
from bot.clock import Clock
from bot.links import Purpose
from bot.meeting import calendars
from bot.meeting.pages import AT_ONCE, spoken
from bot.reader import Reader
from bot.references import id_in
from bot.site import actions, decision, decisions, learnt, meetings, news, overview, searching
from bot.site.visits import MOST_ID, Visit, asked, entered, member_by, visit
from decisions.model import Action, Group, Lesson, Meeting, Openness, Poll
from storage.store import Store
from storage.work import Work

LISTS: Mapping[str, Callable[[Visit], Leaf | None]] = {
    "": overview.leaf,
    "decisions": decisions.leaf,
    "meetings": meetings.leaf,
    "actions": actions.leaf,
    "lessons": learnt.leaf,
    "search": searching.leaf,
}
"""The pages that list things, by name."""


def leaf(found: Visit, name: str) -> Leaf | None:
    """The page of that name; None: there is none."""
    if name in LISTS:
        return LISTS[name](found) if found.page > 0 else None
    named = id_in(name, "PDMAL")
    if named is None or named.group is not None or named.rest or found.page != 1:
        return None
    return _thing(found, named.kind, named.number)


def _thing(found: Visit, kind: str, number: int) -> Leaf | None:
    work, group_id = found.work, found.group.id
    if kind in "PD":
        poll = work.get(Poll, group_id=group_id, **{"decision" if kind == "D" else "number": number})
        return None if poll is None else decision.leaf(found, poll)
    if kind == "M":
        meeting = work.get(Meeting, group_id=group_id, number=number)
        return None if meeting is None else meetings.meeting(found, meeting)
    if kind == "A":
        action = work.get(Action, group_id=group_id, number=number)
        return None if action is None else actions.action(found, action)
    lesson = work.get(Lesson, group_id=group_id, number=number)
    return None if lesson is None else learnt.lesson(found, lesson)


class Site:
    """The bot's side of the decision logs."""

    def __init__(self, store: Store, clock: Clock, usual: Reader) -> None:
        self._store = store
        self._clock = clock
        self._usual = usual
        self._looks = asyncio.Semaphore(AT_ONCE)

    async def leaf(self, asking: Asking) -> Leaf | None:
        """A page."""
        async with self._looks:
            return await asyncio.to_thread(self._leaf, asking)

    async def enter(self, token: str) -> Entry | None:
        """Whom a link lets in."""
        async with self._looks:
            return await asyncio.to_thread(self._enter, token)

    async def feed(self, asking: Asking, token: str) -> Feed | None:
        """What is new."""
        async with self._looks:
            return await asyncio.to_thread(self._feed, asking, token)

    async def calendar(self, asking: Asking) -> str | None:
        """The meetings of a group that is open to everyone."""
        async with self._looks:
            return await asyncio.to_thread(self._calendar, asking)

    def _leaf(self, asking: Asking) -> Leaf | None:
        with self._store.reading() as work:
            if asking.group is None:
                language = asked(asking.language) or spoken(asking.languages) or self._usual.language
                return overview.home(work, Reader(language, self._usual.zone), asked(asking.language))
            found = visit(work, asking, self._clock.now())
            return None if found is None else leaf(found, asking.name)

    def _enter(self, token: str) -> Entry | None:
        with self._store.reading() as work:
            return entered(work, token, self._clock.now())

    def _feed(self, asking: Asking, token: str) -> Feed | None:
        now = self._clock.now()
        with self._store.reading() as work:
            member = member_by(work, token, Purpose.NEWS, now) if token else None
            group = work.get(Group, id=member.group_id) if member else None if token else _public(work, asking)
            if group is None or group.openness is Openness.OFF:
                return None
            reader = Reader(asked(asking.language) or group.language, group.zone)
            found = Visit(work=work, group=group, member=member, reader=reader, now=now)
            return news.feed(found, f"{links.home()}/g/{group.id}/")

    def _calendar(self, asking: Asking) -> str | None:
        with self._store.reading() as work:
            group = _public(work, asking)
            return None if group is None else calendars.feed(work, group, self._clock.now(), placed=False)


def _public(work: Work, asking: Asking) -> Group | None:
    """The group that is asked for, if its log is for everyone."""
    known = asking.group is not None and 0 < asking.group <= MOST_ID
    group = work.get(Group, id=asking.group) if known else None
    return group if group is not None and group.openness is Openness.PUBLIC else None
