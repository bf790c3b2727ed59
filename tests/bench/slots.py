"""The search for a fair time, beside the same search in numpy."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import numpy as np
import numpy.typing as npt

from decisions.fairness import BAD, NIGHT, STEP, WEEK_LONG, Seeker, moments, pattern, week_of
from decisions.lanes import EPOCH, Steps, ranked, steps_of
from decisions.slots import Proposed, best, proposed
from decisions.walls import clocks
from tests.bench.table import Figure, Goal, Round, figure, rounds

MEMBERS, ZONES = 200, 40
BEGIN, DAYS, LASTS = datetime(2026, 10, 20, tzinfo=UTC), timedelta(days=14), timedelta(hours=1)
"""Clocks of Europe and of North America change in these days."""

GOAL = Goal(1.5, at_most=True)
Numbers = npt.NDArray[np.int64]
Search = Callable[[list[Seeker]], tuple[Proposed, ...]]


def fair_times(seconds: float) -> Iterator[Figure]:
    """How long the search takes for members without busy times, and with some; both find the same."""
    for what, busy in (("200 members, 40 zones, 14 days", 0), ("the same, each busy for 20 of the hours", 20)):
        members = _members(busy)
        assert ours(members) == numpys(members)
        steps = steps_of(BEGIN, BEGIN + DAYS, LASTS, STEP)
        assert [one[:4] for one in ranked(members, steps)] == [tuple(one) for one in _ranks(members, steps).T.tolist()]
        run = [Round(_lasts(ours, members), _lasts(numpys, members)) for _ in rounds(seconds / 4)]
        yield figure(what, run, GOAL)


def ours(members: list[Seeker]) -> tuple[Proposed, ...]:
    return best(members, BEGIN, BEGIN + DAYS, lasts=LASTS)


def numpys(members: list[Seeker]) -> tuple[Proposed, ...]:
    """The same, with a row of numbers for each member; the few times that it finds are told as ours are."""
    steps = steps_of(BEGIN, BEGIN + DAYS, LASTS, STEP)
    ranks = _ranks(members, steps)
    order = np.lexsort(ranks[::-1])
    rows = zip(*(column.tolist() for column in (*ranks[:, order], order)), strict=True)
    return proposed(members, list(rows), steps, wanted=5)


def _ranks(members: list[Seeker], steps: Steps) -> Numbers:
    """Absent, worst, total and burden of each time."""
    costs = np.stack([np.frombuffer(pattern(week), np.uint8) for week in {one.week: 0 for one in members}])
    rows = {week: row for row, week in enumerate({one.week: 0 for one in members})}
    looked = np.array([one // timedelta(minutes=1) for one in moments(LASTS)])
    local = {zone: _minutes(zone, steps, looked) for zone in {one.zone for one in members}}
    kinds = {(one.zone, one.week): 0 for one in members}
    known = {(zone, week): costs[rows[week]][local[zone]].max(axis=1) for zone, week in kinds}
    each = np.stack([known[one.zone, one.week] for one in members]).astype(np.int64)
    busy = np.zeros(each.shape, bool)
    begins = steps.begin.timestamp() + np.arange(steps.count) * STEP.total_seconds()
    for row, one in zip(busy, members, strict=True):
        for since, until in one.busy:
            row |= (begins < until.timestamp()) & (begins + LASTS.total_seconds() > since.timestamp())
    each[busy] = 0
    borne = np.array([one.borne for one in members])
    burden = borne @ np.where(each >= BAD, each, 0)
    return np.stack([busy.sum(axis=0), each.max(axis=0), each.sum(axis=0), burden])


def _minutes(zone: str, steps: Steps, looked: Numbers) -> Numbers:
    """The minutes of the week at which each time is looked at. Offsets are asked for as often as by ours."""
    look = 6 * 60
    whole = (steps.count * steps.step + steps.lasts) // timedelta(minutes=1)
    asked = [steps.begin + timedelta(minutes=minute) for minute in range(0, whole + look, look)]
    offsets = np.array([_offset(zone, one) for one in asked])
    instants = np.arange(steps.count)[:, None] * (steps.step // timedelta(minutes=1)) + looked
    ahead = offsets[instants // look]
    for change in np.flatnonzero(np.diff(offsets)).tolist():  # the hours in which clocks change are looked at by minute
        minutes = np.arange(change * look, (change + 1) * look)
        finely = np.array([_offset(zone, steps.begin + timedelta(minutes=int(one))) for one in minutes[::15]])
        within = (instants >= minutes[0]) & (instants <= minutes[-1])
        ahead[within] = finely[(instants[within] - minutes[0]) // 15]
    found: Numbers = ((steps.begin - EPOCH) // timedelta(minutes=1) + instants + ahead) % WEEK_LONG
    return found


def _offset(zone: str, at: datetime) -> int:
    return (at.astimezone(clocks(zone)).utcoffset() or timedelta()) // timedelta(minutes=1)


def _members(busy: int) -> list[Seeker]:
    draw = random.Random(5)
    zones = draw.sample(sorted(one for one in available_timezones() if one.count("/") == 1 and one[:3] != "Etc"), ZONES)
    office = week_of([f"{day} 09:00-17:00" for day in range(1, 6)])
    return [
        Seeker(
            number, zones[number % ZONES], office if number % 3 else None, _busy(draw, busy), draw.randrange(NIGHT * 9)
        )
        for number in range(MEMBERS)
    ]


def _busy(draw: random.Random, count: int) -> tuple[tuple[datetime, datetime], ...]:
    begins = [BEGIN + timedelta(minutes=15 * draw.randrange(14 * 96)) for _ in range(count)]
    return tuple((one, one + timedelta(hours=1)) for one in begins)


def _lasts(search: Search, members: list[Seeker]) -> float:
    begin = time.perf_counter()
    search(members)
    return (time.perf_counter() - begin) * 1000
