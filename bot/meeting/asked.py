"""Asked: a meeting for which a time is being looked for, as a room and as each member sees it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from adapters.base import Button, Card, Part, Rows, Style
from bot import links, pieces
from bot.ballots import CHOSEN
from bot.meeting import chosen, marking, telling, twins
from bot.meeting.replies import SUITS
from bot.meeting.seeking import Circle
from bot.reader import Reader
from decisions import choosing, groups, meetings, rooms
from decisions.choosing import MARKS, Count
from decisions.model import Meeting, Member, Person, Post, Room, Slot, Stage, Suits
from decisions.slots import Proposed
from storage import finding
from storage.work import Work

MOST_ROWS = 6
"""More times than this are marked alone, page by page, or by typing."""


# -- in a room --------------------------------------------------------------------------------------------------------


def card(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """The times among which people choose, in a room: how many can, whom it costs what, and how to answer."""
    meeting, room = work.the(Meeting, id=post.meeting_id), work.the(Room, id=post.room_id)
    slots = marking.slots(work, meeting)
    circle = chosen.circle_of(work, meeting, slots)
    said = chosen.said_by(work, meeting, circle.members)
    costs = {one.number: circle.costs(one.starts_at, meeting.minutes) for one in slots}
    parts = [*head(work, meeting, reader), Part(Style.LINE, _slots(work, circle, slots, said, costs, reader))]
    if slots and not any(twins.serves_all(one) for one in costs.values()):
        parts.append(Part(Style.NOTE, reader.say("slots-none-fits")))
    answered = len({one.member_id for one in said})
    parts.append(Part(Style.NOTE, _how(work, meeting, room, answered, len(circle.members), reader)))
    buttons = () if room.announce else _room_buttons(meeting, slots, reader)
    return Card(tuple(parts), buttons, reader.language, silent=meeting.version > 1, lasting=True)


def head(work: Work, meeting: Meeting, reader: Reader) -> list[Part]:
    """What it is, how long, where, who called it."""
    parts = [Part(Style.TITLE, reader.say("card-title", meeting.ref, meeting.title))]
    parts += [Part(Style.WORDS, meeting.text)] if meeting.text else []
    called = pieces.called(*finding.named(work, (meeting.by,))[meeting.by]) or reader.say("forgotten")
    length = reader.span(timedelta(minutes=meeting.minutes))
    lines = [reader.say("slots-head", length, called)] if meeting.stage is Stage.ASKED else []
    lines += [reader.say("meeting-place", meeting.place)] if meeting.place else []
    lines += [reader.say("meeting-every", meeting.every)] if meeting.every else []
    return [*parts, Part(Style.LINE, "\n".join(lines))] if lines else parts


def _slots(
    work: Work,
    circle: Circle,
    slots: Sequence[Slot],
    said: Iterable[Suits],
    costs: Mapping[int, Proposed],
    reader: Reader,
) -> str:
    counted = choosing.counts(slots, said)
    whys = [why(work, circle, costs[one.number], reader) for one in slots]
    alike = len(slots) > 1 and bool(whys[0]) and all(one == whys[0] for one in whys)
    lines = []
    for one, bad in zip(slots, whys, strict=True):
        lines += [_slot_line(one, counted[one.number], reader), *(() if alike else bad)]
    return "\n".join([*lines, *([reader.say("slots-why-all", tuple(whys[0]))] if alike else ())])


def _slot_line(slot: Slot, count: Count, reader: Reader) -> str:
    shown = pieces.numbered(slot.number, reader.at(slot.starts_at))
    return reader.say("slots-line", shown, count.yes, count.if_need_be, count.no) if count != Count() else shown


def why(work: Work, circle: Circle, proposed: Proposed, reader: Reader) -> list[str]:
    """For whom it is a bad hour, and whose turn it was last time; how many cannot, but not who."""
    lines = []
    found = circle.why(proposed)
    if found is not None:
        last = found.last.member_id if found.last else None
        people = finding.named(work, {found.bears.member_id} | ({last} if last else set()))
        name, *before = [people[one][0] or reader.say("forgotten") for one in (found.bears.member_id, last) if one]
        bad = reader.say("slots-why", found.bears.clock, name)
        if found.others:
            bad = reader.say("slots-why-others", bad, found.others)
        if last == found.bears.member_id:
            bad = reader.say("slots-why-again", bad)
        elif before:
            bad = reader.say("slots-why-turn", bad, before[0])
        lines.append(bad)
    if proposed.absent:
        lines.append(reader.say("slots-absent", len(proposed.absent)))
    return lines


def _how(work: Work, meeting: Meeting, room: Room, answered: int, of: int, reader: Reader) -> str:
    lines = [reader.say("slots-answered", answered, of)]
    if meeting.ask_until is not None:
        lines.append(reader.say("slots-until", meeting.ask_until))
    else:
        lines.append(reader.say("slots-open", meeting.ref))
    if room.announce:
        where = tuple(pieces.room(one) for one in rooms.voting(finding.rooms(work, room.group_id)))
        return "\n".join([*lines, reader.say("how-slots-elsewhere", where)])
    return "\n".join([*lines, reader.say("how-slots", meeting.ref)])


def _room_buttons(meeting: Meeting, slots: Sequence[Slot], reader: Reader) -> Rows:
    rows = [_marks(meeting, one, None, reader) for one in slots] if len(slots) <= MOST_ROWS else []
    return (*rows, (Button(reader.say("button-slots"), f"m{meeting.id}:slots", alone=True),))


def _marks(meeting: Meeting, slot: Slot, marked: int | None, reader: Reader) -> tuple[Button, ...]:
    """What can be said of a slot."""
    return tuple(
        Button(
            f"{CHOSEN if mark == marked else ''}{pieces.numbered(slot.number, reader.say(SUITS[mark]))}",
            f"m{meeting.id}:slot={slot.number}.{mark}",
        )
        for mark in MARKS
    )


# -- alone ------------------------------------------------------------------------------------------------------------


def own(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """One member's own answers."""
    meeting = work.the(Meeting, id=post.meeting_id)
    member = telling.member_of(work, post, meeting)
    if not member:
        return Card(tuple(head(work, meeting, reader)), (), reader.language)
    return of_member(work, meeting, member, reader, link=links.page(meeting, member, now))


