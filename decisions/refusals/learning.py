"""Refusals about lessons: filing them, using those of others, and changing them later."""

from dataclasses import dataclass

from decisions.refusal import Refusal, Who
from decisions.refusals.finding import UnknownReference


@dataclass(eq=False)
class UnknownLesson(UnknownReference):
    """There is no lesson of that id; or none that they may see, which is the same."""


@dataclass(eq=False)
class NamelessInPrivate(Refusal):
    """In a room everybody sees who says it."""

    example: str


@dataclass(eq=False)
class LessonWithdrawn(Refusal):
    ref: str


@dataclass(eq=False)
class YoursToTell(Refusal):
    """Only who filed it, and those who lead, may put it in other words or take it back."""

    ref: str
    who: Who


@dataclass(eq=False)
class ContextTooLong(Refusal):
    """`what` is how it is typed: `--region`."""

    what: str
    length: int
    limit: int


@dataclass(eq=False)
class QuestionOver(Refusal):
    """The question that a button answers was answered, or let go."""


@dataclass(eq=False)
class AmendmentNeeded(Refusal):
    """It was not said what a lesson is to say."""

    example: str
