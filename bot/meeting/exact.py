"""Exact: a time that somebody names, as an instant and on the clocks of the meeting's zone; never one of two."""

import re
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot import meant, when
from decisions import walls
from decisions.refusals import GapTime, NoTimeOfDay, SkippedTime
from decisions.wording import line

OFFSET = re.compile(r"(?:utc|gmt|\dz|[+\u2212-]\d{1,2}(?::?\d\d)?)\W*$", re.IGNORECASE)
"""How words end that say themselves how far their clocks are from UTC."""

LAST = (23, 59)
"""What a day alone is read as, where its end is meant."""


class Moment(NamedTuple):
    """A time on the clocks of a zone, and the instant that it is."""

    wall: str
    at: datetime


def read(given: str, typed: str, zone: str, now: datetime, language: str = "") -> Moment:
    """The time that is named, on the clocks of `typed`; the wall time is that of `zone`.

    Raises UnknownTime, GapTime where clocks go forward over it, NoTimeOfDay for a day alone, and UnsureTime where clocks
    go back and it comes twice.
    """
    given = when.spelled(given, typed, now, language)
    at = instant(given, typed, now)
    local = at.astimezone(ZoneInfo(typed))
    if (local.hour, local.minute) == LAST and "59" not in given:
        raise NoTimeOfDay(given[:40], f"{given[:20].strip()} 18:00")
    return once(given, at, typed, zone)


def instant(given: str, typed: str, now: datetime, *, end_of_day: bool = True) -> datetime:
    """As `when.instant`; where clocks go forward over it, it is refused with the time that there is. Raises GapTime."""
    try:
        return when.instant(given, typed, now, end_of_day=end_of_day)
    except SkippedTime:
        wall = when.instant(given, "UTC", now).replace(tzinfo=ZoneInfo(typed))
        raise GapTime(given[:40], typed, wall.astimezone(UTC)) from None


def once(given: str, at: datetime, typed: str, zone: str) -> Moment:
    """The time, to the minute. One that comes twice that night is asked about, unless its words say which."""
    at = at.replace(second=0, microsecond=0)
    wall = walls.wall_of(at, typed)
    if walls.comes(wall, typed) == 2 and not OFFSET.search(given):
        both = walls.instant_of(wall, typed), walls.instant_of(wall, typed, fold=1)
        at = meant.settled(line(given[: when.MOST_TYPED]), both)
    return on_clocks(at, zone)


def on_clocks(at: datetime, zone: str) -> Moment:
    """An instant with its wall time in a zone."""
    return Moment(walls.wall_of(at, zone), at)
