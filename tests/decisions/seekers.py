"""Members who look for a time, drawn at random, and the search done the plain way: look at each time, and at each member."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from decisions.fairness import Seeker, Week

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",  # half an hour
    "Asia/Kathmandu",  # three quarters
    "Australia/Lord_Howe",  # its clocks change by half an hour
    "Pacific/Chatham",  # three quarters, and its clocks change
    "Pacific/Kiritimati",  # the first to see a day
    "Pacific/Pago_Pago",  # the last
    "America/St_Johns",
    "Africa/Casablanca",  # its clocks change twice around Ramadan
    "America/Santiago",  # its clocks change at midnight
)
BEGINS = tuple(
    datetime.fromisoformat(one).replace(tzinfo=UTC)
    for one in (
        "2026-03-07T00:00",  # New York goes forward
        "2026-03-28T12:00",  # Berlin does
        "2026-04-04T00:00",  # Lord Howe and Chatham go back
        "2026-10-24T00:00",  # Berlin goes back
        "2026-10-31T00:07",  # New York does; the window begins off the step
        "2026-12-28T00:00",  # over New Year
        "2027-02-06T00:00",  # Casablanca before Ramadan
        "2026-09-05T00:00",  # Santiago skips a midnight
    )
)


@st.composite
def weeks(draw: st.DrawFn) -> Week | None:
    if draw(st.booleans()):
        return None
    minutes = st.integers(0, 95).map(lambda quarter: quarter * 15) | st.integers(0, 1439)
    lengths = st.integers(1, 600)
    days = []
    for _ in range(7):
        ranges = draw(st.lists(st.tuples(minutes, lengths), max_size=2))
        days.append(tuple(sorted((begins, begins + lasts) for begins, lasts in ranges)))
    return tuple(days) if any(days) else None


@st.composite
def seekers(draw: st.DrawFn, begin: datetime) -> list[Seeker]:
    minutes = st.integers(-600, 4000)
    spans = st.lists(st.tuples(minutes, st.integers(-5, 900)), max_size=3)
    found = []
    for number in range(draw(st.integers(1, 6))):
        busy = tuple(
            (begin + timedelta(minutes=one), begin + timedelta(minutes=one + lasts)) for one, lasts in draw(spans)
        )
        found.append(Seeker(number, draw(st.sampled_from(ZONES)), draw(weeks()), busy, draw(st.integers(0, 400))))
    return found


def plain_cost(one: Seeker, at: datetime, lasts: timedelta) -> int:
    """What a meeting costs a member, a minute looked at after the other as people would."""
    looked = {timedelta(minutes=minute) for minute in range(0, lasts // timedelta(minutes=1), 15)}
    looked.add(lasts - timedelta(minutes=1))
    return max(_cost_of_minute(one, (at + moment).astimezone(_clocks(one.zone))) for moment in looked)


@cache
def _clocks(zone: str) -> ZoneInfo:
    return ZoneInfo(zone)


def _cost_of_minute(one: Seeker, local: datetime) -> int:
    minute = local.hour * 60 + local.minute
    day = local.weekday()
    if one.week is not None:
        today, yesterday = one.week[day], one.week[day - 1]
        if any(begins <= minute < until for begins, until in today):
            return 0
        if any(begins <= minute + 1440 < until for begins, until in yesterday):
            return 0
    if local.hour < 6:
        return 7
    if local.hour < 8 or local.hour >= 21:
        return 3
    return 0 if one.week is None else 1


def plain_rank(some: Sequence[Seeker], at: datetime, lasts: timedelta) -> tuple[int, int, int, int, datetime]:
    there = [one for one in some if _there(one, at, lasts)]
    costs = [(plain_cost(one, at, lasts), one.borne) for one in there]
    worst = max((cost for cost, _ in costs), default=0)
    burden = sum(cost * borne for cost, borne in costs if cost >= 3)
    return len(some) - len(there), worst, sum(cost for cost, _ in costs), burden, at


def _there(one: Seeker, at: datetime, lasts: timedelta) -> bool:
    return all(at + lasts <= begins or at >= until or begins >= until for begins, until in one.busy)


def plain_times(begin: datetime, end: datetime, lasts: timedelta) -> list[datetime]:
    quarter = timedelta(minutes=15)
    at = begin.replace(minute=begin.minute // 15 * 15, second=0, microsecond=0)
    if at < begin:
        at += quarter
    times = []
    while at + lasts <= end:
        times.append(at)
        at += quarter
    return times


def plain_best(
    some: Sequence[Seeker], begin: datetime, end: datetime, lasts: timedelta, wanted: int
) -> list[tuple[int, int, int, int, datetime]]:
    """What `slots.best` finds, found by ranking each time by itself."""
    left = sorted(plain_rank(some, at, lasts) for at in plain_times(begin, end, lasts))
    chosen: list[tuple[int, int, int, int, datetime]] = []
    for absent, worst in sorted({one[:2] for one in left}):
        for apart in (20 * 60, 3 * 60):
            for one in left:
                far = all(abs(one[4] - other[4]) >= timedelta(minutes=apart) for other in chosen)
                if one[:2] == (absent, worst) and far and len(chosen) < wanted:
                    chosen.append(one)
    for one in left:
        if len(chosen) < wanted and all(abs(one[4] - other[4]) >= lasts for other in chosen):
            chosen.append(one)
    return chosen


def plain_twins(
    some: Sequence[Seeker], begin: datetime, end: datetime, lasts: timedelta
) -> tuple[int, int, int, datetime, datetime] | None:
    """What `slots.twins` finds, found by looking at every pair."""
    times = [at for at in plain_times(begin, end, lasts) if at.minute % 30 == 0]
    ranks = [plain_rank(some, at, lasts) for at in times]
    if not ranks or (min(ranks)[0] == 0 and min(ranks)[1] < 7):
        return None
    costs = {at: [plain_cost(one, at, lasts) if _there(one, at, lasts) else None for one in some] for at in times}
    found = []
    for first in times:
        for second in times:
            if second - first >= lasts:
                least = [_lesser(*both) for both in zip(costs[first], costs[second], strict=True)]
                there = [one for one in least if one is not None]
                found.append((len(least) - len(there), max(there, default=0), sum(there), first, second))
    return min(found) if found and min(found)[:3] < min(ranks)[:3] else None


def _lesser(one: int | None, other: int | None) -> int | None:
    return min((cost for cost in (one, other) if cost is not None), default=None)
