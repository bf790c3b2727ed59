"""Search: what is found for a query, the same on SQLite and PostgreSQL, never outside the groups that one may see.

Only the newest of all that holds the words are ranked: the rest would take long, and nobody turns so many pages.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
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
    union_all,
)
from sqlalchemy import table as named_table
from sqlalchemy.dialects.postgresql import TSQUERY

from decisions.searching import HEADING, Kind, Query
from storage import asking, excerpts
from storage.asking import Asked
from storage.hits import Hit, loaded
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
    rows = _newest(work, asked, texts=RANKED, titles=TITLED) if asked.terms else _newest(work, asked, all=RANKED)
    in_title = {row[0] for row in rows if row[-1]}
    things = _ranked({row[0]: row for row in rows}, in_title)
    page = {one.entry: one.texts - 1 for one in things[offset : offset + limit]}
    hits = loaded(work, page, excerpts.wanted(asked.terms, spoken))
    return Found(hits, len(things), len(rows) - len(in_title) == RANKED)


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
        rows = _newest(work, Asked((term,), groups, where), titles=CLOSE)
        for key, *_ in rows:
            scores[key] = scores.get(key, 0.0) + 1 / (1 + len(rows))
    best = sorted(scores, key=lambda one: (-scores[one], -one))[:limit]
    return loaded(work, dict.fromkeys(best, 0), excerpts.wanted(terms, spoken))


# -- the best first ---------------------------------------------------------------------------------------------------


def _ranked(rows: Mapping[int, Any], in_title: Collection[int]) -> list[_Thing]:
    """The things that were found, each once. The rows, by their ids, are as the database has them: there are many."""
    newest = max((_month(one) for one in {row[2] for row in rows.values()}), default=0)
    scores: dict[Any, float] = {}
    things: dict[Any, _Thing] = {}
    for key, kind, month, outcome, thing, of, _ in rows.values():
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


def _newest(work: Work, asked: Asked, **most: int) -> Sequence[Any]:
    """(id, kind, month, outcome, thing, key, whether it is of `titles`) of so many of the newest in each list, as they
    are kept: of `all` that fit, of those whose `texts` hold the words, or whose `titles` do."""
    kind = work.connection.dialect.name
    values = given(kind, asked, **most)
    if asked.where:
        return work.connection.execute(_statement(kind, tuple(most), tuple(asked.where)), values).all()
    return statement(kind, *most).all(work.connection, values)


def given(kind: str, asked: Asked, **most: int) -> dict[str, Any]:
    """What the database is handed with the statement."""
    said = asking.sqlite if kind == "sqlite" else asking.postgresql
    values: dict[str, Any] = {"groups": several(kind, sorted(asked.groups))}
    for name, limit in most.items():
        words = {} if name == "all" else {name: said(asked, titled=name == "titles", most=SCOPED)}
        values |= words | {f"most_{name}": limit}
    return values


@cache
def statement(kind: str, *lists: str) -> Prepared:
    """What a database of this kind is asked, where there are no filters: all lists at once, as it may be far away."""
    return Prepared(_statement(kind, lists))


def _statement(kind: str, lists: Sequence[str], where: Sequence[ColumnElement[bool]] = ()) -> CompoundSelect[Any]:
    parts = [listed(kind, one).where(*where).subquery(one) for one in lists]
    return union_all(*(select(part, literal_column(f"{int(part.name == 'titles')}")) for part in parts))


def _bare(column: ColumnElement[Any]) -> ColumnElement[str]:
    """A column as it is kept."""
    return type_coerce(column, Text)


@cache
def listed(kind: str, name: str) -> Select[Any]:
    """One of these lists."""
    kept = ENTRIES.c
    month = func.substr(cast(kept.at, Text), literal_column("1"), literal_column("7"))
    chosen = select(kept.id, _bare(kept.kind), month, kept.outcome, _bare(kept.thing), kept.key)
    # where there are words, they name the groups too: to look these up in an index of their own takes as long again
    group = kept.group_id if name == "all" else kept.group_id + literal_column("0")
    seen = among(kind, group, "groups"), among(kind, kept.home_id, "groups")
    chosen = chosen.where(*seen).limit(bindparam(f"most_{name}", type_=Integer)).offset(literal_column("0"))
    if name == "all":
        return chosen.order_by(kept.id.desc())
    if kind == "sqlite":
        chosen = chosen.join_from(_INDEX, ENTRIES, kept.id == _INDEX.c.rowid)
        return chosen.where(_INDEX.c.words.op("MATCH")(bindparam(name))).order_by(_INDEX.c.rowid.desc())
    holds = kept.words.op("@@")(cast(bindparam(name, type_=Text), TSQUERY))
    return chosen.where(holds).order_by(kept.id.desc())
