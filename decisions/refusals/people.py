"""No: groups and their rooms, people and their accounts, affiliates, rolls."""

from dataclasses import dataclass

from decisions.refusal import Lines, Refusal

# -- people and their accounts ----------------------------------------------------------------------------------------


@dataclass(eq=False)
class BallotSpent(Refusal):
    ref: str


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
