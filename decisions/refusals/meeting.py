"""Refusals about meetings: finding a time, holding one, what is noted, and what is to be done."""

from dataclasses import dataclass
from datetime import datetime

from decisions.refusal import Refusal, Who, Word
from decisions.refusals.finding import UnknownReference


@dataclass(eq=False)
class NoMeeting(Refusal):
    """None is meant, and there is none that could be."""


@dataclass(eq=False)
class MeetingNotSo(Refusal):
    """It is not where it would have to be for that: `stage` is the key of where it is."""

    ref: str
    stage: str


# -- coming -----------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NoAnswer(Refusal):
    """It is neither yes nor maybe nor no."""

    example: str


# -- holding one ------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NoneRuns(Refusal):
    """It is said in a meeting, and none runs."""


@dataclass(eq=False)
class AlreadyRuns(Refusal):
    """A group has one meeting at a time."""

    ref: str
    title: str


@dataclass(eq=False)
class OnlyChairs(Refusal):
    """It is for those who lead the meeting."""

    chairs: Who


@dataclass(eq=False)
class ObserversAgreeNothing(Refusal):
    """What was agreed is noted by those who decide."""


@dataclass(eq=False)
class NothingNoted(Refusal):
    """A tag has no words behind it."""

    tag: str


@dataclass(eq=False)
class NoteTooLong(Refusal):
    length: int
    limit: int


@dataclass(eq=False)
class TooManyTags(Refusal):
    """More in one message than is taken at once."""

    given: int
    limit: int


@dataclass(eq=False)
class TagRefused(Refusal):
    """Of several tags in a message one cannot be, so that none is; `why` says it in the reader's language."""

    line: int
    given: str
    why: str


@dataclass(eq=False)
class CommandAmongTags(Refusal):
    """A command stands among tags: it would be overlooked."""

    given: str


@dataclass(eq=False)
class NothingToUndo(Refusal):
    """Nothing in the meeting was noted by them that could be undone."""


@dataclass(eq=False)
class NobodyWaits(Refusal):
    """Nobody asked for the word."""


@dataclass(eq=False)
class NoSuchItem(Refusal):
    """The agenda has no item of that number."""

    given: str


@dataclass(eq=False)
class UnsureTime(Refusal):
    """What was typed for a time may mean any of these, or it is not sure that it means the one."""

    words: str
    readings: tuple[datetime, ...]


@dataclass(eq=False)
class DoubtOver(Refusal):
    """It was asked which time was meant, and cannot be said any more."""


@dataclass(eq=False)
class UnknownWeek(Refusal):
    """They are no hours of a week."""

    given: str


@dataclass(eq=False)
class NoFeedAddress(Refusal):
    """It is no address of a calendar that anybody may look up."""


@dataclass(eq=False)
class NoCalendar(Refusal):
    """What was pasted cannot be read as a calendar."""


@dataclass(eq=False)
class NoMinutes(Refusal):
    """Nothing was held yet of which there could be minutes; `ref` is the meeting that was asked for, or empty."""

    ref: str


@dataclass(eq=False)
class UnknownForm(Refusal):
    """Minutes are not written in this form."""

    given: str
    forms: tuple[str, ...]


@dataclass(eq=False)
class NothingToCorrect(Refusal):
    """There is no such note in that meeting."""

    ref: str
    number: int


@dataclass(eq=False)
class CorrectionNeeded(Refusal):
    """What is right was not said."""

    example: str


@dataclass(eq=False)
class StillRunning(Refusal):
    """While a meeting runs, its notes are taken back, not corrected."""

    ref: str


@dataclass(eq=False)
class OnlyThoseThere(Refusal):
    """A correction comes from who was there, or from a facilitator."""

    ref: str
    who: Who


@dataclass(eq=False)
class UnknownMeeting(UnknownReference):
    """There is no meeting of that id."""


@dataclass(eq=False)
class UnknownAction(UnknownReference):
    """There is no action item of that id."""


@dataclass(eq=False)
class NotInTheRooms(Refusal):
    """Whoever has left all rooms of a group begins nothing in it, and is not told what was said since."""

    group: str


@dataclass(eq=False)
class ActionNeeded(Refusal):
    """It was not said what is to be done; `like`: the key of an example."""

    like: Word


@dataclass(eq=False)
class ActionNotSo(Refusal):
    """It is not where it would have to be for that: `stands` is the key of where it is."""

    ref: str
    stands: Word


@dataclass(eq=False)
class ReasonToDropNeeded(Refusal):
    """An action is dropped for a reason."""

    ref: str


@dataclass(eq=False)
class YoursToDo(Refusal):
    """Only its owners, who made it, and those who lead may say what became of it."""

    ref: str
    who: Who


@dataclass(eq=False)
class NoDayRead(Refusal):
    """No day could be read in what was typed, or none that is sure."""

    given: str
