"""Hits: what was found, with all that is shown of it, in one statement: the database may be far away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Text, literal_column, select

from decisions.learned import Thing
from decisions.model import Group
from decisions.searching import Kind
from storage import excerpts
from storage.excerpts import Marked
from storage.prepared import Prepared, among, several
from storage.tables import ENTRIES, TABLES
from storage.work import Work, columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A thing that was found, by the text of it that fits best."""

    thing: Thing
    key: int
    home_id: int
    """The group that the thing is of."""
    group_id: int
    """The group in which the text was said: of a lesson's use elsewhere, another one."""
    kind: Kind
    by: int | None
    at: datetime
    outcome: str
    ref: str
    """What people call the thing: `D-12`."""
    title: str
    """What the thing is called; empty: its words were taken out."""
    text: str
    """The whole text that was found; of what a thing is called by, what stands below that."""
    headline: Marked = ()
    """The title, and which parts of it were asked for."""
    excerpt: Marked = ()
    """The part of the text that holds most of what was asked for, in the same way."""
    more: int = 0
    """In how many other texts of the same thing it stands."""


_SHOWN = ("thing", "key", "home_id", "group_id", "kind", "by", "at", "outcome", "text")
_TOLD = ("ref", "title", *_SHOWN)


def loaded(work: Work, entries: Mapping[int, int], what: excerpts.Wanted) -> list[Hit]:
    """Entries as hits, in this order, whose groups are known from then on; `entries`: id -> in how many other texts of
    the thing it stands."""
    if not entries:
        return []
    kind = work.connection.dialect.name
    found: dict[int, dict[str, Any]] = {}
    for key, *row in _entries(kind).all(work.connection, {"ids": several(kind, list(entries))}):
        found[key] = dict(zip(_TOLD, row, strict=False))
        work.keep(Group, row[len(_TOLD) :])
    return [_hit(found[key], what, more) for key, more in entries.items()]


def _hit(told: dict[str, Any], what: excerpts.Wanted, more: int) -> Hit:
    headline, part = excerpts.marked(told["title"], what), excerpts.excerpt(told["text"], what)
    return Hit(**told, headline=headline, excerpt=part, more=more)


# -- the statement, built once ----------------------------------------------------------------------------------------

_REF = """CASE entries.thing
WHEN 'poll' THEN (SELECT coalesce('D-' || decision, 'P-' || number) FROM polls WHERE id = entries.key)
WHEN 'meeting' THEN (SELECT 'M-' || number FROM meetings WHERE id = entries.key)
WHEN 'action' THEN (SELECT 'A-' || number FROM actions WHERE id = entries.key)
WHEN 'lesson' THEN (SELECT 'L-' || number FROM lessons WHERE id = entries.key) END"""

_TITLE = """coalesce(
nullif((SELECT title FROM entries AS own
        WHERE source = replace(entries.thing, 'poll', 'revision') || ':' || entries.key), ''),
(SELECT title FROM lessons JOIN entries AS decided ON source = 'revision:' || poll_id
 WHERE entries.thing = 'lesson' AND lessons.id = entries.key), '')"""
"""The title of a thing's own words; of a lesson that has none, that of the decision it came from."""


@cache
def _entries(kind: str) -> Prepared:
    """(id, `_TOLD`, the columns of the thing's group)."""
    entry, groups = ENTRIES.c, TABLES[Group]
    told = literal_column(_REF, Text), literal_column(_TITLE, Text), *(entry[one] for one in _SHOWN)
    chosen = select(entry.id, *told, *columns(Group)).join_from(ENTRIES, groups, groups.c.id == entry.home_id)
    return Prepared(chosen.where(among(kind, entry.id, "ids", planned_once=True)))
