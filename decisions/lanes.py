"""Lanes: what every one of many times costs a group, added up at once.

Each time is a lane of a few bytes in one long number, so that one addition adds up what all times cost a member.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from decisions.fairness import MINUTE, NIGHT, WEEK_LONG, Seeker, Week, moments, pattern
from decisions.walls import clocks

LOOK = timedelta(hours=6)
"""How often a zone is asked for its offset. No zone changes it twice in so short a time."""
EPOCH = datetime(1970, 1, 5, tzinfo=UTC)
"""A Monday."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The times among which is chosen: `count` of them from `begin` on, each `step` after the one before."""

    begin: datetime
    count: int
    step: timedelta
    lasts: timedelta

    def at(self, number: int) -> datetime:
        return self.begin + number * self.step


Ranked = tuple[int, int, int, int, int]
"""How many are absent, the worst, the total, the burden, and the number of the step."""


def steps_of(begin: datetime, end: datetime, lasts: timedelta, step: timedelta) -> Steps:
    """All times on the full step, from `begin` on, at which a meeting is over by `end`."""
    first = EPOCH + -(-(begin - EPOCH) // step) * step
    return Steps(first, max(0, (end - lasts - first) // step + 1), step, lasts)


def ranked(seekers: Sequence[Seeker], steps: Steps) -> list[Ranked]:
    """What each time costs all together, in the order of time."""
    width = 1 + (NIGHT * sum(1 + one.borne for one in seekers)).bit_length() // 8
    ones = int.from_bytes((b"\1" + bytes(width - 1)) * steps.count, "little")
    absent = worst = total = burden = 0
    for members in alike(seekers):
        whole = costs_in(members[0], steps, width)
        free = [one for one in members if not one.busy]
        shares = [(0, len(free), sum(one.borne for one in free))] if free else []
        for busy, many, borne in (
            *shares,
            *((busy_in(one, steps, width), 1, one.borne) for one in members if one.busy),
        ):
            costs = whole & ~(busy * NIGHT)
            bad = costs & ((costs >> 1 & ones) * NIGHT)
            absent, worst, total, burden = absent + busy, worst | costs, total + costs * many, burden + bad * borne
    rows = (_lanes(row, steps.count, width) for row in (absent, worst, total, burden))
    return list(zip(*rows, range(steps.count), strict=True))


def alike(seekers: Sequence[Seeker]) -> Iterable[list[Seeker]]:
    """Members whose clocks and hours are the same."""
    found: dict[tuple[str, Week | None], list[Seeker]] = {}
    for one in seekers:
        found.setdefault((one.zone, one.week), []).append(one)
    return found.values()


def costs_in(seeker: Seeker, steps: Steps, width: int) -> int:
    """What each time costs a member, a lane each, whether they are busy or not."""
    costs, found = pattern(seeker.week), 0
    begin, step = (steps.begin - EPOCH) // MINUTE, steps.step // MINUTE
    runs = list(_offsets(seeker.zone, steps))
    for moment in (one // MINUTE for one in moments(steps.lasts)):
        row = bytearray(steps.count * width)
        for since, until, offset in runs:
            first, last = (min(steps.count, max(0, -(-(edge - moment) // step))) for edge in (since, until))
            minute = (begin + offset + moment + first * step) % WEEK_LONG
            upto = minute + (last - first) * step
            row[first * width : last * width : width] = (costs * (upto // WEEK_LONG + 1))[minute:upto:step]
        found |= int.from_bytes(row, "little")
    return found


def _offsets(zone: str, steps: Steps) -> Iterator[tuple[int, int, int]]:
    """The minutes since the first step from when until when a zone keeps an offset from UTC, and the offset in minutes."""
    here, whole = clocks(zone), (steps.count * steps.step + steps.lasts) // MINUTE
    look, since = LOOK // MINUTE, 0
    offset = _offset(here, steps.begin, 0)
    for minute in range(look, whole + look, look):
        new = _offset(here, steps.begin, minute)
        if new != offset:
            change = _change(here, steps.begin, minute - look, minute)
            yield since, change, offset
            since, offset = change, new
    yield since, max(whole, since), offset


def _offset(here: ZoneInfo, begin: datetime, minute: int) -> int:
    ahead = (begin + minute * MINUTE).astimezone(here).utcoffset() or timedelta()
    return ahead // MINUTE


def _change(here: ZoneInfo, begin: datetime, before: int, after: int) -> int:
    """The first minute of the offset that holds at `after`, and not at `before`."""
    old = _offset(here, begin, before)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if _offset(here, begin, middle) == old else (before, middle)
    return after


def busy_in(seeker: Seeker, steps: Steps, width: int) -> int:
    """1 in the lane of each time at which they cannot."""
    row = bytearray(steps.count * width)
    for begins, until in seeker.busy:
        if begins < until:
            first = max(0, (begins - steps.lasts - steps.begin) // steps.step + 1)
            last = min(steps.count, -(-(until - steps.begin) // steps.step))
            row[first * width : max(first, last) * width : width] = b"\1" * max(0, last - first)
    return int.from_bytes(row, "little")


def _lanes(row: int, count: int, width: int) -> list[int]:
    flat = row.to_bytes(count * width, "little")
    if width == 1:
        return list(flat)
    return [int.from_bytes(flat[place : place + width], "little") for place in range(0, count * width, width)]
