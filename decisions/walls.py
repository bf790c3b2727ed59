"""Clocks on walls: which instant a wall time is in its zone, whether it comes at all, and for whom a series shifts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from decisions.refusals import SkippedTime, UnknownTime

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """By how many minutes later a member's clocks show the next meeting of a series, and what they show both times."""

    member_id: int
    minutes: int
    before: str
    after: str


@lru_cache(1024)
def clocks(zone: str) -> ZoneInfo:
    """The clocks of a zone. Python itself keeps eight, and reads the others from the disk each time."""
    return ZoneInfo(zone)


def wall_of(at: datetime, zone: str) -> str:
    """What the clocks of a zone show then: `2026-12-01T18:00`."""
    return f"{at.astimezone(clocks(zone)):%Y-%m-%dT%H:%M}"


def comes(wall: str, zone: str) -> int:
    """How often a wall time comes: once; twice where clocks go back; never where they go forward over it."""
    first, second = _both(wall, zone)
    if first == second:
        return 1
    return 2 if first < second else 0


def instant_of(wall: str, zone: str, fold: int = 0) -> datetime:
    """The instant of a wall time; of one that comes twice the first, or the second with `fold`.

    Raises SkippedTime for one that never comes, UnknownTime for what is no wall time.
    """
    if not comes(wall, zone):
        raise SkippedTime(wall.replace("T", " "), zone)
    return _both(wall, zone)[fold]


def next_instant_of(wall: str, zone: str) -> datetime:
    """The same for a series, which cannot be refused: one that never comes is later by as much as the clocks skip."""
    return _both(wall, zone)[0]


def later(wall: str, days: int) -> str:
    """The same time some days later on the same clocks, whatever they do in between."""
    return f"{_read(wall) + timedelta(days=days):%Y-%m-%dT%H:%M}"


def shifts(before: datetime, after: datetime, zones: Iterable[tuple[int, str]]) -> tuple[Shift, ...]:
    """Whose clocks show another time of day at the next meeting than at the one before; `zones` are those of members."""
    found = ((member, wall_of(before, zone)[-5:], wall_of(after, zone)[-5:]) for member, zone in zones)
    return tuple(Shift(member, _between(was, will), was, will) for member, was, will in found if was != will)


def _between(was: str, will: str) -> int:
    """In minutes, the shorter way around the clock."""
    minutes = [int(one[:2]) * 60 + int(one[3:]) for one in (was, will)]
    return (minutes[1] - minutes[0] + 720) % 1440 - 720


def _both(wall: str, zone: str) -> tuple[datetime, datetime]:
    local = _read(wall).replace(tzinfo=clocks(zone))
    try:
        first, second = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError:
        raise UnknownTime(wall) from None
    return first, second


def _read(wall: str) -> datetime:
    try:
        local = datetime.fromisoformat(wall)
    except ValueError:
        raise UnknownTime(wall) from None
    if local.tzinfo is not None:
        raise UnknownTime(wall)
    return local
