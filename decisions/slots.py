"""A fair time: of all the times that a meeting could have, those that spare the worst-off, then everybody; or two of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, groupby, product
from sys import maxsize

from decisions.fairness import BAD, FITS, NEED_BE, NIGHT, STEP, Bears, Week, cost
from decisions.fairness import Seeker as Seeker
from decisions.lanes import Ranked, Steps, alike, busy_in, costs_in, ranked, steps_of
from decisions.walls import wall_of

HOUR = timedelta(hours=1)
APART = (timedelta(hours=20), timedelta(hours=3))
"""How far apart the proposed times begin: on different days if it costs nobody more, else with hours between."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A time, whom it costs what, and who cannot come at all."""

    starts_at: datetime
    costs: tuple[Bears, ...]
    """Of those alone whom it costs something."""
    absent: tuple[int, ...]
    worst: int
    total: int
    burden: int
    """What is borne at bad hours, each by what its bearer has borne before: less is fairer."""

    @property
    def rank(self) -> tuple[int, int, int, int, datetime]:
        """The less, the fairer: who cannot come at all is the worst off of all."""
        return len(self.absent), self.worst, self.total, self.burden, self.starts_at


def best(
    seekers: Sequence[Seeker],
    begin: datetime,
    end: datetime,
    *,
    lasts: timedelta = HOUR,
    step: timedelta = STEP,
    wanted: int = 5,
) -> tuple[Proposed, ...]:
    """The fairest times between `begin` and `end`, the fairest first; fewer than `wanted` where there are no more.

    First come those at which fewest are absent, then the lower cost to the worst-off, then the lower total, then the
    lesser burden by the ledger, then the earlier. Of those with equally many absent and an equal worst they are taken
    20 hours apart from one another, then 3 hours apart, before any that is worse is taken; in the end, where the window
    is too small for that, so that they do not overlap.
    """
    steps = steps_of(begin, end, lasts, step)
    return proposed(seekers, sorted(ranked(seekers, steps)), steps, wanted)


def proposed(seekers: Sequence[Seeker], ranks: Sequence[Ranked], steps: Steps, wanted: int) -> tuple[Proposed, ...]:
    """Of the times in order of rank those that are proposed, as `best` says it."""
    return tuple(at(seekers, steps.at(number), steps.lasts) for number in _apart(ranks, steps, wanted))


def at(seekers: Iterable[Seeker], starts_at: datetime, lasts: timedelta) -> Proposed:
    """What a meeting at this time costs whom."""
    known: dict[tuple[str, Week | None], int] = {}
    costs, absent, total, burden = [], [], 0, 0
    for one in seekers:
        if not can(one, starts_at, lasts):
            absent.append(one.member_id)
            continue
        kind = (one.zone, one.week)
        if kind not in known:
            known[kind] = cost(*kind, starts_at, lasts)
        if bears := known[kind]:
            costs.append(Bears(one.member_id, bears, wall_of(starts_at, one.zone)))
            total, burden = total + bears, burden + bears * one.borne * (bears >= BAD)
    worst = max((one.cost for one in costs), default=0)
    return Proposed(starts_at.astimezone(UTC), tuple(costs), tuple(absent), worst, total, burden)


def can(seeker: Seeker, starts_at: datetime, lasts: timedelta) -> bool:
    """Whether none of their busy times touches it."""
    return not any(begins < until and starts_at < until and starts_at + lasts > begins for begins, until in seeker.busy)


def _apart(ranks: Sequence[Ranked], steps: Steps, wanted: int) -> list[int]:
    chosen: list[int] = []

    def take(some: Iterable[Ranked], apart: timedelta) -> None:
        for *_, number in some:
            if len(chosen) < wanted and all(abs(number - one) * steps.step >= apart for one in chosen):
                chosen.append(number)

    for _, tier in groupby(ranks, key=lambda one: one[:2]):
        equals = list(tier)
        for apart in APART:
            take(equals, apart)
    take(ranks, steps.lasts)
    return chosen


# -- twins ------------------------------------------------------------------------------------------------------------

Together = tuple[int, int, int, int, int]
"""How many can come to neither, the worst, the total, and the numbers of both steps."""
Profile = tuple[int, int, int, int]
"""Who cannot come, for whom it is night or worse, a bad hour or worse, outside their hours or worse: a bit for each
member."""


