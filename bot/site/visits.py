"""Visits: who reads which group's log, in which language - and nobody else does."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from adapters.web.leaf import Asking, Entry
from bot import links, words
from bot.export.wanted import WHOLE, About, Wanted
from bot.links import Purpose
from bot.meeting.pages import spoken
from bot.reader import Reader
from decisions.model import Group, Lesson, Member, Openness, Person
from storage import learning
from storage.presence import is_where_votes_are
from storage.work import Work

MOST_ID = 2**31 - 1
"""No group has a higher number; databases take none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One look into the log of a group."""

    work: Work
    group: Group
    member: Member | None
    """Whose key it is; None: anyone, where the log is for everyone, or the group's own files."""
    reader: Reader
    now: datetime
    page: int = 1
    words: str = ""
    asked: str = ""
    """The language that was asked for."""
    still: bool = False
    """It becomes files, which nothing can be asked of."""
    wanted: Wanted = WHOLE
    """Of files: what is to be in them."""

    def turned(self, page: int) -> "Visit":
        """The same, on another page."""
        return replace(self, page=page)

    def wants(self, about: About) -> bool:
        """Whether a part of the log is in it."""
        return about in self.wanted.kinds

    def lessons(self) -> list[Lesson]:
        """The lessons that are in it, the newest first."""
        found = learning.lessons(self.work, self.group.id) if self.wants(About.LESSONS) else []
        return [one for one in found if self.wanted.has(one.at)]


def visit(work: Work, asking: Asking, now: datetime) -> Visit | None:
    """What is asked for, if they may have it; None also where there is no such group."""
    if asking.group is None or not 0 < asking.group <= MOST_ID:
        return None
    member = member_by(work, asking.key, Purpose.KEY, now)  # first: a "no" then takes as long, whatever the group
    group = work.get(Group, id=asking.group)
    if group is None or group.openness is Openness.OFF:
        return None
    if member is not None and member.group_id != group.id:
        member = None
    if member is None and group.openness is not Openness.PUBLIC:
        return None
    person = work.get(Person, id=member.person_id) if member else None
    own, zone = (person.language, person.zone) if person else ("", "")
    language = asked(asking.language) or own or spoken(asking.languages) or group.language
    return Visit(
        work=work,
        group=group,
        member=member,
        reader=Reader(language, zone or group.zone),
        now=now,
        page=asking.page,
        words=asking.words,
        asked=asked(asking.language),
    )


def entered(work: Work, token: str, now: datetime) -> Entry | None:
    """Whom a link lets in, and the key that they get."""
    member = member_by(work, token, Purpose.ENTER, now)
    if member is None or work.the(Group, id=member.group_id).openness is Openness.OFF:
        return None
    address, key = urlsplit(links.home()), links.key(member, now)
    if key is None:
        return None
    return Entry(
        group=member.group_id,
        key=key,
        path=f"{address.path}/g/{member.group_id}/",
        seconds=int(links.KEY.total_seconds()),
        secure=address.scheme == "https",
    )


def member_by(work: Work, token: str, purpose: Purpose, now: datetime) -> Member | None:
    """Whom a link or a key names; None also where they have left since, or are somebody else now."""
    told = links.opened(token, purpose, now)
    member = work.get(Member, id=told.member) if told else None
    if told is None or member is None or member.merged_into is not None or member.group_id != told.about:
        return None
    return member if is_where_votes_are(work, member.id) else None


def asked(language: str) -> str:
    """The language that an address asks for, if we speak it."""
    return language if language in words.languages() else ""
