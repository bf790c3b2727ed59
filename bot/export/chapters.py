"""Chapters: a group's decisions as blocks of plain words, which each kind of markup writes in its own way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from bot import pieces, views, voices, why
from bot.export.plain import counted, opened_at, unconfirmed
from bot.reader import Reader
from decisions import polls
from decisions.counting import Voice
from decisions.model import Ballot, Concern, Group, Outcome, Poll
from storage.record import Record


class Kind(Enum):
    """What a block is to the eye."""

    TITLE = auto()
    HEADING = auto()
    STRONG = auto()
    LINE = auto()
    QUOTE = auto()
    """People's own words, which may have several lines."""
    TABLE = auto()
    """`rows`, the head first: words, a number, words."""
    LIST = auto()
    """`text` is what stands above it, if anything does; `rows` have one cell each."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block. Nothing in it is markup yet, and all of it is as untrusted as what people type."""

    kind: Kind
    text: str
    rows: Sequence[tuple[str, ...]] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.rows if self.kind in (Kind.TABLE, Kind.LIST) else self.text)


def chapters(records: Sequence[Record], group: Group, now: datetime, reader: Reader) -> list[Block]:
    """The whole log: what it is and of when, and a chapter for each decision."""
    blocks = [Block(Kind.TITLE, reader.say("export-title", group.name))]
    blocks.append(Block(Kind.LINE, reader.say("export-taken", now, group.head)))
    for one in records:
        blocks += [block for block in _chapter(one, reader) if block]
    return blocks if records else [*blocks, Block(Kind.LINE, reader.say("export-none"))]


def _chapter(record: Record, reader: Reader) -> list[Block]:
    poll, outcome = record.poll, counted(record)
    stated = reader.say("outcome-statement", poll.statement) if poll.statement else ""
    return [
        Block(Kind.HEADING, reader.say("card-title", f"D-{poll.decision}", record.words.title)),
        Block(Kind.STRONG, why.sentence(record, outcome, reader)),
        Block(Kind.QUOTE, record.words.text),
        Block(Kind.LINE, pieces.by_line(record, reader)),
        Block(Kind.LINE, _when(poll, outcome, reader)),
        Block(Kind.LINE, "\n".join(voices.electorate(record, reader))),
        _list("roll", voices.roll(record, reader) if opened_at(poll) else (), reader),
        Block(Kind.TABLE, "", _table(record, outcome, reader) if opened_at(poll) else ()),
        _list("reasons", (_said(record, one, reader) for one in voices.counted(record) if one.reason), reader),
        _list("unheard", _if_cut(voices.unheard(record, outcome)), reader),
        _list("proxies", _if_cut(voices.by_proxy(record, outcome, reader)), reader),
        _list("outvoiced", (_said(record, one, reader) for one in voices.outvoiced(record)), reader),
        _list("unconfirmed", (_said(record, one, reader) for one in unconfirmed(record)), reader),
        _list("concerns", (_worry(record, one, reader) for one in record.concerns), reader),
        Block(Kind.QUOTE, stated),
        _list("reviews", _looking_back(record, reader), reader),
        Block(Kind.LINE, " ".join(_links(record, reader))),
    ]


def _if_cut(names: Sequence[str]) -> Sequence[str]:
    """Names of which the sentence that says why has only the first."""
    return names if len(names) > voices.NAMES else ()


def _when(poll: Poll, outcome: Outcome, reader: Reader) -> str:
    opened, closed = opened_at(poll), poll.closed_at or poll.closes_at
    if opened is None:
        return reader.say("export-unopened", poll.ref, closed)
    return reader.say("export-when", poll.ref, opened, closed, outcome.turnout, outcome.base)


def _table(record: Record, outcome: Outcome, reader: Reader) -> list[tuple[str, ...]]:
    poll = record.poll
    rows = [tuple(reader.say(f"export-{one}") for one in ("option", "count", "who"))]
    for key in polls.keys(poll):
        who = [_named(record, one, key, reader) for one in voices.heard(record) if one.ballot.marks.get(key)]
        rows.append(
            (pieces.label(poll, key, reader), str(outcome.counts.get(key, 0)), reader.say("list-break").join(who))
        )
    return rows


def _list(about: str, items: Iterable[str], reader: Reader) -> Block:
    return Block(Kind.LIST, reader.say(f"export-{about}"), [(one,) for one in items])


def _named(record: Record, voice: Voice, key: str, reader: Reader) -> str:
    called = record.people[voice.member_id]
    name = called[0] if record.poll.rules.by_affiliate else pieces.called(*called)
    name = voices.named(record, voice, reader, name)
    return f"{name} {voice.ballot.marks[key]}" if record.poll.rules.points else name


def _said(record: Record, ballot: Ballot, reader: Reader) -> str:
    name, said = record.name(ballot.member_id), pieces.marked(record.poll, ballot.marks, reader)
    return reader.say("card-reason", name, said, ballot.reason) if ballot.reason else f"{name} ({said})"


def _worry(record: Record, one: Concern, reader: Reader) -> str:
    said = reader.say("card-concern", one.ref, record.name(one.by), one.text)
    if one.answered_by is not None:
        said += reader.say("card-concern-answered", record.name(one.answered_by), one.answer)
    return said if one.resolved_at is None else said + reader.say("card-concern-resolved")


def _looking_back(record: Record, reader: Reader) -> list[str]:
    return [views.reviewed(one, record, reader) for one in record.reviews]


def _links(record: Record, reader: Reader) -> list[str]:
    linked = (("outcome-supersedes", record.supersedes), ("outcome-superseded", record.superseded_by))
    lines = [reader.say(key, tuple(f"D-{one.decision}" for one in found)) for key, found in linked if found]
    return lines if record.poll.review_at is None else [*lines, reader.say("outcome-review", record.poll.review_at)]
