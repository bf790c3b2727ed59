"""Proof of meetings: a group's meetings, notes and action items, held against what the journal told of them."""

from collections.abc import Iterator

from decisions import seals
from decisions.model import Action, Attendance, Group, Meeting, Note
from storage.comparing import presence, read, unmatched
from storage.faults import ADDED, CHANGED, MISSING, UNREADABLE, Fault, Spot
from storage.replay_meetings import ActionTold, MeetingsTold, MeetingTold, NoteTold
from storage.told import Mark
from storage.work import Work


def meetings_faults(work: Work, group: Group, told: MeetingsTold) -> Iterator[Fault]:
    """What is wrong with meetings, one after another, and then with action items."""
    kept = read(work, Meeting, "id", group_id=group.id)
    for key in sorted({*kept, *told.meetings}):
        one, said = kept.get(key), told.meetings.get(key)
        ref = f"M-{said.number if said else one.number if one else '?'}"
        if one is None or said is None:
            yield Spot(group.id, "broken-at-meeting", ref)(presence(kept, told.meetings, key))
        else:
            yield from _meeting(one, said, ref)
            yield from _attendance(work, one, said, ref)
            yield from _notes(work, one, told, ref)
    yield from _actions(work, group, told)


def _meeting(one: Meeting, told: MeetingTold, ref: str) -> Iterator[Fault]:
    spot = Spot(one.group_id, "broken-at-meeting", ref)
    made = Mark(told.made.seal, _by(one.by, told.made), one.made_at)
    holds = {
        "broken-number": one.number == told.number,
        CHANGED: one.seal == seals.of_meeting(one) == told.seal and made == told.made,
        "broken-meeting-time": one.starts_at == told.starts_at,
        "broken-stage": (one.stage, one.started_at, one.ended_at) == (told.stage, told.started_at, told.ended_at),
    }
    return (spot(key) for key, held in holds.items() if not held)


def _attendance(work: Work, meeting: Meeting, told: MeetingTold, ref: str) -> Iterator[Fault]:
    """Who was only heard of, and was never said to be there, need not be told of; nor kept, who turned out to be another."""
    kept = read(work, Attendance, "member_id", meeting_id=meeting.id)
    for member in sorted({*kept, *told.here}):
        spot = Spot(meeting.group_id, "broken-at-attendance", ref, member)
        one, here = kept.get(member), told.here.get(member)
        if one is None and (here or member in kept):
            yield spot(UNREADABLE if member in kept else MISSING)
        elif one is None:
            continue
        elif one.here != bool(here):
            yield spot(ADDED if here is None else CHANGED)


def _notes(work: Work, meeting: Meeting, told: MeetingsTold, ref: str) -> Iterator[Fault]:
    def holds(one: Note, mark: NoteTold) -> bool:
        made = Mark(mark.made.seal, _by(one.by, mark.made), one.at)
        return one.seal == seals.of_note(one) == mark.seal and (made, one.undone) == (mark.made, mark.undone)

    said = {key: one for key, one in told.notes.items() if one.meeting == meeting.id}
    for key, what in unmatched(read(work, Note, "id", meeting_id=meeting.id), said, holds):
        yield Spot(meeting.group_id, "broken-at-note", ref, key)(what)


def _actions(work: Work, group: Group, told: MeetingsTold) -> Iterator[Fault]:
    def holds(one: Action, mark: ActionTold) -> bool:
        made = Mark(mark.made.seal, _by(one.by, mark.made), one.made_at)
        closed = (one.status, (one.closed_by, one.closed_at)) == (mark.status, mark.closed)
        return (
            one.seal == seals.of_action(one) == mark.seal and (one.number, made) == (mark.number, mark.made) and closed
        )

    kept = read(work, Action, "id", group_id=group.id)
    for key, what in unmatched(kept, told.actions, holds):
        one, said = kept.get(key), told.actions.get(key)
        number = said.number if said else one.number if one else "?"
        yield Spot(group.id, "broken-at-action", f"A-{number}")(what)


def _by(member: int, told: Mark) -> int | None:
    """Whose act it was; a line that names nobody, as the clock's, leaves it open."""
    return None if told.by is None else member
