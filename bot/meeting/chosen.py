"""Chosen: one of the times is taken - by whoever called the meeting, by everybody's yes, or when the time to answer is over."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot import notices
from bot.meeting import calling, invited, seeking, telling, twins
from bot.meeting.seeking import Circle
from decisions import choosing, meetings
from decisions.model import Coming, Group, Meeting, Rsvp, Slot, Suits
from storage import finding
from storage.work import Work


def take(work: Work, meeting: Meeting, slot: Slot, now: datetime, *, by: int | None) -> Meeting:
    """This is the time. Who has said yes to it need not say so again: they come, until they say otherwise."""
    work.put(*_glad(work, meeting, slot))
    work.apply(meetings.set_time(meeting, slot.wall, slot.starts_at, by=by, now=now), meeting.group_id, now)
    made = work.the(Meeting, id=meeting.id)
    calling.show_slots_again(work, made)
    invited.announce(work, made, now)
    return made


def if_all_are_glad(work: Work, meeting: Meeting, asked: Sequence[int], now: datetime) -> None:
    """Take a time of which everybody has said yes; where there are people whom we do not know, they may still answer."""
    if _unknown(work, meeting.group_id):
        return
    slots = choosing.ahead(work.all(Slot, meeting_id=meeting.id), now)
    said = said_by(work, meeting, asked)
    found = _best(work, meeting, choosing.suits_everyone(slots, said, asked), said)
    if found is not None:
        take(work, meeting, found, now, by=None)


def due(work: Work, meeting: Meeting, now: datetime) -> None:
    """People were asked long enough: the best time is taken, or nobody can, and the rooms and the caller are told. Before
    that, those who have not answered are reminded."""
    if meeting.ask_until is None or meeting.ask_until > now:
        again = meetings.asks_again(meeting)
        return _remind(work, meeting, now) if again is not None and again <= now else None
    slots = choosing.ahead(work.all(Slot, meeting_id=meeting.id), now)
    asked = [one.id for one, _ in seeking.asked(work, work.the(Group, id=meeting.group_id))]
    found = _best(work, meeting, slots, said_by(work, meeting, asked))
    if found is not None:
        take(work, meeting, found, now, by=None)
    else:
        _none(work, meeting, now)


def _glad(work: Work, meeting: Meeting, slot: Slot) -> list[Rsvp]:
    asked = {one.id for one, _ in seeking.asked(work, work.the(Group, id=meeting.group_id))}
    said = [one for one in said_by(work, meeting, asked) if (one.slot, one.mark) == (slot.number, choosing.YES)]
    return [Rsvp(meeting_id=meeting.id, member_id=one.member_id, coming=Coming.YES, at=one.at) for one in said]


def _remind(work: Work, meeting: Meeting, now: datetime) -> None:
    """Once each."""
    told = telling.accounts(work, meeting, telling.AGAIN)
    answered = {one.member_id for one in work.all(Suits, meeting_id=meeting.id)}
    missing = [
        member.id
        for member, person in seeking.asked(work, work.the(Group, id=meeting.group_id))
        if person.remind and member.id not in answered and not finding.accounts_of(work, person.id) & told
    ]
    telling.to_members(work, meeting, missing, now, telling.AGAIN)


def said_by(work: Work, meeting: Meeting, members: Collection[int]) -> list[Suits]:
    """What these members have said of the times: whoever has left the group's rooms since counts no more."""
    return [one for one in work.all(Suits, meeting_id=meeting.id) if one.member_id in members]


def _best(work: Work, meeting: Meeting, slots: Sequence[Slot], said: Sequence[Suits]) -> Slot | None:
    return choosing.winner(slots, said, burdens(work, meeting, slots, said)) if slots else None


def burdens(
    work: Work, meeting: Meeting, slots: Sequence[Slot], said: Iterable[Suits]
) -> dict[int, tuple[int, int, int]]:
    """Slot number -> what it costs those who would come: the worst-off, all together, and by what they have borne."""
    circle = circle_of(work, meeting, slots)
    able: dict[int, set[int]] = {}
    for one in said:
        if one.mark:
            able.setdefault(one.slot, set()).add(one.member_id)
    costs = {one.number: circle.of(able.get(one.number, set())).costs(one.starts_at, meeting.minutes) for one in slots}
    return {number: (one.worst, one.total, one.burden) for number, one in costs.items()}


def circle_of(work: Work, meeting: Meeting, slots: Sequence[Slot]) -> Circle:
    """Those who are asked, with what is known of them around these times."""
    group = work.the(Group, id=meeting.group_id)
    times = [one.starts_at for one in slots] or [meeting.made_at]
    return seeking.circle(work, group, min(times), max(times) + timedelta(minutes=meeting.minutes))


def _none(work: Work, meeting: Meeting, now: datetime) -> None:
    """Nobody can: it stays open, until other times are named or it is called off."""
    work.put(replace(meeting, ask_until=None, wake_at=None, version=meeting.version + 1))
    for room in finding.rooms(work, meeting.group_id):
        notices.tell_room(work, room, "notice-no-slot", meeting.ref, meeting.title)
    twins.offer(work, work.the(Meeting, id=meeting.id), now)


def _unknown(work: Work, group_id: int) -> bool:
    """Whether there are people in the rooms whom their platform counts but does not name."""
    return any((room.size or 0) > len(known) for room, known in finding.in_rooms(work, group_id))
