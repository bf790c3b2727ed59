"""Linking: two accounts turn out to be one person's - who goes on, which ballot stands, and whom the roll names."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from decisions import seals
from decisions.affiliates import ASKING
from decisions.change import Change
from decisions.counting import electors, turnout
from decisions.events import (
    BallotMoved,
    BallotStruck,
    Event,
    MembersMerged,
    ProxyEnded,
    ProxyNamed,
    RoleGiven,
    RollChanged,
    SeatAsked,
    SeatGiven,
)
from decisions.model import Ballot, Electorate, Member, Person, Poll, Proxy, Role, Seat, Status, Voter

RANKS = (Role.OBSERVER, Role.MEMBER, Role.FACILITATOR)
SEATS = (Seat.NONE, Seat.ASKED_ALTERNATE, Seat.ASKED, Seat.ALTERNATE, Seat.REPRESENTATIVE)


def one_person(one: Person, other: Person) -> tuple[Person, Person]:
    """The person who goes on, known for longer than the other, and what is left of the other.

    Settings are those of the first; where it has none, the other's.
    """
    elder, younger = sorted((one, other), key=lambda each: each.id)
    lives = replace(
        elder,
        name=elder.name or younger.name,
        language=elder.language or younger.language,
        zone=elder.zone or younger.zone,
        digest_at=elder.digest_at or younger.digest_at,
    )
    return lives, replace(younger, name="", language="", zone="", digest_at=None, merged_into=elder.id)


def one_member(into: Member, gone: Member) -> Change:
    """In a group that has both: `into` goes on with the higher role, and with the other's seat where it has none."""
    affiliate, seat = _seat(into, gone)
    lives = replace(
        into,
        role=max(into.role, gone.role, key=RANKS.index),
        affiliate_id=affiliate,
        seat=seat,
        joined_at=min(into.joined_at, gone.joined_at),
    )
    shell = replace(gone, affiliate_id=None, seat=Seat.NONE, merged_into=into.id)
    merged = MembersMerged(by=into.id, member=gone.id, into=into.id)
    return Change(puts=(shell, lives), events=(merged, *_given(into, lives), *_seats_given(into, lives, gone)))


def _seat(into: Member, gone: Member) -> tuple[int | None, Seat]:
    if into.affiliate_id is None:
        return gone.affiliate_id, gone.seat
    if into.affiliate_id == gone.affiliate_id:
        return into.affiliate_id, max(into.seat, gone.seat, key=SEATS.index)
    return into.affiliate_id, into.seat


def _given(before: Member, lives: Member) -> Iterable[Event]:
    if lives.role is not before.role:
        yield RoleGiven(by=lives.id, member=lives.id, role=lives.role.value)


def _seats_given(before: Member, lives: Member, gone: Member) -> Iterable[Event]:
    if gone.affiliate_id is not None and gone.seat is not Seat.NONE:
        yield SeatGiven(by=lives.id, member=gone.id, affiliate=gone.affiliate_id, seat=Seat.NONE.value)
    if lives.affiliate_id is None or lives.seat is before.seat:
        return
    if lives.seat in ASKING:
        yield SeatAsked(by=lives.id, member=lives.id, affiliate=lives.affiliate_id)
    else:
        yield SeatGiven(by=lives.id, member=lives.id, affiliate=lives.affiliate_id, seat=lives.seat.value)


# -- in a poll that is not over ---------------------------------------------------------------------------------------


def one_voter(poll: Poll, into: Member, gone: Member, roll: Sequence[Voter], *, counted: bool) -> Change:
    """The electorate has one of them in it. `roll`: its lines; `counted`: both were counted when an open one opened."""
    lines = {one.member_id: one for one in roll}
    mine, theirs = lines.pop(into.id, None), lines.pop(gone.id, None)
    if theirs is not None:
        line = _line(mine, theirs, into)
        fixed = seals.of_roll(poll, [*lines.values(), line])
        change = Change(puts=(line,), drops=(theirs,))
        return _roll_changed(change, poll, into, gone, base=electors(poll, [*lines.values(), line]), fixed=fixed)
    if poll.electorate is Electorate.OPEN and counted:
        return _roll_changed(Change(), poll, into, gone, base=poll.base - 1, fixed="")
    return Change()


