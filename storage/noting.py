"""Noting: where the next note of a meeting stands."""

from functools import cache

from sqlalchemy import bindparam, func, select

from decisions.model import Note, Tag
from storage.prepared import Prepared
from storage.tables import TABLES
from storage.work import Work


def place(work: Work, meeting_id: int) -> tuple[int, int]:
    """The number of a meeting's next note, and that of the topic it is at (0: none yet)."""
    last = _last().first(work.connection, {"meeting_id": meeting_id})
    topic = _topic().first(work.connection, {"meeting_id": meeting_id, "tag": Tag.TOPIC, "undone": False})
    return ((last and last[0]) or 0) + 1, (topic and topic[0]) or 0


@cache
def _last() -> Prepared:
    notes = TABLES[Note]
    return Prepared(select(func.max(notes.c.number)).where(notes.c.meeting_id == bindparam("meeting_id")))


@cache
def _topic() -> Prepared:
    notes = TABLES[Note]
    ours = notes.c.meeting_id == bindparam("meeting_id")
    topics = ours & (notes.c.tag == bindparam("tag")) & (notes.c.undone == bindparam("undone"))
    return Prepared(select(func.max(notes.c.number)).where(topics))
