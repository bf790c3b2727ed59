"""Verifying: a real conversation is found whole, and then whatever is edited behind the bot's back is found in its place."""

import json
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlmodel.sql.sqltypes import UTCDateTime

from bot.reader import Reader
from decisions import events, learned_events, meeting_events, polls
from decisions.model import Ballot, Poll
from storage import journal
from storage.faults import Fault
from storage.poll_tables import Polls
from storage.store import Store
from storage.tables import TABLES, Journal, table
from storage.verify import verify
from storage.work import Work
from tests.conftest import KINDS, NewDatabase
from tests.house import House
from tests.storage.edits import EDITS, MARK, OUTCOME
from tests.storage.eventful import LINES

READER = Reader("en", "UTC")


@pytest.fixture(scope="module", params=KINDS)
def played(request: pytest.FixtureRequest, new_database: NewDatabase) -> Iterator[Store]:
    """The eventful conversation. Whoever edits it does so in a transaction that is rolled back."""
    like = request.getfixturevalue(f"eventful_{request.param}")
    with new_database(request.param, like=like) as url, closing(Store(url)) as store:
        yield store


@contextmanager
def edited(store: Store, *statements: str) -> Iterator[Work]:
    """The records as somebody leaves them who reaches the database, and lets no foreign key stop them."""
    sqlite = store.engine.dialect.name == "sqlite"
    unbound = "PRAGMA defer_foreign_keys = ON" if sqlite else "SET LOCAL session_replication_role = replica"
    with store.engine.connect() as connection:
        for one in (unbound, *statements):
            assert connection.execute(text(one.replace(":", r"\:"))).rowcount != 0, one
        yield Work(connection)
        connection.rollback()


def said(faults: list[Fault]) -> list[tuple[str, str]]:
    """Each fault as its place and what is wrong there."""
    return [(READER.say(*one.place), one.what[0]) for one in faults]


def test_what_the_bot_wrote_is_whole(played: Store) -> None:
    with played.reading() as work:
        assert verify(work) == []


def test_the_conversation_has_every_event(played: Store) -> None:
    lines = table(Journal)
    with played.reading() as work:
        happened = set(work.connection.execute(select(lines.c.event)).scalars())
        assert work.connection.execute(select(lines.c.number).order_by(lines.c.number.desc())).scalar() == LINES
    named = vars(events) | vars(meeting_events) | vars(learned_events)
    known = {name for name, one in named.items() if isinstance(one, type) and issubclass(one, events.Event)}
    assert happened == known - {"Event", "PollEvent", "MeetingEvent"}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("played", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)], indirect=True)
def test_an_edit_is_found_in_its_place(played: Store, edit: str) -> None:
    statement, place, what = EDITS[edit]
    with edited(played, statement) as work:
        assert said(verify(work))[0] == (place, what)


def test_each_edit_of_rows_alone_is_one_fault(played: Store) -> None:
    """Nothing else is called broken: what is right beside it still is."""
    with edited(played, MARK) as work:
        assert said(verify(work)) == [("P-1, ballot of member 2", "broken-changed")]
    with edited(played, OUTCOME) as work:
        assert said(verify(work)) == [("P-1, outcome D-1", "broken-changed")]


def test_faults_come_in_the_order_of_their_places(played: Store) -> None:
    edits = (
        "UPDATE polls SET statement = 'no' WHERE id = 1",
        OUTCOME,
        "UPDATE ballots SET reason = 'no' WHERE poll_id = 5",
        MARK,
        "UPDATE groups SET head = 'no'",
    )
    with edited(played, *edits) as work:
        places = [place for place, _ in said(verify(work))]
    assert places == [
        "journal head",
        "P-1, ballot of member 2",
        "P-1, outcome D-1",
        "D-1, statement",
        "P-5, ballot of member 3",
    ]


def test_instants_that_no_clock_shows_never_stop_it(played: Store) -> None:
    """PostgreSQL keeps instants that no `datetime` holds."""
    for one in TABLES.values():
        for column in (column for column in one.columns if isinstance(column.type, UTCDateTime)):
            edit = f"UPDATE {one.name} SET {column.name} = 'infinity'"  # noqa: S608
            with played.reading() as work:
                empty = work.connection.execute(select(one)).first() is None
            if not empty:
                with edited(played, edit) as work:
                    verify(work)


def test_a_poll_that_was_never_put_is_found(played: Store) -> None:
    names = ", ".join(column.name for column in table(Polls).columns)
    values = names.replace("id, group_id, number", "99, group_id, 99", 1)
    with edited(played, f"INSERT INTO polls ({names}) SELECT {values} FROM polls WHERE id = 5") as work:  # noqa: S608
        assert said(verify(work)) == [("P-99", "broken-added")]


def test_a_line_and_its_hash_changed_together_break_the_next(played: Store) -> None:
    """Whoever recomputes one hash has to recompute all that follow, up to the head that the group was shown."""
    with played.reading() as work:
        before, line = work.connection.execute(text("SELECT before, line FROM journal WHERE number = 12")).one()
    other = line.replace("2026", "2025")
    change = f"UPDATE journal SET line = '{other}', hash = '{journal.chained(before, other)}' WHERE number = 12"  # noqa: S608
    with edited(played, change) as work:
        assert said(verify(work))[0] == ("journal line 13", "broken-line-before")


async def test_an_outcome_miscounted_from_the_start_is_found(store: Store) -> None:
    """Sealed and in the journal, and yet not what the ballots come to."""
    house = House(store)
    await house.say("ana", '!poll "Where?" "Berlin" "Oslo"')
    await house.say("ben", "!vote P-1 2")
    with store.unit_of_work() as work:
        poll = work.the(Poll, id=1)
        work.apply(polls.close(poll, (), by=None, decision=1, now=house.now), poll.group_id, house.now)
    with store.reading() as work:
        assert said(verify(work)) == [("P-1, outcome D-1", "broken-count")]


async def test_an_outcome_that_counted_a_proxy_whom_nobody_named_is_found(store: Store) -> None:
    house = House(store)
    await house.say("ana", "!propose Meet monthly")
    await house.say("ben", "!agree P-1")
    with store.unit_of_work() as work:
        poll, ballots = work.the(Poll, id=1), work.all(Ballot, poll_id=1)
        change = polls.close(poll, ballots, by=None, decision=1, now=house.now, proxies=((1, 2),))
        work.apply(change, poll.group_id, house.now)
    with store.reading() as work:
        assert said(verify(work)) == [("P-1, outcome D-1", "broken-proxies")]


async def test_proxies_that_cannot_be_read_are_found(sqlite_store: Store) -> None:
    house = House(sqlite_store)
    await house.say("ana", "hello")
    await house.say("ben", "!proxy ana")
    with edited(sqlite_store, "UPDATE proxies SET until = 'no'") as work:
        assert said(verify(work)) == [("proxies", "broken-unreadable")]


def test_everything_that_can_be_broken_has_its_words() -> None:
    top = Path(__file__).parents[2]
    source = "".join(one.read_text(encoding="utf-8") for one in (top / "storage").glob("*.py"))
    keys = set(re.findall(r'"(broken-[a-z-]+)"', source))
    texts = json.loads((top / "bot/text/en.json").read_text(encoding="utf-8"))
    assert keys == {key for key in texts if key.startswith("broken-")}
