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

NEWEST = 2000
"""How many of a kind are looked at; what was put long before them is forgotten by most, and found by a search."""


@dataclass(frozen=True, slots=True)
class Put:
    """One thing that was put, and its words as they stand."""

    thing: Thing
    key: int
    group_id: int
    title: str
    text: str


def polls(work: Work, groups: Collection[int]) -> list[Put]:
    """The polls of these groups but for those that were withdrawn, the newest first."""
    stands = and_(_REVISIONS.c.poll_id == _POLLS.c.id, _REVISIONS.c.number == _POLLS.c.revision)
    statement = select(_POLLS.c.id, _POLLS.c.group_id, _REVISIONS.c.title, _REVISIONS.c.text).join_from(
        _POLLS, _REVISIONS, stands
    )
    kept = statement.where(_POLLS.c.group_id.in_(groups), _POLLS.c.status != Status.WITHDRAWN)
    return _read(work, Thing.POLL, kept.order_by(_POLLS.c.id.desc()))


def meetings(work: Work, groups: Collection[int]) -> list[Put]:
    """The meetings of these groups that are to come, the newest first."""
    coming = _MEETINGS.c.stage.in_((Stage.ASKED, Stage.SET))
    statement = select(_MEETINGS.c.id, _MEETINGS.c.group_id, _MEETINGS.c.title, _MEETINGS.c.text)
    kept = statement.where(_MEETINGS.c.group_id.in_(groups), coming)
    return _read(work, Thing.MEETING, kept.order_by(_MEETINGS.c.id.desc()))


def lessons(work: Work, groups: Collection[int]) -> list[Put]:
    """The lessons of these groups that have a title of their own, the newest first."""
    own = and_(_LESSONS.c.withdrawn.is_(False), _LESSONS.c.tried != "")
    statement = select(_LESSONS.c.id, _LESSONS.c.group_id, _LESSONS.c.tried, _LESSONS.c.text)
    kept = statement.where(_LESSONS.c.group_id.in_(groups), own)
    return _read(work, Thing.LESSON, kept.order_by(_LESSONS.c.id.desc()))


def _read(work: Work, thing: Thing, statement: Select[Any]) -> list[Put]:
    rows = work.connection.execute(statement.limit(NEWEST))
    return [Put(thing, key, group, title, text[:LONGEST]) for key, group, title, text in rows]
