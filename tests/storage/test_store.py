"""The store: durable or refused, all or nothing, one writer at a time, and no more written than has changed."""

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, make_url
from sqlalchemy.exc import IntegrityError

from decisions.change import Change
from decisions.events import GroupMade, RoomJoined
from decisions.model import Group, Person, Presence, Room
from storage import store as store_module
from storage.erased import Forgotten
from storage.store import NotDurable, Store
from storage.tables import Journal, table
from tests.conftest import NewDatabase
from tests.storage.samples import AFFILIATE, GROUP, MEMBER, NOW, PERSON, ROOM

GROUP_MADE = Change(puts=(GROUP,), events=(GroupMade(by=None, group=1),))

ENTRY: Any = None
"""Of the pool's own books, nothing is looked at."""


def kept(store: Store) -> list[Group]:
    with store.reading() as work:
        return work.all(Group)


def failing(act: Callable[[], object]) -> None:
    """Do it, and then fail."""
    act()
    raise RuntimeError


# -- durable ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "setting", [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)]
)
def test_sqlite_is_durable_and_holds_its_constraints(sqlite_store: Store, setting: tuple[str, object]) -> None:
    for transaction in (sqlite_store.unit_of_work, sqlite_store.reading):
        with transaction() as work:
            assert work.connection.exec_driver_sql(f"PRAGMA {setting[0]}").scalar() == setting[1]


def test_postgresql_is_durable(new_database: NewDatabase) -> None:
    with new_database("postgresql") as url, closing(Store(url)) as store, store.reading() as work:
        for setting in ("fsync", "synchronous_commit"):
            assert work.connection.exec_driver_sql(f"SHOW {setting}").scalar() == "on"


def test_a_sqlite_that_only_remembers_is_refused() -> None:
    with closing(Store("sqlite://")) as store, pytest.raises(NotDurable, match="journal_mode = memory"):
        store.migrate()


class Careless:
    """A SQLite that does not do as it is told."""

    def __init__(self, **says: object) -> None:
        self.says = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1} | says

    def execute(self, statement: str) -> "Careless":
        self.asked = statement.removeprefix("PRAGMA ")
        return self

    def fetchone(self) -> tuple[object]:
        return (self.says[self.asked],)


@pytest.mark.parametrize(
    "says", [{"synchronous": 1}, {"foreign_keys": 0}, {"journal_mode": "delete"}, {"secure_delete": 0}]
)
def test_a_sqlite_that_does_not_do_as_it_is_told_is_refused(says: dict[str, object]) -> None:
    store_module._durable_sqlite(Careless(), ENTRY)
    with pytest.raises(NotDurable, match=next(iter(says))):
        store_module._durable_sqlite(Careless(**says), ENTRY)


def test_a_postgresql_that_does_not_wait_for_the_disk_is_refused(new_database: NewDatabase) -> None:
    with new_database("postgresql") as url:
        careless = make_url(url).update_query_dict({"options": "-c synchronous_commit=off"})
        store = Store(careless.render_as_string(hide_password=False))
        with closing(store), pytest.raises(NotDurable, match="synchronous_commit"), store.reading():
            pass


def test_a_row_that_points_nowhere_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError), store.unit_of_work() as work:
        work.put(ROOM)


# -- all or nothing ---------------------------------------------------------------------------------------------------


def test_a_fault_undoes_the_whole_transaction(store: Store) -> None:
    with pytest.raises(RuntimeError), store.unit_of_work() as work:
        failing(lambda: work.apply(GROUP_MADE, 1, NOW))
    assert kept(store) == []
    with store.unit_of_work() as work:
        work.apply(GROUP_MADE, 1, NOW)
    assert [one.lines for one in kept(store)] == [1]


def test_a_savepoint_undoes_its_own_part_alone(store: Store) -> None:
    with store.unit_of_work() as work:
        work.apply(GROUP_MADE, 1, NOW)
        with pytest.raises(RuntimeError), work.savepoint():
            failing(lambda: work.apply(Change(puts=(ROOM,), events=(RoomJoined(by=None, room=1),)), 1, NOW))
        with work.savepoint():
            work.put(PERSON)
    with store.reading() as work:
        assert [one.lines for one in work.all(Group)] == [1]
        assert work.all(Room) == []
        assert work.all(Person) == [PERSON]


def test_what_a_savepoint_undid_is_written_anew(store: Store) -> None:
    """A value put in a part that was undone is not taken for one that is there."""
    renamed = replace(GROUP, name="Others")
    with store.unit_of_work() as work:
        work.put(GROUP)
        with pytest.raises(RuntimeError), work.savepoint():
            failing(lambda: work.put(renamed, ROOM))
        work.put(renamed, ROOM)
    assert kept(store) == [renamed]


