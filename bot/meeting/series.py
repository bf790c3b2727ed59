"""Series: when one meeting of a series is over, the next one is made."""

from datetime import datetime

from decisions.model import Meeting
from storage.work import Work


def next_of(work: Work, meeting: Meeting, now: datetime) -> None:
    """Make and announce the next meeting of the series that this one belongs to, if it belongs to one."""
