"""What a poll is counted by, who may vote in it, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Result(StrEnum):
    """How a poll came out."""

    PASSED = "passed"
    NOT_PASSED = "not passed"
    BLOCKED = "blocked"
    NO_QUORUM = "no quorum"
    WITHDRAWN = "withdrawn"
    CHOSEN = "chosen"


class Electorate(StrEnum):
    """Who may vote: whoever is in the group's rooms when they vote, or a roll fixed when the poll opens."""

    OPEN = "open"
    ROLL = "roll"


class Base(StrEnum):
    """What a threshold is a part of: the marks cast without abstentions, or the whole electorate."""

    CAST = "cast"
    ELECTORATE = "electorate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a poll is counted by. A quorum is a number of people, or a part of the electorate."""

    quorum: int | Fraction | None = None
    threshold: Fraction = Fraction(1, 2)
    beyond: bool = True
    """More than the threshold is needed; False: exactly the threshold is enough."""
    base: Base = Base.CAST
    least: int = 1
    most: int = 1
    """How many options a ballot may mark, at least and at most."""
    points: int = 0
    """`score`: the highest mark an option can get. `dots`: the dots a person can hand out."""
    by_affiliate: bool = False
    """One ballot an affiliate: the last that its representative or an alternate cast."""
    weighted: bool = False
    """A ballot weighs what its voter's line of the roll says."""
    double: bool = False
    """It has to pass twice: counted by people, and by affiliates."""
    affiliates: int = 0
    regions: int = 0
    """Breadth: how many affiliates and regions must take part, besides the quorum."""

    @property
    def fixed(self) -> bool:
        """Whether they ask who people speak for, which only a roll fixes."""
        return self.by_affiliate or self.weighted or self.double or bool(self.affiliates or self.regions)


ADDED_RULES = ("by_affiliate", "weighted", "double", "affiliates", "regions")
"""The rules that came later: left out of what is kept and sealed where they say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was decided, with all that is needed to say why in one sentence."""

    result: Result
    counts: Mapping[str, int]
    chosen: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    turnout: int = 0
    base: int = 0
    needed: int | None = None
    """The quorum in people, if there was one."""
    by_affiliates: Mapping[str, int] = field(default_factory=dict)
    """Double majority: the same count by affiliates."""
    heard: tuple[int, int] | None = None
    """Where breadth was asked for: how many affiliates and regions took part."""
    unheard: tuple[int, ...] = ()
    """The affiliates in the electorate of which nobody took part."""
    proxies: tuple[tuple[int, int], ...] = ()
    """(member, proxy): for whom a proxy's ballot counted too."""


ADDED_TO_OUTCOME = ("by_affiliates", "heard", "unheard", "proxies")
"""What of an outcome came later: left out of what is kept and sealed where it says nothing."""
