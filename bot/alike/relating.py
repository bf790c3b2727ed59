"""Relating: two things belong together, on the record of one group, and shown with both to whoever may see them."""

from bot.alike import finding, naming
from bot.alike.naming import Key
from bot.turn import Standing, Turn
from decisions import lessons as rules
from decisions.model import Related
from storage import learning
from storage.seeing import visible


def relate(turn: Turn, standing: Standing, one: Key, other: Key) -> bool:
    """Let two things belong together, the first of which is of the group where the member stands; False: they did."""
    known = learning.related_to(turn.work, *one)
    pair = Related(
        group_id=standing.group.id,
        thing=one[0],
        key=one[1],
        other=other[0],
        other_key=other[1],
        by=standing.member.id,
        at=turn.now,
    )
    change = turn.apply(rules.relate(pair, known), standing)
    return bool(change)


def lines(turn: Turn, one: Key, here: int | None) -> list[str]:
    """What belongs with a thing, for the end of all there is to say about it. In a room, where others may read it, only what
    everybody there may see."""
    keys = _others(turn, one)
    if not keys:
        return []
    groups = visible(turn.work, (turn.room.group_id,)) if turn.room is not None else finding.seen(turn)
    there = [naming.named(turn.work, *key) for key in keys]
    seen = [naming.line(other, turn.reader, here) for other in there if other and other.group.id in groups]
    return [turn.reader.say("related-heading"), *seen] if seen else []


def _others(turn: Turn, one: Key) -> list[Key]:
    pairs = [((pair.thing, pair.key), (pair.other, pair.other_key)) for pair in learning.related_to(turn.work, *one)]
    return list(dict.fromkeys(there if here == one else here for here, there in pairs))
