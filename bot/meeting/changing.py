"""Changing: a meeting that was announced is moved or called off, and everybody is told so once."""

from dataclasses import replace
from datetime import datetime

from bot.meeting import calling, guests, invited, posts, series, telling, twins
from decisions import invitations
from decisions.model import Meeting, Member, Post, PostKind, Rsvp, Stage
from storage import finding
from storage.work import Work


def move(work: Work, meeting: Meeting, wall: str, starts_at: datetime, *, by: Member, now: datetime) -> bool:
    """Another time; whether it is another one. Whoever moves it is told by the answer."""
    answers = work.all(Rsvp, meeting_id=meeting.id)
    change = invitations.move(meeting, wall, starts_at, answers, by=by, now=now)
    if not change or meeting.starts_at is None:
        return False
    work.apply(change, meeting.group_id, now)
    telling.take_back(work, meeting, *telling.REMINDERS)
    moved = work.the(Meeting, id=meeting.id)
    twins.keep_open(work, moved, now, by=by)
    known = invited.invite(work, moved, now)
    telling.moved(work, moved, [one for one in known if one != by.id], meeting.starts_at, now)
    posts.sooner(work, moved)
    return True


def reword(
    work: Work, meeting: Meeting, heading: str, text: str, place: str | None = None, *, by: Member, now: datetime
) -> bool:
    """Another title, text or place; whether it is another one. Cards and invitations show it, and nobody is woken."""
    change = invitations.reword(meeting, heading, text, place, by=by)
    work.apply(change, meeting.group_id, now)
    if change:
        posted = work.all(Post, meeting_id=meeting.id, kind=PostKind.INVITE)
        invited.show_again(work, guests.of_those_there(work, meeting.group_id, posted))
    return bool(change)


def cancel(work: Work, meeting: Meeting, why: str, *, by: Member, now: datetime, whole_series: bool = False) -> None:
    """Call it off. Of a series the next one is made, unless all of it is called off."""
    work.apply(invitations.cancel(meeting, by=by, whole_series=whole_series), meeting.group_id, now)
    telling.take_back(work, meeting, telling.SET, telling.MOVED, *telling.REMINDERS)
    posted = work.all(Post, meeting_id=meeting.id, kind=PostKind.INVITE)
    work.put(*(replace(one, live=False) for one in posted if telling.waits(one)))
    asked = guests.of_those_there(work, meeting.group_id, (one for one in posted if not telling.waits(one)))
    invited.show_again(work, asked)
    calling.show_slots_again(work, meeting)
    if meeting.stage is Stage.SET:
        told = [one for one in _members(work, meeting, asked) if one != by.id]
        telling.to_members(work, meeting, told, now, telling.CANCELLED, why)
    telling.in_rooms(work, meeting, telling.CANCELLED, why)
    series.next_of(work, work.the(Meeting, id=meeting.id), now)


def _members(work: Work, meeting: Meeting, asked: list[Post]) -> list[int]:
    """The members who were asked."""
    persons = {one.person_id: one.id for one in work.all(Member, group_id=meeting.group_id)}
    found = (finding.person_of(work, one.platform, one.user) for one in asked)
    return [persons[one.id] for one in found if one is not None and one.id in persons]
