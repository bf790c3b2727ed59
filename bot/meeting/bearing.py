"""Bearing: who was at a meeting at a bad hour of theirs, written down when it is over."""

from datetime import datetime, timedelta

from decisions import fairness
from decisions.model import Attendance, Group, Hours, Meeting, Member, Person
from storage.work import Work


def keep(work: Work, meeting: Meeting, group: Group, now: datetime) -> None:
    """Write down each member who was there at a bad hour, and what it cost them, on the clocks of their own zone.

    It counts for as long as it was planned: whoever stays longer does so of their own will.
    """
    began, lasts = meeting.started_at or meeting.starts_at or now, timedelta(minutes=meeting.minutes)
    for one in work.all(Attendance, meeting_id=meeting.id, here=True):
        person = work.the(Person, id=work.the(Member, id=one.member_id).person_id)
        hours = work.get(Hours, person_id=person.id)
        week = fairness.week_of(hours.ranges) if hours else None
        line = fairness.borne(meeting.id, one.member_id, person.zone or group.zone, week, began, lasts)
        if line is not None:
            work.put(line)
