"""Filling: the index made anew out of all that is kept, where it was made by other rules, or never."""

import heapq
import sqlite3
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, and_, delete, insert, select

from decisions.model import Noun, Poll, Revision
from storage import folding
from storage.entries import SAYINGS, Entry
from storage.indexing import row
from storage.tables import ENTRIES, FOLDED, TABLES
from storage.work import Work, columns, names

AT_ONCE = 500
"""How many rows are read, and written, at a time."""

SECURE = (3, 42)
"""The SQLite from which on its index deletes words for good."""

_INDEX = "SELECT 1 FROM sqlite_master WHERE name = 'entry_words'"


def ours(name: str | None, kind: str, parents: object) -> bool:
    """Whether a table or index is one that we describe: what words are looked up in is each database's own."""
    return not (name or "").startswith("entry_words" if kind == "table" else "ix_entries_words")


def bring_up_to_date(work: Work) -> None:
    """Make the index anew, if it was not made by today's rules."""
    _let_words_go(work)
    if work.connection.execute(select(FOLDED.c.version)).scalar() != folding.VERSION:
        fill(work)


def fill(work: Work) -> None:
    """Make the index anew, in the order in which things were said: the newest are looked at first."""
    work.connection.execute(delete(ENTRIES))
    waiting: list[dict[str, Any]] = []
    for key, entry in enumerate(heapq.merge(*(_said(work, noun) for noun in SAYINGS), key=lambda one: one.at), start=1):
        waiting.append(row(work, entry, key))
        if len(waiting) == AT_ONCE:
            work.connection.execute(insert(ENTRIES), waiting)
            waiting.clear()
    if waiting:
        work.connection.execute(insert(ENTRIES), waiting)
    mark(work)


def mark(work: Work) -> None:
    """Say that the index was made by today's rules."""
    work.connection.execute(delete(FOLDED))
    work.connection.execute(insert(FOLDED), {"version": folding.VERSION})


def _said(work: Work, noun: type[Noun]) -> Iterator[Entry]:
    """All that a kind of noun says, in the order of time."""
    saying = SAYINGS[noun]
    found = work.connection.execute(_ordered(noun), execution_options={"yield_per": AT_ONCE})
    for one in found:
        value: Any = noun(**dict(zip(names(noun), one, strict=True)))
        if not saying.silent(value):
            yield from (entry for entry in saying.says(work, value) if entry.title or entry.text)


def _ordered(noun: type[Noun]) -> Select[Any]:
    kept = TABLES[noun].c
    at = next(kept[one] for one in ("at", "raised_at", "starts_at", "made_at") if one in kept)
    statement = select(*columns(noun)).order_by(at, *TABLES[noun].primary_key)
    if noun is Revision:
        polls = TABLES[Poll].c
        return statement.join(TABLES[Poll], and_(polls.id == kept.poll_id, polls.revision == kept.number))
    return statement


def let_deleted_go(raw: sqlite3.Connection) -> bool:
    """Write SQLite's index anew where it keeps deleted words; nothing, where there is none yet. True: it is done."""
    if sqlite3.sqlite_version_info < SECURE and raw.execute(_INDEX).fetchone():
        raw.execute("INSERT INTO entry_words (entry_words) VALUES ('optimize')")
    return True


def _let_words_go(work: Work) -> None:
    """Let SQLite's index keep nothing of what is deleted, where it knows how."""
    if work.connection.dialect.name == "sqlite" and sqlite3.sqlite_version_info >= SECURE:
        work.connection.exec_driver_sql("INSERT INTO entry_words (entry_words, rank) VALUES ('secure-delete', 1)")
