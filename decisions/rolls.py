"""Rolls: whom one names when a poll opens, what stands on each of its lines, and who comes on it later."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from decisions import seals
from decisions.affiliates import speaks_for
from decisions.change import Change
from decisions.counting import affiliates, electors, regions
from decisions.events import RollChanged
from decisions.groups import check_facilitates
from decisions.lifecycle import Act, after
from decisions.model import Addition, Affiliate, Electorate, Listed, Member, Poll, Role, Seat, Voter
from decisions.refusals import (
    EmptyRoll,
    NoRepresentatives,
    NoRoll,
    NotSeated,
    ObserverOnRoll,
    SecondNeeded,
    TooNarrow,
)

EVERYONE, AFFILIATES, SINCE, LIST = "everyone", "affiliates", "since:", "list:"
"""What `Poll.roll` may say or begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A group as a roll is made from it: its living members, who of them is in a room, and what they may speak for."""

    members: Mapping[int, Member]
    present: frozenset[int]
    affiliates: Mapping[int, Affiliate]
    named: frozenset[int] = frozenset()
    """Who was named when the poll was put."""
    listed: Sequence[Listed] = ()
    """The lines of the list it is made from."""
    before: datetime | None = None
    """Only who joined before comes on it."""


def made(poll: Poll, people: People) -> list[Voter]:
    """The roll, as it is fixed at this moment. Observers are never on it."""
    if poll.roll.startswith(LIST):
        lines = (_listed(poll, one, people) for one in people.listed if _votes(people, one.member_id))
    else:
        chosen = sorted(one for one in _chosen(poll, people) if _votes(people, one))
        lines = (line(poll, people.members[one], people.affiliates) for one in chosen)
    return list({one.member_id: one for one in lines}.values())


def line(poll: Poll, member: Member, known: Mapping[int, Affiliate]) -> Voter:
    """A member's line: the affiliate they speak for, and what it weighs.

    Where people vote and not affiliates, its weight is its representative's alone: it does not grow with every
    alternate that an affiliate names.
    """
    one = known.get(speaks_for(member) or 0)
    if one is None:
        return Voter(poll_id=poll.id, member_id=member.id)
    carries = poll.rules.weighted and (poll.rules.by_affiliate or member.seat is Seat.REPRESENTATIVE)
    weight = one.weight if carries else 1
    return Voter(poll_id=poll.id, member_id=member.id, affiliate_id=one.id, region=one.region, weight=weight)


def check_made(poll: Poll, roll: Sequence[Voter], given: str) -> None:
    """Refuse a roll by which nothing could be decided. `given`: as it was asked for."""
    if not roll and poll.roll == AFFILIATES:
        raise NoRepresentatives("affiliates")
    if not roll:
        raise EmptyRoll(given)
    there, of = len(affiliates(roll)), len(regions(roll))
    asked = max(poll.rules.affiliates, int(poll.rules.double))
    if asked > there or poll.rules.regions > of:
        raise TooNarrow(asked, poll.rules.regions, there, of)


def add(
    poll: Poll, voter: Voter, wish: Addition | None, roll: Sequence[Voter], *, by: Member, facilitators: Sequence[int],
    now: datetime,
) -> Change:  # fmt: skip
    """A facilitator wants somebody on the roll of an open poll. The second one's wish makes it so."""
    after(poll, Act.CAST, now)
    check_facilitates(by, facilitators)
    if any(one.member_id == voter.member_id for one in roll):
        return Change()
    if len(facilitators) < 2:
        raise SecondNeeded("members")
    if wish is None or wish.by not in facilitators:
        return Change(puts=(Addition(poll_id=poll.id, member_id=voter.member_id, by=by.id),))
    if wish.by == by.id:
        return Change()
    return _added(poll, _as_its_kin(voter, poll, roll), wish, roll, by)


def check_addable(poll: Poll, member: Member, name: str) -> None:
    """Refuse who can come on no roll, and any addition where there is none."""
    if poll.electorate is not Electorate.ROLL:
        raise NoRoll(poll.ref)
    if member.role is Role.OBSERVER:
        raise ObserverOnRoll(name)
    if poll.rules.by_affiliate and speaks_for(member) is None:
        raise NotSeated(name, poll.ref, "affiliate")


def _chosen(poll: Poll, people: People) -> Iterable[int]:
    if poll.roll == AFFILIATES:
        return [one.id for one in people.members.values() if speaks_for(one) is not None]
    if poll.roll.startswith(SINCE):
        return [one for one in people.present if _joined_before(people, one)]
    return people.present if poll.roll == EVERYONE else people.named


def _joined_before(people: People, member_id: int) -> bool:
    member = people.members.get(member_id)
    return member is not None and people.before is not None and member.joined_at < people.before


def _votes(people: People, member_id: int) -> bool:
    member = people.members.get(member_id)
    return member is not None and member.role is not Role.OBSERVER


def _listed(poll: Poll, one: Listed, people: People) -> Voter:
    affiliate = people.affiliates.get(one.affiliate_id or 0)
    return Voter(
        poll_id=poll.id,
        member_id=one.member_id,
        affiliate_id=affiliate.id if affiliate else None,
        region=affiliate.region if affiliate else "",
        weight=one.weight if poll.rules.weighted else 1,
    )


def _as_its_kin(voter: Voter, poll: Poll, roll: Sequence[Voter]) -> Voter:
    """Of an affiliate that is on the roll already, the region stays as it was fixed, and so does the weight of its ballot."""
    kin = next((one for one in roll if one.affiliate_id == voter.affiliate_id is not None), None)
    if kin is None:
        return voter
    return replace(voter, region=kin.region, weight=kin.weight if poll.rules.by_affiliate else voter.weight)


def _added(poll: Poll, voter: Voter, wish: Addition, roll: Sequence[Voter], by: Member) -> Change:
    longer = [*roll, voter]
    base, seal = electors(poll, longer), seals.of_roll(poll, longer)
    event = RollChanged(by=wish.by, poll=poll.id, member=voter.member_id, base=base, roll=seal, second=by.id)
    grown = replace(poll, base=base, version=poll.version + 1)
    return Change(puts=(voter, grown), drops=(wish,), events=(event,))
