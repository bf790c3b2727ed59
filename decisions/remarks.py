"""Remarks: what people say about a poll - in answer to it, or in its thread - said in other words, and taken back."""

from dataclasses import replace
from datetime import datetime

from decisions import seals
from decisions.change import Change
from decisions.events import RemarkMade, RemarkTakenBack
from decisions.model import Member, Poll, Remark, Status
from decisions.wording import clean

LONGEST = 20_000
"""Characters of a remark that are kept: it is talk, which is never refused."""

EXACT = 10
"""Up to so many, a card tells how many there are."""


def make(
    poll: Poll, *, remark_id: int, by: Member, text: str, origin: str, now: datetime, salt: str, before: int
) -> Change:
    """Keep what was said about a poll, of which so much was said before; nothing where it is withdrawn, or nothing was
    said."""
    said = _words(text)
    if poll.status is Status.WITHDRAWN or not said:
        return Change()
    remark = Remark(
        id=remark_id, group_id=poll.group_id, poll_id=poll.id, by=by.id, text=said, at=now, origin=origin, salt=salt,
        seal="",
    )  # fmt: skip
    return _kept(remark, _seen(poll, before, before + 1))


def reword(remark: Remark, text: str) -> Change:
    """The same remark in other words, as its author edited it."""
    said = _words(text)
    return Change() if said in ("", remark.text) else _kept(replace(remark, text=said), ())


def take_back(poll: Poll, remark: Remark, *, by: int | None, before: int) -> Change:
    """It was deleted, or is no longer to be kept; the journal keeps only that there was something. `by` None: by somebody
    who looks after the room."""
    event = RemarkTakenBack(by=by, poll=poll.id, remark=remark.id)
    return Change(puts=_seen(poll, before, before - 1), drops=(remark,), events=(event,))


def told(count: int) -> int:
    """How many remarks a card tells of: of more than a few only a round number, so that it need not be edited each time."""
    if count <= EXACT:
        return count
    step = EXACT if count <= EXACT**2 else EXACT**2
    return (count - 1) // step * step


def _words(text: str) -> str:
    return clean(text[:LONGEST])


def _kept(unsealed: Remark, polls: tuple[Poll, ...]) -> Change:
    remark = replace(unsealed, seal=seals.of_remark(unsealed))
    event = RemarkMade(by=remark.by, poll=remark.poll_id, remark=remark.id, seal=remark.seal)
    return Change(puts=(remark, *polls), events=(event,))


def _seen(poll: Poll, before: int, after: int) -> tuple[Poll, ...]:
    """The poll with a new version, where its card reads otherwise by now."""
    exact = before <= EXACT or after <= EXACT
    changed = told(before) != told(after) or (exact and before != after)
    return (replace(poll, version=poll.version + 1),) if changed else ()
