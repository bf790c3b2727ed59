"""Replay of meetings: what the lines of a group's journal say must be there of meetings, notes and actions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from decisions import meeting_events as events
from decisions.events import Event
from decisions.model import ActionStatus, Stage
from storage.told import Mark

Line = Mapping[str, Any]


@dataclass(slots=True)
class MeetingTold:
    """A meeting, as the journal knows it."""

    number: int
    made: Mark
    seal: str
    """Over its words as they are now."""
    stage: Stage = Stage.ASKED
    starts_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    here: dict[int, bool] = field(default_factory=dict)
    """By member."""


@dataclass(slots=True)
class NoteTold:
    """A note, as the journal knows it."""

    meeting: int
    made: Mark
    seal: str
    undone: bool = False


@dataclass(slots=True)
class ActionTold:
    """An action item, as the journal knows it."""

    number: int
    made: Mark
    seal: str
    status: ActionStatus = ActionStatus.OPEN
    closed: tuple[int | None, datetime | None] = (None, None)
    """By whom, and when."""


@dataclass(slots=True)
class MeetingsTold:
    """All that a group's journal knows of meetings, each by its id."""

    meetings: dict[int, MeetingTold] = field(default_factory=dict)
    notes: dict[int, NoteTold] = field(default_factory=dict)
    actions: dict[int, ActionTold] = field(default_factory=dict)


def _at(line: Line) -> datetime:
    return datetime.fromisoformat(line["at"])


def _mark(line: Line) -> Mark:
    return Mark(line["seal"], line["by"], _at(line))


def _meeting(group: MeetingsTold, line: Line) -> MeetingTold:
    return group.meetings[line["meeting"]]


def _called(group: MeetingsTold, line: Line) -> None:
    made = _mark(line)
    group.meetings[line["meeting"]] = MeetingTold(len(group.meetings) + 1, made, made.seal)


def _reworded(group: MeetingsTold, line: Line) -> None:
    _meeting(group, line).seal = line["seal"]


def _timed(group: MeetingsTold, line: Line) -> None:
    meeting = _meeting(group, line)
    meeting.stage, meeting.starts_at = Stage.SET, datetime.fromisoformat(line["starts_at"])


def _cancelled(group: MeetingsTold, line: Line) -> None:
    _meeting(group, line).stage = Stage.CANCELLED


def _started(group: MeetingsTold, line: Line) -> None:
    """One for which no time was set begins when it is started."""
    meeting = _meeting(group, line)
    meeting.stage, meeting.started_at = Stage.RUNNING, _at(line)
    meeting.starts_at = meeting.starts_at or meeting.started_at


def _ended(group: MeetingsTold, line: Line) -> None:
    meeting = _meeting(group, line)
    meeting.stage, meeting.ended_at = Stage.ENDED, _at(line)


def _attended(group: MeetingsTold, line: Line) -> None:
    _meeting(group, line).here[line["member"]] = bool(line["here"])


def _noted(group: MeetingsTold, line: Line) -> None:
    """The same note again has other words, and is still of whoever made it, when they did."""
    _meeting(group, line)
    said = _mark(line)
    if (before := group.notes.get(line["note"])) is not None:
        before.seal = said.seal
    else:
        group.notes[line["note"]] = NoteTold(line["meeting"], said, said.seal)


def _undone(group: MeetingsTold, line: Line) -> None:
    group.notes[line["note"]].undone = True


def _action(group: MeetingsTold, line: Line) -> None:
    said = _mark(line)
    if (before := group.actions.get(line["action"])) is not None:
        before.seal = said.seal
    else:
        group.actions[line["action"]] = ActionTold(len(group.actions) + 1, said, said.seal)


def _closed(status: ActionStatus) -> Callable[[MeetingsTold, Line], None]:
    def follow(group: MeetingsTold, line: Line) -> None:
        action = group.actions[line["action"]]
        action.status, action.closed = status, (line["by"], _at(line))

    return follow


def _reopened(group: MeetingsTold, line: Line) -> None:
    action = group.actions[line["action"]]
    action.status, action.closed = ActionStatus.OPEN, (None, None)


def _emptied(group: MeetingsTold, line: Line) -> None:
    """Whose words it was, and when they were said, is as before; what is left of them is sealed anew."""
    kept: dict[str, Mapping[int, MeetingTold | NoteTold | ActionTold]] = {
        "note": group.notes,
        "action": group.actions,
        "meeting": group.meetings,
    }
    kept[line["what"]][line["key"]].seal = line["seal"]


_BY_EVENT: dict[type[Event], Callable[[MeetingsTold, Line], None]] = {
    events.MeetingCalled: _called,
    events.MeetingReworded: _reworded,
    events.MeetingTimed: _timed,
    events.MeetingCancelled: _cancelled,
    events.MeetingStarted: _started,
    events.MeetingEnded: _ended,
    events.AttendanceNoted: _attended,
    events.NoteMade: _noted,
    events.NoteUndone: _undone,
    events.ActionMade: _action,
    events.ActionDone: _closed(ActionStatus.DONE),
    events.ActionDropped: _closed(ActionStatus.DROPPED),
    events.ActionReopened: _reopened,
    events.NotedWordsErased: _emptied,
}

FOLLOWS = {event.__name__: follow for event, follow in _BY_EVENT.items()}
"""What follows from a line, by the event's name in it."""
