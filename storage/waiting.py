"""Waiting: what the clock has to look at, and when it has to look again."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.sql import Select

from decisions.model import Person, Poll, Post
from storage.tables import TABLES
from storage.work import Work

_PERSONS, _POLLS, _POSTS = TABLES[Person], TABLES[Poll], TABLES[Post]


def due(work: Work, now: datetime) -> list[tuple[int, datetime]]:
    """The ids of the polls that the clock has to look at, and since when, the longest overdue first."""
    return [(row[0], row[1]) for row in work.connection.execute(_due(), {"now": now})]


def next_due(work: Work) -> datetime | None:
    """The next instant at which anything is due."""
    found: datetime | None = work.connection.execute(select(func.min(_POLLS.c.due_at))).scalar()
    return found


def next_digest(work: Work) -> datetime | None:
    """When the next weekly digest is due."""
    found: datetime | None = work.connection.execute(select(func.min(_PERSONS.c.digest_at))).scalar()
    return found


def digests_due(work: Work, now: datetime) -> list[tuple[int, datetime]]:
    """The ids of the people whose weekly digest is due, and since when."""
    statement = select(_PERSONS.c.id, _PERSONS.c.digest_at).where(_PERSONS.c.digest_at <= now)
    return [
        (row[0], row[1]) for row in work.connection.execute(statement.order_by(_PERSONS.c.digest_at, _PERSONS.c.id))
    ]


def next_post(work: Work, now: datetime) -> datetime | None:
    """When the next message that waits for its hour may be sent."""
    waits = and_(_POSTS.c.live, _POSTS.c.message == "", _POSTS.c.not_before > now)
    found: datetime | None = work.connection.execute(select(func.min(_POSTS.c.not_before)).where(waits)).scalar()
    return found


@cache
def _due() -> Select[Any]:
    return (
        select(_POLLS.c.id, _POLLS.c.due_at)
        .where(_POLLS.c.due_at <= bindparam("now"))
        .order_by(_POLLS.c.due_at, _POLLS.c.id)
    )
