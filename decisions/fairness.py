"""What an hour costs whom: the cost of a meeting to a member, who has borne bad hours before, and why a time was found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from decisions.model import Borne
from decisions.walls import clocks, wall_of

DAY, WEEK_LONG = 24 * 60, 7 * 24 * 60
MINUTE, STEP = timedelta(minutes=1), timedelta(minutes=15)
"""How finely hours are looked at."""

FITS, NEED_BE, BAD, NIGHT = 0, 1, 3, 7
"""What a time of day costs. It fits; it is outside the hours a member gave, if need be; it is before 8 or after 21; it
is in the depth of the night. A bad hour is worth three that are merely unasked for, as it takes breakfast or bed time;
a night is worth more than two bad hours, as it takes the next day too. In binary each is all ones, so that the greatest
of several is found by `or`, many times at once."""

FITTING = (8 * 60, 21 * 60)
"""The part of any day that is no bad hour. It is what fits a member who gave no hours."""
DEPTH = 6 * 60
"""The night is deep from midnight until then."""

Range = tuple[int, int]
Week = tuple[tuple[Range, ...], ...]
"""For each day from Monday the (from, until) minutes that fit, on a member's own clocks; past midnight until exceeds a
day's minutes."""


Spans = tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, slots=True)
class Seeker:
    """A member for whom a time is looked for: their zone and hours, when they cannot, and what they have borne."""

    member_id: int
    zone: str
    week: Week | None = None
    busy: Spans = ()
    borne: int = 0


@dataclass(frozen=True, slots=True)
class Bears:
    """What a meeting costs a member, and when it begins on their clocks: `2026-12-01T02:00`."""

    member_id: int
    cost: int
    wall: str

    @property
    def clock(self) -> str:
        """`02:00`"""
        return self.wall[-5:]


@dataclass(frozen=True, slots=True)
class Why:
    """Who has the worst hour, how many others have one as bad, and whose turn it was last time."""

    bears: Bears
    others: int
    last: Borne | None


def week_of(ranges: Iterable[str]) -> Week | None:
    """The week of `Hours.ranges`, as `1 09:00-17:00`; None: no hours were given."""
    days: list[list[Range]] = [[] for _ in range(7)]
    for one in ranges:
        day, _, hours = one.partition(" ")
        begins, _, until = hours.partition("-")
        first, last = _minutes(begins), _minutes(until)
        days[int(day) - 1].append((first, last if last > first else last + DAY))
    return tuple(tuple(sorted(day)) for day in days) if any(days) else None


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


@lru_cache(4096)
def pattern(week: Week | None) -> bytes:
    """What each minute of a week costs whoever has these hours, from Monday 0:00 on."""
    night, dusk = bytes([NIGHT]) * DEPTH, bytes([BAD])
    unasked = bytes([FITS if week is None else NEED_BE]) * (FITTING[1] - FITTING[0])
    day = night + dusk * (FITTING[0] - DEPTH) + unasked + dusk * (DAY - FITTING[1])
    costs = bytearray(day * 7)
    for number, ranges in enumerate(week or ()):
        for begins, until in ranges:
            for minute in range(number * DAY + begins, number * DAY + until):
                costs[minute % WEEK_LONG] = FITS
    return bytes(costs)


def moments(lasts: timedelta) -> tuple[timedelta, ...]:
    """At which times after its beginning a meeting is looked at: every quarter hour, and in its last minute."""
    every = {number * STEP for number in range(-(-lasts // STEP))}
    return tuple(sorted(every | {max(lasts - MINUTE, timedelta())}))


def cost(zone: str, week: Week | None, starts_at: datetime, lasts: timedelta) -> int:
    """What a meeting costs: as much as the worst moment of it.

    It is not the sum: whoever has to be awake at two is no better off when it was only for half an hour, and a long
    meeting would weigh more than a deep night.
    """
    costs, here = pattern(week), clocks(zone)
    return max(costs[_minute_of_week((starts_at + one).astimezone(here))] for one in moments(lasts))


def _minute_of_week(local: datetime) -> int:
    return local.weekday() * DAY + local.hour * 60 + local.minute


def borne(
    meeting_id: int, member_id: int, zone: str, week: Week | None, at: datetime, lasts: timedelta
) -> Borne | None:
    """The line of the ledger for a member who was there; None: it was no bad hour of theirs."""
    bears = cost(zone, week, at, lasts)
    if bears < BAD:
        return None
    local = wall_of(at, zone)[-5:]
    return Borne(meeting_id=meeting_id, member_id=member_id, local=local, cost=bears, at=at.astimezone(UTC))


def burdens(ledger: Iterable[Borne]) -> dict[int, int]:
    """How much each member has borne."""
    found: dict[int, int] = {}
    for one in ledger:
        found[one.member_id] = found.get(one.member_id, 0) + one.cost
    return found


def why(costs: Iterable[Bears], ledger: Iterable[Borne]) -> Why | None:
    """Who bears the worst hour, and whose turn it was last time; None: it is a bad hour for nobody.

    Of several it is the one who has borne least so far: whose turn it is.
    """
    past = tuple(ledger)
    bad = [one for one in costs if one.cost >= BAD]
    if not bad:
        return None
    before = burdens(past)
    worst = min(bad, key=lambda one: (-one.cost, before.get(one.member_id, 0), one.member_id))
    others = sum(one.cost == worst.cost for one in bad) - 1
    last = max(past, key=lambda one: (one.at, one.meeting_id, one.cost, -one.member_id), default=None)
    return Why(worst, others, last)
