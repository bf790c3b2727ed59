"""Ballots: one member's own marks in a poll as a card for that member alone, with buttons that carry what is wished."""

from adapters.base import Button, Card, Part, Rows, Style
from bot import pieces
from bot.reader import Reader, short
from decisions import polls
from decisions.model import Ballot, Marks, Poll, Status
from storage.record import Record

PAGE = 8
"""How many options one page of buttons has."""

CHOSEN = "✓ "


def card(record: Record, ballot: Ballot | None, reader: Reader, page: int, chosen: int | None) -> Card:
    """The ballot. `chosen`: what is being put together and not cast yet, a bit an option."""
    poll = record.poll
    parts = [Part(Style.TITLE, reader.say("card-title", poll.ref, record.words.title))]
    parts.append(Part(Style.LINE, _said(poll, ballot, reader)))
    if ballot is not None and ballot.reason:
        parts.append(Part(Style.WORDS, ballot.reason))
    if poll.status is not Status.OPEN:
        return Card((*parts, Part(Style.NOTE, reader.say("mine-closed", poll.ref))), (), reader.language)
    if len(polls.method(poll).values(poll.rules)) > 1:
        parts.append(
            Part(Style.LINE, "\n".join(pieces.numbered(number, one) for number, one in enumerate(poll.options, 1)))
        )
    parts.append(Part(Style.NOTE, reader.say("card-open", poll.closes_at)))
    return Card(tuple(parts), _rows(poll, ballot, reader, page, chosen), reader.language)


def _said(poll: Poll, ballot: Ballot | None, reader: Reader) -> str:
    if ballot is None:
        return reader.say("mine-none", poll.ref)
    key = "mine-says" if polls.counts(poll, ballot) else "mine-said-before"
    return reader.say(key, pieces.marked(poll, ballot.marks, reader))


def _rows(poll: Poll, ballot: Ballot | None, reader: Reader, page: int, chosen: int | None) -> Rows:
    marks: Marks = ballot.marks if ballot is not None and polls.counts(poll, ballot) else {}
    if poll.rules.least > 1:
        chosen = _bits(poll, marks) if chosen is None else chosen
        return (*_drafting(poll, reader, chosen), *_below(poll, ballot, reader))
    options = polls.keys(poll)
    pages = -(-len(options) // PAGE)
    page = min(page, pages - 1)
    shown = range(page * PAGE, min(len(options), (page + 1) * PAGE))
    rows = [_option(poll, place, marks.get(options[place]), reader) for place in shown]
    return (*rows, *_paging(poll, page, pages), *_below(poll, ballot, reader))


def _option(poll: Poll, place: int, mark: int | None, reader: Reader) -> tuple[Button, ...]:
    label = _label(poll, place, reader)
    values = polls.method(poll).values(poll.rules)
    if len(values) == 1:
        wished = 0 if mark and polls.most(poll) > 1 else 1
        return (Button(f"{CHOSEN if mark else ''}{label}", f"p{poll.id}:mine={place}.{wished}"),)
    row = [
        Button(f"{CHOSEN if mark == value else ''}{place + 1} → {value}", f"p{poll.id}:mine={place}.{value}")
        for value in values
    ]
    return tuple(row)


def _label(poll: Poll, place: int, reader: Reader) -> str:
    name = short(pieces.label(poll, polls.keys(poll)[place], reader), pieces.BUTTON)
    return name if polls.method(poll).stances else pieces.numbered(place + 1, name)


def _drafting(poll: Poll, reader: Reader, chosen: int) -> Rows:
    rows: list[tuple[Button, ...]] = []
    for place in range(len(polls.keys(poll))):
        label = _label(poll, place, reader)
        mark = CHOSEN if chosen >> place & 1 else ""
        rows.append((Button(f"{mark}{label}", f"p{poll.id}:draft={chosen ^ 1 << place:x}"),))
    if poll.rules.least <= chosen.bit_count() <= poll.rules.most:
        rows.append((Button(reader.say("button-cast", chosen.bit_count()), f"p{poll.id}:cast={chosen:x}"),))
    return tuple(rows)


def _bits(poll: Poll, marks: Marks) -> int:
    return sum(1 << place for place, key in enumerate(polls.keys(poll)) if marks.get(key))


def _paging(poll: Poll, page: int, pages: int) -> Rows:
    if pages == 1:
        return ()
    before, after = (page - 1) % pages, (page + 1) % pages
    return ((Button("‹", f"p{poll.id}:mine={before}"), Button(f"{page + 1} / {pages}", f"p{poll.id}:mine={page}"), Button("›", f"p{poll.id}:mine={after}")),)  # fmt: skip


def _below(poll: Poll, ballot: Ballot | None, reader: Reader) -> Rows:
    if ballot is None:
        return ()
    reason = Button(reader.say("button-reason"), f"p{poll.id}:reason")
    return ((reason, Button(reader.say("button-take-back"), f"p{poll.id}:mine=none")),)
