"""The presses about meetings and action items, as two tables."""

import re
from collections.abc import Callable

from adapters.base import Answer
from bot.acts import coming, doing, slots
from bot.turn import Standing, Turn
from decisions.model import Action, Meeting
from decisions.refusals import UnknownButton

PRESSES: tuple[tuple[re.Pattern[str], Callable[[Turn, Standing, Meeting, re.Match[str]], Answer]], ...] = (
    (re.compile(r"slots(?:=(\d{1,2}))?"), slots.pressed_own),
    (re.compile(r"slot=(\d{1,4}\.[012])"), slots.pressed_mark),
    (re.compile(r"all=(\d{1,4}\.[012-](?:,\d{1,4}\.[012-]){0,99})"), slots.pressed_all),
    (re.compile("choose"), slots.pressed_choose),
    (re.compile(r"take=(\d{1,4})"), slots.pressed_take),
    (re.compile(r"twins=(\d{1,9})\.(\d{1,9})"), slots.pressed_twins),
    (re.compile("rsvp=(yes|maybe|no)"), coming.pressed),
    (re.compile("show"), coming.pressed_show),
    (re.compile("ics"), coming.pressed_calendar),
)
"""What stands behind `m3:` -> what it does."""

LOOKS = re.compile(r"slots(?:=\d{1,2})?|show|ics")
"""Those of them that only look."""

OF_ACTIONS: tuple[tuple[re.Pattern[str], Callable[[Turn, Standing, Action, re.Match[str]], Answer]], ...] = (
    (re.compile("done"), doing.pressed_done),
)
"""What stands behind `a9:` -> what it does."""


def pressed(turn: Turn, meeting_id: int, act: str) -> Answer:
    """Carry out a press about a meeting. Raises UnknownButton."""
    looks = LOOKS.fullmatch(act)
    for standing in (turn.there() if looks else turn).standings:
        meeting = turn.work.get(Meeting, id=meeting_id, group_id=standing.group.id)
        for pattern, do in PRESSES if meeting else ():
            if meeting and (found := pattern.fullmatch(act)):
                return do(turn, standing, meeting, found)
    raise UnknownButton


def pressed_action(turn: Turn, action_id: int, act: str) -> Answer:
    """Carry out a press about an action item. Raises UnknownButton."""
    for standing in turn.standings:
        action = turn.work.get(Action, id=action_id, group_id=standing.group.id)
        for pattern, do in OF_ACTIONS if action else ():
            if action and (found := pattern.fullmatch(act)):
                return do(turn, standing, action, found)
    raise UnknownButton
