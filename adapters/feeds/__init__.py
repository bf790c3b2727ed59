"""Feeds: calendars that people keep elsewhere, fetched and read for when they are busy, and for nothing else."""

from datetime import datetime
from enum import StrEnum

Spans = tuple[tuple[datetime, datetime], ...]
"""From when until when somebody is busy, in order, none touching another."""

MOST_BYTES = 1024 * 1024
PATIENCE = 10.0
"""Seconds that fetching may take; reading too."""


class Why(StrEnum):
    """Why nothing came of it."""

    ADDRESS = "address"
    """It is none, or leads nowhere where anybody may look."""
    ANSWER = "answer"
    """Nobody answered, or not with a calendar."""
    LARGE = "large"
    SLOW = "slow"
    CALENDAR = "calendar"
    """What came is no calendar, or one that cannot be read in time."""


class Unread(Exception):  # noqa: N818
    """It could not be fetched or read."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
