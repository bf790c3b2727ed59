"""A meeting's life: called, timed, moved, cancelled, started, ended; and when the clock has to look at it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from decisions import seals
from decisions.change import Change
from decisions.meeting_events import (
    MeetingCalled,
    MeetingCancelled,
    MeetingEnded,
    MeetingReworded,
    MeetingStarted,
    MeetingTimed,
)
from decisions.model import Group, Meeting, Stage
from decisions.refusals import MeetingNotSo, Word

MAY_FOLLOW: dict[Stage, tuple[Stage, ...]] = {
    Stage.ASKED: (Stage.SET, Stage.RUNNING, Stage.CANCELLED),
    Stage.SET: (Stage.ASKED, Stage.SET, Stage.RUNNING, Stage.ENDED, Stage.CANCELLED),
    Stage.RUNNING: (Stage.ENDED,),
    Stage.ENDED: (),
    Stage.CANCELLED: (),
}
"""Which stage may follow which. A meeting that was set and that nobody started ends when its time is over."""

STANDS: dict[Stage, Word] = {
    Stage.ASKED: Word("stage-asked"),
    Stage.SET: Word("stage-set"),
    Stage.RUNNING: Word("stage-running"),
    Stage.ENDED: Word("stage-ended"),
    Stage.CANCELLED: Word("stage-cancelled"),
}
"""How it is said where a meeting is."""

REMINDERS = (timedelta(hours=24), timedelta(minutes=15))
"""How long before a meeting people are reminded."""

ASKED_AGAIN = timedelta(hours=24)
"""How long before a time is taken those are reminded who have not said what suits them."""

LONGEST = timedelta(hours=12)
"""A meeting that runs longer was forgotten, and ends by itself."""


def call(meeting: Meeting, *, by: int | None) -> Change:
    """Make a meeting known; its seal is given here."""
    sealed = replace(meeting, seal=seals.of_meeting(meeting))
    events: tuple[Any, ...] = (MeetingCalled(by=by, meeting=sealed.id, seal=sealed.seal),)
    if sealed.starts_at is not None:
        events += (_timed(sealed, by),)
    return Change(puts=(sealed,), events=events)


def reword(meeting: Meeting, words: dict[str, Any], *, by: int | None) -> Change:
    """Let title, text, place or minutes be others."""
    changed = replace(meeting, **words)
    if changed == meeting:
        return Change()
    changed = replace(
        changed, seal=seals.of_meeting(changed), version=meeting.version + 1, sequence=meeting.sequence + 1
    )
    return Change(puts=(changed,), events=(MeetingReworded(by=by, meeting=meeting.id, seal=changed.seal),))


def set_time(meeting: Meeting, wall: str, starts_at: datetime, *, by: int | None, now: datetime) -> Change:
    """Set or move the time: `wall` on the clocks of the meeting's zone, `starts_at` the same as an instant."""
    _check(meeting, Stage.SET)
    sequence = meeting.sequence + (meeting.stage is Stage.SET)
    changed = _changed(meeting, Stage.SET, wall=wall, starts_at=starts_at, ask_until=None, sequence=sequence)
    return Change(puts=(replace(changed, wake_at=next_wake(changed, now)),), events=(_timed(changed, by),))


def cancel(meeting: Meeting, *, by: int | None) -> Change:
    """Call it off."""
    _check(meeting, Stage.CANCELLED)
    changed = _changed(meeting, Stage.CANCELLED, wake_at=None, sequence=meeting.sequence + 1)
    return Change(puts=(changed,), events=(MeetingCancelled(by=by, meeting=meeting.id),))


def start(meeting: Meeting, group: Group, *, by: int | None, now: datetime) -> Change:
    """Let it begin: from now on it is the one that runs in its group."""
    _check(meeting, Stage.RUNNING)
    starts_at = meeting.starts_at or now
    changed = _changed(meeting, Stage.RUNNING, started_at=now, starts_at=starts_at, wake_at=now + LONGEST)
    running = replace(group, running=meeting.id)
    return Change(puts=(changed, running), events=(MeetingStarted(by=by, meeting=meeting.id),))


def end(meeting: Meeting, group: Group, *, by: int | None, now: datetime) -> Change:
    """Let it be over."""
    _check(meeting, Stage.ENDED)
    changed = _changed(meeting, Stage.ENDED, ended_at=now, wake_at=None, awaited=())
    silent = (replace(group, running=0),) if group.running == meeting.id else ()
    return Change(puts=(changed, *silent), events=(MeetingEnded(by=by, meeting=meeting.id),))


def ends_at(meeting: Meeting) -> datetime | None:
    """When it is planned to end."""
    return meeting.starts_at and meeting.starts_at + timedelta(minutes=meeting.minutes)


def next_wake(meeting: Meeting, now: datetime) -> datetime | None:
    """When the clock next has something to do with it; None: never."""
    if meeting.stage is Stage.ASKED:
        again = asks_again(meeting)
        return again if again is not None and again > now else meeting.ask_until
    if meeting.stage is Stage.RUNNING and meeting.started_at:
        return meeting.started_at + LONGEST
    over = ends_at(meeting)
    if meeting.stage is not Stage.SET or meeting.starts_at is None or over is None:
        return None
    waits = (*(meeting.starts_at - before for before in REMINDERS), over)
    return min((one for one in waits if one > now), default=over)


def asks_again(meeting: Meeting) -> datetime | None:
    """When those are reminded who have not said what suits them; None: never, for people are asked no longer than that."""
    at = meeting.ask_until and meeting.ask_until - ASKED_AGAIN
    return at if at and at > meeting.made_at else None


def _timed(meeting: Meeting, by: int | None) -> MeetingTimed:
    return MeetingTimed(by=by, meeting=meeting.id, starts_at=meeting.starts_at.isoformat() if meeting.starts_at else "")


def _changed(meeting: Meeting, stage: Stage, **more: Any) -> Meeting:
    return replace(meeting, stage=stage, version=meeting.version + 1, **more)


def _check(meeting: Meeting, stage: Stage) -> None:
    if stage not in MAY_FOLLOW[meeting.stage]:
        raise MeetingNotSo(meeting.ref, STANDS[meeting.stage])
