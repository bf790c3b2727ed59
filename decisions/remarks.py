"""Remarks: what people say about a poll in answer to its card, said in other words, and taken back."""

from dataclasses import replace
from datetime import datetime

from decisions import seals
from decisions.change import Change
from decisions.events import RemarkMade, RemarkTakenBack
from decisions.model import Member, Poll, Remark, Status
from decisions.wording import reason

DISCUSSED = (Status.SCHEDULED, Status.OPEN)
"""When a poll is discussed; what is said under the card of one that is over is mere talk."""


def make(poll: Poll, *, remark_id: int, by: Member, text: str, origin: str, now: datetime, salt: str) -> Change:
    """Keep what was said under a poll's card; nothing where the poll is over, or nothing was said."""
    said = reason(text)
    if poll.status not in DISCUSSED or not said:
        return Change()
    remark = Remark(
        id=remark_id, group_id=poll.group_id, poll_id=poll.id, by=by.id, text=said, at=now, origin=origin, salt=salt,
        seal="",
    )  # fmt: skip
    return _kept(poll, remark)


def reword(poll: Poll, remark: Remark, text: str) -> Change:
    """The same remark in other words, as its author edited it."""
    said = reason(text)
    if poll.status not in DISCUSSED or said in ("", remark.text):
        return Change()
    return _kept(poll, replace(remark, text=said))


def take_back(poll: Poll, remark: Remark) -> Change:
    """The author deleted what they said; the journal keeps only that there was something."""
    event = RemarkTakenBack(by=remark.by, poll=poll.id, remark=remark.id)
    return Change(puts=(_seen(poll),), drops=(remark,), events=(event,))


def _kept(poll: Poll, unsealed: Remark) -> Change:
    remark = replace(unsealed, seal=seals.of_remark(unsealed))
    event = RemarkMade(by=remark.by, poll=poll.id, remark=remark.id, seal=remark.seal)
    return Change(puts=(remark, _seen(poll)), events=(event,))


def _seen(poll: Poll) -> Poll:
    return replace(poll, version=poll.version + 1)
