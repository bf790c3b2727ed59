"""Minutes: what came of a meeting, put together from what was noted in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from decisions.model import Action, AgendaItem, Attendance, Meeting, Note, Owner, Poll, Tag

ADDRESS = re.compile(
    r"(?<![\w.+-])(?:(?:https?|ftp)://[^\s<>\"\[\]{}|\\^`\x00-\x20]+|mailto:(?://)?[\w.+%-]+@[\w-]+(?:\.[\w-]+)+)",
    re.IGNORECASE,
)
"""A link in what people write, with what goes before and after it left alone."""

TRAILING = ".,;:!?'\"»”)…،؛؟"
"""What ends a sentence and not an address."""

MOST_SEARCHED = 20_000
"""How much of a text is searched for links."""


@dataclass(frozen=True, slots=True)
class Section:
    """A topic (None: before the first) and all that was noted under it, in order."""

    topic: Note | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A poll that was decided in the meeting, as it was noted."""

    note: Note
    poll: Poll


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What came of a meeting. People are ids; whoever shows them knows their names."""

    meeting: Meeting
    subject: str
    """What it was about, if that was said besides its title."""
    chairs: tuple[int, ...]
    here: tuple[int, ...]
    """In the order in which they came."""
    regrets: tuple[int, ...]
    guests: tuple[str, ...]
    noted: Mapping[int, int]
    """Member -> how many notes are theirs."""
    reached: tuple[AgendaItem, ...]
    unreached: tuple[AgendaItem, ...]
    carried: tuple[AgendaItem, ...]
    """Those that meetings before it had left over, and that it did not reach either."""
    sections: tuple[Section, ...]
    decided: tuple[Decided, ...]
    actions: tuple[Action, ...]
    """Those that were noted in it, in order."""
    owners: Mapping[int, tuple[int, ...]]
    """Action id -> members."""
    corrections: Mapping[int, tuple[Note, ...]]
    """Number of what is corrected (0: the whole) -> what was said of it afterwards."""

    @property
    def lasted(self) -> timedelta | None:
        """From start to end; None: it did not begin, or is not over."""
        started, ended = self.meeting.started_at, self.meeting.ended_at
        return ended - started if started is not None and ended is not None else None

    @property
    def notes(self) -> tuple[Note, ...]:
        """All that was noted, topics too, in order."""
        return tuple(
            one for section in self.sections for one in ((section.topic,) if section.topic else ()) + section.notes
        )

    @property
    def links(self) -> tuple[str, ...]:
        """Every address that was noted as a link, each once."""
        found = [address for one in self.of(Tag.LINK) for address in addresses(one.text)]
        return tuple(dict.fromkeys(found))

    def of(self, tag: Tag) -> tuple[Note, ...]:
        """What was noted with a tag."""
        return tuple(one for one in self.notes if one.tag is tag)

    def owned(self) -> dict[int, tuple[Action, ...]]:
        """Member -> the actions that are theirs, in the order in which they were first given one."""
        found: dict[int, list[Action]] = {}
        for action in self.actions:
            for member in self.owners.get(action.id, ()):
                found.setdefault(member, []).append(action)
        return {member: tuple(theirs) for member, theirs in found.items()}

    def others(self) -> tuple[Action, ...]:
        """The actions that are no member's."""
        return tuple(one for one in self.actions if not self.owners.get(one.id))


def minutes(
    meeting: Meeting,
    *,
    notes: Iterable[Note],
    attendance: Iterable[Attendance],
    agenda: Iterable[AgendaItem] = (),
    actions: Iterable[Action] = (),
    owners: Iterable[Owner] = (),
    polls: Iterable[Poll] = (),
) -> Minutes:
    """Put the minutes of a meeting together. What was taken back is not in them."""
    standing = sorted((one for one in notes if not one.undone), key=lambda one: one.number)
    told = [one for one in standing if one.tag not in (Tag.SUBJECT, Tag.GUEST, Tag.CORRECTION)]
    people = sorted(attendance, key=lambda one: (one.at, one.member_id))
    known = {one.id: one for one in polls}
    named = {one.action_id for one in told if one.action_id is not None}
    subjects = [one.text for one in standing if one.tag is Tag.SUBJECT]
    items = [one for one in agenda if not one.dropped]
    return Minutes(
        meeting=meeting,
        subject=subjects[-1] if subjects else "",
        chairs=tuple(one.member_id for one in people if one.chair),
        here=tuple(one.member_id for one in people if one.here),
        regrets=tuple(one.member_id for one in people if one.regrets and not one.here),
        guests=tuple(dict.fromkeys(one.text for one in standing if one.tag is Tag.GUEST and one.text)),
        noted=_noted(told),
        reached=tuple(one for one in items if one.reached == meeting.id),
        unreached=tuple(one for one in items if one.reached != meeting.id and one.meeting_id == meeting.id),
        carried=tuple(one for one in items if one.reached != meeting.id and one.meeting_id != meeting.id),
        sections=_sections(told),
        decided=tuple(Decided(one, known[one.poll_id]) for one in told if one.poll_id in known and one.poll_id),
        actions=tuple(sorted((one for one in actions if one.id in named), key=lambda one: one.number)),
        owners=_owners(owners),
        corrections=_corrections(one for one in standing if one.tag is Tag.CORRECTION),
    )


def addresses(text: str) -> list[str]:
    """The addresses in a text: http, https, ftp and mailto."""
    return [_trimmed(found[0]) for found in ADDRESS.finditer(text[:MOST_SEARCHED])]


def _trimmed(address: str) -> str:
    """Without what ends the sentence; a closing bracket stays where it was opened in the address."""
    while address and address[-1] in TRAILING:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address


def _noted(told: Sequence[Note]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for one in told:
        counts[one.by] = counts.get(one.by, 0) + 1
    return counts


def _sections(told: Sequence[Note]) -> tuple[Section, ...]:
    """What stands under each topic. What stood under one that was taken back is under the one before it."""
    topics = [one for one in told if one.tag is Tag.TOPIC]
    numbers = [one.number for one in topics]
    under: dict[int, list[Note]] = {number: [] for number in (0, *numbers)}
    for one in told:
        if one.tag is not Tag.TOPIC:
            before = [number for number in numbers if number < one.number]
            place = one.under if one.under in numbers else (before[-1] if one.under and before else 0)
            under[place].append(one)
    first = (Section(None, tuple(under[0])),) if under[0] else ()
    return (*first, *(Section(one, tuple(under[one.number])) for one in topics))


def _owners(owners: Iterable[Owner]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for one in sorted(owners, key=lambda one: (one.action_id, one.member_id)):
        found[one.action_id] = (*found.get(one.action_id, ()), one.member_id)
    return found


def _corrections(notes: Iterable[Note]) -> dict[int, tuple[Note, ...]]:
    found: dict[int, tuple[Note, ...]] = {}
    for one in notes:
        found[one.corrects] = (*found.get(one.corrects, ()), one)
    return found


def day_of(meeting: Meeting) -> datetime:
    """When it was, or is to be, or was asked for."""
    return meeting.started_at or meeting.starts_at or meeting.made_at
