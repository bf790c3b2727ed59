"""Clocks: when a meeting is, on the clocks of everybody who is asked."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import pieces, times
from bot.reader import Reader
from decisions.model import Meeting

MOST_LINES = 8
"""More local times than this are only counted on a card."""

MOST_CITIES = 4


def time_line(meeting: Meeting, reader: Reader) -> str:
    """When it is and how long, in the reader's zone; or that its time is being looked for."""
    if meeting.starts_at is None:
        return reader.say("meeting-no-time")
    return reader.say("meeting-time", meeting.starts_at, reader.span(timedelta(minutes=meeting.minutes)))


def elsewhere(starts_at: datetime, zones: Iterable[str], reader: Reader) -> list[str]:
    """A line for each local time at which it begins in these zones, from west to east, if there is more than one."""
    clocks: dict[datetime, list[str]] = {}
    for zone in sorted({*zones, reader.zone}):
        clocks.setdefault(starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None), []).append(zone)
    if len(clocks) < 2:
        return []
    lines = [_line(starts_at, clocks[local], reader) for local in sorted(clocks)]
    more = sum(len(clocks[local]) for local in sorted(clocks)[MOST_LINES:])
    return lines[:MOST_LINES] + ([reader.say("meeting-zones-more", more)] if more else [])


def _line(starts_at: datetime, zones: list[str], reader: Reader) -> str:
    cities = list(dict.fromkeys(times.city(zone, reader.language) for zone in zones))
    said = pieces.shortened(cities, reader, MOST_CITIES)
    return reader.say("meeting-there", said, _clock(starts_at, zones[0], reader))


def _clock(starts_at: datetime, zone: str, reader: Reader) -> str:
    """The time of day; with the day, where it is another one than for the reader."""
    if starts_at.astimezone(ZoneInfo(zone)).date() == starts_at.astimezone(ZoneInfo(reader.zone)).date():
        return times.shown_clock(starts_at, zone, reader.language)
    return times.shown(starts_at, zone, reader.language)
