"""Choosing: the times among which a group chooses, what its members say of them, and which one wins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from decisions.change import Change
from decisions.meetings import STANDS, next_wake
from decisions.model import Meeting, Member, Slot, Stage, Suits
from decisions.polls import check_ahead
from decisions.refusals import LastSlot, MeetingNotSo, NoSlotsYet, SlotTwice, TooManySlots, UnknownSlot, UntilTooLate

YES, IF_NEED_BE, NO = 2, 1, 0
MARKS = (YES, IF_NEED_BE, NO)

MOST_SLOTS = 20
"""How many times a member can be asked about."""

ASKED_FOR = timedelta(days=3)
"""How long a time is looked for, where nothing is said."""

BEFORE = timedelta(hours=24)
"""How long before the first of the times it is chosen at the latest, where there is so much time."""

Burden = tuple[int, ...]
"""What a slot asks of people: of the worst-off, then of all together, then by what they have borne before."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many said what of a slot; who has not answered is in none of these."""

    yes: int = 0
    if_need_be: int = 0
    no: int = 0

    @property
    def can(self) -> int:
        """How many could come."""
        return self.yes + self.if_need_be


# -- the times --------------------------------------------------------------------------------------------------------


def standing(slots: Iterable[Slot]) -> list[Slot]:
    """Those that were not dropped, by their number."""
    return sorted((one for one in slots if not one.dropped), key=lambda one: one.number)


def ahead(slots: Iterable[Slot], now: datetime) -> list[Slot]:
    """Those that can still be chosen."""
    return [one for one in standing(slots) if one.starts_at > now]


def ask_until(first: datetime, now: datetime) -> datetime:
    """Until when people are asked, if the first of the times is then: three days, or up to a day before it; where it is
    nearer than that, half of the time there is."""
    until = min(now + ASKED_FOR, max(first - BEFORE, now + (first - now) / 2))
    even = until.replace(minute=until.minute // 15 * 15, second=0, microsecond=0)
    return even if even > now + (until - now) / 2 else until


def check_until(until: datetime, first: datetime, now: datetime) -> None:
    """Refuse to ask for longer than up to the first of the times."""
    check_ahead(until, now)
    if until >= first:
        raise UntilTooLate(until, first)


def add(
    meeting: Meeting, slots: Sequence[Slot], wall: str, starts_at: datetime, *, by: Member, now: datetime
) -> Change:
    """One more time to choose among. Those that are given up count no more, but keep their numbers."""
    check_asked(meeting)
    check_ahead(starts_at, now)
    kept = standing(slots)
    for one in kept:
        if one.starts_at == starts_at:
            raise SlotTwice(meeting.ref, one.number)
    if len(kept) >= MOST_SLOTS:
        raise TooManySlots(MOST_SLOTS)
    number = max((one.number for one in slots), default=0) + 1
    added = Slot(meeting_id=meeting.id, number=number, wall=wall, starts_at=starts_at, by=by.id)
    return Change(puts=(added, _asking(meeting, [*kept, added], now)))


def drop(meeting: Meeting, slots: Sequence[Slot], number: int, *, now: datetime) -> Change:
    """A time is none to choose any more. One is always left."""
    check_asked(meeting)
    gone = find(meeting, slots, number)
    kept = [one for one in standing(slots) if one is not gone]
    if not kept:
        raise LastSlot(meeting.ref)
    return Change(puts=(replace(gone, dropped=True), _asking(meeting, kept, now)))


def find(meeting: Meeting, slots: Iterable[Slot], number: int) -> Slot:
    """The slot of that number. Raises UnknownSlot."""
    kept = standing(slots)
    found = next((one for one in kept if one.number == number), None)
    if found is None and not kept:
        raise NoSlotsYet(meeting.ref, f"slots {meeting.ref} add 2027-03-10 18:00")
    if found is None:
        raise UnknownSlot(str(number), meeting.ref, tuple(str(one.number) for one in kept))
    return found


def check_asked(meeting: Meeting) -> None:
    """Refuse where no time is being looked for."""
    if meeting.stage is not Stage.ASKED:
        raise MeetingNotSo(meeting.ref, STANDS[meeting.stage])


def _asking(meeting: Meeting, slots: Sequence[Slot], now: datetime) -> Meeting:
    """The meeting with other times: asked about no longer than up to the first of them."""
    first = min((one.starts_at for one in slots if one.starts_at > now), default=None)
    until = meeting.ask_until
    if first is not None and (until is None or until >= first):
        until = ask_until(first, now)
    asked = replace(meeting, ask_until=until, version=meeting.version + 1)
    return replace(asked, wake_at=next_wake(asked, now))


# -- what people say --------------------------------------------------------------------------------------------------


def answer(
    meeting: Meeting,
    slots: Sequence[Slot],
    before: Iterable[Suits],
    marks: Mapping[int, int | None],
    *,
    by: Member,
    now: datetime,
) -> Change:
    """A member says how some of the times suit; what they said of the others stays. None takes back what was said.
    Said twice, it is said once."""
    check_asked(meeting)
    known = {one.slot: one for one in before}
    for number in marks:
        find(meeting, slots, number)
    new = [
        Suits(meeting_id=meeting.id, slot=number, member_id=by.id, mark=mark, at=now)
        for number, mark in marks.items()
        if mark is not None and (number not in known or known[number].mark != mark)
    ]
    gone = tuple(known[number] for number, mark in marks.items() if mark is None and number in known)
    if not new and not gone:
        return Change()
    return Change(puts=(*new, replace(meeting, version=meeting.version + 1)), drops=gone)


def counts(slots: Iterable[Slot], said: Iterable[Suits]) -> dict[int, Count]:
    """Slot number -> how many said what of it."""
    by_slot: dict[int, list[int]] = {one.number: [] for one in slots}
    for one in said:
        if one.slot in by_slot:
            by_slot[one.slot].append(one.mark)
    return {
        number: Count(marks.count(YES), marks.count(IF_NEED_BE), marks.count(NO)) for number, marks in by_slot.items()
    }


# -- which one wins ---------------------------------------------------------------------------------------------------


def winner(slots: Sequence[Slot], said: Iterable[Suits], burdens: Mapping[int, Burden]) -> Slot | None:
    """The slot at which most can come; of several the one with the fewest "if need be", then the fairest, then the
    earliest. None: nobody can come to any."""
    counted = counts(slots, said)
    hits = [one for one in slots if counted[one.number].can]
    return min(hits, key=lambda one: _order(one, counted[one.number], burdens.get(one.number, ())), default=None)


def _order(slot: Slot, count: Count, burden: Burden) -> tuple[int, int, Burden, datetime, int]:
    return (-count.can, count.if_need_be, burden, slot.starts_at, slot.number)


def suits_everyone(slots: Iterable[Slot], said: Iterable[Suits], members: Iterable[int]) -> list[Slot]:
    """The slots of which every one of these members has said yes."""
    wanted = set(members)
    glad: dict[int, set[int]] = {}
    for one in said:
        if one.mark == YES:
            glad.setdefault(one.slot, set()).add(one.member_id)
    return [one for one in slots if wanted and wanted <= glad.get(one.number, set())]
