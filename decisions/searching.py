"""Searching: what can be found, and what is asked for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What the words are that something is found by."""

    PROPOSAL = "proposal"
    """The words that are decided on, with the options."""
    STATEMENT = "statement"
    """What facilitators say came of it."""
    REASON = "reason"
    DISCUSSION = "discussion"
    CONCERN = "concern"
    REVIEW = "review"
    MEETING = "meeting"
    MINUTES = "minutes"
    ACTION = "action"
    LESSON = "lesson"
    REUSE = "reuse"
    """What another group says that used a lesson."""


HEADING = (Kind.PROPOSAL, Kind.MEETING, Kind.ACTION, Kind.LESSON)
"""Those whose words are what the thing itself is called by."""

SHORTEST = 2
"""One letter alone is in everything."""

LONGEST = 300
MOST_WORDS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked for. All of it must hold; what is empty asks for nothing."""

    words: str = ""
    """Each of them, in any of its forms."""
    phrases: tuple[str, ...] = ()
    """Each to the letter."""
    by: str = ""
    """Whoever goes by this name."""
    mine: frozenset[int] = frozenset()
    """These members: where one asks for what oneself said."""
    affiliate: str = ""
    group: str = ""
    """A part of the group's name, or its number."""
    kinds: frozenset[Kind] = frozenset()
    decided: bool = False
    """Only polls that came to a decision."""
    outcomes: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def says_something(self) -> bool:
        """Whether there are words, and not filters alone."""
        return bool(self.words or self.phrases)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for at all."""
        return self == Query()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What an account has searched for last, so that it can turn the page."""

    platform: str
    user: str
    number: int
    """Which of its searches it is: a button of another one is over."""
    words: str
    group_id: int | None
    """The group in whose room it was asked; None: in private."""
    page: int
    """The last that was shown."""
    at: datetime