def _line(mine: Voter | None, theirs: Voter, into: Member) -> Voter:
    """What they vote for stays as it stood; the other's where the first voted for nobody but themselves."""
    return replace(theirs, member_id=into.id) if mine is None or mine.affiliate_id is None else mine


def _roll_changed(change: Change, poll: Poll, into: Member, gone: Member, *, base: int, fixed: str) -> Change:
    if poll.status is not Status.OPEN:  # until it opens nothing is counted or sealed
        return change
    changed = replace(poll, base=base, version=poll.version + 1)
    event = RollChanged(by=into.id, poll=poll.id, member=gone.id, base=changed.base, roll=fixed)
    return replace(change, puts=(*change.puts, changed), events=(event,))


def one_ballot(
    poll: Poll,
    ballots: Sequence[Ballot],
    roll: Sequence[Voter],
    *,
    into: Member,
    gone: Member,
    salt: str,
) -> Change:
    """Of the ballots of one person the later stands, as the ballot of `into`; a struck block blocks no more.

    `ballots` are all in the poll, and `roll` is its roll as it is now."""
    mine, theirs = (next((one for one in ballots if one.member_id == who.id), None) for who in (into, gone))
    if theirs is None:
        return Change()
    moved = () if mine is not None and mine.at >= theirs.at else (_moved(theirs, into, salt),)
    out = tuple(one for one in (mine, theirs) if one is not None and (moved or one is theirs))
    left = [*(one for one in ballots if one not in out), *moved]
    events: list[Event] = [BallotStruck(by=into.id, poll=poll.id, member=one.member_id) for one in out]
    events += [
        BallotMoved(by=into.id, poll=poll.id, revision=one.revision, seal=one.seal, cast_at=one.at.isoformat())
        for one in moved
    ]
    counted = replace(poll, turnout=turnout(poll, left, roll), version=poll.version + 1)
    return Change((*moved, counted), out, tuple(events))


def later(mine: Ballot, theirs: Ballot) -> tuple[Ballot, Ballot]:
    """Of two ballots of one person the one that stands, and the one that is struck."""
    return (mine, theirs) if mine.at >= theirs.at else (theirs, mine)


def _moved(ballot: Ballot, into: Member, salt: str) -> Ballot:
    """Of an affiliate's voices it is as late a word as it was."""
    unsealed = replace(ballot, member_id=into.id, salt=salt)
    return replace(unsealed, seal=seals.of_ballot(unsealed))


def one_proxy(kept: Iterable[Proxy], into: Member, gone: Member) -> Change:
    """Whoever named one of them named this person; what `into` has named itself goes before, and nobody is their own."""
    known = list(kept)
    taken = {one.poll_id for one in known if one.member_id == into.id}
    drops, puts, events = list[Proxy](), list[Proxy](), list[Event]()
    for one in known:
        moved = _proxy(one, into, gone)
        if moved == one:
            continue
        drops.append(one)
        events.append(ProxyEnded(by=into.id, member=one.member_id, for_poll=one.poll_id))
        if moved.member_id == moved.proxy_id or (one.member_id == gone.id and one.poll_id in taken):
            continue
        puts.append(moved)
        events.append(_named(moved, into))
    return Change(tuple(puts), tuple(drops), tuple(events))


def _proxy(one: Proxy, into: Member, gone: Member) -> Proxy:
    member, proxy = (into.id if each == gone.id else each for each in (one.member_id, one.proxy_id))
    return replace(one, member_id=member, proxy_id=proxy)


def _named(one: Proxy, by: Member) -> Event:
    until = one.until.isoformat() if one.until else ""
    return ProxyNamed(by=by.id, member=one.member_id, proxy=one.proxy_id, for_poll=one.poll_id, until=until)
