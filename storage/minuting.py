"""Minuting: all there is to say about a meeting, put together in few questions, as `record` does for a poll."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func, select

from decisions.minutes import Minutes, minutes
from decisions.model import (
    Action,
    ActionStatus,
    AgendaItem,
    Attendance,
    Group,
    LogLine,
    Meeting,
    Note,
    Noun,
    Owner,
    Poll,
    Revision,
    Room,
    Stage,
)
from storage.finding import named
from storage.tables import TABLES
from storage.work import Kind, Work, columns

N = TypeVar("N", bound=Noun)


@dataclass(frozen=True, kw_only=True)
class Minuted:
    """A meeting's minutes, with the names and words that are shown in them."""

    group: Group
    minutes: Minutes
    people: dict[int, tuple[str, str]]
    """Member id -> (name, affiliate); without a name, they were forgotten."""
    titles: dict[int, str]
    """Poll id -> its title as it stands."""
    log: Sequence[LogLine]
    """What was said in the rooms, where that was asked for."""
    rooms: dict[int, str]
    """Room id -> name."""
    twin: Meeting | None = None
    """Of twin sessions: the other one."""

    @property
    def meeting(self) -> Meeting:
        return self.minutes.meeting

    def name(self, member_id: int) -> str:
        """What a member is called."""
        return self.people[member_id][0]


@dataclass(frozen=True, slots=True)
class Standing:
    """An action with those whose it is."""

    action: Action
    owners: tuple[int, ...]


def minuted(work: Work, meeting: Meeting, *, log: bool = False) -> Minuted:
    """The minutes of a meeting; `log`: with what was said in its rooms while it ran."""
    notes = work.all(Note, meeting_id=meeting.id)
    actions = work.all(Action, meeting_id=meeting.id)
    polls = among(work, Poll, "id", {one.poll_id for one in notes if one.poll_id is not None})
    made = minutes(
        meeting,
        notes=notes,
        attendance=work.all(Attendance, meeting_id=meeting.id),
        agenda=_agenda(work, meeting),
        actions=actions,
        owners=among(work, Owner, "action_id", {one.id for one in actions}),
        polls=polls,
    )
    lines = work.all(LogLine, meeting_id=meeting.id) if log else []
    return Minuted(
        group=work.the(Group, id=meeting.group_id),
        minutes=made,
        people=named(work, _everyone(made, lines)),
        titles=_titles(work, polls),
        log=sorted(lines, key=lambda one: (one.at, one.id)),
        rooms={one.id: one.name for one in work.all(Room, group_id=meeting.group_id)},
        twin=work.get(Meeting, id=meeting.twin) if meeting.twin else None,
    )


def standing(work: Work, group_id: int, *statuses: ActionStatus) -> list[Standing]:
    """A group's actions in these states, in the order of their numbers, with those whose they are."""
    found = [one for status in statuses for one in work.all(Action, group_id=group_id, status=status)]
    owners: dict[int, list[int]] = {}
    for one in among(work, Owner, "action_id", {one.id for one in found}):
        owners.setdefault(one.action_id, []).append(one.member_id)
    found.sort(key=lambda one: one.number)
    return [Standing(one, tuple(owners.get(one.id, ()))) for one in found]


def among(work: Work, noun: type[N], column: str, wanted: Iterable[int]) -> list[N]:
    """The values whose column is one of these, in the order of their keys."""
    kind: Kind = noun
    made, found = TABLES[kind], list[N]()
    ordered = sorted(wanted)
    for start in range(0, len(ordered), 500):  # databases limit how many values one statement may name
        part = made.c[column].in_(ordered[start : start + 500])
        found += work.select(noun, select(*columns(noun)).where(part).order_by(*made.primary_key))
    return found


def _agenda(work: Work, meeting: Meeting) -> list[AgendaItem]:
    """What was on its agenda: what stood there, what came up in it, and what those before it had left over."""
    made: Any = TABLES[AgendaItem]
    on_it = (made.c.meeting_id == meeting.id) | (made.c.reached == meeting.id)
    if meeting.started_at is not None:
        over, later = _before(meeting, meeting.started_at), _after(meeting, meeting.started_at)
        on_it |= made.c.meeting_id.in_(over) & (made.c.reached.is_(None) | made.c.reached.in_(later))
    ours = select(*columns(AgendaItem)).where(made.c.group_id == meeting.group_id, on_it)
    return work.select(AgendaItem, ours.order_by(made.c.id))


def _before(meeting: Meeting, began: datetime) -> Any:
    """The ids of the group's meetings that were over when this one began."""
    made: Any = TABLES[Meeting]
    ended = func.coalesce(made.c.ended_at, made.c.starts_at, made.c.made_at)
    over = made.c.stage.in_((Stage.ENDED, Stage.CANCELLED)), ended <= began
    return select(made.c.id).where(made.c.group_id == meeting.group_id, made.c.id != meeting.id, *over)


def _after(meeting: Meeting, began: datetime) -> Any:
    """The ids of those that began after this one."""
    made: Any = TABLES[Meeting]
    return select(made.c.id).where(made.c.group_id == meeting.group_id, made.c.started_at > began)


def _everyone(made: Minutes, log: Sequence[LogLine]) -> set[int]:
    noted = {one.by for one in (*made.notes, *(each for all_ in made.corrections.values() for each in all_))}
    owners = {one for all_ in made.owners.values() for one in all_} | {one.by for one in made.actions}
    closed = {one.closed_by for one in made.actions if one.closed_by is not None}
    there = {*made.here, *made.regrets, *made.chairs, *made.noted}
    return noted | owners | closed | there | {one.by for one in log} | {made.meeting.by}


def _titles(work: Work, polls: Sequence[Poll]) -> dict[int, str]:
    current = {one.id: one.revision for one in polls}
    words = among(work, Revision, "poll_id", current)
    return {one.poll_id: one.title for one in words if one.number == current[one.poll_id]}


def meetings(work: Work, group_id: int) -> list[Meeting]:
    """The meetings of a group that have been held or are being held, in the order of their numbers."""
    begun = [one for one in work.all(Meeting, group_id=group_id) if one.started_at is not None]
    return sorted(begun, key=lambda one: one.number)


def last_of(work: Work, group_id: int) -> Meeting | None:
    """The meeting that runs, or else the one that began last."""
    begun = [(one.started_at or one.made_at, one.number, one) for one in meetings(work, group_id)]
    return max(begun, key=lambda one: one[:2])[2] if begun else None
