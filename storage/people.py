"""People: a group's affiliates, seats and lists of voters, held against what the journal told of them."""

from collections.abc import Iterator

from decisions import seals
from decisions.affiliates import ASKING, SPEAKING
from decisions.model import Affiliate, Group, Listed, Listing, Member, Seat
from storage.comparing import read, unmatched
from storage.faults import ADDED, CHANGED, MISSING, UNREADABLE, Fault, Spot
from storage.replay import GroupTold
from storage.work import Work


def people_faults(work: Work, group: Group, told: GroupTold) -> Iterator[Fault]:
    """What is wrong with who speaks for whom, and with the lists."""
    yield from _affiliates(work, group, told)
    yield from _seats(work, group, told)
    yield from _lists(work, group, told)


def _affiliates(work: Work, group: Group, told: GroupTold) -> Iterator[Fault]:
    """Those that came into being before the journal told of affiliates weigh 1 until it tells otherwise."""
    kept = read(work, Affiliate, "id", group_id=group.id)
    for key in sorted({*kept, *told.affiliates}):
        one, spot = kept.get(key), Spot(group.id, "broken-at-affiliate", key)
        if one is None:
            yield spot(UNREADABLE if key in kept else MISSING)
        elif one.weight != told.affiliates.get(key, 1) or one.named < (key in told.affiliates):
            yield spot(CHANGED)


def _seats(work: Work, group: Group, told: GroupTold) -> Iterator[Fault]:
    kept = read(work, Member, "id", group_id=group.id)
    for key, one in kept.items():
        if one is None or one.merged_into is not None:
            continue
        said = told.seats.get(key)
        if said is None and one.seat in SPEAKING and one.affiliate_id in told.affiliates:
            yield Spot(group.id, "broken-at-seat", key)(ADDED)
        elif said is not None and said != (one.affiliate_id, _seat(one)):
            yield Spot(group.id, "broken-at-seat", key)(CHANGED)


def _seat(member: Member) -> str:
    """As the journal tells it: it does not tell which seat was asked for."""
    return Seat.ASKED.value if member.seat in ASKING else member.seat.value


def _lists(work: Work, group: Group, told: GroupTold) -> Iterator[Fault]:
    def holds(one: Listing, seal: str) -> bool:
        lines = read(work, Listed, "member_id", listing_id=one.id).values()
        return seals.of_listing(one.salt, [line for line in lines if line is not None]) == seal

    for key, what in unmatched(read(work, Listing, "id", group_id=group.id), told.lists, holds):
        yield Spot(group.id, "broken-at-list", key)(what)
