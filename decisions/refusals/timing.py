"""No: a time that cannot be looked for, named, answered or taken."""

from dataclasses import dataclass
from datetime import datetime

from decisions.refusal import Refusal, Word


@dataclass(eq=False)
class NoTopic(Refusal):
    """A meeting was called without a title."""

    example: str


@dataclass(eq=False)
class BadLength(Refusal):
    """No meeting can be so short or so long."""

    given: str
    least: int
    most: int


@dataclass(eq=False)
class UnknownDays(Refusal):
    """It does not say which days are meant."""

    given: str
    example: str


@dataclass(eq=False)
class UnsureDays(Refusal):
    """It may mean these days or those."""

    given: str
    first: str
    second: str


@dataclass(eq=False)
class DaysOver(Refusal):
    """The days that are meant are over."""

    given: str


@dataclass(eq=False)
class TooManyDays(Refusal):
    given: str
    limit: int


@dataclass(eq=False)
class BadEvery(Refusal):
    """A meeting comes again after one, two or four weeks."""

    given: str
    ways: tuple[str, ...]


@dataclass(eq=False)
class BadSlots(Refusal):
    """As many times as that cannot be proposed."""

    given: str
    limit: int


@dataclass(eq=False)
class PlaceTooLong(Refusal):
    length: int
    limit: int


@dataclass(eq=False)
class TooManyMeetings(Refusal):
    """A group has as many meetings to come as fit."""

    limit: int
    example: str


@dataclass(eq=False)
class NoSlots(Refusal):
    """There is no time at all in those days."""

    example: str


@dataclass(eq=False)
class GapTime(Refusal):
    """Clocks go forward, and leave that time out: what there is instead."""

    given: str
    zone: str
    instead: datetime


@dataclass(eq=False)
class NoTimeOfDay(Refusal):
    """A day alone was named where a time is needed."""

    given: str
    instead: str


@dataclass(eq=False)
class UntilTooLate(Refusal):
    """People would be asked for longer than up to the first of the times."""

    until: datetime
    first: datetime


@dataclass(eq=False)
class SlotTwice(Refusal):
    ref: str
    number: int


@dataclass(eq=False)
class TooManySlots(Refusal):
    limit: int


@dataclass(eq=False)
class LastSlot(Refusal):
    """It is the only one that is left."""

    ref: str


@dataclass(eq=False)
class NoSlotsYet(Refusal):
    """There are none to choose among."""

    ref: str
    example: str


@dataclass(eq=False)
class UnknownSlot(Refusal):
    given: str
    ref: str
    known: tuple[str, ...]


@dataclass(eq=False)
class NotAsked(Refusal):
    """They are not among those who are asked: an observer, or in none of the group's rooms."""

    ref: str


@dataclass(eq=False)
class SlotOver(Refusal):
    """It has passed, and cannot be chosen any more."""

    number: int
    at: datetime


@dataclass(eq=False)
class BadMarks(Refusal):
    """What was typed says of no slot how it suits."""

    given: str
    example: str


@dataclass(eq=False)
class MarkedTwice(Refusal):
    """One slot was answered in two ways."""

    number: int
    marks: tuple[Word, ...]


@dataclass(eq=False)
class NoTwins(Refusal):
    """No two times were found that would serve everybody between them."""

    ref: str


@dataclass(eq=False)
class BothMeetFirst(Refusal):
    """A decision of twin sessions stays open until both have met."""

    ref: str
    other: str
    at: datetime
