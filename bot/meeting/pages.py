"""Pages: what a signed link shows - the times of a meeting to one member, or a group's calendar. Looking changes nothing."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from adapters.web.pages import Choice, Day, Notice, Page, Slot
from bot import links, times, when, words
from bot.clock import Clock
from bot.links import Purpose
from bot.meeting import asked, calendars, marking
from bot.meeting.replies import SUITS
from bot.reader import Reader, reader_for
from decisions import model
from decisions.choosing import MARKS
from decisions.model import Account, Group, Meeting, Member, Person, Stage, Suits
from decisions.refusals import UnknownZone
from storage import finding
from storage.presence import is_where_votes_are
from storage.store import Store
from storage.work import Work

AT_ONCE = 2
"""How many looks are taken at the same time: however many come, those who press in the chats find a thread."""

SAYS = ("zone", "show", "hint", "unsaid", "send", "yours", "thanks", "partly", "none", "again")
"""The texts of a page: `page-KEY`."""

NOTICES = ("gone", "nothing", "unread", "fault")
"""What may be said in place of a page."""


class Pages:
    """The bot's side of the web."""

    def __init__(self, store: Store, clock: Clock, usual: Reader) -> None:
        self._store = store
        self._clock = clock
        self._usual = usual
        self._looks = asyncio.Semaphore(AT_ONCE)

    async def look(self, token: str, zone: str) -> Page | None:
        """The page that a link opens, in a zone (empty: the member's own)."""
        async with self._looks:
            return await asyncio.to_thread(self._page, token, zone)

    async def feed(self, token: str) -> str | None:
        """The calendar that a link opens."""
        async with self._looks:
            return await asyncio.to_thread(self._feed, token)

    def notice(self, key: str, languages: str) -> Notice:
        """What is said in place of a page. `languages`: those of a browser, as it tells them."""
        reader = Reader(spoken(languages) or self._usual.language, self._usual.zone)
        title, text = reader.say(f"page-{key}-title"), reader.say(f"page-{key}")
        return Notice(language=reader.language, direction=words.direction(reader.language), title=title, text=text)

    def _page(self, token: str, zone: str) -> Page | None:
        now = self._clock.now()
        with self._store.reading() as work:
            found = _opened(work, token, Purpose.TIMES, now)
            if found is None:
                return None
            member, about = found
            meeting, account = work.get(Meeting, id=about), finding.account_of(work, member.person_id)
            if meeting is None or account is None or meeting.group_id != member.group_id:
                return None
            return of_member(work, meeting, member, account, zone)

    def _feed(self, token: str) -> str | None:
        now = self._clock.now()
        with self._store.reading() as work:
            found = _opened(work, token, Purpose.CALENDAR, now)
            if found is None or found[1] != found[0].group_id:
                return None
            return calendars.feed(work, work.the(Group, id=found[1]), now)


def _opened(work: Work, token: str, purpose: Purpose, now: datetime) -> tuple[Member, int] | None:
    """For whom a link opens what; None also where they have left since, or are somebody else now."""
    told = links.opened(token, purpose, now)
    if told is None:
        return None
    member = work.get(Member, id=told.member)
    if member is None or member.merged_into is not None or not is_where_votes_are(work, member.id):
        return None
    return member, told.about


# -- the page of a member ---------------------------------------------------------------------------------------------


def of_member(work: Work, meeting: Meeting, member: Member, account: Account, zone: str) -> Page:
    """The times of a meeting, as one member sees them."""
    person, group = work.the(Person, id=member.person_id), work.the(Group, id=meeting.group_id)
    reader, wrong = _in_zone(reader_for(person, group), zone)
    is_asked = meeting.stage is Stage.ASKED
    slots, marks = (marking.slots(work, meeting), marking.marks(work, meeting, member)) if is_asked else ([], {})
    title, words_of, lines = _head(work, meeting, person, zone, reader)
    return Page(
        language=reader.language,
        direction=words.direction(reader.language),
        says={key: reader.say(f"page-{key}") for key in SAYS},
        title=title,
        words=words_of,
        lines=lines,
        asked=is_asked,
        choices=tuple(Choice(mark=mark, label=reader.say(SUITS[mark])) for mark in MARKS),
        days=_days(slots, marks, reader),
        zone=reader.zone,
        zones=tuple(dict.fromkeys((person.zone or group.zone, meeting.zone, group.zone, "UTC"))),
        wrong=wrong,
        platform=account.platform,
        user=account.user,
        press=f"m{meeting.id}:all=",
        state=_state(work, meeting, member),
    )


def _in_zone(reader: Reader, zone: str) -> tuple[Reader, str]:
    """Whoever asked for a zone reads in it; where there is none of that name, why not."""
    if not zone.strip():
        return reader, ""
    try:
        return Reader(reader.language, when.zone(zone)), ""
    except UnknownZone as no:
        return reader, reader.refused(no)


def _head(work: Work, meeting: Meeting, person: Person, zone: str, reader: Reader) -> tuple[str, str, tuple[str, ...]]:
    """The title, what people wrote, and the lines under it."""
    title, *more = asked.head(work, meeting, reader)
    lines = [line for part in more if part.text != meeting.text for line in part.text.split("\n")]
    if meeting.stage is not Stage.ASKED:
        lines.append(asked.over(meeting, reader))
    elif meeting.ask_until is None:
        lines.append(reader.say("slots-open", meeting.ref))
    else:
        lines.append(reader.say("slots-until", meeting.ask_until))
    if meeting.stage is Stage.ASKED and not (person.zone or zone):
        lines.append(reader.say("slots-no-zone", reader.zone))
    return title.text, meeting.text, tuple(lines)


def _days(slots: Sequence[model.Slot], marks: Mapping[int, int], reader: Reader) -> tuple[Day, ...]:
    """The times by their days, as those are in the reader's zone."""
    ordered = sorted(slots, key=lambda one: (one.starts_at, one.number))
    by_day = groupby(ordered, lambda one: times.shown_day(one.starts_at, reader.zone, reader.language))
    return tuple(Day(name=name, slots=tuple(_slot(one, marks, reader) for one in those)) for name, those in by_day)


def _slot(slot: model.Slot, marks: Mapping[int, int], reader: Reader) -> Slot:
    clock = times.shown_clock(slot.starts_at, reader.zone, reader.language)
    return Slot(number=slot.number, clock=clock, mark=marks.get(slot.number))


def _state(work: Work, meeting: Meeting, member: Member) -> str:
    said = work.all(Suits, meeting_id=meeting.id, member_id=member.id)
    told = [f"{one.slot}.{one.mark}.{one.at.isoformat()}" for one in said]
    return hashlib.sha256(",".join(told).encode()).hexdigest()[:16]


def spoken(languages: str) -> str:
    """The first language of a browser that we speak; empty: none."""
    known = words.languages()
    wished = (one.partition(";")[0].strip().lower() for one in languages.split(","))
    return next((found for one in wished for found in (one, one.partition("-")[0]) if found in known), "")
