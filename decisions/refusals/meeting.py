"""Refusals about meetings: finding a time, holding one, what is noted, and what is to be done."""

from dataclasses import dataclass
from datetime import datetime

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
class UnsureTime(Refusal):
    """What was typed for a time may mean any of these, or it is not sure that it means the one."""

    words: str
    readings: tuple[datetime, ...]


@dataclass(eq=False)
class DoubtOver(Refusal):
    """It was asked which time was meant, and cannot be said any more."""
