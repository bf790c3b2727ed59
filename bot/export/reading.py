"""Reading: a group's record as blocks for people to read, a chapter for each thing that is in it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from bot import links, why
from bot.export import chapters, learnt, meetings
from bot.export.gathered import Gathered
from bot.export.plain import counted
from bot.export.wanted import About
from bot.markup.blocks import Block, Kind, Linked, Part
from bot.reader import Reader
from decisions import polls
from storage.record import Record


def log(found: Gathered, now: datetime, *, tables: bool = False, dated: bool = True) -> list[Block]:
    """The whole log. `tables`: with one of each kind before its chapters, for those who look something up; `dated`: it says
    of when it is."""
    blocks = [*_lead(found, now, dated=dated)]
    for about in About:
        if about in found.kinds:
            blocks += _OVERVIEWS[about](found) if tables else []
            blocks += _CHAPTERS[about](found, now)
    return [one for one in blocks if one]


def _lead(found: Gathered, now: datetime, *, dated: bool) -> Iterator[Block]:
    reader = found.reader
    yield Block(Kind.TITLE, reader.say("export-title", found.group.name))
    if dated:
        yield Block(Kind.LINE, reader.say("export-taken", now, found.group.head))
    elif found.records:
        last = found.records[-1]
        yield Block(Kind.LINE, reader.say("export-proved", f"D-{last.poll.decision}", last.closing))
    if About.DECISIONS in found.kinds and not found.records:
        yield Block(Kind.LINE, reader.say("export-none"))


def permalink(found: Gathered, ref: str) -> Block:
    """Where this always stands, if it stands anywhere."""
    return Block(Kind.LINK, found.reader.say("export-permalink", ref), address=links.permalink(found.group, ref) or "")


# -- chapters ---------------------------------------------------------------------------------------------------------


def _decisions(found: Gathered, now: datetime) -> Iterator[Block]:
    for one in found.records:
        heading, *rest = chapters.chapter(one, found.reader)
        yield from (heading, permalink(found, f"D-{one.poll.decision}"), *rest)


def _meetings(found: Gathered, now: datetime) -> Iterator[Block]:
    for one in meetings.begun(found.held):
        heading, *rest = meetings.chapter(one, found.reader, now)
        yield from (heading, permalink(found, one.known.meeting.ref), *rest)


def _actions(found: Gathered, now: datetime) -> Iterator[Block]:
    yield from meetings.to_do(found.held, found.reader)


def _lessons(found: Gathered, now: datetime) -> Iterator[Block]:
    for one in found.lessons:
        heading, *rest = learnt.chapter(one, found.reader)
        yield from (heading, permalink(found, one.lesson.ref), *rest)


# -- tables -----------------------------------------------------------------------------------------------------------


def _table(found: Gathered, about: About, columns: Sequence[str], rows: Iterable[tuple[Part, ...]]) -> list[Block]:
    say = found.reader.say
    body = [(Linked(str(row[0]), links.permalink(found.group, str(row[0])) or ""), *row[1:]) for row in rows]
    head = tuple(say(f"export-column-{one}") for one in columns)
    return [Block(Kind.HEADING, say(f"export-all-{about}")), Block(Kind.TABLE, "", [head, *body])] if body else []


def _decided(found: Gathered) -> list[Block]:
    reader = found.reader
    rows = [
        (
            f"D-{one.poll.decision}",
            one.words.title,
            _outcome(one, reader),
            reader.at(one.poll.closed_at) if one.poll.closed_at else "",
        )
        for one in found.records
    ]
    return _table(found, About.DECISIONS, ("id", "title", "outcome", "closed"), rows)


def _outcome(record: Record, reader: Reader) -> str:
    outcome = counted(record)
    chosen = [polls.label(record.poll, key) for key in outcome.chosen]
    result = why.result(outcome, reader)
    return reader.say("why", result, reader.listed(chosen)) if chosen else result


def _held(found: Gathered) -> list[Block]:
    met = [one.known for one in meetings.begun(found.held)]
    rows = [
        (
            one.meeting.ref,
            one.meeting.title,
            found.reader.at(one.meeting.started_at) if one.meeting.started_at else "",
            str(len(one.minutes.here)),
        )
        for one in met
    ]
    return _table(found, About.MEETINGS, ("id", "title", "began", "people"), rows)


def _nothing(found: Gathered) -> list[Block]:
    """What is to be done is a list anyway."""
    return []


def _learnt(found: Gathered) -> list[Block]:
    rows = [
        (one.lesson.ref, one.tried, learnt.verdict(one.lesson.worked, found.reader), str(len(one.reuses)))
        for one in found.lessons
    ]
    return _table(found, About.LESSONS, ("id", "title", "outcome", "uses"), rows)


_CHAPTERS: dict[About, Callable[[Gathered, datetime], Iterator[Block]]] = {
    About.DECISIONS: _decisions,
    About.MEETINGS: _meetings,
    About.ACTIONS: _actions,
    About.LESSONS: _lessons,
}
_OVERVIEWS: dict[About, Callable[[Gathered], list[Block]]] = {
    About.DECISIONS: _decided,
    About.MEETINGS: _held,
    About.ACTIONS: _nothing,
    About.LESSONS: _learnt,
}
