"""Exact: a time that somebody names, as an instant and on the clocks of the meeting's zone; never one of two."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot import when
from decisions import walls
from decisions.refusals import GapTime, NoTimeOfDay, SkippedTime, TwiceTime


class Moment(NamedTuple):
    """A time on the clocks of a zone, and the instant that it is."""

    wall: str
    at: datetime


def read(given: str, typed: str, zone: str, now: datetime, language: str = "") -> Moment:
    """The time that is named, on the clocks of `typed`; the wall time is that of `zone`.

    Raises UnknownTime, GapTime, TwiceTime where clocks go back and it could be either, NoTimeOfDay for a day alone.
    """
    given = when.spelled(given, typed, now, language)
    at = _instant(given, typed, now)
    if at != when.instant(given, typed, now, end_of_day=False):
        raise NoTimeOfDay(given[:40], f"{given[:20].strip()} 18:00")
    at = at.replace(second=0, microsecond=0)
    _check_once(given, typed, at, now)
    return on_clocks(at, zone)


def _instant(given: str, typed: str, now: datetime) -> datetime:
    try:
        return when.instant(given, typed, now)
    except SkippedTime:
        wall = when.instant(given, "UTC", now).replace(tzinfo=ZoneInfo(typed))
        raise GapTime(given[:40], typed, wall.astimezone(UTC)) from None


def on_clocks(at: datetime, zone: str) -> Moment:
    """An instant with its wall time in a zone."""
    return Moment(walls.wall_of(at, zone), at)


def _check_once(given: str, zone: str, at: datetime, now: datetime) -> None:
    """Refuse a time that comes twice that night, unless it says which: with an offset it is the same in every zone."""
    local = at.astimezone(ZoneInfo(zone))
    other = local.replace(fold=1 - local.fold).astimezone(at.tzinfo)
    if other == at or at == when.instant(given, "Etc/GMT-14", now).replace(second=0, microsecond=0):
        return
    first, second = sorted((at, other))
    ways = tuple(f"{one.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {_offset(one, zone)}" for one in (first, second))
    raise TwiceTime(given[:40], first, second, ways)


def _offset(at: datetime, zone: str) -> str:
    ahead = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    hours, minutes = divmod(abs(ahead) // timedelta(minutes=1), 60)
    return f"UTC{'-' if ahead < timedelta() else '+'}{hours}:{minutes:02}"
