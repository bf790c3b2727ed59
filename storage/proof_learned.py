"""Proof of what is learnt: a group's lessons, their use, and what belongs together, held against what the journal told."""

from collections.abc import Iterator

from decisions import seals
from decisions.model import Group, Lesson, Related, Reuse
from storage.comparing import UNREAD, read, unmatched
from storage.faults import ADDED, CHANGED, MISSING, Fault, Spot
from storage.replay_learned import Ends, LearnedTold, LessonTold, ReuseTold
from storage.told import Mark
from storage.work import Work


def learned_faults(work: Work, group: Group, told: LearnedTold) -> Iterator[Fault]:
    """What is wrong with lessons, then with their uses, then with what belongs together."""
    yield from _lessons(work, group, told)
    yield from _reuses(work, group, told)
    yield from _related(work, group, told)


def _lessons(work: Work, group: Group, told: LearnedTold) -> Iterator[Fault]:
    def holds(one: Lesson, said: LessonTold) -> bool:
        made = Mark(said.made.seal, one.by, one.at)
        sealed = one.seal == seals.of_lesson(one) == said.seal
        return sealed and (one.number, made, one.withdrawn) == (said.number, said.made, said.withdrawn)

    kept = read(work, Lesson, "id", group_id=group.id)
    for key, what in unmatched(kept, told.lessons, holds):
        one, said = kept.get(key), told.lessons.get(key)
        number = said.number if said else one.number if one else "?"
        yield Spot(group.id, "broken-at-lesson", f"L-{number}")(what)


def _reuses(work: Work, group: Group, told: LearnedTold) -> Iterator[Fault]:
    def holds(one: Reuse, said: ReuseTold) -> bool:
        made = Mark(said.made.seal, one.by, one.at)
        return one.seal == seals.of_reuse(one) == said.seal and (one.lesson_id, made) == (said.lesson, said.made)

    for key, what in unmatched(read(work, Reuse, "id", group_id=group.id), told.reuses, holds):
        yield Spot(group.id, "broken-at-reuse", key)(what)


def _related(work: Work, group: Group, told: LearnedTold) -> Iterator[Fault]:
    try:
        found = Work(work.connection).all(Related, group_id=group.id)
    except UNREAD:
        yield Spot(group.id, "broken-at-relations")("broken-unreadable")
        return
    kept: dict[Ends, Related] = {(one.thing.value, one.key, one.other.value, one.other_key): one for one in found}
    for ends in sorted({*kept, *told.related}):
        one, said = kept.get(ends), told.related.get(ends)
        wrong = MISSING if one is None else ADDED if said is None else ""
        if one is not None and said is not None and Mark("", one.by, one.at) != said:
            wrong = CHANGED
        if wrong:
            yield Spot(group.id, "broken-at-relation", *(str(part) for part in ends))(wrong)
