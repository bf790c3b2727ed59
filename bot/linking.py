"""Linking and separating: what becomes of people, their members and their polls when accounts come together or part."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot import steps
from bot.meeting import merging
from bot.peers import parting
from decisions import linking
from decisions.change import Change
from decisions.events import AccountLinked, AccountUnlinked, MemberJoined
from decisions.model import (
    Account,
    Addition,
    Ballot,
    Electorate,
    Member,
    Person,
    Poll,
    Presence,
    Proxy,
    Role,
    Room,
    Status,
    Voter,
)
from storage import electing, spending
from storage.presence import is_where_votes_are
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Struck:
    """One person had two ballots in a poll: which stands, and which was struck and came from these platforms."""

    poll: Poll
    stands: Ballot
    struck: Ballot
    platforms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    """What each part of it needs to know. `accounts`: those of each of the two until now, by person."""

    work: Work
    now: datetime
    salt: Callable[[], str]
    accounts: dict[int, list[Account]]


def unite(work: Work, one: Person, other: Person, now: datetime, salt: Callable[[], str]) -> list[Struck]:
    """Two people are one from now on."""
    lives, shell = linking.one_person(one, other)
    task = _Task(work, now, salt, {each.id: work.all(Account, person_id=each.id) for each in (lives, shell)})
    work.put(lives, shell)
    work.put(*(replace(each, person_id=lives.id) for each in work.all(Account, person_id=shell.id)))
    work.put(*(replace(each, merged_into=lives.id) for each in work.all(Person, merged_into=shell.id)))
    merging.one_person(work, lives, shell)
    parting.one_person(work, lives, shell)
    struck = []
    for member in work.all(Member, person_id=shell.id):
        mine = work.get(Member, group_id=member.group_id, person_id=lives.id)
        if member.merged_into is None and mine is None:
            work.put(replace(member, person_id=lives.id))
        elif member.merged_into is None and mine is not None:
            struck += _one_member(task, mine, member)
    for member in work.all(Member, person_id=lives.id):
        work.apply(Change(events=(AccountLinked(by=member.id, member=member.id),)), member.group_id, now)
    return struck


def separate(work: Work, account: Account, now: datetime) -> Person:
    """An account is a person of its own from now on, a member of nothing; but an observer stays one."""
    person = work.the(Person, id=account.person_id)
    spending.spend(work, person, [account], now)
    alone = replace(person, id=work.next_id(Person), token=secrets.token_hex(16), digest_at=None)
    work.put(alone, replace(account, person_id=alone.id))
    for member in work.all(Member, person_id=person.id):
        _leave(work, member, account.platform)
        work.apply(Change(events=(AccountUnlinked(by=member.id, member=member.id),)), member.group_id, now)
        if member.role is Role.OBSERVER:
            _observe(work, member, alone, now)
    return alone


def _observe(work: Work, member: Member, alone: Person, now: datetime) -> None:
    """Whoever may only speak decides nothing by parting either."""
    made = Member(
        id=work.next_id(Member), group_id=member.group_id, person_id=alone.id, role=member.role, joined_at=now
    )
    joined = MemberJoined(by=member.id, member=made.id, role=made.role.value)
    work.apply(Change(puts=(made,), events=(joined,)), member.group_id, now)


def _leave(work: Work, member: Member, platform: str) -> None:
    """They are in no room of that platform until they show themselves there again: it may be the account that went which
    was let in, and nobody is to be there twice by it."""
    rooms = {one.id for one in work.all(Room, group_id=member.group_id, platform=platform)}
    work.drop(*(one for one in work.all(Presence, member_id=member.id) if one.room_id in rooms))


def _mute(work: Work, poll: Poll, member: Member, accounts: list[Account]) -> bool:
    """Whether a member is no voice of a poll: without a ballot, and without an account by which to cast one."""
    if work.get(Ballot, poll_id=poll.id, member_id=member.id) is not None:
        return False
    return spending.all_spent(work, poll, accounts)


# -- in a group that has both -----------------------------------------------------------------------------------------


def _one_member(task: _Task, into: Member, gone: Member) -> list[Struck]:
    work = task.work
    steps.close_overdue(work, into.group_id, task.now)
    counted = _in_a_room(work, into) and _in_a_room(work, gone)
    _one_presence(work, into, gone)
    work.put(*(replace(one, merged_into=into.id) for one in work.all(Member, merged_into=gone.id)))
    work.apply(linking.one_member(into, gone), into.group_id, task.now)
    known = [
        *work.all(Proxy, member_id=into.id),
        *work.all(Proxy, member_id=gone.id),
        *work.all(Proxy, proxy_id=gone.id),
    ]
    work.apply(linking.one_proxy(dict.fromkeys(known), into, gone), into.group_id, task.now)
    _one_addition(work, into, gone)
    merging.one_member(work, into, gone, task.now)
    found = [_one_vote(task, one, into, gone, counted=counted) for one in spending.going(work, into.group_id, task.now)]
    return [one for one in found if one is not None]


def _in_a_room(work: Work, member: Member) -> bool:
    return member.role is not Role.OBSERVER and is_where_votes_are(work, member.id)


def _one_presence(work: Work, into: Member, gone: Member) -> None:
    here = {one.room_id for one in work.all(Presence, member_id=into.id)}
    left = work.all(Presence, member_id=gone.id)
    work.drop(*left)
    work.put(*(replace(one, member_id=into.id) for one in left if one.room_id not in here))


def _one_addition(work: Work, into: Member, gone: Member) -> None:
    """Who wished somebody on a roll is one facilitator, not two; who is on it already needs no wish."""
    for one in work.all(Addition, by=gone.id):
        work.put(replace(one, by=into.id))
    for one in work.all(Addition, member_id=gone.id):
        work.drop(one)
        on_roll = work.get(Voter, poll_id=one.poll_id, member_id=into.id)
        if on_roll is None and work.get(Addition, poll_id=one.poll_id, member_id=into.id) is None:
            work.put(replace(one, member_id=into.id))


def _one_vote(task: _Task, poll: Poll, into: Member, gone: Member, *, counted: bool) -> Struck | None:
    """One line of the electorate and one ballot; the poll closes if it waited for nobody else."""
    work = task.work
    roll = work.all(Voter, poll_id=poll.id) if poll.electorate is Electorate.ROLL else []
    counted = counted and max(into.joined_at, gone.joined_at) <= poll.opens_at
    counted = counted and not any(_mute(work, poll, one, task.accounts[one.person_id]) for one in (into, gone))
    work.apply(linking.one_voter(poll, into, gone, roll, counted=counted), poll.group_id, task.now)
    poll = work.the(Poll, id=poll.id)
    mine = work.get(Ballot, poll_id=poll.id, member_id=into.id)
    theirs = work.get(Ballot, poll_id=poll.id, member_id=gone.id)
    ballots, roll = work.all(Ballot, poll_id=poll.id), electing.roll_of(work, poll)
    change = linking.one_ballot(poll, ballots, roll, into=into, gone=gone, salt=task.salt())
    work.apply(change, poll.group_id, task.now)
    poll = work.the(Poll, id=poll.id)
    if poll.status is Status.OPEN:
        steps.close_if_everyone_has_voted(work, poll, task.now)
    if mine is None or theirs is None:
        return None
    stands, struck = linking.later(mine, theirs)
    person = into.person_id if struck is mine else gone.person_id
    return Struck(poll, stands, struck, _by(struck, task.accounts[person]))


def _by(ballot: Ballot, accounts: list[Account]) -> tuple[str, ...]:
    """By which platform a ballot was cast, if that is known; else where its person has accounts."""
    if ballot.origin:
        return (ballot.origin.partition(":")[0],)
    return tuple(dict.fromkeys(one.platform for one in accounts))
