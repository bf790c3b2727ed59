"""Seeking: for whom a time is looked for, what is known of their hours, and what a time costs them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from decisions import fairness, slots
from decisions.model import Borne, Busy, Group, Member, Person, Role
from decisions.slots import Proposed, Seeker
from storage import finding, seeking
from storage.work import Work


@dataclass(frozen=True)
class Circle:
    """Those for whom a time is looked for, and what they have borne before."""

    group: Group
    people: tuple[tuple[Member, Person], ...]
    seekers: tuple[Seeker, ...]
    ledger: tuple[Borne, ...]

    @property
    def members(self) -> list[int]:
        """Their ids."""
        return [member.id for member, _ in self.people]

    @cached_property
    def without_zone(self) -> list[int]:
        """Those who have said no zone, and are counted in the group's."""
        return [member.id for member, person in self.people if not person.zone]

    def of(self, members: Collection[int]) -> "Circle":
        """These of them alone."""
        return replace(self, seekers=tuple(one for one in self.seekers if one.member_id in members))

    def costs(self, starts_at: datetime, minutes: int) -> Proposed:
        """What a time costs whom."""
        return slots.at(self.seekers, starts_at, timedelta(minutes=minutes))

    def why(self, proposed: Proposed) -> fairness.Why | None:
        """Who has the worst hour, and whose turn it was last time."""
        return fairness.why(proposed.costs, self.ledger)


def asked(work: Work, group: Group) -> list[tuple[Member, Person]]:
    """Who is asked about times: everyone in one of the group's rooms, observers left out."""
    there = finding.there(work, group.id)
    everyone = finding.members(work, group.id)
    return [one for one in everyone if one[0].id in there and one[0].role is not Role.OBSERVER]


def circle(work: Work, group: Group, begin: datetime, end: datetime) -> Circle:
    """Those for whom a time between two instants is looked for."""
    people = asked(work, group)
    hours, busy = seeking.hours(work, group.id), seeking.busy(work, group.id, begin, end)
    ledger = seeking.ledger(work, group.id)
    borne = fairness.burdens(ledger)
    seekers = tuple(
        Seeker(
            member_id=member.id,
            zone=person.zone or group.zone,
            week=fairness.week_of(hours[person.id].ranges) if person.id in hours else None,
            busy=tuple(_cannot(one) for one in busy.get(person.id, ())),
            borne=borne.get(member.id, 0),
        )
        for member, person in people
    )
    return Circle(group, tuple(people), seekers, tuple(ledger))


def _cannot(one: Busy) -> tuple[datetime, datetime]:
    return one.begins_at, one.ends_at
