"""Electing: who is in a poll's electorate, for whom, and whose proxies are in force - each few statements."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from decisions import proxies, rolls
from decisions.affiliates import speaks_for
from decisions.counting import counts
from decisions.model import (
    Affiliate,
    Ballot,
    Electorate,
    Group,
    Listed,
    Member,
    Poll,
    Proxy,
    Role,
    Voter,
)
from storage.finding import there
from storage.presence import votes_somewhere
from storage.spending import without_voice
from storage.tables import TABLES
from storage.work import Work, columns

_MEMBERS, _PROXIES, _VOTERS = TABLES[Member], TABLES[Proxy], TABLES[Voter]


def people(work: Work, poll: Poll) -> rolls.People:
    """A group as the roll of a poll is made from it."""
    everyone = {one.id: one for one in work.all(Member, group_id=poll.group_id)}
    mute = without_voice(work, poll, everyone.keys())
    present = there(work, poll.group_id) - mute
    named = {_living(everyone, one.member_id) for one in work.all(Voter, poll_id=poll.id)}
    listed = work.all(Listed, listing_id=_number(poll.roll)) if poll.roll.startswith(rolls.LIST) else []
    return rolls.People(
        members={key: one for key, one in everyone.items() if one.merged_into is None and key not in mute},
        present=frozenset(present),
        affiliates={one.id: one for one in work.all(Affiliate, group_id=poll.group_id)},
        named=frozenset(named or present),  # a roll of everyone once had no word of its own
        listed=[replace(one, member_id=_living(everyone, one.member_id)) for one in listed],
        before=_day(work, poll) if poll.roll.startswith(rolls.SINCE) else None,
    )


def roll_of(work: Work, poll: Poll) -> list[Voter]:
    """A poll's roll; of an open electorate, none."""
    return work.all(Voter, poll_id=poll.id) if poll.electorate is Electorate.ROLL else []


def heard_of(work: Work, poll: Poll, ballots: Collection[Ballot]) -> list[Voter]:
    """What a poll is counted with: its roll or, where the electorate is open, those who speak for an affiliate in it.

    These are in a room now, or have a ballot that counts.
    """
    if poll.electorate is Electorate.ROLL:
        return roll_of(work, poll)
    everyone = work.all(Member, group_id=poll.group_id)
    spoken = [one for one in everyone if one.merged_into is None and speaks_for(one) is not None]
    if not spoken:
        return []
    here = there(work, poll.group_id)
    here |= {one.member_id for one in ballots if counts(poll, one)}
    known = {one.id: one for one in work.all(Affiliate, group_id=poll.group_id)}
    return [rolls.line(poll, one, known) for one in spoken if one.id in here and one.role is not Role.OBSERVER]


def fellows(work: Work, poll: Poll, member_id: int) -> list[Ballot]:
    """Where an affiliate has one ballot: the ballots of a member's fellow voices."""
    if not poll.rules.by_affiliate:
        return []
    mine = work.get(Voter, poll_id=poll.id, member_id=member_id)
    if mine is None or mine.affiliate_id is None:
        return []
    others = work.all(Voter, poll_id=poll.id, affiliate_id=mine.affiliate_id)
    found = (work.get(Ballot, poll_id=poll.id, member_id=one.member_id) for one in others if one != mine)
    return [one for one in found if one is not None]


def proxies_in(work: Work, poll: Poll, at: datetime) -> tuple[tuple[int, int], ...]:
    """(member, proxy) in a poll: in force at that time, or at its close if that was before, and both in its electorate."""
    if poll.rules.by_affiliate:
        return ()
    kept = [one for one in kept_in(work, poll.group_id) if one.poll_id in (proxies.ALL, poll.id)]
    found = proxies.pairs(poll.id, kept, min(at, poll.closes_at))
    voters = _electorate(work, poll, {one for pair in found.items() for one in pair}) if found else set()
    voters -= without_voice(work, poll, voters)
    return tuple(sorted((member, proxy) for member, proxy in found.items() if {member, proxy} <= voters))


def kept_in(work: Work, group_id: int) -> list[Proxy]:
    """All proxies that the members of a group have named."""
    statement = select(*columns(Proxy)).join_from(_PROXIES, _MEMBERS, _MEMBERS.c.id == _PROXIES.c.member_id)
    return work.select(Proxy, statement.where(_MEMBERS.c.group_id == group_id).order_by(*_PROXIES.primary_key))


def _electorate(work: Work, poll: Poll, members: Collection[int]) -> set[int]:
    """Who of these is in the electorate. Whoever has left the rooms since they voted still is."""
    ballots = TABLES[Ballot]
    voted = select(ballots.c.member_id).where(ballots.c.poll_id == poll.id, ballots.c.member_id == _MEMBERS.c.id)
    listed = select(_VOTERS.c.member_id).where(_VOTERS.c.poll_id == poll.id, _VOTERS.c.member_id == _MEMBERS.c.id)
    among = (
        listed.exists() if poll.electorate is Electorate.ROLL else or_(votes_somewhere(_MEMBERS.c.id), voted.exists())
    )
    statement = select(_MEMBERS.c.id).where(_MEMBERS.c.id.in_(sorted(members)), _MEMBERS.c.merged_into.is_(None), among)
    return set(work.connection.execute(statement.where(_MEMBERS.c.role != Role.OBSERVER)).scalars())


def _living(everyone: dict[int, Member], member_id: int) -> int:
    """Whom a member turned out to be."""
    member = everyone[member_id]
    return member.id if member.merged_into is None else _living(everyone, member.merged_into)


def _number(roll: str) -> int:
    return int(roll.removeprefix(rolls.LIST))


def _day(work: Work, poll: Poll) -> datetime:
    """When the day begins, in the group's zone, before which members must have joined."""
    zone = ZoneInfo(work.the(Group, id=poll.group_id).zone)
    return datetime.combine(datetime.fromisoformat(poll.roll.removeprefix(rolls.SINCE)).date(), time(), zone)
