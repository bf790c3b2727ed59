"""Which lesson is meant: one of the groups in which whoever asks is, or of a group whose log is public."""

from dataclasses import dataclass

from bot.references import id_in
from bot.turn import Standing, Turn
from decisions.model import Group, Lesson
from decisions.refusals import AmbiguousReference, ReferenceNeeded, RoomNeeded, UnknownLesson
from storage.seeing import visible


@dataclass(frozen=True, slots=True)
class Found:
    """A lesson that may be seen, and the words after its id. `standing`: who they are in its group; None: nobody."""

    lesson: Lesson
    group: Group
    standing: Standing | None
    rest: str


def names_one(words: str) -> bool:
    """Whether the words begin with the id of a lesson."""
    return id_in(words, "L") is not None


def lesson(turn: Turn, words: str, example: str = "show L-4") -> Found:
    """The lesson whose id the words begin with: `L-4`, or `L-4@2` of another group. Raises ReferenceNeeded, UnknownLesson,
    AmbiguousReference."""
    named = id_in(words, "L")
    if named is None:
        raise ReferenceNeeded(example)
    groups = _meant(turn, named.group)
    hits = [one for group in groups if (one := turn.work.get(Lesson, group_id=group, number=named.number)) is not None]
    if not hits:
        raise UnknownLesson(named.given)
    if len(hits) > 1:
        raise AmbiguousReference(named.given, tuple(_choice(turn, one) for one in hits))
    return _found(turn, hits[0], named.rest)


def by_id(turn: Turn, lesson_id: int) -> Found:
    """The lesson that a button belongs to. Raises UnknownLesson."""
    kept = turn.work.get(Lesson, id=lesson_id)
    if kept is None or kept.group_id not in seen(turn):
        raise UnknownLesson("L-?")
    return _found(turn, kept, "")


def own(turn: Turn) -> tuple[Standing, ...]:
    """Who they are in the groups in whose rooms they are now."""
    here = turn.standings if turn.room is not None else ()
    others = (one for one in turn.everywhere() if one.present)
    return tuple({one.group.id: one for one in (*others, *here)}.values())


def seen(turn: Turn) -> frozenset[int]:
    """The groups whose lessons they may see."""
    return visible(turn.work, (one.group.id for one in own(turn)))


def using(turn: Turn) -> Standing:
    """The group that used a lesson: that of the room; in private, their only one. Raises RoomNeeded."""
    if turn.room is not None:
        return turn.here()
    mine = own(turn)
    if len(mine) != 1:
        raise RoomNeeded
    return mine[0]


def _meant(turn: Turn, group: int | None) -> list[int]:
    if group is not None:
        return [group] if group in seen(turn) else []
    return [one.group.id for one in (turn.standings if turn.room is not None else own(turn))]


def _found(turn: Turn, one: Lesson, rest: str) -> Found:
    standing = next((mine for mine in own(turn) if mine.group.id == one.group_id), None)
    return Found(one, turn.work.the(Group, id=one.group_id), standing, rest)


def _choice(turn: Turn, one: Lesson) -> str:
    return f"{one.ref}@{one.group_id} ({turn.work.the(Group, id=one.group_id).name})"
