"""Learning: a group's lessons, and all there is to say about one, put together from every table that knows something of it."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from sqlalchemy import and_, or_, select

from decisions.model import Group, Lesson, Poll, Related, Reuse, Review, Revision, Thing
from storage.finding import named
from storage.tables import TABLES
from storage.work import Work, columns

_LESSONS, _RELATIONS = TABLES[Lesson], TABLES[Related]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """All there is to say about a lesson: what its card, `show`, the site and the exports are made from."""

    lesson: Lesson
    group: Group
    reuses: Sequence[tuple[Reuse, Group]]
    """Who used it, each with the group that did; the oldest first. Not all of them are for everyone: see `seen`."""
    poll: Poll | None
    """The decision that it looks back at."""
    title: str
    """Of that decision; empty where there is none, or its words are gone."""
    reviews: Sequence[Review]
    """What was said of that decision."""
    related: Sequence[Related]
    """What belongs with it, in any group."""
    people: dict[int, tuple[str, str]]
    """Member id -> (name, affiliate), of everyone in it; an empty name: they were forgotten."""

    @property
    def tried(self) -> str:
        """What was tried; of a decision's lesson, the decision."""
        return self.lesson.tried or self.title

    def seen(self, groups: Set[int]) -> "Learned":
        """The same for who may see these groups: of the others not even that they used it."""
        return replace(self, reuses=[one for one in self.reuses if one[1].id in groups])


def learned(work: Work, lesson: Lesson) -> Learned:
    """All there is to say about a lesson."""
    reuses = work.all(Reuse, lesson_id=lesson.id)
    poll = work.get(Poll, id=lesson.poll_id) if lesson.poll_id is not None else None
    reviews = work.all(Review, poll_id=poll.id) if poll else []
    related = related_to(work, Thing.LESSON, lesson.id)
    ids = {one.member_id for one in reviews} | {one.by for one in related if one.group_id == lesson.group_id}
    people = named(work, ids | ({lesson.by} if lesson.by is not None else set()))
    elsewhere = [(one.group_id, one.by) for one in reuses] + [(one.group_id, one.by) for one in related]
    for group_id in {one for one, _ in elsewhere}:  # each group tells its own people apart
        people |= named(work, {by for one, by in elsewhere if one == group_id} - people.keys())
    return Learned(
        lesson=lesson,
        group=work.the(Group, id=lesson.group_id),
        reuses=[(one, work.the(Group, id=one.group_id)) for one in reuses],
        poll=poll,
        title=_title(work, poll) if poll else "",
        reviews=sorted(reviews, key=lambda one: (one.at, one.member_id)),
        related=related,
        people=people,
    )


def lessons(work: Work, group_id: int) -> list[Lesson]:
    """A group's lessons but for those that were withdrawn, the newest first."""
    kept = and_(_LESSONS.c.group_id == group_id, _LESSONS.c.withdrawn.is_(False))
    return work.select(Lesson, select(*columns(Lesson)).where(kept).order_by(_LESSONS.c.number.desc()))


def tried(work: Work, lesson: Lesson) -> str:
    """What was tried, where nothing else of a lesson is shown; of a decision's lesson, the decision."""
    poll = None if lesson.tried or lesson.poll_id is None else work.get(Poll, id=lesson.poll_id)
    return lesson.tried or (_title(work, poll) if poll else "")


def of_poll(work: Work, poll_id: int) -> Lesson | None:
    """The lesson that looks back at a decision, if any does."""
    found = work.all(Lesson, poll_id=poll_id)
    return found[0] if found and not found[0].withdrawn else None


def related_to(work: Work, thing: Thing, key: int) -> list[Related]:
    """What was said to belong with a thing, from either side, the oldest first."""
    here = and_(_RELATIONS.c.thing == thing, _RELATIONS.c.key == key)
    there = and_(_RELATIONS.c.other == thing, _RELATIONS.c.other_key == key)
    statement = select(*columns(Related)).where(or_(here, there))
    return work.select(Related, statement.order_by(_RELATIONS.c.at, _RELATIONS.c.key, _RELATIONS.c.other_key))


def _title(work: Work, poll: Poll) -> str:
    revisions = work.all(Revision, poll_id=poll.id)
    return revisions[-1].title if revisions else ""
