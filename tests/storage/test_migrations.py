"""Migrations: they lead from nothing to the tables, on both databases, and back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, inspect, text
from sqlmodel import SQLModel

from decisions.model import Affiliate, Ballot, Group, Meeting, Member, Note, Person, Poll, Post, Seat
from storage.filling import ours
from storage.outbox import stale_posts
from storage.store import Store, migrations
from tests.conftest import NewDatabase
from tests.storage.samples import GROUP, NOW


@pytest.fixture
def empty(empty_url: str) -> Iterator[Store]:
    """A store whose database has no schema yet."""
    with closing(Store(empty_url)) as store:
        yield store


def differences(connection: Connection) -> list[object]:
    """What a migration made now would have to change."""
    seen = MigrationContext.configure(connection, opts={"include_name": ours})
    return list(compare_metadata(seen, SQLModel.metadata))


def tables(connection: Connection) -> set[str]:
    known = set(inspect(connection).get_table_names()) - {"alembic_version"}
    return {one for one in known if ours(one, "table", None)}


def test_they_lead_from_nothing_to_the_tables(empty: Store) -> None:
    empty.migrate()
    with empty.engine.connect() as connection:
        assert differences(connection) == []
        assert tables(connection) == set(SQLModel.metadata.tables)


def test_they_can_be_run_again(empty: Store) -> None:
    empty.migrate()
    with empty.unit_of_work() as work:
        work.put(GROUP)
    empty.migrate()
    with empty.reading() as work:
        assert work.all(Group) == [GROUP]


def test_a_difference_would_be_noticed(store: Store) -> None:
    with store.engine.connect() as connection:
        connection.exec_driver_sql("DROP INDEX ix_polls_due_at")
        connection.exec_driver_sql("ALTER TABLE posts DROP COLUMN tries")
        assert len(differences(connection)) == 2
        connection.rollback()


def test_they_lead_back_even_from_a_full_database(played: Store) -> None:
    with played.engine.begin() as connection:
        command.downgrade(migrations(connection), "base")
        assert tables(connection) == set()
    played.migrate()
    with played.engine.connect() as connection:
        assert differences(connection) == []


def test_meetings_go_and_the_rest_stays(played: Store) -> None:
    """Down to the version before them, and up again."""
    with played.reading() as work:
        before = [work.all(noun) for noun in (Poll, Ballot, Person, Member)]
        posts = [one for one in work.all(Post) if one.meeting_id is None and one.lesson_id is None]
        assert work.all(Meeting)
        assert work.all(Note)
        assert len(posts) < len(work.all(Post))
    with played.engine.begin() as connection:
        command.downgrade(migrations(connection), "0003")
        assert "meetings" not in tables(connection)
    played.migrate()
    with played.reading() as work:
        assert [work.all(noun) for noun in (Poll, Ballot, Person, Member)] == before
        assert work.all(Post) == posts
        assert work.all(Meeting) == []
        assert {one.running for one in work.all(Group)} == {0}


def test_what_waits_to_be_said_is_found_without_reading_all_that_was_ever_said(sqlite_store: Store) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    event.listen(sqlite_store.engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
    with sqlite_store.reading() as work:
        stale_posts(work, NOW, ["matrix"])
        statement, given = asked[-1]
        plan = [row[3] for row in work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)]
    assert [one for one in plan if one.startswith("SCAN")] == ["SCAN posts USING INDEX ix_posts_live"]


OLD = (
    "INSERT INTO groups (id, name, zone, language, head, lines, made_at) VALUES (1, 'G', 'UTC', 'en', '', 0, :now)",
    "INSERT INTO persons (id, name, language, zone, remind) VALUES (1, 'ana', '', '', true), (2, 'ben', '', '', true), (3, 'cem', '', '', true)",
    "INSERT INTO members (id, group_id, person_id, role, affiliate, joined_at) "
    "VALUES (1, 1, 1, 'member', 'WMDE', :now), (2, 1, 2, 'member', 'WMDE', :now), (3, 1, 3, 'member', '', :now)",
    "INSERT INTO journal (group_id, number, event, before, line, hash) "
    """VALUES (1, 1, 'MemberJoined', '', '{"event":"MemberJoined","member": 1}', 'aa')""",
)


def test_who_spoke_for_something_still_does(empty: Store) -> None:
    """And the token of an old person is the same in every copy of the database."""
    with empty.engine.begin() as connection:
        command.upgrade(migrations(connection), "0002")
        for statement in OLD:
            connection.execute(text(statement), {"now": NOW} if ":now" in statement else {})
    empty.migrate()
    with empty.reading() as work:
        assert [(one.affiliate_id, one.seat) for one in work.all(Member)] == [
            (1, Seat.REPRESENTATIVE),
            (1, Seat.ALTERNATE),
            (None, Seat.NONE),
        ]
        assert work.all(Affiliate) == [Affiliate(id=1, group_id=1, name="WMDE")]
        tokens = [one.token for one in work.all(Person)]
    assert tokens == ["aa", sha256(b"person 2").hexdigest(), sha256(b"person 3").hexdigest()]


def test_they_are_one_line_of_descent(sqlite_store: Store) -> None:
    with sqlite_store.engine.connect() as connection:
        assert len(ScriptDirectory.from_config(migrations(connection)).get_heads()) == 1


def test_what_was_deleted_in_an_earlier_version_is_gone_after_an_upgrade(new_database: NewDatabase) -> None:
    """Earlier versions left it in the free pages of the file."""
    with new_database("sqlite", migrated=False) as url:
        file = Path(url.removeprefix("sqlite:///"))
        with closing(Store(url)) as store, store.engine.begin() as connection:
            command.upgrade(migrations(connection), "0002")
        with closing(sqlite3.connect(file)) as careless, careless:
            careless.execute("PRAGMA secure_delete = OFF")
            careless.executemany(
                "INSERT INTO seen VALUES (?, '2026-03-02')", [(f"armadillo {one}",) for one in range(999)]
            )
            careless.commit()
            careless.execute("DELETE FROM seen")
        assert b"armadillo" in file.read_bytes()
        with closing(Store(url)) as store:
            store.migrate()
        assert b"armadillo" not in file.read_bytes()
