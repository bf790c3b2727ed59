"""No to a search."""

from dataclasses import dataclass

from decisions.refusal import Refusal


@dataclass(eq=False)
class SearchTooShort(Refusal):
    """One letter is in everything."""

    given: str


@dataclass(eq=False)
class SearchTooLong(Refusal):
    """More letters or words than anybody looks for."""

    letters: int
    words: int


@dataclass(eq=False)
class UnknownFilter(Refusal):
    """What stands behind a filter is nothing that it knows."""

    name: str
    given: str
    known: tuple[str, ...]


@dataclass(eq=False)
class SearchOver(Refusal):
    """The pages of another search, or of one long ago."""
