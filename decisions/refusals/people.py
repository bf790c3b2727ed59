"""No: groups and their rooms, settings, affiliates, lists."""

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
