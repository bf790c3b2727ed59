"""What is due when: deadlines are columns of a poll, and this is how they are read."""

from datetime import datetime, timedelta

from decisions.lifecycle import Act
from decisions.model import Poll, Status

REMIND_HOURS = 24
LATE = timedelta(minutes=10)
"""A close later than this after its deadline is called late: the process was down."""


def next_due(poll: Poll) -> datetime | None:
    """When the clock has to look at this poll next; None: never."""
    match poll.status:
        case Status.SCHEDULED:
            return poll.opens_at
        case Status.OPEN:
            return min(poll.closes_at, poll.remind_at or poll.closes_at)
        case Status.CLOSED:
            return None if poll.review_asked else poll.review_at
        case Status.WITHDRAWN:
            return None


def due_act(poll: Poll, now: datetime) -> Act | None:
    """What the clock has to do with this poll now. A reminder after the deadline would come too late to be one."""
    if poll.status is Status.SCHEDULED and poll.opens_at <= now:
        return Act.OPEN
    if poll.status is Status.OPEN and poll.closes_at <= now:
        return Act.CLOSE
    if poll.status is Status.OPEN and poll.remind_at is not None and poll.remind_at <= now:
        return Act.REMIND
    if poll.status is Status.CLOSED and not poll.review_asked and poll.review_at is not None and poll.review_at <= now:
        return Act.REVIEW
    return None


def remind_at(opens_at: datetime, closes_at: datetime, hours: int = REMIND_HOURS) -> datetime | None:
    """So many hours before the close, or never; a poll that lasts no longer than that needs no reminder."""
    at = closes_at - timedelta(hours=hours)
    return at if hours and at > opens_at else None


def closed_late(poll: Poll) -> bool:
    """Whether the close came noticeably after its deadline."""
    return poll.closed_at is not None and poll.closed_at - poll.closes_at > LATE
