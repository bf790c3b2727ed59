"""Twins: where no single time serves everybody, two sessions that do; what is put in one stays open until both have met."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot import notices, steps
from bot.meeting import calling, exact, invited, seeking, spans
from bot.reader import reader_for
from decisions import fairness, meetings, slots
from decisions.model import Group, Meeting, Member, Person, Poll, Slot, Stage, Status
from decisions.refusals import BothMeetFirst
from decisions.slots import Proposed
from storage import finding
from storage.work import Work

AGAIN = timedelta(days=7)
"""How many days two times are looked for in, where nobody could come to one."""

SOONEST = timedelta(days=1)
"""How much time people have before the first of them."""

TO_COME = (Stage.ASKED, Stage.SET)
MET = (Stage.RUNNING, Stage.ENDED)


# -- two times --------------------------------------------------------------------------------------------------------


def serves_all(proposed: Proposed) -> bool:
    """Whether everybody can come, and nobody in the depth of the night."""
    return not proposed.absent and proposed.worst < fairness.NIGHT


def found_for(work: Work, meeting: Meeting, now: datetime) -> tuple[datetime, datetime] | None:
    """Two times between which everybody has one that serves, on the days of the times that are asked about, or, where
    these have begun, in those to come. None: there are none. Asked again it finds the same, until something changes."""
    begin, end = _window(work, meeting, now)
    circle = seeking.circle(work, work.the(Group, id=meeting.group_id), begin, end)
    found = slots.twins(circle.seekers, begin, end, lasts=timedelta(minutes=meeting.minutes))
    return None if found is None else (found[0].starts_at, found[1].starts_at)


def _window(work: Work, meeting: Meeting, now: datetime) -> tuple[datetime, datetime]:
    days = [date.fromisoformat(one.wall.partition("T")[0]) for one in work.all(Slot, meeting_id=meeting.id)]
    if days:
        begin = max(spans.start(min(days), meeting.zone), meeting.made_at + calling.AHEAD)
        end = spans.start(max(days) + timedelta(days=1), meeting.zone)
        if begin > now:
            return begin, end
    return now + SOONEST, now + SOONEST + AGAIN


def offer(work: Work, meeting: Meeting, now: datetime) -> None:
    """Ask whoever called it, privately, whether it shall be two sessions; where there are none, tell them what they can do."""
    caller = work.the(Member, id=finding.living(work, meeting.by))
    found = found_for(work, meeting, now)
    if found is None:
        return notices.tell_member(work, caller, "notice-no-slot-caller", meeting.ref, meeting.title)
    person, group = work.the(Person, id=caller.person_id), work.the(Group, id=meeting.group_id)
    reader = reader_for(person, group)
    said = [reader.at(one) for one in found]
    return notices.tell_member(work, caller, "notice-twins", meeting.ref, meeting.title, *said, press(meeting, found))


def press(meeting: Meeting, times: tuple[datetime, datetime]) -> str:
    """What a button presses that makes two sessions of a meeting: which times are meant stands in it."""
    return f"m{meeting.id}:twins={'.'.join(str(int(one.timestamp()) // 60) for one in times)}"


def split(work: Work, meeting: Meeting, times: tuple[datetime, datetime], now: datetime, *, by: int) -> Meeting:
    """Make two sessions of a meeting, both with their time; the other one, which is new."""
    first, second = (exact.on_clocks(one, meeting.zone) for one in sorted(times))
    other = calling.like(work, meeting, "twin", now, twin=meeting.id, series=0)
    other = replace(other, series=other.id if other.every else 0)
    work.apply(meetings.call(other, by=by), meeting.group_id, now)
    work.put(replace(meeting, twin=other.id))
    for one, moment in ((meeting, first), (other, second)):
        kept = work.the(Meeting, id=one.id)
        work.apply(meetings.set_time(kept, moment.wall, moment.at, by=by, now=now), meeting.group_id, now)
    calling.show_slots_again(work, meeting)
    for one in (meeting, other):
        invited.announce(work, work.the(Meeting, id=one.id), now)
    return work.the(Meeting, id=other.id)


# -- what is decided between them -------------------------------------------------------------------------------------


def until(work: Work, group: Group, closes_at: datetime, *, said: bool) -> datetime:
    """When something that is put now closes: not before both of the twin sessions are over; where no time was `said`, then."""
    running = work.get(Meeting, id=group.running) if group.running else None
    other = running and _other(work, running)
    if other is None or other.starts_at is None or other.stage not in TO_COME:
        return closes_at
    both = other.starts_at + 2 * timedelta(minutes=other.minutes)
    return max(closes_at, both) if said else both


def keep_open(work: Work, moved: Meeting, now: datetime, *, by: Member) -> None:
    """Of twin sessions one has moved: what was put in the other stays open until this one is over, too."""
    if moved.starts_at is not None:
        _keep_open(work, moved, moved.starts_at + 2 * timedelta(minutes=moved.minutes), now, by=by)


def begun(work: Work, session: Meeting, now: datetime, *, by: int) -> None:
    """Of twin sessions one begins: what was put in the other stays open until this one is over, however long that is."""
    _keep_open(work, session, now + meetings.LONGEST, now, by=work.the(Member, id=by))


def over(work: Work, session: Meeting, now: datetime) -> None:
    """A session is about to end: what was put in the other one, and was kept open for this one alone, is closed."""
    other = _other(work, session)
    if other is None or other.stage is not Stage.ENDED or session.started_at is None:
        return
    for poll in work.all(Poll, group_id=session.group_id, status=Status.OPEN):
        if _put_in(poll, other) and poll.closes_at == session.started_at + meetings.LONGEST:
            steps.close_poll(work, poll, now, by=None)


def _keep_open(work: Work, session: Meeting, least: datetime, now: datetime, *, by: Member) -> None:
    other = _other(work, session)
    for poll in work.all(Poll, group_id=session.group_id, status=Status.OPEN) if other else ():
        if other and _put_in(poll, other) and poll.closes_at < least:
            steps.extend_poll(work, poll, least, now, by=by)


def check_both_met(work: Work, poll: Poll) -> None:
    """Refuse to close what was put in a session, as long as the other one has not met."""
    sessions = [one for stage in MET for one in work.all(Meeting, group_id=poll.group_id, stage=stage)]
    for session in sessions:
        other = _other(work, session) if _put_in(poll, session) else None
        if other is not None and other.starts_at is not None and other.stage in TO_COME:
            raise BothMeetFirst(poll.ref, other.ref, other.starts_at)


def _put_in(poll: Poll, session: Meeting) -> bool:
    if not session.twin or session.started_at is None:
        return False
    return session.started_at <= poll.made_at and (session.ended_at is None or poll.made_at <= session.ended_at)


def _other(work: Work, session: Meeting) -> Meeting | None:
    return work.get(Meeting, id=session.twin) if session.twin else None
