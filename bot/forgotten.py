"""Forgotten: what stands in the reader's language for people who were forgotten, and for words that went with them."""

from dataclasses import replace

from bot.reader import Reader
from decisions.model import Concern, Revision
from storage.record import Record


def told(record: Record, reader: Reader) -> Record:
    """The record as it is told. Whatever shows a record shows this one; where nobody was forgotten it is the same."""
    if not _misses(record):
        return record
    nobody, nothing = reader.say("forgotten"), reader.say("forgotten-words")
    return replace(
        record,
        people={one: (name or nobody, affiliate) for one, (name, affiliate) in record.people.items()},
        revisions=[_titled(one, reader) for one in record.revisions],
        remarks=[one for one in record.remarks if one.text],
        concerns=[_worded(one, nothing) for one in record.concerns],
    )


def _misses(record: Record) -> bool:
    return not all(name for name, _ in record.people.values())


def _titled(one: Revision, reader: Reader) -> Revision:
    return one if one.title else replace(one, title=reader.say("forgotten-title"))


def _worded(one: Concern, nothing: str) -> Concern:
    answer = nothing if one.answered_by is not None and not one.answer else one.answer
    return replace(one, text=one.text or nothing, answer=answer)
