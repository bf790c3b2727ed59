"""Refusals about meetings: finding a time, holding one, what is noted, and what is to be done."""

from dataclasses import dataclass

from decisions.refusal import Refusal, Who, Word


@dataclass(eq=False)
class NoMeeting(Refusal):
    """None is meant, and there is none that could be."""


@dataclass(eq=False)
class MeetingNotSo(Refusal):
    """It is not where it would have to be for that: `stage` is the key of where it is."""

    ref: str
    stage: str


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
