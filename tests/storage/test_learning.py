"""Lessons as they are read back: with whoever used them, and what they look back at."""

from dataclasses import replace

from decisions.model import Group, Lesson, Related, Reuse, Thing
from storage.learning import learned, lessons, of_poll, related_to
from storage.store import Store
from tests.storage.samples import LESSON, NOW, PERSON, VALUES

OTHER_GROUP = Group(id=7, name="Ghana", made_at=NOW)


def kept(store: Store, *more: Group | Lesson | Reuse | Related) -> None:
    with store.unit_of_work() as work:
        work.put(*VALUES, *more)


def test_a_groups_lessons_are_listed_newest_first_without_what_was_withdrawn(sqlite_store: Store) -> None:
    kept(
        sqlite_store, replace(LESSON, id=3, number=6, withdrawn=False), replace(LESSON, id=4, number=7, withdrawn=False)
    )
    with sqlite_store.reading() as work:
        assert [one.ref for one in lessons(work, 1)] == ["L-7", "L-6"]
        assert lessons(work, 7) == []


def test_of_another_group_that_may_not_be_seen_nobody_learns_that_it_used_a_lesson(sqlite_store: Store) -> None:
    used = Reuse(id=2, lesson_id=1, group_id=7, by=1, worked=None, at=NOW, salt="s", seal="x")
    kept(sqlite_store, OTHER_GROUP, used)
    with sqlite_store.reading() as work:
        found = learned(work, work.the(Lesson, id=1))
        assert [(one.id, group.name) for one, group in found.reuses] == [(1, "Partnerships"), (2, "Ghana")]
        assert [one.id for one, _ in found.seen({1}).reuses] == [1]
        assert found.title == "T"
        assert found.people[1][0] == PERSON.name


def test_what_belongs_together_is_found_from_either_side(sqlite_store: Store) -> None:
    kept(sqlite_store)
    with sqlite_store.reading() as work:
        (one,) = related_to(work, Thing.LESSON, 1)
        assert related_to(work, Thing.POLL, 1) == [one]
        assert related_to(work, Thing.MEETING, 1) == []


def test_a_withdrawn_lesson_looks_back_at_nothing(sqlite_store: Store) -> None:
    kept(sqlite_store)
    with sqlite_store.unit_of_work() as work:
        assert of_poll(work, 1) is None
        work.put(replace(work.the(Lesson, id=1), withdrawn=False))
        assert of_poll(work, 1) == work.the(Lesson, id=1)
