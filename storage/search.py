"""Search: what is found for a query, the same on SQLite and PostgreSQL, never outside the groups that one may see.

Only the newest of all that holds the words are ranked: the rest would take long, and nobody turns so many pages.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy import table as named_table
from sqlalchemy.dialects.postgresql import TSQUERY

from decisions.learned import Thing
from decisions.model import Action, Lesson, Meeting, Poll
from decisions.searching import HEADING, Kind, Query
from storage import asking, excerpts
from storage.asking import DECIDED as DECIDED
from storage.asking import Asked
from storage.excerpts import Marked
from storage.prepared import Prepared, among, several
from storage.tables import ENTRIES
from storage.work import Work

RANKED = 2000
"""How many of the newest are ranked."""

TITLED = 200
"""How many of the newest that hold the words in their titles."""

CLOSE = 300
"""How many of the newest are looked at for each word of a text that something is to be near to."""

BEGINNING = 1000
MOST_WORDS = 24
"""So many words of such a text are looked for."""

SCOPED = 100
"""Up to so many groups are asked for in the index itself."""

WEIGHTS = {
    Kind.PROPOSAL: 2.0, Kind.LESSON: 2.0, Kind.STATEMENT: 1.8, Kind.ACTION: 1.5, Kind.MEETING: 1.5, Kind.CONCERN: 1.0,
    Kind.MINUTES: 1.0, Kind.REVIEW: 1.0, Kind.REUSE: 1.0, Kind.REASON: 0.5, Kind.DISCUSSION: 0.5,
}  # fmt: skip
"""Decisions and lessons above talk."""

IN_TITLE = 3.0
UNDONE = -1.0
"""What was withdrawn, dropped or cancelled."""

FADING = 6
"""After so many months half of what is new about something has gone."""

OVER = frozenset(("withdrawn", "dropped", "cancelled"))
"""Outcomes of what was not gone through with."""


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


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, the best first."""

    hits: Sequence[Hit]
    total: int
    """How many things there are."""
    more: bool = False
    """There are older ones yet, which were not looked at."""


@dataclass(slots=True)
class _Thing:
    """A thing among what was found: its best text, and how many there are."""

    score: float
    entry: int
    texts: int = 1


def find(
    work: Work, query: Query, groups: Collection[int], limit: int = 10, offset: int = 0,
    languages: Collection[str] = (),
) -> Found:  # fmt: skip
    """What there is of a query in these groups, and nothing of any other. `languages`: of whoever asks."""
    spoken = asking.spoken(work, groups, languages)
    asked = asking.asked(work, query, groups, spoken)
    if asked is None:
        return Found((), 0)
    rows = _newest(work, asked)
    titled = _newest(work, asked, titled=True, limit=TITLED) if asked.terms else []
    things = _ranked(rows, titled)
    page = {one.entry: one.texts - 1 for one in things[offset : offset + limit]}
    return Found(_loaded(work, page, excerpts.wanted(asked.terms, spoken)), len(things), len(rows) == RANKED)


def near(
    work: Work, text: str, groups: Collection[int], kinds: Iterable[Kind] = HEADING, limit: int = 20,
    languages: Collection[str] = (),
) -> list[Hit]:  # fmt: skip
    """The things whose titles share words with a text, the rarest words first; these are looked at more closely then.
    Only the beginning of the text counts."""
    spoken = asking.spoken(work, groups, languages)
    terms, where = asking.distinct(text[:BEGINNING], spoken)[:MOST_WORDS], (ENTRIES.c.kind.in_(sorted(kinds)),)
    scores: dict[int, float] = {}
    for term in terms:
        rows = _newest(work, Asked((term,), groups, where), titled=True, limit=CLOSE)
        for key, *_ in rows:
            scores[key] = scores.get(key, 0.0) + 1 / (1 + len(rows))
    best = sorted(scores, key=lambda one: (-scores[one], -one))[:limit]
    return _loaded(work, dict.fromkeys(best, 0), excerpts.wanted(terms, spoken))


# -- the best first ---------------------------------------------------------------------------------------------------


def _ranked(rows: Sequence[Any], titled: Sequence[Any]) -> list[_Thing]:
    """The things that were found, each once. The rows are as the database has them: there are many."""
    in_title = {row[0]: row for row in titled}
    older = [row for key, row in in_title.items() if not rows or key < rows[-1][0]]
    newest = max((_month(one) for one in {row[2] for row in (*rows, *older)}), default=0)
    scores: dict[Any, float] = {}
    things: dict[Any, _Thing] = {}
    for key, kind, month, outcome, thing, of in (*rows, *older):
        score = scores.get((kind, month, outcome))
        if score is None:
            score = scores[kind, month, outcome] = _score(kind, month, outcome, newest)
        if key in in_title:
            score += IN_TITLE
        known = things.get((thing, of))
        if known is None:
            things[thing, of] = _Thing(score, key)
        else:
            known.texts += 1
            if score > known.score:
                known.score, known.entry = score, key
    return sorted(things.values(), key=attrgetter("score", "entry"), reverse=True)


def _score(kind: Kind, month: str, outcome: str, newest: int) -> float:
    return WEIGHTS[kind] + 1 / (1 + (newest - _month(month)) / FADING) + (UNDONE if outcome in OVER else 0.0)


def _month(said: str) -> int:
    """Which month it is, counted from the year 0."""
    return int(said[:4]) * 12 + int(said[5:7])


