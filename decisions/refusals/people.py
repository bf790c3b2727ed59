"""No: groups and their rooms, affiliates, lists, rolls, proxies."""

from dataclasses import dataclass
from datetime import datetime

from decisions.refusal import Lines, Refusal, Who

# -- rooms ------------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class SayInTheRoom(Refusal):
    pass


@dataclass(eq=False)
class OnlyAdministrators(Refusal):
    pass


@dataclass(eq=False)
class WrongCode(Refusal):
    pass


@dataclass(eq=False)
class ExpiredCode(Refusal):
    pass


@dataclass(eq=False)
class UsedCode(Refusal):
    pass


@dataclass(eq=False)
class OwnCode(Refusal):
    """It was typed in a room of the group that it is for."""

    group: str


@dataclass(eq=False)
class TooManyTries(Refusal):
    until: datetime


@dataclass(eq=False)
class TwoGroups(Refusal):
    """The room belongs to a group with a record, or with rooms, of its own."""

    group: str


@dataclass(eq=False)
class NoRoomWaits(Refusal):
    pass


@dataclass(eq=False)
class SeveralRoomsWait(Refusal):
    rooms: tuple[str, ...]


@dataclass(eq=False)
class LastRoom(Refusal):
    open: tuple[str, ...]


@dataclass(eq=False)
class LastVotingRoom(Refusal):
    pass


@dataclass(eq=False)
class NoRoomLeft(Refusal):
    pass


@dataclass(eq=False)
class OnlyAnnounced(Refusal):
    """The room is told things, and nothing is done in it."""

    rooms: tuple[str, ...]


# -- settings ---------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class MembersPropose(Refusal):
    who: Who


@dataclass(eq=False)
class FacilitatorsPropose(Refusal):
    who: Who


@dataclass(eq=False)
class NotUsual(Refusal):
    """What was given stands for no way to decide."""

    given: str


@dataclass(eq=False)
class UnknownHours(Refusal):
    """No span of the day, as in 22:00-07:00."""

    given: str


@dataclass(eq=False)
class UnknownReminder(Refusal):
    given: str
    longest: int


# -- affiliates -------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class AffiliateLooksAlike(Refusal):
    """It would be taken for one that there is."""

    given: str
    existing: str


@dataclass(eq=False)
class NameTooLong(Refusal):
    """Of an affiliate, a region, a language or a list."""

    length: int
    limit: int


@dataclass(eq=False)
class BadWeight(Refusal):
    given: str
    most: int


@dataclass(eq=False)
class SpeaksAlready(Refusal):
    """Whoever speaks for one affiliate gives that up before they ask for another."""

    affiliate: str


@dataclass(eq=False)
class SeatNotAsked(Refusal):
    name: str


@dataclass(eq=False)
class NoSeat(Refusal):
    """They speak for nobody, so there is nothing to give up or to take."""

    name: str


# -- lists ------------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class UnknownList(Refusal):
    given: str
    known: tuple[str, ...]


@dataclass(eq=False)
class ListTooLarge(Refusal):
    """More bytes than we read."""

    most: int


@dataclass(eq=False)
class ListTooLong(Refusal):
    lines: int
    most: int


@dataclass(eq=False)
class EmptyList(Refusal):
    pass


@dataclass(eq=False)
class BadColumns(Refusal):
    given: tuple[str, ...]
    known: tuple[str, ...]


@dataclass(eq=False)
class BadLines(Refusal):
    """What is wrong with each line, and with how many more than are told."""

    lines: Lines
    more: int


@dataclass(eq=False)
class ListInUse(Refusal):
    name: str
    polls: tuple[str, ...]


# -- taking part ------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class UnknownMonth(Refusal):
    given: str


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
