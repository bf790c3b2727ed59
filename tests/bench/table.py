"""The table that the bench prints: each figure, its floor, their ratio, and the goal."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import median, quantiles

WIDTH = 58
FEWEST = 6


@dataclass(frozen=True, slots=True)
class Goal:
    """What the ratio is to be at least; or at most, where less is better."""

    ratio: float
    at_most: bool = False

    def __str__(self) -> str:
        return f"{'<=' if self.at_most else '>='} {self.ratio:.2f}"

    def met(self, ratio: float) -> bool:
        return ratio <= self.ratio if self.at_most else ratio >= self.ratio


@dataclass(frozen=True, slots=True)
class Round:
    """What one round came to, and its floor at that time: how many a second, or how long."""

    ours: float
    floor: float


@dataclass(frozen=True, slots=True)
class Figure:
    """Medians over the rounds; `between` are the quartiles of the ratio."""

    what: str
    ours: float
    floor: float
    ratio: float
    between: tuple[float, float]
    goal: Goal | None

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return ""
        return f"{self.goal}  {'met' if self.goal.met(self.ratio) else 'not met'}"


def rounds(seconds: float) -> Iterator[int]:
    """Counts rounds until the time is up, but as many as it takes to speak of quartiles."""
    begin = time.monotonic()
    for number in count():
        if number >= FEWEST and time.monotonic() - begin > seconds:
            return
        yield number


def quickest(run: Sequence[Round]) -> list[Round]:
    """The half of the rounds in which the floor was highest. Where something else holds up the disk, the commit is all
    that counts on both sides, and the ratio flatters whoever does more beside it."""
    return sorted(run, key=lambda one: one.floor)[len(run) // 2 :]


def figure(what: str, run: Sequence[Round], goal: Goal | None = None) -> Figure:
    """What came of the rounds. The ratio is the median of theirs: each was run within one moment of the machine."""
    ratios = [one.ours / one.floor for one in run]
    low, _, high = quantiles(ratios, n=4)
    ours, floor = median(one.ours for one in run), median(one.floor for one in run)
    return Figure(what, ours, floor, median(ratios), (low, high), goal)


def told(heading: str, figures: Sequence[Figure]) -> str:
    """The figures as lines of text; the heading says what they count."""
    head = f"{heading:{WIDTH}} {'ours':>7} {'floor':>7} {'ratio':>6}  {'quartiles':11}  goal"
    return "\n".join([head, *(_line(one) for one in figures), ""])


def _line(one: Figure) -> str:
    between = f"{one.between[0]:.2f} - {one.between[1]:.2f}"
    return f"{one.what:{WIDTH}} {_short(one.ours):>7} {_short(one.floor):>7} {one.ratio:6.2f}  {between:11}  {one.verdict}".rstrip()


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}"
