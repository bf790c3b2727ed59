"""Resembling: what was put before, by its title and text, to be held beside what is put now."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.sql import Select

from decisions.likeness import LONGEST
from decisions.model import Lesson, Meeting, Poll, Revision, Stage, Status, Thing
from storage.tables import TABLES
from storage.work import Work

_POLLS, _REVISIONS, _MEETINGS, _LESSONS = TABLES[Poll], TABLES[Revision], TABLES[Meeting], TABLES[Lesson]

NEWEST = 300
"""How many of a kind are looked at in any case; of what was put before them, only what a search finds."""


@dataclass(frozen=True, slots=True)
class Put:
    """One thing that was put, and its words as they stand."""

    thing: Thing
    key: int
    group_id: int
    title: str
    text: str


def polls(work: Work, groups: Collection[int], keys: Collection[int] = ()) -> list[Put]:
    """The polls of these groups but for those that were withdrawn: the newest, and those with these ids."""
    stands = and_(_REVISIONS.c.poll_id == _POLLS.c.id, _REVISIONS.c.number == _POLLS.c.revision)
    statement = select(_POLLS.c.id, _POLLS.c.group_id, _REVISIONS.c.title, _REVISIONS.c.text).join_from(
        _POLLS, _REVISIONS, stands
    )
    kept = statement.where(_POLLS.c.group_id.in_(groups), _POLLS.c.status != Status.WITHDRAWN)
    return _read(work, Thing.POLL, kept, _POLLS.c.id, keys)


def meetings(work: Work, groups: Collection[int], keys: Collection[int] = ()) -> list[Put]:
    """The meetings of these groups that are to come, in the same way."""
    coming = _MEETINGS.c.stage.in_((Stage.ASKED, Stage.SET))
    statement = select(_MEETINGS.c.id, _MEETINGS.c.group_id, _MEETINGS.c.title, _MEETINGS.c.text)
    kept = statement.where(_MEETINGS.c.group_id.in_(groups), coming)
    return _read(work, Thing.MEETING, kept, _MEETINGS.c.id, keys)


def lessons(work: Work, groups: Collection[int], keys: Collection[int] = ()) -> list[Put]:
    """The lessons of these groups that have a title of their own, in the same way."""
    own = and_(_LESSONS.c.withdrawn.is_(False), _LESSONS.c.tried != "")
    statement = select(_LESSONS.c.id, _LESSONS.c.group_id, _LESSONS.c.tried, _LESSONS.c.text)
    kept = statement.where(_LESSONS.c.group_id.in_(groups), own)
    return _read(work, Thing.LESSON, kept, _LESSONS.c.id, keys)


def _read(work: Work, thing: Thing, kept: Select[Any], id_: Any, keys: Collection[int]) -> list[Put]:
    rows = list(work.connection.execute(kept.order_by(id_.desc()).limit(NEWEST)))
    older = set(keys) - {row[0] for row in rows}
    rows += list(work.connection.execute(kept.where(id_.in_(older)))) if older else []
    return [Put(thing, key, group, title, text[:LONGEST]) for key, group, title, text in rows]
