"""Refusals about meetings: finding a time, holding one, what is noted, and what is to be done."""

from dataclasses import dataclass

from decisions.refusal import Refusal


@dataclass(eq=False)
class NoMeeting(Refusal):
    """None is meant, and there is none that could be."""


@dataclass(eq=False)
class MeetingNotSo(Refusal):
    """It is not where it would have to be for that: `stage` is the key of where it is."""

    ref: str
    stage: str


@dataclass(eq=False)
class NoAnswer(Refusal):
    """It is neither yes nor maybe nor no."""

    example: str
