"""No: what leaves as a file."""

from dataclasses import dataclass

from decisions.refusal import Refusal


@dataclass(eq=False)
class UnknownFormat(Refusal):
    """The record is not written in this form."""

    given: str
    forms: tuple[str, ...]


@dataclass(eq=False)
class UnknownKind(Refusal):
    """There is nothing of this kind in a record."""

    given: str
    kinds: tuple[str, ...]


@dataclass(eq=False)
class BadPeriod(Refusal):
    """This is no day, month or year."""

    given: str


@dataclass(eq=False)
class PeriodBackwards(Refusal):
    """It would end before it begins."""

    since: str
    until: str


@dataclass(eq=False)
class ExportTooLarge(Refusal):
    """It would be a larger file than can be handed to anybody."""


@dataclass(eq=False)
class OnlyInTheRoom(Refusal):
    """What goes to a room is asked for in that room."""
