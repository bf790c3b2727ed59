"""Gathered: what of a group's record is wanted, read from the database once, in its reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import forgotten
from bot.export import learnt, meetings
from bot.export.meetings import Held
from bot.export.wanted import About, Wanted
from bot.reader import Reader
from decisions.model import Group, Lesson, Meeting, Poll
from storage import polling
from storage.learning import Learned
from storage.record import Record, record
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that an export is made from. Of kinds that are not wanted, there is nothing in it."""

    group: Group
    reader: Reader
    kinds: frozenset[About]
    records: Sequence[Record]
    held: Held
    lessons: Sequence[Learned]


def gathered(work: Work, group: Group, wanted: Wanted) -> Gathered:
    """What is wanted of a group's record, each kind in the order of its numbers."""
    reader = wanted.reader_of(group)
    records = [forgotten.told(record(work, one, whole=True), reader) for one in decided(work, group, wanted)]
    held = meetings.held(work, group, reader, wanted)
    return Gathered(group, reader, wanted.kinds, records, held, learnt.lessons(work, group, reader, wanted))


def decided(work: Work, group: Group, wanted: Wanted) -> list[Poll]:
    """The decisions that are wanted."""
    if About.DECISIONS not in wanted.kinds:
        return []
    return [one for one in reversed(polling.decided(work, group.id)) if one.closed_at and wanted.has(one.closed_at)]


def size(work: Work, group: Group, wanted: Wanted) -> int:
    """How many things that have much to them are wanted; asked before they are read."""
    lessons = [one for one in work.all(Lesson, group_id=group.id) if wanted.has(one.at)]
    met = [one for one in work.all(Meeting, group_id=group.id) if wanted.meets(one)]
    counts = {About.LESSONS: len(lessons), About.MEETINGS: len(met)}
    return len(decided(work, group, wanted)) + sum(counts.get(one, 0) for one in wanted.kinds)
