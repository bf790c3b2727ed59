"""The floor: one row and one commit, raw, as durable as the bot's own. Nothing that keeps a ballot can be faster."""

import sqlite3
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg

from storage.store import Store

Ask = Callable[[str], object]
Floor = Callable[[int], float]
"""Makes so many commits, and returns the seconds they took."""

SQLITE = {"PRAGMA journal_mode": "wal", "PRAGMA synchronous": 2}
POSTGRESQL = {"SHOW fsync": "on", "SHOW synchronous_commit": "on", "SHOW full_page_writes": "on"}
ROW = ("a ballot of about a hundred bytes; " * 3,)


def sqlite_floor(store: Store, file: Path) -> Floor:
    """The floor beside a SQLite file, on the same disk."""
    raw = sqlite3.connect(file, isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("CREATE TABLE floor (id INTEGER PRIMARY KEY, text TEXT)")
    _check_same(store, lambda asked: raw.execute(asked).fetchone()[0], SQLITE)

    def commit() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO floor (text) VALUES (?)", ROW)
        raw.execute("COMMIT")

    return _timed(commit)


def postgresql_floor(store: Store, address: str) -> Floor:
    """The floor on the same PostgreSQL server."""
    raw = psycopg.connect(address)
    raw.execute("CREATE TABLE floor (id BIGSERIAL PRIMARY KEY, text TEXT)")
    raw.commit()
    _check_same(store, lambda asked: _first(raw, asked), POSTGRESQL)

    def commit() -> None:
        raw.execute("INSERT INTO floor (text) VALUES (%s)", ROW)
        raw.commit()

    return _timed(commit)


def _first(raw: psycopg.Connection, asked: str) -> object:
    row = raw.execute(asked.encode()).fetchone()
    return row and row[0]


def _check_same(store: Store, raw: Ask, wanted: Mapping[str, object]) -> None:
    """Both sides keep what they acknowledge, or there is nothing to compare."""
    with store.unit_of_work() as work:
        for asked, answer in wanted.items():
            ours = work.connection.exec_driver_sql(asked).scalar()
            assert ours == raw(asked) == answer, f"{asked}: {ours}, raw {raw(asked)}, and not {answer}"


def _timed(commit: Callable[[], None]) -> Floor:
    def seconds(count: int) -> float:
        begin = time.perf_counter()
        for _ in range(count):
            commit()
        return time.perf_counter() - begin

    return seconds
