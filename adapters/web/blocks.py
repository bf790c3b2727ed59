"""Blocks: what a page of the log is made of; all in them is plain words, and no markup."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

# -- words ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class To:
    """A place in the log: the page of that name, of this group or another."""

    name: str = ""
    group: int | None = None
    page: int = 1
    words: str = ""
    language: str = ""


class Tone(StrEnum):
    """How something looks, besides what it says."""

    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Badge:
    """How it stands, in a word or two."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: into the log, or to an address (http, https) elsewhere."""

    text: str
    to: To | str


@dataclass(frozen=True, slots=True)
class Time:
    """An instant: as its reader says it, and as ISO 8601."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class Code:
    """Signs that are compared, and mean nothing."""

    code: str


Fact = str | Link | Time | Code
"""One thing that is known."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of an excerpt; `hit`: it is what was searched for."""

    text: str
    hit: bool = False


# -- blocks -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """What people wrote, of several lines."""

    kind: ClassVar[str] = "words"
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences of ours."""

    kind: ClassVar[str] = "lines"
    lines: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of it: term and what stands for it, by rows."""

    kind: ClassVar[str] = "facts"
    rows: tuple[tuple[str, tuple[Fact, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing in a list, with the way to its page."""

    ref: str
    title: str
    to: To
    badge: Badge | None = None
    lines: tuple[str, ...] = ()
    time: Time | None = None
    marked: tuple[Span, ...] = ()
    """The title, with what was searched for marked in it."""
    excerpt: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list of things that have pages."""

    kind: ClassVar[str] = "items"
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What somebody said."""

    name: str
    text: str
    badge: Badge | None = None
    time: Time | None = None
    address: str = ""
    """Of the message in which they did."""
    place: str = ""
    """What it is called: `C-3`."""
    answers: tuple["Quote", ...] = ()


@dataclass(frozen=True, slots=True)
class Quotes:
    """What people said, in order. `message`: what leads to the message is called."""

    kind: ClassVar[str] = "quotes"
    quotes: tuple[Quote, ...]
    message: str = ""


@dataclass(frozen=True, slots=True)
class Bullet:
    """One point of a list."""

    text: str
    to: To | str | None = None
    beneath: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short points."""

    kind: ClassVar[str] = "bullets"
    bullets: tuple[Bullet, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what a row is, a number, and words."""

    kind: ClassVar[str] = "table"
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of ours, as SVG; whoever draws it sees to it that nothing in it is markup of others'."""

    kind: ClassVar[str] = "picture"
    svg: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of words that were changed: `same`, `new` or `gone`."""

    text: str
    how: str = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A revision: what it changed of the one before."""

    title: str
    time: Time
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """How words came to be what they are, the last change first. `gone`, `new`: what both kinds of pieces are called."""

    kind: ClassVar[str] = "changes"
    changes: tuple[Change, ...]
    gone: str
    new: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing yet, and how that changes."""

    kind: ClassVar[str] = "nothing"
    text: str


Block = Words | Lines | Facts | Items | Quotes | Bullets | Table | Picture | Changes | Nothing


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading; without a heading, what stands first."""

    heading: str
    blocks: tuple[Block, ...]
    more: Link | None = None
    folded: bool = False
    """It is shown when it is asked for."""
    deeper: bool = False
