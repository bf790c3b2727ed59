"""Reading a calendar for busy times, in a process of its own: whatever it does to who reads it, it is over in time."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from adapters.feeds import PATIENCE, Spans, Unread, Why

MOST = 1000
"""How many busy times are kept of one calendar: the earliest."""
MEMORY = 768 * 1024 * 1024

FREE = ("FREE", "WORKINGELSEWHERE")
BUSY = ("BUSY", "OOF")


def busy_in(raw: bytes, begin: datetime, end: datetime, zone: str, patience: float = PATIENCE) -> Spans:
    """When whoever keeps this calendar is busy between two instants; `zone`: theirs, for times that name none.

    Raises Unread. It waits for the other process, so it is for a thread.
    """
    asked = json.dumps([begin.timestamp(), end.timestamp(), zone, int(patience) + 1]).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", "adapters.feeds.reading"],
            input=asked + b"\n" + raw,
            capture_output=True,
            timeout=patience,
            env={},
            check=True,
        )
        spans = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError, OSError):
        raise Unread(Why.CALENDAR) from None
    return tuple((_instant(begins), _instant(until)) for begins, until in spans)


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


# -- in the other process ---------------------------------------------------------------------------------------------


def main() -> None:
    """Read what was asked and the calendar from the one side, write the busy times to the other."""
    begin, end, zone, seconds = json.loads(sys.stdin.buffer.readline())
    _limit(seconds)
    spans = found(sys.stdin.buffer.read(), _instant(begin), _instant(end), ZoneInfo(zone))
    json.dump([[begins.timestamp(), until.timestamp()] for begins, until in spans], sys.stdout)


def _limit(seconds: int) -> None:
    """No more of the machine than reading a calendar takes. (Windows knows no such limits.)"""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def found(raw: bytes, begin: datetime, end: datetime, zone: ZoneInfo) -> Spans:
    """The busy times of a calendar. Raises ValueError for what is none."""
    from icalendar import Calendar  # only in the process that reads

    calendars = Calendar.from_ical(raw, multiple=True)
    if not calendars or any(one.name != "VCALENDAR" for one in calendars):
        raise ValueError("no calendar")
    spans = [span for one in calendars for span in (*_events(one, begin, end, zone), *_told(one, zone))]
    return tuple(merged(spans, begin, end))[:MOST]


def _events(calendar: Any, begin: datetime, end: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    from recurring_ical_events import of

    for series in _series(calendar):
        with suppress(ValueError, LookupError, TypeError, AttributeError, ArithmeticError):  # one bad event is left out
            events = [event for event in of(series, skip_bad_series=True).between(begin, end) if is_busy(event)]
            yield from [(_aware(one["DTSTART"].dt, zone), _aware(one["DTEND"].dt, zone)) for one in events]


def _series(calendar: Any) -> Iterator[Any]:
    """A calendar for each event that has a beginning, with what is said of its repetitions."""
    found: dict[str, Any] = {}
    for event in calendar.walk("VEVENT"):
        if "DTSTART" in event:
            one = found.setdefault(str(event.get("UID", f"#{len(found)}")), type(calendar)(calendar))
            one.add_component(event)
    yield from found.values()


def _told(calendar: Any, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """What a calendar that tells only when somebody is busy says."""
    for part in calendar.walk("VFREEBUSY"):
        said = part.get("FREEBUSY", [])
        for row in said if isinstance(said, list) else [said]:
            if str(row.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                for one in getattr(row, "periods", [row]):
                    yield _aware(one.start, zone), _aware(one.end, zone)


def is_busy(event: Any) -> bool:
    """Whether an event keeps somebody from coming.

    One that was called off, or that leaves them free, does not. A whole day, as a birthday or a holiday, does only where
    it says that it does: most say nothing, and are no hindrance.
    """
    status, shown = (str(event.get(key, "")).upper() for key in ("STATUS", "X-MICROSOFT-CDO-BUSYSTATUS"))
    seen = str(event.get("TRANSP", "")).upper()
    if status == "CANCELLED" or seen == "TRANSPARENT" or shown in FREE:
        return False
    whole = not isinstance(event["DTSTART"].dt, datetime)
    return not whole or seen == "OPAQUE" or shown in BUSY


def _aware(at: date, zone: ZoneInfo) -> datetime:
    if not isinstance(at, datetime):
        at = datetime.combine(at, time(0))
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def merged(
    spans: Iterable[tuple[datetime, datetime]], begin: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Those within two instants, in order, those that touch one another made one."""
    inside = sorted(
        (max(one, begin), min(other, end)) for one, other in spans if other > begin and one < end and one < other
    )
    last: tuple[datetime, datetime] | None = None
    for one, other in inside:
        if last is not None and one <= last[1]:
            last = (last[0], max(last[1], other))
            continue
        if last is not None:
            yield last
        last = (one, other)
    if last is not None and last[1] - last[0] > timedelta(0):
        yield last


if __name__ == "__main__":
    main()
