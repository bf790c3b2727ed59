"""Polling: the polls that are open, decided or still to come, found by what is asked for, each in one statement."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.sql import Select

from decisions.model import Ballot, Electorate, Member, Poll, Post, PostKind, Revision, Room, Status, Voter
from storage.prepared import Prepared
from storage.tables import TABLES
from storage.work import Work, columns, split

_POLLS, _BALLOTS, _POSTS, _VOTERS = TABLES[Poll], TABLES[Ballot], TABLES[Post], TABLES[Voter]
_ROOMS, _MEMBERS, _REVISIONS = TABLES[Room], TABLES[Member], TABLES[Revision]


def poll_and_ballot(work: Work, poll_id: int, member_id: int) -> tuple[Poll | None, Ballot | None]:
    """A poll, and what this member has marked in it."""
    row = _poll_and_ballot().first(work.connection, {"poll": poll_id, "member": member_id})
    if row is None:
        return None, None
    poll, ballot, _ = split(row, Poll, Ballot)
    return work.keep(Poll, poll), (work.keep(Ballot, ballot) if ballot[0] is not None else None)


def latest_open(work: Work, group_id: int, stance_methods: Sequence[str]) -> list[Poll]:
    """The group's open polls by these methods, the one put last first."""
    return work.select(Poll, _latest_open(), group=group_id, methods=list(stance_methods))


def unfinished(work: Work, member: Member, room_id: int) -> list[Poll]:
    """The polls that a member, or who turned out to be they, has put in a room and that are open or scheduled, the first
    of them first."""
    themselves = select(_MEMBERS.c.id).where((_MEMBERS.c.id == member.id) | (_MEMBERS.c.merged_into == member.id))
    statement = select(*columns(Poll)).where(
        _POLLS.c.group_id == member.group_id,
        _POLLS.c.status.in_((Status.OPEN, Status.SCHEDULED)),
        _POLLS.c.by.in_(themselves),
        _POLLS.c.room_id == room_id,
    )
    return work.select(Poll, statement.order_by(_POLLS.c.id))


def decided(work: Work, group_id: int, limit: int | None = None) -> list[Poll]:
    """The group's decisions, the latest first."""
    statement = select(*columns(Poll)).where(_POLLS.c.group_id == group_id, _POLLS.c.decision.is_not(None))
    return work.select(Poll, statement.order_by(_POLLS.c.decision.desc()).limit(limit))


def open_on(work: Work, platform: str, before: datetime) -> list[Poll]:
    """The polls of the groups on a platform that were open before an instant, and still are."""
    here = select(_ROOMS.c.group_id).where(_ROOMS.c.platform == platform)
    statement = select(*columns(Poll)).where(_POLLS.c.status == Status.OPEN, _POLLS.c.opens_at < before)
    return work.select(Poll, statement.where(_POLLS.c.group_id.in_(here)))


def native(work: Work, platform: str, begins: str) -> Post | None:
    """The post that is a poll of a platform's own, by how its message's id begins."""
    statement = (
        select(*columns(Post))
        .join_from(_POSTS, _ROOMS, _ROOMS.c.id == _POSTS.c.room_id)
        .where(_ROOMS.c.platform == platform, _POSTS.c.kind == PostKind.NATIVE)
        .where(_POSTS.c.message.startswith(begins, autoescape=True))
    )
    found = work.select(Post, statement)
    return found[0] if found else None


def titles(work: Work, polls: Sequence[Poll]) -> dict[int, str]:
    """Poll id -> its title as it stands."""
    ids = [one.id for one in polls]
    statement = select(_POLLS.c.id, _REVISIONS.c.title).join_from(
        _POLLS,
        _REVISIONS,
        and_(_REVISIONS.c.poll_id == _POLLS.c.id, _REVISIONS.c.number == _POLLS.c.revision),
    )
    return {row[0]: row[1] for row in work.connection.execute(statement.where(_POLLS.c.id.in_(ids)))}


def closed_since(work: Work, group_id: int, since: datetime) -> list[Poll]:
    """The group's decisions that were made after an instant, in the order of their numbers."""
    statement = select(*columns(Poll)).where(
        _POLLS.c.group_id == group_id, _POLLS.c.decision.is_not(None), _POLLS.c.closed_at > since
    )
    return work.select(Poll, statement.order_by(_POLLS.c.decision))


def ahead(work: Work, group_id: int) -> list[Poll]:
    """The group's polls that are open or still to come."""
    statement = select(*columns(Poll)).where(_POLLS.c.group_id == group_id)
    return work.select(
        Poll, statement.where(_POLLS.c.status.in_((Status.OPEN, Status.SCHEDULED))).order_by(_POLLS.c.id)
    )


def open_for(work: Work, member: Member) -> list[tuple[Poll, Ballot | None]]:
    """The open polls in which a member may vote, the one that closes first first, each with their ballot."""
    statement = (
        select(*columns(Poll), *columns(Ballot))
        .join_from(
            _POLLS, _BALLOTS, and_(_BALLOTS.c.poll_id == _POLLS.c.id, _BALLOTS.c.member_id == member.id), isouter=True
        )
        .outerjoin(_VOTERS, and_(_VOTERS.c.poll_id == _POLLS.c.id, _VOTERS.c.member_id == member.id))
        .where(
            _POLLS.c.group_id == member.group_id,
            _POLLS.c.status == Status.OPEN,
            or_(_POLLS.c.electorate == Electorate.OPEN, _VOTERS.c.member_id.is_not(None)),
        )
        .order_by(_POLLS.c.closes_at, _POLLS.c.id)
    )
    found = []
    for row in work.connection.execute(statement):
        poll, ballot, _ = split(row, Poll, Ballot)
        found.append((work.keep(Poll, poll), work.keep(Ballot, ballot) if ballot[0] is not None else None))
    return found


# -- statements, built once -------------------------------------------------------------------------------------------


@cache
def _poll_and_ballot() -> Prepared:
    mine = and_(_BALLOTS.c.poll_id == _POLLS.c.id, _BALLOTS.c.member_id == bindparam("member"))
    return Prepared(
        select(*columns(Poll), *columns(Ballot))
        .join_from(_POLLS, _BALLOTS, mine, isouter=True)
        .where(_POLLS.c.id == bindparam("poll"))
    )


@cache
def _latest_open() -> Select[Any]:
    return (
        select(*columns(Poll))
        .where(
            _POLLS.c.group_id == bindparam("group"),
            _POLLS.c.status == Status.OPEN,
            _POLLS.c.method.in_(bindparam("methods", expanding=True)),
        )
        .order_by(_POLLS.c.opens_at.desc(), _POLLS.c.id.desc())
    )
