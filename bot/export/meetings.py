"""A group's meetings and action items as they leave in a file: as plain values for programs, and as blocks to read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.export.wanted import About, Wanted
from bot.markup.blocks import Block, Kind
from bot.minutes import doing, forgetting, plain, sheet
from bot.plain import Plain, instant
from bot.reader import Reader
from decisions.model import ActionStatus, Coming, Group, Meeting, Rsvp, Slot, Suits
from storage import finding, minuting
from storage.minuting import Minuted, Standing
from storage.work import Work

MARKS: Mapping[int, str] = {2: "yes", 1: "if_need_be", 0: "no"}
"""How a time suits somebody."""


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting: its minutes, the times that it might have had, and who said what to it."""

    known: Minuted
    slots: Sequence[Slot]
    suits: Sequence[Suits]
    rsvps: Sequence[Rsvp]


@dataclass(frozen=True, slots=True)
class Held:
    """All meetings of a group and all that is or was to be done, each in the order of their numbers."""

    meetings: Sequence[Met]
    actions: Sequence[Standing]
    names: Mapping[int, str]
    """Of those who have something to do."""
    refs: Mapping[int, str]
    """What each meeting is called, also of those that are left out."""


def held(work: Work, group: Group, reader: Reader, wanted: Wanted) -> Held:
    """What is wanted of them."""
    found = sorted(work.all(Meeting, group_id=group.id), key=lambda one: one.number)
    actions = minuting.standing(work, group.id, *ActionStatus) if About.ACTIONS in wanted.kinds else []
    kept = [one for one in actions if wanted.does(one.action)]
    owners = {owner for one in kept for owner in (*one.owners, one.action.by)}
    names = {one: name or reader.say("forgotten") for one, (name, _) in finding.named(work, owners).items()}
    asked = found if About.MEETINGS in wanted.kinds else []
    return Held(
        [_met(work, one, reader) for one in asked if wanted.meets(one)], kept, names, {one.id: one.ref for one in found}
    )


def _met(work: Work, one: Meeting, reader: Reader) -> Met:
    return Met(
        forgetting.told(minuting.minuted(work, one), reader),
        work.all(Slot, meeting_id=one.id, dropped=False),
        work.all(Suits, meeting_id=one.id),
        work.all(Rsvp, meeting_id=one.id),
    )


# -- for programs -----------------------------------------------------------------------------------------------------


def meeting(met: Met) -> Plain:
    """A meeting as `minutes.plain.meeting` gives it, and besides `"starts_at", "wall": "2026-12-01T18:00" on the clocks of
    its "zone", "minutes": 60 planned, "slots": [{"number", "starts_at", "yes": 3, "if_need_be": 1, "no": 0}], "rsvp":
    {"yes": 3, "maybe": 0, "no": 1}, "notes": [NOTE]` with all that was noted, in order."""
    one = met.known.meeting
    said = Counter(each.coming for each in met.rsvps)
    return plain.meeting(met.known) | {
        "starts_at": instant(one.starts_at),
        "wall": one.wall,
        "minutes": one.minutes,
        "slots": [_slot(met, each) for each in met.slots],
        "rsvp": {each.value: said[each] for each in Coming},
        "notes": [plain.note(met.known, each) for each in met.known.minutes.notes],
    }


def actions(found: Held) -> list[Plain]:
    """The action items, as `minutes.plain.action` gives them."""
    return [
        plain.action(
            one.action,
            [found.names[owner] for owner in one.owners],
            found.names[one.action.by],
            found.refs.get(one.action.meeting_id or 0),
        )
        for one in found.actions
    ]


def _slot(met: Met, slot: Slot) -> Plain:
    marks = Counter(one.mark for one in met.suits if one.slot == slot.number)
    counts = {name: marks[mark] for mark, name in MARKS.items()}
    return {"number": slot.number, "starts_at": instant(slot.starts_at), **counts}


# -- to read ----------------------------------------------------------------------------------------------------------


def begun(found: Held) -> list[Met]:
    """The meetings that there is anything to read of."""
    return [one for one in found.meetings if one.known.meeting.started_at]


def to_do(found: Held, reader: Reader) -> list[Block]:
    """What is to be done."""
    if not found.actions:
        return []
    lines = [(_line(found, one, reader),) for one in found.actions]
    return [Block(Kind.HEADING, reader.say("export-actions")), Block(Kind.LIST, "", lines)]


def chapter(met: Met, reader: Reader, now: datetime) -> Iterable[Block]:
    """A chapter of one meeting."""
    made = sheet.made(met.known, reader, now)
    yield Block(Kind.HEADING, made.title)
    for line in made.lead[1:]:  # without the group, whose log this is
        yield Block(Kind.LINE, line)
    if made.words:
        yield Block(Kind.QUOTE, made.words)
    for chapter in made.chapters:
        if chapter.items:
            lines = [(line,) for item in chapter.items for line in (item.text, *item.beneath)]
            yield Block(Kind.LIST, chapter.heading, lines)


def _line(found: Held, one: Standing, reader: Reader) -> str:
    said = doing.line(one.action, reader)
    owners = tuple(found.names[owner] for owner in one.owners)
    return reader.say("export-action", said, owners) if owners else said
