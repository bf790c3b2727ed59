"""Which act may follow which status, as one table: what is absent is refused."""

from datetime import datetime
from enum import StrEnum

from decisions.model import Poll, Status
from decisions.refusals import PollClosed, PollNotOpen, PollStillOpen, PollWithdrawn, Refusal


class Act(StrEnum):
    """What can be done with a poll."""

    OPEN = "open"
    CAST = "cast"
    CONCERN = "concern"
    AMEND = "amend"
    EXTEND = "extend"
    REMIND = "remind"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    STATE = "state"
    REVIEW = "review"


NEXT: dict[Status, dict[Act, Status]] = {
    Status.SCHEDULED: {
        Act.OPEN: Status.OPEN,
        Act.CONCERN: Status.SCHEDULED,
        Act.AMEND: Status.SCHEDULED,
        Act.EXTEND: Status.SCHEDULED,
        Act.WITHDRAW: Status.WITHDRAWN,
    },
    Status.OPEN: {
        Act.CAST: Status.OPEN,
        Act.CONCERN: Status.OPEN,
        Act.AMEND: Status.OPEN,
        Act.EXTEND: Status.OPEN,
        Act.REMIND: Status.OPEN,
        Act.CLOSE: Status.CLOSED,
        Act.WITHDRAW: Status.WITHDRAWN,
    },
    Status.CLOSED: {
        Act.STATE: Status.CLOSED,
        Act.REVIEW: Status.CLOSED,
    },
    Status.WITHDRAWN: {},
}


def after(poll: Poll, act: Act, now: datetime) -> Status:
    """Return the status that follows, or raise the refusal that says why it may not.

    A poll past its deadline is as good as closed, even in the moment before the clock has closed it.
    """
    following = NEXT[poll.status].get(act)
    if following is None:
        raise _refused(poll)
    if poll.status is Status.OPEN and act is not Act.CLOSE and now >= poll.closes_at:
        raise PollClosed(poll.ref, poll.closes_at)
    return following


def _refused(poll: Poll) -> Refusal:
    match poll.status:
        case Status.SCHEDULED:
            return PollNotOpen(poll.ref, poll.opens_at)
        case Status.OPEN:
            return PollStillOpen(poll.ref)
        case Status.CLOSED:
            return PollClosed(poll.ref, poll.closed_at or poll.closes_at)
        case Status.WITHDRAWN:
            return PollWithdrawn(poll.ref)
