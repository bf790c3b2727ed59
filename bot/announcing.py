"""Announcing: what is heard in a room where things are only told - what looks after the room, and nothing else."""

from collections.abc import Callable
from functools import partial

from adapters.base import Answer
from bot import commands, pieces, references
from bot.acts import discussing
from bot.presses import POLL, press
from bot.turn import Turn
from decisions.model import Room
from decisions.refusals import OnlyAnnounced, Refusal
from decisions.rooms import voting
from storage import finding, polling

HEARD = "group"
"""What the commands are about that whoever facilitates may give here."""


def asked(turn: Turn, room: Room) -> Callable[[], Answer] | None:
    """What is to be done; None: mere talk."""
    request = turn.request
    if request.removed:
        return partial(_removed, turn)
    if request.edited:
        return None
    if request.taps is not None:
        return partial(_elsewhere, turn, room) if references.answered_post(turn) else None
    if request.press:
        besides = POLL.fullmatch(request.press) is None and _leads(turn)
        return partial(press, turn, request.press) if besides else partial(_elsewhere, turn, room)
    return _said(turn, room)


def _said(turn: Turn, room: Room) -> Callable[[], Answer] | None:
    try:
        found = commands.parse(turn.request.text, turn.languages, private=False) if turn.request.text else None
    except Refusal as no:
        return partial(_refuse, no)
    if found is None or (not found.about and not polling.ahead(turn.work, room.group_id)):
        return None  # `+1` and the like are talk where nothing is open
    if found.about == HEARD and _leads(turn):
        return partial(found.run, turn, found.words)
    return partial(_elsewhere, turn, room)


def _removed(turn: Turn) -> Answer:
    discussing.forget(turn)
    return discussing.removed(turn)


def _refuse(no: Refusal) -> Answer:
    raise no


def _leads(turn: Turn) -> bool:
    return any(turn.facilitates(one) for one in turn.standings)


def _elsewhere(turn: Turn, room: Room) -> Answer:
    where = voting(finding.rooms(turn.work, room.group_id))
    raise OnlyAnnounced(tuple(pieces.room(one) for one in where))
