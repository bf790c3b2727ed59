"""No: what is more than one member may ask for."""

from dataclasses import dataclass

from decisions.refusal import Refusal


@dataclass(eq=False)
class TooManyCommands(Refusal):
    """More than one account may ask for in a minute; `seconds` until it may go on."""

    limit: int
    seconds: int


@dataclass(eq=False)
class TooManyPresses(Refusal):
    limit: int
    seconds: int


@dataclass(eq=False)
class TooManyNotes(Refusal):
    limit: int
    seconds: int


@dataclass(eq=False)
class TooManyOpen(Refusal):
    """One member has as many polls open or scheduled in one room as fit; `refs` are those."""

    limit: int
    refs: tuple[str, ...]
    example: str
