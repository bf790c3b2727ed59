"""Series: when one meeting of a series is over, the next one is made, at the same hour on the clocks of its zone."""

from dataclasses import replace
from datetime import datetime

from bot import notices
from bot.meeting import calling, invited, seeking
from decisions import meetings, walls
from decisions.model import Group, Meeting, Stage
from storage.work import Work


def next_of(work: Work, meeting: Meeting, now: datetime) -> None:
    """Make and announce the next meeting of the series that this one belongs to, if it belongs to one that goes on."""
    if not meeting.every or meeting.starts_at is None or _followed(work, meeting):
        return
    wall, starts_at = _next_time(meeting, now)
    new = calling.like(work, meeting, "next", now, series=meeting.series or meeting.id, stage=Stage.SET)
    new = replace(new, wall=wall, starts_at=starts_at, twin=_twin(work, meeting, new))
    new = replace(new, wake_at=meetings.next_wake(new, now))
    work.apply(meetings.call(new, by=None), new.group_id, now)
    made = work.the(Meeting, id=new.id)
    _tell_shifted(work, meeting.starts_at, made)
    invited.announce(work, made, now)


def _next_time(meeting: Meeting, now: datetime) -> tuple[str, datetime]:
    """So many days on, at the same wall time; what we slept through is left out."""
    wall = meeting.wall
    while (starts_at := walls.next_instant_of(wall := walls.later(wall, meeting.every), meeting.zone)) <= now:
        pass
    return wall, starts_at


def _followed(work: Work, meeting: Meeting) -> bool:
    """Whether there is a later one already."""
    kin = work.all(Meeting, group_id=meeting.group_id, series=meeting.series or meeting.id)
    return any(one.number > meeting.number for one in kin)


def _twin(work: Work, meeting: Meeting, new: Meeting) -> int:
    """Of twin sessions that come again: the other's next one, if it was made already; it is told of this one."""
    other = work.get(Meeting, id=meeting.twin) if meeting.twin else None
    if other is None:
        return 0
    kin = work.all(Meeting, group_id=meeting.group_id, series=other.series or other.id)
    later = [one for one in kin if one.number > other.number and one.stage is Stage.SET and not one.twin]
    if later:
        work.put(replace(later[0], twin=new.id, version=later[0].version + 1))
    return later[0].id if later else 0


def _tell_shifted(work: Work, before: datetime, new: Meeting) -> None:
    """Tell those on whose clocks it comes at another hour than the last time, once."""
    group, after = work.the(Group, id=new.group_id), new.starts_at or before
    zones = {member.id: (member, person.zone or group.zone) for member, person in seeking.asked(work, group)}
    for shift in walls.shifts(before, after, ((one, zone) for one, (_, zone) in zones.items())):
        member, zone = zones[shift.member_id]
        since = walls.wall_of(after, zone).partition("T")[0]
        notices.tell_member(work, member, "notice-shifted", new.ref, new.title, since, shift.after, shift.before)
