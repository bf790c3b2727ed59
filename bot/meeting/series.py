"""Series: when one meeting of a series is over, the next one is made, at the same hour on the clocks of its zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import notices
from bot.meeting import calling, exact, invited, seeking
from decisions import meetings
from decisions.model import Group, Meeting, Stage
from storage.work import Work

CLOCK = "%H:%M"


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
    """So many days on, at the same wall time; what we slept through is left out. A time that the clocks leave out is as
    much later as they go forward, and the wall time stays what it was."""
    zone = ZoneInfo(meeting.zone)
    local = datetime.fromisoformat(meeting.wall)
    while (local := local + timedelta(days=meeting.every)).replace(tzinfo=zone).astimezone(UTC) <= now:
        pass
    return local.strftime(exact.WALL), local.replace(tzinfo=zone).astimezone(UTC)


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
    after = new.starts_at or before
    group = work.the(Group, id=new.group_id)
    for member, person in seeking.asked(work, group):
        zone = ZoneInfo(person.zone or group.zone)
        was, is_ = (one.astimezone(zone).strftime(CLOCK) for one in (before, after))
        if was != is_:
            said = (new.ref, new.title, after.astimezone(zone).date().isoformat(), is_, was)
            notices.tell_member(work, member, "notice-shifted", *said)
