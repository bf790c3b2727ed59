"""Awaited: a meeting that is to come, as the clock sees it - its reminders, and that its time passes and nobody starts it."""

from datetime import datetime

from bot.meeting import guests, series, telling
from decisions import meetings
from decisions.model import Coming, Group, Meeting
from storage.work import Work

TO_REMIND: dict[str, tuple[Coming | None, ...]] = {
    telling.LATER: (Coming.YES, Coming.MAYBE, None),
    telling.NEAR: (Coming.YES, Coming.MAYBE),
}
"""Who is reminded how long before: a day before also whoever has not answered yet (None)."""

REMINDED = dict(zip(meetings.REMINDERS, telling.REMINDERS, strict=True))


def due(work: Work, meeting: Meeting, now: datetime) -> None:
    """A reminder is due, or the meeting is over."""
    over = meetings.ends_at(meeting)
    if over is not None and over <= now:
        _passed(work, meeting, now)
    elif (label := _reminder(meeting, now)) is not None:
        _remind(work, meeting, label, now)


def _reminder(meeting: Meeting, now: datetime) -> str | None:
    """Which reminder is due: of several that are, after we were not there, the last; none once it has begun."""
    begins, since = meeting.starts_at, meeting.wake_at
    if begins is None or since is None or begins <= now:
        return None
    missed = [before for before in REMINDED if since <= begins - before <= now]
    return REMINDED[min(missed)] if missed else None


def _remind(work: Work, meeting: Meeting, label: str, now: datetime) -> None:
    """Each who is asked, privately; the rooms with one line, just before it begins."""
    telling.take_back(work, meeting, *telling.REMINDERS)
    telling.to_members(work, meeting, guests.to_remind(work, meeting, TO_REMIND[label]), now, label)
    if label == telling.NEAR:
        telling.in_rooms(work, meeting, label)


def _passed(work: Work, meeting: Meeting, now: datetime) -> None:
    """Its time is over, and nobody started it."""
    group = work.the(Group, id=meeting.group_id)
    work.apply(meetings.end(meeting, group, by=None, now=now), group.id, now)
    series.next_of(work, work.the(Meeting, id=meeting.id), now)
