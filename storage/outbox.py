"""The outbox: which posts are wanted or behind, and where each goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.sql import Select

from decisions.model import Lesson, Meeting, Poll, Post, PostKind, Room
from storage.tables import TABLES
from storage.work import Work, columns, split

_POLLS, _POSTS, _ROOMS, _MEETINGS = TABLES[Poll], TABLES[Post], TABLES[Room], TABLES[Meeting]
_LESSONS = TABLES[Lesson]
_VERSION = func.coalesce(_POLLS.c.version, _MEETINGS.c.version, _LESSONS.c.version)

LET_GO = (PostKind.REASON, PostKind.CONFIRM)
"""Of these, a later one may take the place of one that was never sent."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A post that is wanted or behind, the version that it should show, and where it goes."""

    post: Post
    version: int
    """Of its poll, meeting or lesson; 1 where it is about none."""
    room: Room | None
    card: str
    """The message id of the newest card of its poll or meeting in the same room, for a notice to point at."""


def stale_posts(work: Work, now: datetime, platforms: Sequence[str], limit: int = 200) -> list[Stale]:
    """Posts on these platforms that have to be sent or brought up to date, oldest first."""
    rows = work.connection.execute(_stale(), {"now": now, "platforms": list(platforms), "limit": limit}).all()
    found = []
    for row in rows:
        post, room, (version, card) = split(row, Post, Room)
        in_room = work.keep(Room, room) if room[0] is not None else None
        found.append(Stale(work.keep(Post, post), version, in_room, card or ""))
    return found


def nudged(work: Work, poll_id: int) -> set[tuple[str, str]]:
    """The accounts, as (platform, user), that were asked for a voice in a poll."""
    return {(one.platform, one.user) for one in work.all(Post, kind=PostKind.NUDGE, poll_id=poll_id)}


def turned_away(work: Work, group_id: int) -> set[tuple[str, str]]:
    """The accounts whose private chat is closed to us, as far as a group knows: the last message to them never arrived."""
    settled = or_(_POSTS.c.message != "", _POSTS.c.live.is_(False))
    private = (_POSTS.c.group_id == group_id, _POSTS.c.user != "", _POSTS.c.kind.not_in(LET_GO), settled)
    last = select(func.max(_POSTS.c.id)).where(*private).group_by(_POSTS.c.platform, _POSTS.c.user)
    statement = select(_POSTS.c.platform, _POSTS.c.user).where(_POSTS.c.id.in_(last), _POSTS.c.message == "")
    return {(row[0], row[1]) for row in work.connection.execute(statement)}


def let_go(work: Work, posts: Iterable[Post]) -> None:
    """Let go of posts. The newest of all leaves an empty one: a platform takes a message under an id that it has seen for
    that message again, and would not show the next one."""
    for one in posts:
        newest = work.next_id(Post) == one.id + 1
        work.drop(one)
        if newest:
            work.put(Post(id=one.id, group_id=None, kind=PostKind.NOTICE, live=False))


@cache
def _stale() -> Select[Any]:
    cards = _POSTS.alias("cards")
    card = (
        select(cards.c.message)
        .where(
            or_(
                and_(cards.c.poll_id == _POSTS.c.poll_id, cards.c.kind == PostKind.CARD),
                and_(cards.c.meeting_id == _POSTS.c.meeting_id, cards.c.kind == PostKind.MEETING),
            ),
            cards.c.room_id == _POSTS.c.room_id,
        )
        .order_by(cards.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(*columns(Post), *columns(Room), func.coalesce(_VERSION, 1), card)
        .outerjoin_from(_POSTS, _POLLS, _POLLS.c.id == _POSTS.c.poll_id)
        .outerjoin(_MEETINGS, _MEETINGS.c.id == _POSTS.c.meeting_id)
        .outerjoin(_LESSONS, _LESSONS.c.id == _POSTS.c.lesson_id)
        .outerjoin(_ROOMS, _ROOMS.c.id == _POSTS.c.room_id)
        .where(
            _POSTS.c.live,
            _ROOMS.c.gone_at.is_(None),
            _ROOMS.c.left_at.is_(None),
            or_(_POSTS.c.message == "", _POSTS.c.shown < func.coalesce(_VERSION, 1)),
            or_(_POSTS.c.not_before.is_(None), _POSTS.c.not_before <= bindparam("now")),
            func.coalesce(_ROOMS.c.platform, _POSTS.c.platform).in_(bindparam("platforms", expanding=True)),
        )
        .order_by(_POSTS.c.id)
        .limit(bindparam("limit"))
    )
