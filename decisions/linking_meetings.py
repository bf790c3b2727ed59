"""Linking: what two members who turn out to be one said to meetings, and where they were, becomes one too."""

from dataclasses import replace
from typing import TypeVar

from decisions.change import Change
from decisions.events import Event
from decisions.meeting_events import AttendanceNoted
from decisions.model import Attendance, Borne, Owner, Rsvp, Suits

Said = TypeVar("Said", Suits, Rsvp)


def one_answer(mine: Said | None, theirs: Said, into: int) -> Change:
    """The later answer stands."""
    if mine is not None and mine.at >= theirs.at:
        return Change(drops=(theirs,))
    return Change(puts=(replace(theirs, member_id=into),), drops=(theirs,))


def one_attendance(mine: Attendance | None, theirs: Attendance, into: int) -> Change:
    """They were there if either was; who waits for the word has waited since they first asked."""
    moved = replace(theirs, member_id=into)
    both = moved if mine is None else _both(mine, moved)
    events = tuple[Event, ...]()
    if theirs.here:
        events += (_noted(theirs, into, here=False),)
    if both.here and not (mine is not None and mine.here):
        events += (_noted(both, into, here=True),)
    return Change(puts=(both,), drops=(theirs,), events=events)


def _both(mine: Attendance, theirs: Attendance) -> Attendance:
    here = mine.here or theirs.here
    waiting = sorted((one for one in (mine, theirs) if one.queued_at), key=lambda one: str(one.queued_at))
    first = waiting[0] if waiting else mine
    return replace(
        mine,
        here=here,
        regrets=(mine.regrets or theirs.regrets) and not here,
        chair=mine.chair or theirs.chair,
        at=min(one.at for one in (mine, theirs) if one.here is here),
        queued_at=first.queued_at,
        queued_for=first.queued_for,
        spoken=mine.spoken + theirs.spoken,
    )


def one_owner(mine: Owner | None, theirs: Owner, into: int) -> Change:
    """It is theirs to do once."""
    return Change(puts=() if mine else (replace(theirs, member_id=into),), drops=(theirs,))


def one_burden(mine: Borne | None, theirs: Borne, into: int) -> Change:
    """They bore the hour once, at its worst."""
    worst = mine if mine is not None and mine.cost >= theirs.cost else replace(theirs, member_id=into)
    return Change(puts=(worst,), drops=(theirs,))


def _noted(one: Attendance, by: int, *, here: bool) -> AttendanceNoted:
    return AttendanceNoted(by=by, meeting=one.meeting_id, member=one.member_id, here=here)