def again(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """The same, where they have not answered."""
    shown = own(work, post, reader, now)
    if work.the(Meeting, id=post.meeting_id).stage is not Stage.ASKED:
        return shown
    title, *parts = shown.parts
    said = Part(Style.LINE, reader.say("slots-remind"))
    return replace(shown, parts=(title, said, *parts), silent=False)


def of_member(
    work: Work, meeting: Meeting, member: Member, reader: Reader, page: int = 0, link: str | None = None
) -> Card:
    """The times in a member's own zone, what they have said of each, and the buttons to say it. `link`: where the same
    stands on a page of theirs; only for their eyes."""
    parts = head(work, meeting, reader)
    if meeting.stage is not Stage.ASKED:
        return Card((*parts, Part(Style.NOTE, over(meeting, reader))), (), reader.language)
    slots, marks = marking.slots(work, meeting), marking.marks(work, meeting, member)
    parts.append(Part(Style.LINE, "\n".join(_own_line(one, marks, reader) for one in slots)))
    parts += [Part(Style.NOTE, one) for one in _own_notes(work, meeting, member, reader)]
    pages = max(1, -(-len(slots) // MOST_ROWS))
    page = min(page, pages - 1)
    shown = slots[page * MOST_ROWS : (page + 1) * MOST_ROWS]
    rows = [_marks(meeting, one, marks.get(one.number), reader) for one in shown]
    opening = ((Button(reader.say("button-page"), url=link),),) if link else ()
    below = (*_paging(meeting, page, pages), *opening, *_leading(meeting, member, reader))
    return Card(tuple(parts), (*rows, *below), reader.language, silent=meeting.version > 1)


def page_of(work: Work, meeting: Meeting, number: int) -> int:
    """On which page of a member's own times a slot stands."""
    before = [one for one in marking.slots(work, meeting) if one.number < number]
    return len(before) // MOST_ROWS


def _own_line(slot: Slot, marks: Mapping[int, int], reader: Reader) -> str:
    shown = pieces.numbered(slot.number, reader.at(slot.starts_at))
    mark = marks.get(slot.number)
    return shown if mark is None else reader.say("slots-own", shown, SUITS[mark])


def _own_notes(work: Work, meeting: Meeting, member: Member, reader: Reader) -> list[str]:
    lines = [] if meeting.ask_until is None else [reader.say("slots-until", meeting.ask_until)]
    ref = telling.ref(work, meeting, member)
    lines.append(reader.say("how-slots-own", ref))
    lines += [reader.say("slots-leading", ref)] if _leads(meeting, member) else []
    if not work.the(Person, id=member.person_id).zone:
        lines.append(reader.say("slots-no-zone", reader.zone))
    return ["\n".join(lines)]


def over(meeting: Meeting, reader: Reader) -> str:
    """Why nobody is asked any more."""
    if meeting.stage is Stage.SET and meeting.starts_at is not None:
        return reader.say("slots-chosen", meeting.starts_at)
    return reader.say("slots-over", meeting.ref, meetings.STANDS[meeting.stage])


def _paging(meeting: Meeting, page: int, pages: int) -> Rows:
    if pages == 1:
        return ()
    before, after = (page - 1) % pages, (page + 1) % pages
    labels = (("‹", before), (f"{page + 1} / {pages}", page), ("›", after))
    return (tuple(Button(label, f"m{meeting.id}:slots={to}") for label, to in labels),)


def _leading(meeting: Meeting, member: Member, reader: Reader) -> Rows:
    """For who called the meeting, and the facilitators."""
    if not _leads(meeting, member):
        return ()
    return ((Button(reader.say("button-take"), f"m{meeting.id}:choose"),),)


def _leads(meeting: Meeting, member: Member) -> bool:
    return member.id == meeting.by or groups.is_facilitator(member)
