"""Attending: who may take part in a poll, what each of them speaks for, and who has."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import bindparam, func, select

from decisions import participation, polls
from decisions.affiliates import speaks, speaks_for
from decisions.model import (
    Account,
    Affiliate,
    Ballot,
    Electorate,
    Group,
    Member,
    Poll,
    Role,
    Seat,
    Status,
    Voter,
)
from decisions.participation import Voice
from storage import finding
from storage.electing import proxies_in
from storage.prepared import Prepared
from storage.presence import votes_somewhere
from storage.spending import without_voice
from storage.tables import TABLES
from storage.work import Work, columns

_MEMBERS, _AFFILIATES, _VOTERS = TABLES[Member], TABLES[Affiliate], TABLES[Voter]
_ACCOUNTS = TABLES[Account]
_POLLS, _GROUPS = TABLES[Poll], TABLES[Group]


# -- affiliates -------------------------------------------------------------------------------------------------------


def seated(work: Work, affiliate_id: int) -> list[Member]:
    """Who speaks for an affiliate, or asks to."""
    found = work.all(Member, affiliate_id=affiliate_id)
    return [one for one in found if one.merged_into is None and one.seat is not Seat.NONE]


def speaking(work: Work, affiliate_id: int) -> list[Member]:
    """Who speaks for an affiliate."""
    return [one for one in seated(work, affiliate_id) if speaks(one)]


def unheard(work: Work, poll: Poll, took_part: set[int]) -> tuple[tuple[str, ...], int]:
    """The affiliates in an open poll's electorate that are not heard yet, and, where there are any, how many people."""
    if poll.status is not Status.OPEN:
        return (), 0
    if poll.electorate is Electorate.ROLL:
        rows = _on_roll().all(work.connection, {"poll": poll.id, **_SEATS})
    else:
        rows = _present().all(work.connection, {"group": poll.group_id, **_SEATS, **_NOT})
    heard = {name for name, member in rows if member in took_part}
    silent = tuple(dict.fromkeys(name for name, _ in rows if name not in heard))
    if not silent:
        return (), 0
    voices = {member for name, member in rows if name in silent}
    return silent, max(_people(work, poll) - len(took_part), len(voices))


def _people(work: Work, poll: Poll) -> int:
    if poll.electorate is Electorate.ROLL:
        return poll.base
    present = _present_members().first(work.connection, {"group": poll.group_id, **_NOT})
    return max(poll.base, present[0] if present else 0)


def speakers(work: Work, group_id: int) -> list[tuple[str, int]]:
    """The affiliates of which somebody is in the group's rooms now, by name, each with the members who speak for it."""
    return [(name, member) for name, member in _present().all(work.connection, {"group": group_id, **_SEATS, **_NOT})]


# -- everyone who may vote --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Around:
    """What is the same for every poll of a group: asked for once, where many polls are looked at."""

    affiliates: Mapping[int, Affiliate]
    platforms: Mapping[int, tuple[str, ...]]
    """Person id -> those on which they have an account."""
    members: Mapping[int, Member]
    present: Set[int]
    """Who is in its rooms."""


def around(work: Work, group_id: int) -> Around:
    """What is the same for every poll of a group."""
    return Around(
        affiliates={one.id: one for one in work.all(Affiliate, group_id=group_id)},
        platforms=_platforms(work, group_id),
        members={member.id: member for member, _ in finding.members(work, group_id)},
        present=finding.there(work, group_id),
    )


def voices(work: Work, poll: Poll, now: datetime, known: Around | None = None) -> list[Voice]:
    """Everyone who may vote in a poll, as far as we know them, with what they speak for, and whether they have."""
    known = known or around(work, poll.group_id)
    took = took_part(work, poll, now)
    electorate = list(_electorate(work, poll, took, known))
    mute = without_voice(work, poll, [member.id for member, *_ in electorate]) - took
    found = []
    for member, affiliate_id, region in (one for one in electorate if one[0].id not in mute):
        affiliate = known.affiliates.get(affiliate_id or 0)
        found.append(
            Voice(
                member=member.id,
                heard=member.id in took,
                affiliate=affiliate_id,
                region=region or (affiliate.region if affiliate else ""),
                language=affiliate.language if affiliate else "",
                platforms=known.platforms.get(member.person_id, ()),
            )
        )
    return participation.by_affiliate(found) if poll.rules.by_affiliate else found


