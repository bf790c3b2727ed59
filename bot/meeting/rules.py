"""Rules: the offsets of a zone in some years, as calendars carry them along (VTIMEZONE).

icalendar makes them too, but passes over a month that is unlike those around it, as Ramadan is in Morocco, and tells of a
change on the clocks as they are after it, not before.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@lru_cache(64)
def rules(zone: str, first: int, until: int) -> Timezone:
    """What holds from the beginning of the year `first` until that of the year `until`."""
    here = ZoneInfo(zone)
    begin = datetime(first, 1, 1, tzinfo=UTC)
    made = Timezone()
    made.add("TZID", zone)
    made.add_component(_from(here, begin, _offset(here, begin)))
    for at in _changes(here, begin, datetime(until, 1, 1, tzinfo=UTC)):
        made.add_component(_from(here, at, _offset(here, at - SECOND)))
    return made


def _from(here: ZoneInfo, at: datetime, before: timedelta) -> TimezoneStandard | TimezoneDaylight:
    """What holds from an instant on, which is told on the clocks as they were before it."""
    local = at.astimezone(here)
    made = TimezoneDaylight() if local.dst() else TimezoneStandard()
    made.DTSTART = (at + before).replace(tzinfo=None)
    made.TZOFFSETFROM, made.TZOFFSETTO = before, _offset(here, at)
    made.add("TZNAME", local.tzname() or str(here))
    return made


def _changes(here: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The instants at which the offset becomes another one. No zone changes it twice a day."""
    while begin < end:
        if _offset(here, begin) != _offset(here, begin + DAY):
            yield _between(here, begin, begin + DAY)
        begin += DAY


def _between(here: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second with the offset of `after`."""
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        if _offset(here, middle) == _offset(here, after):
            after = middle
        else:
            before = middle
    return after


def _offset(here: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(here).utcoffset() or timedelta()