def twins(
    seekers: Sequence[Seeker], begin: datetime, end: datetime, *, lasts: timedelta = HOUR, step: timedelta = 2 * STEP
) -> tuple[Proposed, Proposed] | None:
    """The two sessions that serve together where one does not; None: one serves all, or a second helps nobody.

    One does not serve where somebody is absent, or is there in the depth of the night. Of two sessions each member is
    counted in the one that suits them best, the earlier one of equals, and has its costs there; absent is who can come
    to neither. Sessions do not overlap. Of all pairs it is the one with the fewest absent, then the lower worst, then
    the lower total, then the earlier one.
    """
    steps = steps_of(begin, end, lasts, step)
    alone = min(ranked(seekers, steps), default=None)
    if alone is None or (not alone[0] and alone[1] < NIGHT):
        return None
    together = min(_pairs(_profiles(seekers, steps), -(-lasts // step)), default=None)
    if together is None or together[:3] >= alone[:3]:
        return None
    first, second = (at(seekers, steps.at(number), lasts) for number in together[3:])
    return _shared(seekers, first, second)


def _profiles(seekers: Sequence[Seeker], steps: Steps) -> dict[Profile, list[int]]:
    """Which times are alike to everybody, in the order of time."""
    masks = [[0] * steps.count for _ in range(4)]
    bits = {one.member_id: 1 << place for place, one in enumerate(seekers)}
    for members in alike(seekers):
        everyone = sum(bits[one.member_id] for one in members)
        for number, costs in enumerate(costs_in(members[0], steps, 1).to_bytes(steps.count, "little")):
            for level, mask in ((NIGHT, masks[1]), (BAD, masks[2]), (NEED_BE, masks[3])):
                if costs >= level:
                    mask[number] |= everyone
    for one in seekers:
        for number, busy in enumerate(busy_in(one, steps, 1).to_bytes(steps.count, "little") if one.busy else ()):
            if busy:
                for mask in masks:
                    mask[number] |= bits[one.member_id]
    found: dict[Profile, list[int]] = {}
    for number, profile in enumerate(zip(*masks, strict=True)):
        found.setdefault(profile, []).append(number)
    return found


def _pairs(profiles: dict[Profile, list[int]], gap: int) -> Iterator[Together]:
    """What two times cost together: absent, worst, total, and their numbers; those alone that are the best so far."""
    least = (maxsize, 0, 0)
    for (one, first), (other, second) in combinations(profiles.items(), 2):
        nobody = one[0] & other[0]
        if nobody.bit_count() <= least[0]:  # most pairs go no further
            costs = _together(nobody, one[1] & other[1], one[2] & other[2], one[3] & other[3])
            if costs <= least and (places := _places(first, second, gap)):
                least = costs
                yield *costs, *places


def _together(nobody: int, night: int, bad: int, asked: int) -> tuple[int, int, int]:
    """How many are absent, the worst, and the total: who is in one of the sets is in those after it too."""
    absent = nobody.bit_count()
    worst = NIGHT if night != nobody else BAD if bad != nobody else NEED_BE if asked != nobody else FITS
    nights, bads = night.bit_count(), bad.bit_count()
    total = NIGHT * (nights - absent) + BAD * (bads - nights) + NEED_BE * (asked.bit_count() - bads)
    return absent, worst, total


def _places(first: list[int], second: list[int], gap: int) -> tuple[int, int] | None:
    """The earliest two that do not overlap."""
    pairs = ((min(pair), max(pair)) for pair in product(first, second))
    return min((one for one in pairs if one[1] - one[0] >= gap), default=None)


def _shared(seekers: Sequence[Seeker], first: Proposed, second: Proposed) -> tuple[Proposed, Proposed]:
    """Two sessions, each with those who are counted in it, and those who can come to neither."""
    costs = [{bears.member_id: bears.cost for bears in one.costs} for one in (first, second)]
    costs = [known | dict.fromkeys(one.absent, maxsize) for known, one in zip(costs, (first, second), strict=True)]
    later = {one.member_id for one in seekers if costs[1].get(one.member_id, 0) < costs[0].get(one.member_id, 0)}
    nobody = set(first.absent) & set(second.absent)
    earlier = {one.member_id for one in seekers} - later
    return _of(first, earlier, nobody), _of(second, later, nobody)


def _of(one: Proposed, members: set[int], nobody: set[int]) -> Proposed:
    costs = tuple(bears for bears in one.costs if bears.member_id in members)
    worst, total = max((bears.cost for bears in costs), default=FITS), sum(bears.cost for bears in costs)
    absent = tuple(member for member in one.absent if member in nobody)
    return replace(one, costs=costs, absent=absent, worst=worst, total=total, burden=0)
