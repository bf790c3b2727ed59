"""Merging in meetings: two people turn out to be one, and so are their answers, attendance, actions and hours."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from decisions import linking_meetings as rules
from decisions.change import Change
from decisions.model import Attendance, Borne, Busy, Feed, Hours, Meeting, Member, Owner, Person, Rsvp, Suits
from storage.work import Work


def one_person(work: Work, lives: Person, shell: Person) -> None:
    """When they can is what the one who goes on has said; the other's, where they have said nothing."""
    known = work.get(Hours, person_id=lives.id)
    for hours in work.all(Hours, person_id=shell.id):
        work.drop(hours)
        work.put(*(() if known else (replace(hours, person_id=lives.id),)))
    has_calendar = work.get(Feed, person_id=lives.id) is not None
    for feed in work.all(Feed, person_id=shell.id):
        work.drop(feed)
        work.put(*(() if has_calendar else (replace(feed, person_id=lives.id),)))
    busy = work.all(Busy, person_id=shell.id)
    if has_calendar:
        work.drop(*busy)
    else:
        work.put(*(replace(one, person_id=lives.id) for one in busy))


def one_member(work: Work, into: Member, gone: Member, now: datetime) -> None:
    """In a group that has both: all that they said to meetings, and were given to do, is of the one who goes on."""
    said = [one.meeting_id for one in work.all(Suits, member_id=gone.id)]
    said += [one.meeting_id for one in work.all(Rsvp, member_id=gone.id)]
    for change in [*_answers(work, into, gone), *_record(work, into, gone)]:
        work.apply(change, into.group_id, now)
    for one in dict.fromkeys(said):
        meeting = work.the(Meeting, id=one)
        work.put(replace(meeting, version=meeting.version + 1))


def _answers(work: Work, into: Member, gone: Member) -> Iterable[Change]:
    for suits in work.all(Suits, member_id=gone.id):
        mine = work.get(Suits, meeting_id=suits.meeting_id, slot=suits.slot, member_id=into.id)
        yield rules.one_answer(mine, suits, into.id)
    for rsvp in work.all(Rsvp, member_id=gone.id):
        before = work.get(Rsvp, meeting_id=rsvp.meeting_id, member_id=into.id)
        yield rules.one_answer(before, rsvp, into.id)


def _record(work: Work, into: Member, gone: Member) -> Iterable[Change]:
    for there in work.all(Attendance, member_id=gone.id):
        mine = work.get(Attendance, meeting_id=there.meeting_id, member_id=into.id)
        yield rules.one_attendance(mine, there, into.id)
    for owner in work.all(Owner, member_id=gone.id):
        yield rules.one_owner(work.get(Owner, action_id=owner.action_id, member_id=into.id), owner, into.id)
    for borne in work.all(Borne, member_id=gone.id):
        yield rules.one_burden(work.get(Borne, meeting_id=borne.meeting_id, member_id=into.id), borne, into.id)
