"""A leaf: one page of a group's decision log, in its reader's language already; all in it is plain words, and no markup."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from adapters.web.blocks import Badge, Link, Section, To

# -- what is asked for ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a browser asks for."""

    group: int | None = None
    """None: the list of groups that anyone may read."""
    name: str = ""
    """`D-12`, `decisions`; empty: the group's first page."""
    page: int = 1
    words: str = ""
    """What is searched for."""
    language: str = ""
    """As the address says it."""
    languages: str = ""
    """As the browser says it."""
    key: str = ""
    """What lets in where a log is not for everyone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody was let in: the key that their browser keeps, for which part of the site, and how long."""

    group: int
    key: str
    path: str
    seconds: int
    secure: bool


class Log(Protocol):
    """What the server asks the bot. None: there is nothing, or not for them, which looks the same."""

    async def leaf(self, asking: Asking) -> "Leaf | None":
        """A page."""

    async def enter(self, token: str) -> Entry | None:
        """Whom a link lets in."""

    async def feed(self, asking: Asking, token: str) -> "Feed | None":
        """What is new in a group, for everyone or (with a token) for a member."""

    async def calendar(self, asking: Asking) -> str | None:
        """The meetings of a group that is open to everyone, as iCalendar."""


# -- pages ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page."""

    language: str
    direction: str
    says: Mapping[str, str]
    """The texts that stand around: key -> text."""
    name: str
    """As in `Asking`; empty: the first page of its group, or the list of groups."""
    part: str = ""
    """The part of the log that it belongs to, as `decisions`."""
    group: str
    """What the group is called; empty: the list of groups."""
    spoken: str
    """The language of the group, in which most of what people wrote will be."""
    kicker: str = ""
    """What stands above the title."""
    title: str
    badge: Badge | None = None
    parts: tuple[Link, ...] = ()
    """The parts of the log."""
    sections: tuple[Section, ...]
    searched: str | None = None
    """What was searched for, on the page that does; None: any other page."""
    before: Link | None = None
    after: Link | None = None
    """The pages next to this one."""
    languages: tuple[Link, ...] = ()
    asked: str = ""
    """The language that was asked for in the address; links keep it."""
    feed: To | str | None = None
    calendar: To | str | None = None
    notes: tuple[str, ...] = ()
    """What stands at the foot."""
    private: bool = True
    """Whether it is for members alone."""
    can_search: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """Something new, as feeds tell it."""

    uid: str
    title: str
    text: str
    to: To
    at: str
    """ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What is new in a group."""

    language: str
    title: str
    uid: str
    home: str
    """Where the group's pages are, with a slash at its end; empty: in the same folder."""
    at: str
    news: tuple[New, ...]
    private: bool = True
