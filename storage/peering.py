"""Peering: what is offered and asked for, and who is still there to be brought together."""

from collections.abc import Iterable

from sqlalchemy import and_, func, or_, select

from decisions.model import Help, Introduction, Member, Post, PostKind, Side
from storage.presence import votes_somewhere
from storage.tables import TABLES
from storage.work import Work, columns

_HELPS, _INTRODUCTIONS, _MEMBERS, _POSTS = TABLES[Help], TABLES[Introduction], TABLES[Member], TABLES[Post]


def known(work: Work, side: Side) -> list[Help]:
    """All of one side that is not over, of people who are in some group still."""
    member = select(_MEMBERS.c.id).where(
        _MEMBERS.c.person_id == _HELPS.c.person_id, _MEMBERS.c.merged_into.is_(None), votes_somewhere(_MEMBERS.c.id)
    )
    statement = select(*columns(Help)).where(_HELPS.c.side == side, _HELPS.c.ends_at.is_not(None), member.exists())
    return work.select(Help, statement.order_by(_HELPS.c.id))


def listed(work: Work, side: Side) -> list[Help]:
    """All of one side that is not over, whether or not its people are still there: whoever leaves changes no list."""
    statement = select(*columns(Help)).where(_HELPS.c.side == side, _HELPS.c.ends_at.is_not(None))
    return work.select(Help, statement.order_by(_HELPS.c.id))


def introductions(work: Work, helps: Iterable[int]) -> list[Introduction]:
    """Those of any of these."""
    found: dict[int, Introduction] = {}
    ordered = sorted(set(helps))
    for start in range(0, len(ordered), 500):  # databases limit how many values one statement may name
        part = ordered[start : start + 500]
        either = or_(_INTRODUCTIONS.c.offer_id.in_(part), _INTRODUCTIONS.c.ask_id.in_(part))
        found |= {one.id: one for one in work.select(Introduction, select(*columns(Introduction)).where(either))}
    return list(found.values())


def questions(work: Work) -> list[Post]:
    """Every message by which anybody was asked, or told of another."""
    return work.all(Post, kind=PostKind.PEER)


def is_in_a_group(work: Work, person_id: int) -> bool:
    """Whether somebody is in a room of any group."""
    mine = and_(_MEMBERS.c.person_id == person_id, _MEMBERS.c.merged_into.is_(None))
    statement = select(func.count()).where(mine, votes_somewhere(_MEMBERS.c.id))
    return bool(work.connection.execute(statement).scalar())
