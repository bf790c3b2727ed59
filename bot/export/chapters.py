"""Chapters: each decision of a group as blocks to read."""

from collections.abc import Iterable, Iterator, Sequence

from adapters import addresses
from bot import pieces, views, voices, why
from bot.export.plain import counted, opened_at, unconfirmed
from bot.markup.blocks import Block, Kind, Linked
from bot.reader import Reader
from decisions import polls
from decisions.counting import Voice
from decisions.model import Ballot, Concern, Outcome, Poll
from storage.record import Record


def chapter(record: Record, reader: Reader) -> list[Block]:
    """A decision, from its title to what came of it; blocks of which there is nothing to show are among them."""
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
        Block(Kind.LIST, reader.say("export-discussion"), list(_discussed(record, reader))),
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


def _discussed(record: Record, reader: Reader) -> Iterator[tuple[Linked, str]]:
    """What was said about it, the first thing first, each leading to where it was said."""
    for one in sorted(record.remarks, key=lambda one: (one.at, one.id)):
        who = pieces.called(*record.people[one.by])
        yield Linked(reader.say("export-said", who, one.at), addresses.message(one.origin)), one.text


def _looking_back(record: Record, reader: Reader) -> list[str]:
    return [views.reviewed(one, record, reader) for one in record.reviews]


def _links(record: Record, reader: Reader) -> list[str]:
    linked = (("outcome-supersedes", record.supersedes), ("outcome-superseded", record.superseded_by))
    lines = [reader.say(key, tuple(f"D-{one.decision}" for one in found)) for key, found in linked if found]
    return lines if record.poll.review_at is None else [*lines, reader.say("outcome-review", record.poll.review_at)]
