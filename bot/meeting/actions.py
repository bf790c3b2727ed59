"""Action items: noted in a meeting, and their owners reminded."""

from dataclasses import replace
from datetime import datetime

from bot.turn import Standing, Turn
from decisions import seals
from decisions.change import Change
from decisions.meeting_events import ActionDropped, ActionMade
from decisions.model import Action, ActionStatus, Meeting
from storage.work import Work


def make(turn: Turn, standing: Standing, meeting: Meeting | None, words: str) -> Action:
    """Something that somebody will do."""
    work = turn.work
    action = Action(
        id=work.next_id(Action),
        group_id=standing.group.id,
        number=work.next_number(Action, standing.group.id),
        meeting_id=meeting.id if meeting else None,
        text=words,
        by=standing.member.id,
        made_at=turn.now,
        salt=turn.salt(),
        seal="",
    )
    return _kept(turn, standing, action)


def reword(turn: Turn, standing: Standing, action: Action, words: str) -> Action:
    """It was said in other words."""
    return _kept(turn, standing, replace(action, text=words))


def drop(turn: Turn, standing: Standing, action: Action, why: str) -> None:
    """It will not be done."""
    by = standing.member.id
    dropped = replace(action, status=ActionStatus.DROPPED, why=why, closed_by=by, closed_at=turn.now, remind_at=None)
    turn.apply(Change(puts=(dropped,), events=(ActionDropped(by=by, action=action.id),)), standing)


def _kept(turn: Turn, standing: Standing, action: Action) -> Action:
    sealed = replace(action, seal=seals.of_action(action))
    event = ActionMade(by=standing.member.id, action=sealed.id, seal=sealed.seal)
    turn.apply(Change(puts=(sealed,), events=(event,)), standing)
    return sealed


def remind(work: Work, action: Action, now: datetime) -> None:
    """Remind the owners, once."""
