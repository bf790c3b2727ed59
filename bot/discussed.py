"""Discussed: what was said about a poll, the oldest first, a page at a time, each with its author, time and message."""

from adapters import addresses
from adapters.base import Button, Rows
from bot.reader import Reader, short
from decisions.model import Poll, Remark
from decisions.refusal import Example
from storage.record import Record

PAGE = 20
"""How many remarks one answer has."""

LONGEST = 1000
"""Characters of one of them that a chat shows."""

MOST_PAGES = 10_000


def lines(record: Record, reader: Reader, page: int = 1) -> list[str]:
    """One page of a discussion; nothing where there is none. `record` is as it is told."""
    if not record.remarks:
        return []
    pages = pages_of(record)
    page = min(max(page, 1), pages)
    heading = reader.say("details-discussion", len(record.remarks))
    if pages > 1:
        heading = reader.say("details-discussion-page", len(record.remarks), page, pages)
    shown = record.remarks[(page - 1) * PAGE : page * PAGE]
    said = [line for one in shown for line in _said(one, record, reader)]
    more = (
        [reader.say("details-discussion-more", Example(f"show {record.poll.ref} {page + 1}"))] if page < pages else []
    )
    return [heading, *said, *more]


def buttons(poll: Poll, page: int, pages: int) -> Rows:
    """To the pages before and after this one."""
    page = min(max(page, 1), pages)
    near = ((f"‹ {page - 1}", page - 1), (f"{page + 1} ›", page + 1))
    row = tuple(Button(label, f"p{poll.id}:talk={one}") for label, one in near if 1 <= one <= pages)
    return (row,) if row else ()


def pages_of(record: Record) -> int:
    """How many pages there are; one, where nothing was said. What was forgotten is on none."""
    return max(1, -(-sum(bool(one.text) for one in record.remarks) // PAGE))


def _said(one: Remark, record: Record, reader: Reader) -> list[str]:
    said = reader.say("details-remark", record.name(one.by), one.at, short(one.text, LONGEST))
    where = addresses.message(one.origin)
    return [said, where] if where else [said]
