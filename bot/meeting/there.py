"""There: who is in a meeting, as it is kept - each member's attendance, and guests by name."""

from dataclasses import replace
from datetime import datetime

from decisions import attendance
from decisions.model import Attendance, Coming, Meeting, Rsvp
from storage.work import Work

MOST_AWAITED = 50
"""How many accounts that nobody knows yet may be named to lead a meeting."""


def known(work: Work, meeting: Meeting, member_id: int, now: datetime) -> Attendance:
    """What is known of a member in a meeting; nothing yet, at first."""
    found = work.get(Attendance, meeting_id=meeting.id, member_id=member_id)
    return found or Attendance(meeting_id=meeting.id, member_id=member_id, here=False, at=now)


def come(work: Work, meeting: Meeting, member_id: int, *, by: int, now: datetime) -> None:
    """They are there."""
    change = attendance.come(known(work, meeting, member_id, now), by=by, now=now)
    work.apply(change, meeting.group_id, now)


def heard(work: Work, meeting: Meeting, member_id: int, now: datetime) -> None:
    """They say something, so they are there, unless they said that they are not."""
    if not known(work, meeting, member_id, now).regrets:
        come(work, meeting, member_id, by=member_id, now=now)


def excuse(work: Work, meeting: Meeting, now: datetime) -> None:
    """At the end: whoever said beforehand that they could not come, and did not, sent regrets."""
    for one in work.all(Rsvp, meeting_id=meeting.id, coming=Coming.NO):
        absent = known(work, meeting, one.member_id, now)
        if not absent.here:
            work.apply(attendance.send_regrets(absent, by=one.member_id), meeting.group_id, now)


def chairs(work: Work, meeting: Meeting) -> tuple[int, ...]:
    """The ids of those who lead it."""
    return tuple(one.member_id for one in work.all(Attendance, meeting_id=meeting.id, chair=True))


def await_chair(work: Work, meeting: Meeting, account: str) -> None:
    """Let whoever speaks from this account lead it, as soon as they do: an account is nobody else's, as a name can be."""
    kept = work.the(Meeting, id=meeting.id)
    if account not in kept.awaited:
        work.put(replace(kept, awaited=(*kept.awaited, account)[-MOST_AWAITED:]))


def await_no_more(work: Work, meeting: Meeting, account: str) -> bool:
    """Whether the account was awaited; it is not any more."""
    kept = work.the(Meeting, id=meeting.id)
    if account not in kept.awaited:
        return False
    work.put(replace(kept, awaited=tuple(one for one in kept.awaited if one != account)))
    return True


def set_chair(work: Work, meeting: Meeting, member_id: int, chair: bool, now: datetime) -> None:
    """Let a member lead it, or lead it no longer."""
    work.put(replace(known(work, meeting, member_id, now), chair=chair))
