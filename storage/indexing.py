"""Indexing: what is found by which words, kept in step with what is said, inside the same transaction.

What says nothing costs nothing: a ballot without a reason is not even looked at.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from decisions.learned import Thing
from decisions.model import Group, Noun, Poll
from storage import folding
from storage.entries import SAYINGS, Entry, outcome_of
from storage.prepared import Prepared
from storage.tables import ENTRIES

if TYPE_CHECKING:
    from storage.work import Work


def follow(work: Work, before: Noun | None, value: Noun) -> None:
    """A value was written: what is found follows it."""
    if isinstance(value, Group):
        _fold_anew(work, before, value)
        return
    saying = SAYINGS.get(type(value))
    if saying is None:
        return
    if isinstance(value, Poll) and isinstance(before, Poll):
        _come_out(work, before, value)
    if saying.silent(value) if before is None else saying.same(before, value):
        return
    for entry in saying.says(work, value):
        _put(work, entry)


def let_go(work: Work, value: Noun) -> None:
    """A value was deleted: nothing is found by it any more."""
    saying = SAYINGS.get(type(value))
    if saying is not None and not saying.silent(value):
        for entry in saying.says(work, value):
            _drop(work, entry)


def _drop(work: Work, entry: Entry) -> None:
    """Words that are taken out are to be nowhere: neither in the index of the database, nor in its log."""
    _DELETE.run(work.connection, {"source": entry.source})
    work.traceless = True


def _come_out(work: Work, before: Poll, value: Poll) -> None:
    if before.status is not value.status or before.outcome != value.outcome:
        found = {"outcome": outcome_of(value), "_thing": Thing.POLL, "_key": value.id}
        _OUTCOME.run(work.connection, found)


def _put(work: Work, entry: Entry) -> None:
    known = _KNOWN.first(work.connection, {"source": entry.source})
    if not entry.title and not entry.text:
        if known is not None:
            _drop(work, entry)
    elif known is None:
        last = _LAST.first(work.connection, {})
        _INSERT.run(work.connection, row(work, entry, ((last and last[0]) or 0) + 1))
    else:
        made = row(work, entry, known[0])
        _UPDATE.run(work.connection, {"_id": made.pop("id"), **made})


def row(work: Work, entry: Entry, key: int) -> dict[str, Any]:
    """An entry as its row, with the words by which it is found."""
    made = {name: getattr(entry, name) for name in _FIELDS}
    groups = (entry.group_id, entry.home_id)
    return made | {"id": key, "words": _folded(work, entry.title, entry.text, groups)}


def _folded(work: Work, title: str, text: str, groups: Collection[int]) -> list[str]:
    """The words by which something is found, with their forms in the languages of these groups."""
    spoken = (one for key in groups for one in _languages(work.known(Group, key)))
    return folding.indexed(title, text, dict.fromkeys(groups), tuple(dict.fromkeys(spoken)))


def _languages(group: Group) -> tuple[str, ...]:
    return (group.language, *group.languages)


def _fold_anew(work: Work, before: Noun | None, group: Group) -> None:
    """Where a group speaks another language, its words have other forms."""
    if not isinstance(before, Group) or _languages(before) == _languages(group):
        return
    found = select(ENTRIES.c.id, ENTRIES.c.title, ENTRIES.c.text, ENTRIES.c.group_id, ENTRIES.c.home_id)
    theirs = found.where((ENTRIES.c.group_id == group.id) | (ENTRIES.c.home_id == group.id))
    for key, title, text, *groups in work.connection.execute(theirs).all():
        _WORDS.run(work.connection, {"_id": key, "words": _folded(work, title, text, groups)})


# -- statements, built once -------------------------------------------------------------------------------------------

_FIELDS = tuple(one for one in ENTRIES.c.keys() if one not in ("id", "words"))  # noqa: SIM118 - columns, no mapping
_KNOWN = Prepared(select(ENTRIES.c.id).where(ENTRIES.c.source == bindparam("source")))
_LAST = Prepared(select(func.max(ENTRIES.c.id)))
_INSERT = Prepared(insert(ENTRIES))
_UPDATE = Prepared(
    update(ENTRIES).values({one: bindparam(one) for one in (*_FIELDS, "words")}).where(ENTRIES.c.id == bindparam("_id"))
)
_WORDS = Prepared(update(ENTRIES).values(words=bindparam("words")).where(ENTRIES.c.id == bindparam("_id")))
_DELETE = Prepared(delete(ENTRIES).where(ENTRIES.c.source == bindparam("source")))
_OUTCOME = Prepared(
    update(ENTRIES)
    .values(outcome=bindparam("outcome"))
    .where(ENTRIES.c.thing == bindparam("_thing"), ENTRIES.c.key == bindparam("_key"))
)
