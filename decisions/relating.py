"""Relating: two things that somebody found to belong together, once, whichever of them was named first."""

from collections.abc import Sequence
from datetime import datetime

from decisions.change import Change
from decisions.learned_events import ThingsRelated
from decisions.model import Member, Related, Thing
from decisions.refusals import RelatesToItself

Key = tuple[Thing, int]


def relate(known: Sequence[Related], by: Member, one: Key, other: Key, *, now: datetime) -> Change:
    """Let them belong together. `known`: what belongs with the first, which is of the member's group."""
    if one == other:
        raise RelatesToItself
    if any({(pair.thing, pair.key), (pair.other, pair.other_key)} == {one, other} for pair in known):
        return Change()
    pair = Related(group_id=by.group_id, thing=one[0], key=one[1], other=other[0], other_key=other[1], by=by.id, at=now)
    event = ThingsRelated(by=by.id, thing=one[0].value, key=one[1], other=other[0].value, other_key=other[1])
    return Change(puts=(pair,), events=(event,))
