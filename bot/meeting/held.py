"""Held: a meeting that runs - who may start and end it, and what the clock does about one that nobody ends."""

from datetime import datetime

from bot import notices
from bot.meeting import actions, agenda, bearing, series, there, twins
from bot.meeting.posts import in_rooms
from bot.reader import short
from bot.turn import Standing, Turn
from decisions import meetings
from decisions.model import Group, Meeting, PostKind
from decisions.refusals import AlreadyRuns, NoneRuns, OnlyChairs, Who
from storage import finding
from storage.work import Work

SHOWN = 20
"""How many items of the agenda are told when it begins."""


def running(work: Work, group_id: int) -> Meeting | None:
    """The meeting that runs in a group now."""
    group = work.the(Group, id=group_id)
    return work.the(Meeting, id=group.running) if group.running else None


def the_running(turn: Turn, standing: Standing) -> Meeting:
    """The same, where there is one. Raises NoneRuns."""
    found = running(turn.work, standing.group.id)
    if found is None:
        raise NoneRuns
    return found


def check_none_runs(work: Work, group_id: int) -> None:
    """Refuse a second meeting beside one that runs, and name that one."""
    found = running(work, group_id)
    if found is not None:
        raise AlreadyRuns(found.ref, found.title)


def leads(turn: Turn, standing: Standing, meeting: Meeting) -> bool:
    """Whether this is a chair of the meeting or a facilitator."""
    return turn.facilitates(standing) or any(turn.is_(standing, one) for one in there.chairs(turn.work, meeting))


def check_leads(turn: Turn, standing: Standing, meeting: Meeting) -> None:
    """Refuse everyone but the chairs and the facilitators, and say who they are."""
    if not leads(turn, standing, meeting):
        raise OnlyChairs(Who(there.chairs(turn.work, meeting) or turn.facilitators(standing)))


def start(work: Work, meeting: Meeting, by: int, now: datetime) -> None:
    """Let it begin, led by whoever says so, and tell every room what that means."""
    check_none_runs(work, meeting.group_id)
    group = work.the(Group, id=meeting.group_id)
    work.apply(meetings.start(meeting, group, by=by, now=now), group.id, now)
    there.come(work, meeting, by, by=by, now=now)
    there.set_chair(work, meeting, by, True, now)
    agenda.adopt(work, meeting)
    twins.begun(work, work.the(Meeting, id=meeting.id), now, by=by)
    items = "\n".join(
        f"{number}. {short(one.text)}" for number, one in enumerate(agenda.items(work, meeting)[:SHOWN], 1)
    )
    name = finding.named(work, [by])[by][0]
    for room in finding.rooms(work, group.id):
        key = "notice-meeting-begins-agenda" if items else "notice-meeting-begins"
        notices.tell_room(work, room, key, meeting.ref, meeting.title, name, *([items] if items else []))


def end(work: Work, meeting: Meeting, by: int | None, now: datetime) -> None:
    """Let it be over: who bore a bad hour is written down, and the rooms are given the minutes."""
    there.excuse(work, meeting, now)
    twins.over(work, meeting, now)
    group = work.the(Group, id=meeting.group_id)
    actions.read_again(work, meeting, now)
    work.apply(meetings.end(meeting, group, by=by, now=now), group.id, now)
    bearing.keep(work, meeting, group, now)
    in_rooms(work, meeting, PostKind.MINUTES)
    series.next_of(work, work.the(Meeting, id=meeting.id), now)


def due(work: Work, meeting: Meeting, now: datetime) -> None:
    """It has run for so long that nobody will end it."""
    if meeting.started_at is None or now < meeting.started_at + meetings.LONGEST:
        return
    end(work, meeting, None, now)
    for room in finding.rooms(work, meeting.group_id):
        notices.tell_room(work, room, "notice-meeting-forgotten", meeting.ref, meeting.title)
