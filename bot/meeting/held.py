"""Held: a meeting that runs - who may start and end it, and what the clock does about one that nobody ends."""

from datetime import datetime

from decisions.model import Meeting
from storage.work import Work


def due(work: Work, meeting: Meeting, now: datetime) -> None:
    """It has run for so long that nobody will end it."""
