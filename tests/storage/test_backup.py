"""Copies of a whole database, and the clean start that a written conversation gets."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.export import FORMS
from decisions.model import Group, Help, Introduction, Lesson, Poll, Related, Remark, Reuse
from decisions.searching import Query
from storage import state
from storage.backup import AlreadyThere, HasItsOwnTools, NoBackup, NotEmpty, backup, restore
from storage.search import find
from storage.store import Store
from storage.verify import verify
from tests.conftest import NewDatabase
from tests.exported import export
from tests.house import House
from tests.stories.lively import goers, lively, rows


@pytest.fixture
async def used(sqlite_store: Store) -> Store:
    """A database in which a proposal is open."""
    await House(sqlite_store).say("ana", "!propose Translate the statement")
    return sqlite_store


@pytest.fixture
def fresh(new_database: NewDatabase) -> Iterator[Store]:
    """A migrated database that holds nothing."""
    with new_database("sqlite") as url, closing(Store(url)) as store:
        yield store


def test_a_backup_is_restored_as_it_was(used: Store, fresh: Store, tmp_path: Path) -> None:
    backup(used, tmp_path / "copy")
    restore(fresh, tmp_path / "copy")
    with used.reading() as before, fresh.reading() as after:
        for noun in (Group, Poll):
            assert before.all(noun) == after.all(noun) != []


async def test_all_that_was_learnt_and_offered_comes_back_and_is_found(
    sqlite_store: Store, fresh: Store, tmp_path: Path
) -> None:
    """Lessons, uses, what belongs together, remarks, peers, and what waits for somebody; and the index of words."""
    who = goers(2)
    house = await lively(sqlite_store, who)
    backup(sqlite_store, tmp_path / "copy")
    restore(fresh, tmp_path / "copy")
    assert rows(fresh) == rows(sqlite_store)
    with sqlite_store.reading() as before, fresh.reading() as after:
        assert all(after.all(noun) for noun in (Lesson, Reuse, Related, Remark, Help, Introduction))
        assert verify(after) == []
        asked = Query(words=who[0])
        assert find(after, asked, {1}, 50) == find(before, asked, {1}, 50)
        assert find(after, asked, {1}, 50).total
        for form in FORMS:
            group = after.the(Group, id=1)
            assert export(after, group, form, house.now) == export(before, group, form, house.now)


def test_a_backup_is_one_file_for_its_owner_alone(used: Store, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    backup(used, folder / "copy")
    assert [one.name for one in folder.iterdir()] == ["copy"]
    assert (folder / "copy").stat().st_mode & 0o077 == 0


def test_a_backup_overwrites_nothing(used: Store, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("mine")
    with pytest.raises(AlreadyThere):
        backup(used, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "mine"


def test_a_backup_that_fails_leaves_nothing_behind(used: Store, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        backup(used, tmp_path / "nowhere" / "copy")
    used.close()
    assert not list(tmp_path.glob("*copy*"))


def test_what_people_decided_is_never_replaced(used: Store, tmp_path: Path) -> None:
    backup(used, tmp_path / "copy")
    with pytest.raises(NotEmpty):
        restore(used, tmp_path / "copy")


def test_what_is_no_backup_is_not_restored(fresh: Store, tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(b"noise" * 1000)
    sqlite3.connect(tmp_path / "other").close()
    for one in ("noise", "other"):
        with pytest.raises(NoBackup):
            restore(fresh, tmp_path / one)


def test_a_backup_of_a_later_version_is_not_restored(used: Store, fresh: Store, tmp_path: Path) -> None:
    backup(used, tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as later, later:
        later.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NoBackup):
        restore(fresh, tmp_path / "copy")
    with fresh.reading() as work:
        assert state.revision(work.connection) == state.newest(work.connection)


def test_a_backup_with_a_hole_is_not_restored(used: Store, fresh: Store, tmp_path: Path) -> None:
    backup(used, tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    (tmp_path / "copy").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(NoBackup):
        restore(fresh, tmp_path / "copy")


def test_postgresql_has_its_own_tools(new_database: NewDatabase, tmp_path: Path) -> None:
    with new_database("postgresql") as url, closing(Store(url)) as store:
        for copy in (backup, restore):
            with pytest.raises(HasItsOwnTools):
                copy(store, tmp_path / "copy")


# -- a clean start ----------------------------------------------------------------------------------------------------


async def test_a_conversation_replaces_what_one_before_it_left(store: Store) -> None:
    for name in ("first", "second"):
        with store.unit_of_work() as work:
            assert state.start_clean(work, name)
        await House(store).say("ana", "!propose Translate the statement")
        with store.reading() as work:
            assert len(work.all(Poll)) == 1


async def test_a_conversation_never_replaces_what_people_decided(store: Store) -> None:
    await House(store).say("ana", "!propose Translate the statement")
    with store.unit_of_work() as work:
        assert not state.start_clean(work, "first")
        assert len(work.all(Poll)) == 1


async def test_where_people_have_spoken_since_no_conversation_is_played(store: Store) -> None:
    with store.unit_of_work() as work:
        state.start_clean(work, "first")
    await House(store).say("ana", "!propose Translate the statement")
    with store.unit_of_work() as work:
        state.belongs_to_people(work)
        assert not state.start_clean(work, "second")


def test_a_database_knows_its_version(empty_url: str) -> None:
    with closing(Store(empty_url)) as store:
        with store.reading() as work:
            assert state.revision(work.connection) is None
        store.migrate()
        with store.reading() as work:
            newest = state.newest(work.connection)
            assert state.revision(work.connection) == newest
            assert newest in state.versions(work.connection)