# -- the database -----------------------------------------------------------------------------------------------------

_INDEX = named_table("entry_words", column("rowid"), column("words"))


def _newest(work: Work, asked: Asked, *, titled: bool = False, limit: int = RANKED) -> Sequence[Any]:
    """(id, kind, month, outcome, thing, key) of the newest that fit, as they are kept; `titled`: in their titles."""
    kind = work.connection.dialect.name
    values = given(kind, asked, titled=titled, limit=limit)
    if asked.where:
        return work.connection.execute(_statement(kind, words=bool(asked.terms)).where(*asked.where), values).all()
    return statement(kind, words=bool(asked.terms)).all(work.connection, values)


def given(kind: str, asked: Asked, *, titled: bool = False, limit: int = RANKED) -> dict[str, Any]:
    """What the database is handed with the statement."""
    groups = several(kind, sorted(asked.groups))
    values = {"groups": groups, "homes": groups, "most": limit, "from": 0}
    if not asked.terms:
        return values
    said = asking.sqlite if kind == "sqlite" else asking.postgresql
    return values | {"words": said(asked, titled=titled, most=SCOPED)}


@cache
def statement(kind: str, *, words: bool) -> Prepared:
    """What a database of this kind is asked, where there are no filters."""
    return Prepared(_statement(kind, words=words))


def _bare(column: ColumnElement[Any]) -> ColumnElement[str]:
    """A column as it is kept."""
    return type_coerce(column, Text)


@cache
def _statement(kind: str, *, words: bool) -> Select[Any]:
    kept = ENTRIES.c
    month = func.substr(cast(kept.at, Text), literal_column("1"), literal_column("7"))
    chosen = select(kept.id, _bare(kept.kind), month, kept.outcome, _bare(kept.thing), kept.key)
    seen = among(kind, kept.group_id, "groups"), among(kind, kept.home_id, "homes")
    chosen = chosen.where(*seen).limit(bindparam("most", type_=Integer)).offset(bindparam("from", type_=Integer))
    if not words:
        return chosen.order_by(kept.id.desc())
    if kind == "sqlite":
        chosen = chosen.join_from(_INDEX, ENTRIES, kept.id == _INDEX.c.rowid)
        return chosen.where(_INDEX.c.words.op("MATCH")(bindparam("words"))).order_by(_INDEX.c.rowid.desc())
    holds = kept.words.op("@@")(cast(bindparam("words", type_=Text), TSQUERY))
    return chosen.where(holds).order_by(kept.id.desc())


def _loaded(work: Work, entries: dict[int, int], what: excerpts.Wanted) -> list[Hit]:
    """Entries as hits, in this order; `entries`: id -> in how many other texts of the thing it stands."""
    kind = work.connection.dialect.name
    found = _by_id(kind).all(work.connection, {"ids": several(kind, list(entries))})
    rows = {row[0]: dict(zip(_SHOWN, row[1:], strict=True)) for row in found}
    called = _called(work, {(row["thing"], row["key"]) for row in rows.values()})
    each = ((rows[key], more) for key, more in entries.items())
    return [_hit(row, *called[row["thing"], row["key"]], what, more) for row, more in each]


def _hit(row: dict[str, Any], ref: str, title: str, what: excerpts.Wanted, more: int) -> Hit:
    headline, part = excerpts.marked(title, what), excerpts.excerpt(row["text"], what)
    return Hit(**row, ref=ref, title=title, headline=headline, excerpt=part, more=more)


_OF = {Thing.POLL: Poll, Thing.MEETING: Meeting, Thing.ACTION: Action, Thing.LESSON: Lesson}
_HEADINGS = {Thing.POLL: "revision", Thing.MEETING: "meeting", Thing.ACTION: "action", Thing.LESSON: "lesson"}


def _called(work: Work, things: Iterable[tuple[Thing, int]]) -> dict[tuple[Thing, int], tuple[str, str]]:
    """What things are called: (ref, title)."""
    found = {}
    titles = _titles(work, things)
    for thing, key in things:
        one: Any = work.known(_OF[thing], key)
        decision = getattr(one, "decision", None)
        title = titles.get((thing, key), "")
        if thing is Thing.LESSON and not title and one.poll_id is not None:
            title = _titles(work, [(Thing.POLL, one.poll_id)]).get((Thing.POLL, one.poll_id), "")
        found[thing, key] = (one.ref if decision is None else f"D-{decision}", title)
    return found


def _titles(work: Work, things: Iterable[tuple[Thing, int]]) -> dict[tuple[Thing, int], str]:
    sources = {f"{_HEADINGS[thing]}:{key}": (thing, key) for thing, key in things}
    kind = work.connection.dialect.name
    found = _by_source(kind).all(work.connection, {"sources": several(kind, list(sources))})
    return {sources[source]: title for source, title in found}


_SHOWN = ("thing", "key", "home_id", "group_id", "kind", "by", "at", "outcome", "text")


@cache
def _by_id(kind: str) -> Prepared:
    shown = select(ENTRIES.c.id, *(ENTRIES.c[one] for one in _SHOWN))
    return Prepared(shown.where(among(kind, ENTRIES.c.id, "ids")))


@cache
def _by_source(kind: str) -> Prepared:
    titles = select(ENTRIES.c.source, ENTRIES.c.title)
    return Prepared(titles.where(among(kind, ENTRIES.c.source, "sources")))
