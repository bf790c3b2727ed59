"""Invitations: what members answer to a meeting whose time is set, and what a new time makes of their answers."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from decisions import meetings, wording
from decisions.change import Change
from decisions.model import Coming, Meeting, Member, Rsvp, Stage
from decisions.polls import check_ahead
from decisions.refusals import EmptyTitle, MeetingNotSo


def answer(meeting: Meeting, before: Rsvp | None, coming: Coming, *, by: Member, now: datetime) -> Change:
    """A member says whether they come. Said twice, it is said once."""
    check_set(meeting)
    if before is not None and before.coming is coming:
        return Change()
    said = Rsvp(meeting_id=meeting.id, member_id=by.id, coming=coming, at=now)
    return Change(puts=(said, replace(meeting, version=meeting.version + 1)))


def move(
    meeting: Meeting, wall: str, starts_at: datetime, answers: Iterable[Rsvp], *, by: Member, now: datetime
) -> Change:
    """Another time. Answers were to the earlier one: they go, and everybody is asked anew."""
    check_set(meeting)
    check_ahead(starts_at, now)
    if starts_at == meeting.starts_at:
        return Change()
    moved = meetings.set_time(meeting, wall, starts_at, by=by.id, now=now)
    return replace(moved, drops=tuple(answers))


def reword(meeting: Meeting, heading: str, text: str, place: str | None = None, *, by: Member) -> Change:
    """Other words for what is to come: what is empty stays as it was, but for the place, which stays where it is None.
    Raises EmptyTitle where nothing is said."""
    if meeting.stage not in (Stage.ASKED, Stage.SET):
        raise MeetingNotSo(meeting.ref, meetings.STANDS[meeting.stage])
    named, said = wording.title(heading), wording.body(text)
    if not named and not said and place is None:
        raise EmptyTitle(f"amend {meeting.ref} …")
    words = {"title": named or meeting.title, "text": said or meeting.text}
    return meetings.reword(meeting, words | {"place": meeting.place if place is None else place}, by=by.id)


def cancel(meeting: Meeting, *, by: Member, whole_series: bool = False) -> Change:
    """Call it off; of a series this one alone, or with all that would follow."""
    return meetings.cancel(replace(meeting, every=0) if whole_series else meeting, by=by.id)


def check_set(meeting: Meeting) -> None:
    """Refuse a meeting that is not to come at a known time."""
    if meeting.stage is not Stage.SET:
        raise MeetingNotSo(meeting.ref, meetings.STANDS[meeting.stage])