def took_part(work: Work, poll: Poll, now: datetime) -> set[int]:
    """Who has a ballot that counts, or a proxy who has."""
    cast = {one.member_id for one in work.all(Ballot, poll_id=poll.id) if polls.counts(poll, one)}
    if poll.outcome is not None:
        return {*cast, *(member for member, _ in poll.outcome.proxies)}
    return {*cast, *(member for member, proxy in proxies_in(work, poll, now) if proxy in cast)}


def _electorate(work: Work, poll: Poll, took: set[int], known: Around) -> Iterable[tuple[Member, int | None, str]]:
    """Each with the affiliate that they speak for and its region: as the roll has them, else as they are now."""
    members = known.members
    if poll.electorate is Electorate.ROLL:
        roll = {one.member_id: one for one in work.all(Voter, poll_id=poll.id)}
        for member in (members[one] for one in sorted(roll) if one in members):
            line = roll[member.id]
            yield member, line.affiliate_id or speaks_for(member), line.region
        return
    for member in (members[one] for one in sorted((known.present | took) & members.keys())):
        if member.role is not Role.OBSERVER and (poll.closed_at is None or member.joined_at <= poll.closed_at):
            yield member, speaks_for(member), ""


def _platforms(work: Work, group_id: int) -> dict[int, tuple[str, ...]]:
    """Person id -> the platforms on which they have an account."""
    statement = (
        select(_ACCOUNTS.c.person_id, _ACCOUNTS.c.platform)
        .join(_MEMBERS, _MEMBERS.c.person_id == _ACCOUNTS.c.person_id)
        .where(_MEMBERS.c.group_id == group_id)
        .distinct()
        .order_by(_ACCOUNTS.c.person_id, _ACCOUNTS.c.platform)
    )
    found: dict[int, tuple[str, ...]] = {}
    for person, platform in work.connection.execute(statement):
        found[person] = (*found.get(person, ()), platform)
    return found


# -- months -----------------------------------------------------------------------------------------------------------


def closed_between(work: Work, group_id: int, begin: datetime, end: datetime) -> list[Poll]:
    """The polls that a group closed from one instant until another."""
    closed = (_POLLS.c.closed_at >= begin.astimezone(UTC), _POLLS.c.closed_at < end.astimezone(UTC))
    statement = select(*columns(Poll)).where(_POLLS.c.group_id == group_id, _POLLS.c.status == Status.CLOSED, *closed)
    return work.select(Poll, statement.order_by(_POLLS.c.closed_at, _POLLS.c.id))


# -- statements, built once -------------------------------------------------------------------------------------------

_SEATS = {"representative": Seat.REPRESENTATIVE, "alternate": Seat.ALTERNATE}
_NOT = {"observer": Role.OBSERVER}
_SPEAKS = (_MEMBERS.c.seat == bindparam("representative")) | (_MEMBERS.c.seat == bindparam("alternate"))
_VOTES = (_MEMBERS.c.merged_into.is_(None), _MEMBERS.c.role != bindparam("observer"))


@cache
def _on_roll() -> Prepared:
    """The affiliates on a roll, by name, each with the members who speak for it there."""
    speaking = func.coalesce(_VOTERS.c.affiliate_id, _MEMBERS.c.affiliate_id) == _AFFILIATES.c.id
    return Prepared(
        select(_AFFILIATES.c.name, _VOTERS.c.member_id)
        .join_from(_VOTERS, _MEMBERS, _MEMBERS.c.id == _VOTERS.c.member_id)
        .join(_AFFILIATES, speaking)
        .where(_VOTERS.c.poll_id == bindparam("poll"))
        .where(_VOTERS.c.affiliate_id.is_not(None) | _SPEAKS)
        .order_by(_AFFILIATES.c.name, _VOTERS.c.member_id)
    )


@cache
def _present() -> Prepared:
    """The affiliates of which somebody is in the group's rooms now, by name, each with those."""
    return Prepared(
        select(_AFFILIATES.c.name, _MEMBERS.c.id)
        .join_from(_MEMBERS, _AFFILIATES, _AFFILIATES.c.id == _MEMBERS.c.affiliate_id)
        .where(_MEMBERS.c.group_id == bindparam("group"), _SPEAKS, *_VOTES, votes_somewhere(_MEMBERS.c.id))
        .order_by(_AFFILIATES.c.name, _MEMBERS.c.id)
    )


@cache
def _present_members() -> Prepared:
    return Prepared(
        select(func.count(_MEMBERS.c.id)).where(
            _MEMBERS.c.group_id == bindparam("group"), *_VOTES, votes_somewhere(_MEMBERS.c.id)
        )
    )
