"""Bearing: who was at a meeting at a bad hour of theirs, written down when it is over."""

from datetime import datetime
from zoneinfo import ZoneInfo

from decisions import hours
from decisions.model import Attendance, Borne, Group, Meeting, Member, Person
from storage.work import Work


def keep(work: Work, meeting: Meeting, group: Group, now: datetime) -> None:
    """Write down each member who was there, and what it cost them, on the clocks of their own zone."""
    began = meeting.started_at or meeting.starts_at or now
    for one in work.all(Attendance, meeting_id=meeting.id, here=True):
        person = work.the(Person, id=work.the(Member, id=one.member_id).person_id)
        local = began.astimezone(ZoneInfo(person.zone or group.zone))
        cost = hours.cost(local.hour)
        if cost:
            work.put(Borne(meeting_id=meeting.id, member_id=one.member_id, local=f"{local:%H:%M}", cost=cost, at=began))