def test_a_constraint_that_fails_in_a_savepoint_leaves_the_rest(peopled: Store) -> None:
    with peopled.unit_of_work() as work:
        with pytest.raises(IntegrityError), work.savepoint():
            work.put(replace(ROOM, id=2))
        work.put(replace(ROOM, id=3, chat="another"))
    with peopled.reading() as work:
        assert [one.id for one in work.all(Room)] == [1, 3]


def test_a_reader_sees_one_moment(peopled: Store) -> None:
    with peopled.reading() as reading:
        assert reading.the(Group, id=1).name == GROUP.name
        with peopled.unit_of_work() as work:
            work.put(replace(work.the(Group, id=1), name="Others"))
        assert reading.the(Group, id=1).name == GROUP.name
    assert kept(peopled)[0].name == "Others"


# -- one writer -------------------------------------------------------------------------------------------------------


def together(*acts: Callable[[], None]) -> None:
    """Run acts in a thread each; a fault in one is a fault of the test."""
    faults: list[BaseException] = []

    def run(act: Callable[[], None]) -> None:
        try:
            act()
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


@pytest.mark.parametrize("stores", [1, 2])
def test_writers_never_interleave(database_url: str, stores: int) -> None:
    """Neither two processes' stores nor two threads of one: each sees all that the one before it wrote."""
    opened = [Store(database_url) for _ in range(stores)]
    with opened[0].unit_of_work() as work:
        work.apply(GROUP_MADE, 1, NOW)
        work.put(ROOM, PERSON, AFFILIATE, MEMBER)
    times, inside = 20, [0]

    def write(store: Store) -> None:
        for _ in range(times):
            with store.unit_of_work() as work:
                inside[0] += 1
                presence = work.get(Presence, room_id=1, member_id=1)
                work.drop(presence) if presence else work.put(Presence(room_id=1, member_id=1))
                work.apply(Change(events=(RoomJoined(by=None, room=1),)), 1, NOW)
                assert inside == [1]
                inside[0] -= 1

    together(lambda: write(opened[0]), lambda: write(opened[-1]))
    assert kept(opened[0])[0].lines == 2 * times + 1
    for one in opened:
        one.close()


def test_the_database_forbids_a_fork(store: Store) -> None:
    """Even to a writer that waits for nobody: no two lines follow the same one."""
    line = {"group_id": 1, "event": "RoomJoined", "before": "", "line": "{}", "hash": "x"}
    with store.unit_of_work() as work:
        work.apply(GROUP_MADE, 1, NOW)
    with pytest.raises(IntegrityError), store.unit_of_work() as work:
        work.connection.execute(insert(table(Journal)), line | {"number": 2})
    with pytest.raises(IntegrityError), store.unit_of_work() as work:
        work.connection.execute(insert(table(Journal)), line | {"number": 1, "before": "y"})


# -- no trace ---------------------------------------------------------------------------------------------------------


def left(store: Store) -> bool:
    """Whether the word is still in the file of a SQLite database, or in its log."""
    database = store.engine.url.database or ""
    return any(b"armadillo" in Path(f"{database}{end}").read_bytes() for end in ("", "-wal"))


def said_and_forgotten(store: Store) -> None:
    with store.unit_of_work() as work:
        work.put(replace(PERSON, name="armadillo"))
    assert left(store)
    with store.unit_of_work() as work:
        work.put(replace(work.the(Person, id=1), name=""))
        work.forgotten.append(Forgotten("aa", NOW, words=False))


def test_who_is_forgotten_leaves_no_trace_in_the_files(sqlite_store: Store) -> None:
    said_and_forgotten(sqlite_store)
    assert not left(sqlite_store)


def test_while_somebody_reads_the_trace_waits_for_the_next_transaction(sqlite_store: Store) -> None:
    with sqlite_store.unit_of_work() as work:
        work.put(replace(PERSON, id=2))
    with sqlite_store.reading() as reader:
        assert reader.get(Person, id=2)
        said_and_forgotten(sqlite_store)
        assert left(sqlite_store)
    with sqlite_store.unit_of_work():
        pass
    assert not left(sqlite_store)


def test_what_a_savepoint_undoes_forgets_nobody(sqlite_store: Store) -> None:
    with sqlite_store.unit_of_work() as work:
        with pytest.raises(RuntimeError), work.savepoint():
            failing(lambda: work.forgotten.append(Forgotten("aa", NOW, words=False)))
        assert work.forgotten == []
