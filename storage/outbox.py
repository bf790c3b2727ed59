"""The outbox: which posts are wanted or behind, and where each goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.sql import Select

from decisions.model import Account, Poll, Post, PostKind, Room
from storage.finding import account_of
from storage.tables import TABLES
from storage.work import Work, columns, split

_POLLS, _POSTS, _ROOMS = TABLES[Poll], TABLES[Post], TABLES[Room]


@dataclass(frozen=True, slots=True)
class Stale:
    """A post that is wanted or behind, the version that it should show, and where it goes."""

    post: Post
    version: int
    """Of its poll; 1 where it is about none."""
    room: Room | None
    card: str
    """The message id of the poll's newest card in the same room, for a notice to point at."""


def stale_posts(work: Work, now: datetime, platforms: Sequence[str], limit: int = 200) -> list[Stale]:
    """Posts on these platforms that have to be sent or brought up to date, oldest first."""
    rows = work.connection.execute(_stale(), {"now": now, "platforms": list(platforms), "limit": limit}).all()
    found = []
    for row in rows:
        post, room, (version, card) = split(row, Post, Room)
        in_room = work.keep(Room, room) if room[0] is not None else None
        found.append(Stale(work.keep(Post, post), version, in_room, card or ""))
    return found


def was_nudged(work: Work, poll_id: int, person_id: int) -> bool:
    """Whether somebody was asked for their voice in a poll, by whichever account."""
    return any(
        work.all(Post, kind=PostKind.NUDGE, poll_id=poll_id, platform=one.platform, user=one.user)
        for one in work.all(Account, person_id=person_id)
    )


def reachable(work: Work, person_id: int) -> bool:
    """Whether somebody has a private chat with us, as far as we know: the last message to them was not turned away."""
    account = account_of(work, person_id)
    if account is None:
        return False
    to_them = work.all(Post, room_id=None, platform=account.platform, user=account.user)
    settled = [one for one in to_them if one.message or not one.live]
    return not settled or bool(settled[-1].message)


@cache
def _stale() -> Select[Any]:
    cards = _POSTS.alias("cards")
    card = (
        select(cards.c.message)
        .where(cards.c.poll_id == _POSTS.c.poll_id, cards.c.room_id == _POSTS.c.room_id, cards.c.kind == PostKind.CARD)
        .order_by(cards.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(*columns(Post), *columns(Room), func.coalesce(_POLLS.c.version, 1), card)
        .outerjoin_from(_POSTS, _POLLS, _POLLS.c.id == _POSTS.c.poll_id)
        .outerjoin(_ROOMS, _ROOMS.c.id == _POSTS.c.room_id)
        .where(
            _POSTS.c.live,
            or_(_POSTS.c.message == "", _POSTS.c.shown < _POLLS.c.version),
            or_(_POSTS.c.not_before.is_(None), _POSTS.c.not_before <= bindparam("now")),
            func.coalesce(_ROOMS.c.platform, _POSTS.c.platform).in_(bindparam("platforms", expanding=True)),
        )
        .order_by(_POSTS.c.id)
        .limit(bindparam("limit"))
    )
