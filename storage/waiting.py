"""Waiting: what the clock has to look at, and when it has to look again."""

from datetime import datetime

from sqlalchemy import Column, and_, func, select

from decisions.model import Action, Feed, Group, Help, Meeting, Person, Poll, Post
from storage.tables import TABLES
from storage.work import Work

_POSTS = TABLES[Post]


class Waits:
    """Rows that wait for the instant in one of their columns; where it is empty they wait for none."""

    def __init__(self, at: Column[datetime], key: str = "id") -> None:
        self._next = select(func.min(at))
        self._due = select(at.table.c[key], at).order_by(at, at.table.c[key])
        self._at = at

    def next(self, work: Work) -> datetime | None:
        """When the next of them is due."""
        found: datetime | None = work.connection.execute(self._next).scalar()
        return found

    def due(self, work: Work, now: datetime) -> list[tuple[int, datetime]]:
        """The ids of those that are due, and since when, the longest overdue first."""
        return [(row[0], row[1]) for row in work.connection.execute(self._due.where(self._at <= now))]


POLLS = Waits(TABLES[Poll].c.due_at)
DIGESTS = Waits(TABLES[Person].c.digest_at)
PICTURES = Waits(TABLES[Group].c.pictured_at)
MEETINGS = Waits(TABLES[Meeting].c.wake_at)
ACTIONS = Waits(TABLES[Action].c.remind_at)
SEEKING = Waits(TABLES[Help].c.seek_at)
HELPS = Waits(TABLES[Help].c.ends_at)
FEEDS = Waits(TABLES[Feed].c.fetch_at, "person_id")


def next_post(work: Work, now: datetime) -> datetime | None:
    """When the next message that waits for its hour may be sent."""
    waits = and_(_POSTS.c.live, _POSTS.c.message == "", _POSTS.c.not_before > now)
    found: datetime | None = work.connection.execute(select(func.min(_POSTS.c.not_before)).where(waits)).scalar()
    return found
