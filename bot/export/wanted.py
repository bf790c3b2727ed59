"""Wanted: what of a group's record is to leave, from when to when, and in whose language - for every export alike."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot import words
from bot.reader import Reader
from decisions.model import Action, Group, Meeting
from decisions.refusals import BadPeriod, PeriodBackwards, UnknownKind, UnknownLanguage
from decisions.wording import line

DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
"""`2026-03-01`, `2026-03` or `2026`."""


class About(StrEnum):
    """The kinds of things in a record."""

    DECISIONS = "decisions"
    MEETINGS = "meetings"
    ACTIONS = "actions"
    LESSONS = "lessons"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be in an export; as it stands, all."""

    kinds: frozenset[About] = frozenset(About)
    since: datetime | None = None
    """What was over before it is left out."""
    until: datetime | None = None
    """What began, or was decided, at it or later is left out."""
    reader: Reader | None = None
    """For whom it is written; None: for the group, in its language and zone."""

    def reader_of(self, group: Group) -> Reader:
        """For whom the record of a group is written."""
        return self.reader or Reader(group.language, group.zone)

    def has(self, at: datetime) -> bool:
        """Whether what happened in an instant is in it."""
        return self.spans(at, at)

    def spans(self, begins: datetime, ends: datetime) -> bool:
        """Whether something that took so long is in it."""
        return (self.since is None or ends >= self.since) and (self.until is None or begins < self.until)

    def meets(self, one: Meeting) -> bool:
        """Whether a meeting is in it."""
        begins = one.started_at or one.starts_at or one.made_at
        return self.spans(begins, one.ended_at or begins)

    def does(self, one: Action) -> bool:
        """Whether something to be done is in it: what is still open is of every day."""
        ends = one.closed_at or self.since or one.made_at
        return self.spans(one.made_at, ends)


WHOLE = Wanted()
FLAGS = ("since", "until", "kind", "language")
"""What may be said of it, everywhere by the same names."""


def wanted(flags: Mapping[str, str], zone: str, reader: Reader | None, spoken: Reader) -> Wanted:
    """What is asked for by `flags`; days are those of the `zone`, `spoken` is in whose language it was asked. Raises
    refusals."""
    since = period(flags["since"], zone)[0] if "since" in flags else None
    until = period(flags["until"], zone)[1] if "until" in flags else None
    if since and until and since >= until:
        raise PeriodBackwards(flags["since"], flags["until"])
    found = Wanted(since=since, until=until, reader=reader)
    if "kind" in flags:
        found = replace(found, kinds=frozenset(_kind(one, spoken) for one in re.split(r"[,،、]", flags["kind"])))
    return _in_language(found, flags["language"], zone) if "language" in flags else found


def period(typed: str, zone: str) -> tuple[datetime, datetime]:
    """The instants at which a day, month or year begins, and the next one does."""
    found = DAY.fullmatch(typed.strip())
    if found is None:
        raise BadPeriod(line(typed[:40]))
    year, month, day = (int(one) if one else None for one in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        after = first + timedelta(days=1) if day else _next(first, months=1 if month else 12)
        midnights = [datetime.combine(one, time(), ZoneInfo(zone)) for one in (first, after)]
    except (ValueError, OverflowError):
        raise BadPeriod(line(typed[:40])) from None
    return midnights[0], midnights[1]


def _next(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _kind(typed: str, spoken: Reader) -> About:
    own = {spoken.say(f"export-kind-{one}").casefold(): one for one in About}
    known = own | {one.value: one for one in About}
    found = known.get(typed.strip().casefold()) or known.get(f"{typed.strip().casefold()}s")
    if found is None:
        raise UnknownKind(line(typed[:40]), tuple(About))
    return found


def _in_language(found: Wanted, typed: str, zone: str) -> Wanted:
    language = typed.strip().casefold()
    if language not in words.languages():
        raise UnknownLanguage(line(typed[:40]), tuple(sorted(words.languages())))
    return replace(found, reader=Reader(language, found.reader.zone if found.reader else zone))
