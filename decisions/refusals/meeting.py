"""Refusals about meetings: finding a time, holding one, what is noted, and what is to be done."""

from dataclasses import dataclass

from decisions.refusal import Refusal, Who, Word


@dataclass(frozen=True)
class NoMeeting(Refusal):
    """None is meant, and there is none that could be."""


@dataclass(frozen=True)
class MeetingNotSo(Refusal):
    """It is not where it would have to be for that: `stage` is the key of where it is."""

    ref: str
    stage: str


@dataclass(frozen=True)
class NoMinutes(Refusal):
    """Nothing was held yet of which there could be minutes; `ref` is the meeting that was asked for, or empty."""

    ref: str


@dataclass(frozen=True)
class UnknownForm(Refusal):
    """Minutes are not written in this form."""

    given: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class NothingToCorrect(Refusal):
    """There is no such note in that meeting."""

    ref: str
    number: int


@dataclass(frozen=True)
class CorrectionNeeded(Refusal):
    """What is right was not said."""

    example: str


@dataclass(frozen=True)
class StillRunning(Refusal):
    """While a meeting runs, its notes are taken back, not corrected."""

    ref: str


@dataclass(frozen=True)
class OnlyThoseThere(Refusal):
    """A correction comes from who was there, or from a facilitator."""

    ref: str
    who: Who


@dataclass(frozen=True)
class ActionNeeded(Refusal):
    """It was not said what is to be done; `like`: the key of an example."""

    like: Word


@dataclass(frozen=True)
class ActionNotSo(Refusal):
    """It is not where it would have to be for that: `stands` is the key of where it is."""

    ref: str
    stands: Word


@dataclass(frozen=True)
class ReasonToDropNeeded(Refusal):
    """An action is dropped for a reason."""

    ref: str


@dataclass(frozen=True)
class YoursToDo(Refusal):
    """Only its owners, who made it, and those who lead may say what became of it."""

    ref: str
    who: Who


@dataclass(frozen=True)
class NoDayRead(Refusal):
    """No day could be read in what was typed, or none that is sure."""

    given: str
