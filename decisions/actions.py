"""Action items: made, changed, done, dropped and taken up again, and when their owners are reminded."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from decisions import seals
from decisions.change import Change
from decisions.meeting_events import ActionDone, ActionDropped, ActionMade, ActionReopened
from decisions.model import Action, ActionStatus, Owner
from decisions.refusals import ActionNotSo, ReasonToDropNeeded, Who, Word, YoursToDo

MORNING = time(9)
"""When people are reminded, on their own clocks."""

STANDS: dict[ActionStatus, Word] = {
    ActionStatus.OPEN: Word("action-stands-open"),
    ActionStatus.DONE: Word("action-stands-done"),
    ActionStatus.DROPPED: Word("action-stands-dropped"),
}
"""How it is said where an action is."""


def make(action: Action, before: Sequence[Owner], owners: Iterable[int], *, by: int | None) -> Change:
    """Make an action known, or other than it was; its seal is given here. `before`: whose it was."""
    sealed = replace(action, seal=seals.of_action(action))
    wanted, had = tuple(dict.fromkeys(owners)), {one.member_id for one in before}
    return Change(
        puts=(sealed, *(Owner(action_id=action.id, member_id=one) for one in wanted if one not in had)),
        drops=tuple(one for one in before if one.member_id not in wanted),
        events=(ActionMade(by=by, action=action.id, seal=sealed.seal),),
    )


def change(action: Action, before: Sequence[Owner], owners: Iterable[int], *, by: int, **other: Any) -> Change:
    """Give it to other people, or another day. Nothing happens where all is as it was."""
    wanted = tuple(dict.fromkeys(owners))
    changed = replace(action, **other)
    same = changed == action and {one.member_id for one in before} == set(wanted)
    return Change() if same else make(changed, before, wanted, by=by)


def done(action: Action, *, by: int, why: str, now: datetime) -> Change:
    """It is done; `why`: what came of it."""
    if action.status is ActionStatus.DROPPED:
        raise ActionNotSo(action.ref, STANDS[action.status])
    if action.status is ActionStatus.DONE:
        return Change()
    return Change(
        puts=(_closed(action, ActionStatus.DONE, by, why, now),), events=(ActionDone(by=by, action=action.id),)
    )


def drop(action: Action, *, by: int, why: str, now: datetime) -> Change:
    """It will not be done; why has to be said."""
    if action.status is ActionStatus.DONE:
        raise ActionNotSo(action.ref, STANDS[action.status])
    if action.status is ActionStatus.DROPPED:
        return Change()
    if not why:
        raise ReasonToDropNeeded(action.ref)
    dropped = _closed(action, ActionStatus.DROPPED, by, why, now)
    return Change(puts=(dropped,), events=(ActionDropped(by=by, action=action.id),))


def reopen(action: Action, *, by: int, remind_at: datetime | None) -> Change:
    """It is to be done after all."""
    if action.status is ActionStatus.OPEN:
        return Change()
    opened = replace(action, status=ActionStatus.OPEN, why="", closed_by=None, closed_at=None, remind_at=remind_at)
    return Change(puts=(opened,), events=(ActionReopened(by=by, action=action.id),))


def refuse(action: Action, may: Iterable[int]) -> NoReturn:
    """Refuse whoever may not say what became of it, and say who may."""
    raise YoursToDo(action.ref, Who(tuple(dict.fromkeys(may))))


def remind_at(due: str, zones: Iterable[str], now: datetime) -> datetime | None:
    """When those who live in these zones are reminded: the morning before the day, or of the day itself if that is over;
    None: there is no such morning to come."""
    if not due:
        return None
    day = date.fromisoformat(due)
    for morning in (day - timedelta(days=1), day):
        at = [datetime.combine(morning, MORNING, ZoneInfo(one)).astimezone(UTC) for one in zones]
        if at and min(at) > now:
            return min(at)
    return None


def _closed(action: Action, status: ActionStatus, by: int, why: str, now: datetime) -> Action:
    return replace(action, status=status, why=why, closed_by=by, closed_at=now, remind_at=None)
