"""Quiet hours: the wall times of a group in which nobody is to be woken."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

HOURS = re.compile(r"(?P<from>[01]?\d|2[0-3])(?::(?P<m1>[0-5]\d))?-(?P<until>[01]?\d|2[0-3])(?::(?P<m2>[0-5]\d))?")


def read(written: str) -> tuple[time, time] | None:
    """`22:00-07:00` as (from, until); None: it cannot be read, or is no time at all."""
    found = HOURS.fullmatch(written)
    if found is None:
        return None
    begins = time(int(found["from"]), int(found["m1"] or 0))
    ends = time(int(found["until"]), int(found["m2"] or 0))
    return None if begins == ends else (begins, ends)


def ends(written: str, zone: str, now: datetime) -> datetime | None:
    """When the quiet that reigns in this zone now is over; None: none does."""
    hours = read(written)
    if hours is None:
        return None
    begins, until = hours
    here = now.astimezone(ZoneInfo(zone))
    inside = begins <= here.time() < until if begins < until else not until <= here.time() < begins
    if not inside:
        return None
    day = here.date() if here.time() < until else here.date() + timedelta(days=1)
    return datetime.combine(day, until, here.tzinfo).astimezone(now.tzinfo)
