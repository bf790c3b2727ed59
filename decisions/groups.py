"""Members, roles and the electorate: who may do what in a group."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from decisions.affiliates import speaks_for
from decisions.change import Change
from decisions.events import RoleGiven, SettingChanged
from decisions.model import Electorate, Group, Member, Poll, Proposers, Role, Room, Voter
from decisions.refusals import (
    FacilitatorsPropose,
    LastFacilitator,
    MembersPropose,
    NotInElectorate,
    ObserversDoNotVote,
    OnlyFacilitators,
    OnlyProposer,
    SeatLost,
    Who,
)


def is_facilitator(member: Member) -> bool:
    """Whether the member looks after the group's polls."""
    return member.role is Role.FACILITATOR


def check_leads(poll: Poll, by: Member, facilitators: Iterable[int]) -> None:
    """Refuse everyone but the poll's proposer and the facilitators; the refusal says who can."""
    if by.id != poll.by and not is_facilitator(by):
        raise OnlyProposer(poll.ref, Who(tuple(dict.fromkeys((poll.by, *facilitators)))))


def check_facilitates(by: Member, facilitators: Iterable[int]) -> None:
    """Refuse everyone but the facilitators."""
    if not is_facilitator(by):
        raise OnlyFacilitators(Who(tuple(facilitators)))


def check_proposes(group: Group, by: Member, *, leads: bool, facilitators: Iterable[int] = ()) -> None:
    """Refuse whom the group does not let put anything. `leads`: they may do what facilitators do."""
    if leads or group.proposers is Proposers.EVERYONE:
        return
    if group.proposers is Proposers.FACILITATORS:
        raise FacilitatorsPropose(Who(tuple(facilitators)))
    if by.role is Role.OBSERVER:
        raise MembersPropose(Who(tuple(facilitators)))


def change(group: Group, changed: Group, setting: str, *, by: Member) -> Change:
    """Set something for the whole group."""
    if changed == group:
        return Change()
    return Change(puts=(changed,), events=(SettingChanged(by=by.id, setting=setting),))


def check_votes(by: Member, facilitators: Iterable[int] = ()) -> None:
    """Refuse observers."""
    if by.role is Role.OBSERVER:
        raise ObserversDoNotVote(Who(tuple(facilitators)))


def check_may_vote(
    poll: Poll, by: Member, *, present: bool, line: Voter | None, facilitators: Iterable[int] = ()
) -> None:
    """Refuse who is not in the poll's electorate. Open: whoever is in one of the group's rooms now; else: the roll.

    `line`: theirs of the roll. Where an affiliate has one ballot, they must still speak for the one that stands there.
    """
    check_votes(by, facilitators)
    if not (line if poll.electorate is Electorate.ROLL else present):
        raise NotInElectorate(poll.ref)
    if line is not None and poll.rules.by_affiliate and line.affiliate_id not in (None, speaks_for(by)):
        raise SeatLost(poll.ref)


def base(voters: Iterable[int], rooms: Sequence[tuple[Room, Sequence[int]]]) -> int:
    """The people in the rooms, each once: those we know, and those a platform counts but does not name.

    `voters` are the members who may vote; `rooms` pairs each room with the ids of all members known to be in it.
    """
    unknown = sum(max(0, (room.size or 0) - len(set(known))) for room, known in rooms)
    return len(set(voters)) + unknown


def give_role(member: Member, role: Role, *, by: Member, facilitators: Sequence[int]) -> Change:
    """Whoever leads the group gives a member another role. A group keeps at least one facilitator."""
    if member.role is role:
        return Change()
    if member.role is Role.FACILITATOR and set(facilitators) == {member.id}:
        raise LastFacilitator
    return Change(puts=(replace(member, role=role),), events=(RoleGiven(by=by.id, member=member.id, role=role.value),))
