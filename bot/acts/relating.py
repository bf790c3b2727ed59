"""Relating by hand: `relate D-12 L-4` links two things, `relate D-12` shows what belongs with one."""

from collections.abc import Sequence
from typing import Any

from adapters.base import Answer, Verdict
from bot.alike import finding, naming, relating
from bot.alike.naming import Named
from bot.references import id_in
from bot.turn import Standing, Turn
from decisions import groups
from decisions.model import Action, Lesson, Meeting, Poll, Thing
from decisions.refusals import AmbiguousReference, NothingOfYours, ReferenceNeeded, RelatesToItself, UnknownReference

KINDS: dict[str, tuple[Thing, type[Poll | Meeting | Action | Lesson], str]] = {
    "P": (Thing.POLL, Poll, "number"),
    "D": (Thing.POLL, Poll, "decision"),
    "M": (Thing.MEETING, Meeting, "number"),
    "A": (Thing.ACTION, Action, "number"),
    "L": (Thing.LESSON, Lesson, "number"),
}
"""The letter of an id -> what it names, and by which of its numbers."""

EXAMPLE = "relate D-12 L-4"


def relate(turn: Turn, words: str) -> Answer:
    """`relate D-12 L-4`, where one of them may be another group's: `L-4@3`; `relate D-12`."""
    one, rest = _thing(turn, words)
    if not rest.strip():
        return _shown(turn, one)
    other, _ = _thing(turn, rest)
    if one.key == other.key:
        raise RelatesToItself
    standing, one, other = _by_whom(turn, one, other)
    new = relating.relate(turn, standing, one.key, other.key)
    here = turn.room.group_id if turn.room else finding.here(turn)
    return turn.done("ack-related" if new else "ack-related-before", one.ref(here), other.ref(here))


def _shown(turn: Turn, one: Named) -> Answer:
    here = turn.room.group_id if turn.room else finding.here(turn)
    lines = relating.lines(turn, one.key, here) or [turn.reader.say("related-none", one.ref(here))]
    return Answer(Verdict.DONE, "\n".join(lines), looked=True)


def _by_whom(turn: Turn, one: Named, other: Named) -> tuple[Standing, Named, Named]:
    """Who links them where, and the two with theirs first: whoever leads the group of either, or put it."""
    own = [(standing, *pair) for pair in ((one, other), (other, one)) if (standing := finding.member_in(turn, pair[0]))]
    if not own:
        raise NothingOfYours
    leading = next((found for found in own if _leads(turn, *found[:2])), None)
    if leading is None:
        groups.check_facilitates(own[0][0].member, turn.facilitators(own[0][0]))
    return leading or own[0]


def _leads(turn: Turn, standing: Standing, one: Named) -> bool:
    here = turn.room is not None and turn.room.group_id == standing.group.id
    leads = turn.facilitates(standing) if here else groups.is_facilitator(standing.member)
    by = one.noun.by
    return leads or (by is not None and turn.is_(standing, by))


# -- what is meant ----------------------------------------------------------------------------------------------------


def _thing(turn: Turn, words: str) -> tuple[Named, str]:
    """The thing whose id the words begin with, and the words after it. What may not be seen is as unknown as what is not
    there. Raises ReferenceNeeded, RelatesToItself, UnknownReference, AmbiguousReference."""
    said = id_in(words, "".join(KINDS))
    if said is None:
        raise ReferenceNeeded(EXAMPLE)
    thing, noun, column = KINDS[said.kind]
    hits = [
        one
        for group in _groups(turn, said.group)
        for key in _keys(turn, noun, {"group_id": group, column: said.number})
        if (one := naming.named(turn.work, thing, key)) is not None
    ]
    return _only(said.given, hits), said.rest


def _groups(turn: Turn, named: int | None) -> Sequence[int]:
    """Where to look: in the group that is named, if its record may be seen; else where they stand."""
    if named is None:
        return [one.group.id for one in turn.standings]
    return [named] if named in finding.seen(turn) else []


def _keys(turn: Turn, noun: type[Poll | Meeting | Action | Lesson], where: dict[str, Any]) -> list[int]:
    return [one.id for one in turn.work.all(noun, **where)]


def _only(given: str, hits: Sequence[Named]) -> Named:
    if not hits:
        raise UnknownReference(given)
    if len(hits) > 1:
        raise AmbiguousReference(given, tuple(f"{one.ref(None)} ({one.group.name})" for one in hits))
    return hits[0]
