"""What the bot hands to the web server to show: texts in the reader's language already, and nothing that is not shown."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from adapters.web.leaf import Log


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What can be said of a time."""

    mark: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One of the times."""

    number: int
    clock: str
    mark: int | None
    """What its reader has said of it; None: nothing yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The times of a day, as it is in the zone that is shown."""

    name: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The times of a meeting, as one member sees them."""

    language: str
    direction: str
    says: Mapping[str, str]
    """The texts that stand around: key -> text."""
    title: str
    words: str
    """What people wrote about the meeting."""
    lines: tuple[str, ...]
    asked: bool
    """Whether anything can be answered."""
    choices: tuple[Choice, ...]
    days: tuple[Day, ...]
    zone: str
    zones: tuple[str, ...]
    """Some that its reader may want to see."""
    wrong: str
    """Why the zone that was asked for is not shown."""
    platform: str
    user: str
    """The account as which its reader answers."""
    press: str
    """What an answer begins with, as a press."""
    state: str
    """What was answered up to now, as a word that is another one after each change."""

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All times, in their order."""
        return tuple(slot for day in self.days for slot in day.slots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A page that says one thing."""

    language: str
    direction: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What the server asks the bot. Nothing is changed by asking; answers go the way of every press."""

    look: Callable[[str, str], Awaitable[Page | None]]
    """The page of a token, in a zone (empty: its reader's own); None: the token opens nothing."""
    feed: Callable[[str], Awaitable[str | None]]
    """The calendar of a token, as iCalendar; None: the token opens nothing."""
    notice: Callable[[str, str], Notice]
    """`notice(key, languages)`: what is said in place of a page, in one of the languages of a browser."""
    log: Log
    """The decision logs."""
    now: Callable[[], datetime]
    """The present instant, aware, in UTC."""
