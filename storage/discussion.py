"""Discussion: which poll a message is about, by the message that it answers and the thread it stands in."""

from functools import cache

from sqlalchemy import ColumnElement, bindparam, func, literal_column, or_, select

from decisions.model import Ballot, Poll, Post, Remark, Room, Status
from storage.prepared import Prepared
from storage.tables import TABLES
from storage.work import Work, columns

_POLLS, _POSTS, _BALLOTS, _REMARKS = TABLES[Poll], TABLES[Post], TABLES[Ballot], TABLES[Remark]
STATUS = {"open": Status.OPEN, "scheduled": Status.SCHEDULED}
EMPTY: ColumnElement[str] = literal_column("''")
"""Said as the indexes say it, so that they are used."""


def of_message(work: Work, room: Room, message: str, origin: str) -> Poll | None:
    """The poll to which a message in a room belongs: it is a card or a notice of it, put it, was said about it, or voted in
    it while it is open."""
    told = {"room": room.id, "group": room.group_id, "message": message, "origin": origin} | STATUS
    for find in (_posted, _put, _said, _voted):
        if row := find().first(work.connection, told):
            return work.keep(Poll, row)
    return None


def put_in(work: Work, group_id: int, thread: str) -> list[Poll]:
    """The polls of a group that were put in a thread or topic and are not over."""
    told = {"group": group_id, "thread": thread} | STATUS
    return [work.keep(Poll, row) for row in _in_thread().all(work.connection, told)]


def count(work: Work, poll_id: int) -> int:
    """How much is said about a poll; what was forgotten is not."""
    row = _count().first(work.connection, {"poll": poll_id})
    return int(row[0]) if row else 0


@cache
def _posted() -> Prepared:
    found = select(*columns(Poll)).join_from(_POSTS, _POLLS, _POLLS.c.id == _POSTS.c.poll_id)
    return Prepared(found.where(_POSTS.c.message == bindparam("message"), _POSTS.c.room_id == bindparam("room")))


@cache
def _put() -> Prepared:
    found = select(*columns(Poll)).join_from(_POSTS, _POLLS, _POLLS.c.id == _POSTS.c.poll_id)
    asked = (_POSTS.c.reply_to == bindparam("message"), _POSTS.c.reply_to != EMPTY)
    return Prepared(found.where(*asked, _POSTS.c.room_id == bindparam("room")))


@cache
def _said() -> Prepared:
    found = select(*columns(Poll)).join_from(_REMARKS, _POLLS, _POLLS.c.id == _REMARKS.c.poll_id)
    return Prepared(found.where(_REMARKS.c.origin == bindparam("origin"), _REMARKS.c.group_id == bindparam("group")))


@cache
def _voted() -> Prepared:
    found = select(*columns(Poll)).join_from(_POLLS, _BALLOTS, _BALLOTS.c.poll_id == _POLLS.c.id)
    open_ = (_POLLS.c.group_id == bindparam("group"), _POLLS.c.status == bindparam("open"))
    said = or_(_BALLOTS.c.origin == bindparam("origin"), _BALLOTS.c.worded == bindparam("origin"))
    return Prepared(found.where(*open_, said))


@cache
def _in_thread() -> Prepared:
    unfinished = or_(*(_POLLS.c.status == bindparam(one) for one in STATUS))
    there = (_POLLS.c.thread == bindparam("thread"), _POLLS.c.thread != EMPTY, _POLLS.c.group_id == bindparam("group"))
    return Prepared(select(*columns(Poll)).where(*there, unfinished).order_by(_POLLS.c.id))


@cache
def _count() -> Prepared:
    return Prepared(select(func.count()).where(_REMARKS.c.poll_id == bindparam("poll"), _REMARKS.c.text != EMPTY))
