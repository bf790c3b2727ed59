"""Cards: what is shown to people, on whatever platform - paragraphs, buttons, pictures, polls of the platform's own."""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Button:
    """`press` comes back in a Request as it is: at most 50 bytes of ASCII. With a `url`, it opens that instead."""

    label: str
    press: str = ""
    url: str = ""
    alone: bool = False
    """It leads to the private chat with us, and the press is made there; only what looks or asks may be."""
    message: tuple[str, str] = ("", "")
    """It leads to this message, as (chat, message), and presses nothing; left out where a platform has no links."""
    sign: str = ""
    """The stance that it stands for (`agree`), where it stands for one: platforms without buttons show a sign for it."""


Rows = tuple[tuple[Button, ...], ...]


def pressable(rows: Rows) -> Rows:
    """The buttons that can be pressed where they are: all that a platform without links can show."""
    kept = (tuple(one for one in row if one.press and not one.alone) for row in rows)
    return tuple(row for row in kept if row)


def addresses(rows: Rows) -> tuple[str, ...]:
    """What buttons open elsewhere, as lines: for platforms that have no buttons."""
    return tuple(f"{one.label}: {one.url}" for row in rows for one in row if one.url)


class Style(StrEnum):
    """What a part of a card is; how it looks is the platform's own."""

    TITLE = "title"
    WORDS = "words"
    """Words of people: never taken for markup."""
    LINE = "line"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of a card, as plain text of one or several lines."""

    style: Style
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A card as the platform's own poll: people choose up to `most` of the options."""

    text: str
    options: tuple[str, ...]
    most: int = 1
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as PNG. `alt` says the same in words; the card's text says it too where a platform has no place for that."""

    name: str
    png: bytes = field(repr=False)
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown in a room or a private chat: paragraphs, and rows of buttons under them."""

    parts: tuple[Part, ...]
    buttons: Rows = ()
    language: str = "en"
    silent: bool = False
    """Nobody needs to be woken for it."""
    lasting: bool = False
    """It should be easy to find again for as long as this is so: a room may pin it."""
    replied: bool = False
    """It asks for a reply."""
    question: Question | None = None
    """To be shown as the platform's own poll; only where its abilities say that it has any."""
    picture: Image | None = None
    """Shown above the text; only where the platform's abilities say that it can. What is edited later is the text."""

    @property
    def text(self) -> str:
        """The whole as plain text."""
        return "\n".join(part.text for part in self.parts)
