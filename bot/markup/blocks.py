"""Blocks: what a text to read is made of, as plain words, which each kind of markup writes in its own way."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a block is to the eye."""

    TITLE = auto()
    HEADING = auto()
    STRONG = auto()
    LINE = auto()
    QUOTE = auto()
    """People's own words, which may have several lines."""
    TABLE = auto()
    """`rows`, the head first."""
    LIST = auto()
    """`text` is what stands above it, if anything does; the cells of a row stand one after another."""
    LINK = auto()
    """`text` leads to `address`."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Words that lead somewhere; where the address is empty or of another kind than the web's, they are words alone."""

    text: str
    address: str


Part = str | Linked


@dataclass(frozen=True, slots=True)
class Block:
    """One block. Nothing in it is markup yet, and all of it is as untrusted as what people type."""

    kind: Kind
    text: str
    rows: Sequence[tuple[Part, ...]] = ()
    address: str = ""

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        match self.kind:
            case Kind.TABLE:
                return len(self.rows) > 1
            case Kind.LIST:
                return bool(self.rows)
            case Kind.LINK:
                return bool(self.text and self.address)
        return bool(self.text)
