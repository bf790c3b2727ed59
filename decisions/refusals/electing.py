"""No: whose voices count - electorates and their rolls, late additions, proxies."""

from dataclasses import dataclass

from decisions.refusal import Refusal, Who

# -- electorates ------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NoRepresentatives(Refusal):
    """A roll of affiliates, none of which has a representative or an alternate."""

    example: str


@dataclass(eq=False)
class EmptyRoll(Refusal):
    """A roll on which nobody would be."""

    given: str


@dataclass(eq=False)
class TooNarrow(Refusal):
    """More affiliates or regions are asked for than are on the roll."""

    affiliates: int
    regions: int
    there: int
    from_regions: int


@dataclass(eq=False)
class NothingPasses(Refusal):
    """A double majority of a method by which nothing passes."""

    template: str


@dataclass(eq=False)
class SameTwice(Refusal):
    """A double majority of affiliates and affiliates."""


@dataclass(eq=False)
class NativeIsPlain(Refusal):
    """A platform's own poll knows neither affiliates nor weights."""


@dataclass(eq=False)
class SeatLost(Refusal):
    """They were a voice of an affiliate when the roll was made, and are none now."""

    ref: str


# -- late additions ---------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NoRoll(Refusal):
    """There is none: the electorate is open."""

    ref: str


@dataclass(eq=False)
class NotSeated(Refusal):
    """Where an affiliate has one ballot, only those who speak for one come on the roll."""

    name: str
    ref: str
    example: str


@dataclass(eq=False)
class SecondNeeded(Refusal):
    """A late addition needs two facilitators, and there is one."""

    example: str


# -- proxies ----------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class OwnProxy(Refusal):
    pass


@dataclass(eq=False)
class NoProxies(Refusal):
    """Where an affiliate has one ballot, its alternates stand in."""

    ref: str


@dataclass(eq=False)
class ProxyCannotVote(Refusal):
    """The proxy is an observer, or not in the electorate."""

    name: str


@dataclass(eq=False)
class ProxyHasProxy(Refusal):
    """No chains: the one who is named has named somebody in turn."""

    name: str


@dataclass(eq=False)
class IsProxy(Refusal):
    """No chains: who would name one is one for others."""

    who: Who
    example: str


@dataclass(eq=False)
class NoProxy(Refusal):
    """There is none to take back."""


@dataclass(eq=False)
class NotTheirProxy(Refusal):
    name: str
