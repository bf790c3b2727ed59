"""Faults: what fails leaves no trace and the others alone, whether it is an act, a poll or the database."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
import structlog
from sqlalchemy import event, select, update

from adapters.base import Answer, Verdict
from adapters.console.conversation import Person
from bot.acts import voting
from bot.telling import log_to_stderr
from bot.turn import Turn
from decisions.model import Poll, Supersedes
from storage.store import Store
from storage.tables import TABLES
from storage.verify import verify
from tests.conftest import NewDatabase
from tests.house import House
from tests.stories.conftest import ON_BOTH
from tests.stories.many import at_once, lines, said, voters

ANA = Person(name="ana", role="facilitator")
DAY = timedelta(days=1)
SECRET = "our rent is 4711"
Press = Callable[[Turn, int, int, int], Answer]


@pytest.fixture
def house(store: Store) -> House:
    return House(store, {"general": "matrix", "side": "telegram"}, (ANA,))


# -- one at fault -----------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    """Logging as the process sets it up."""
    log_to_stderr()
    yield
    structlog.reset_defaults()


def breaks_after_the_ballot(right: Press, who: str) -> Press:
    """A press that keeps its ballot for all but one member, for whom it then fails, with their words in the fault."""

    def press(turn: Turn, poll_id: int, option: int, value: int) -> Answer:
        answer = right(turn, poll_id, option, value)
        if turn.person.name == who:
            raise RuntimeError(f"no room for {turn.request.press}: {answer.text} because {SECRET}")
        return answer

    return press


async def test_a_fault_and_a_refusal_leave_the_others_alone(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await house.say("ana", "!propose Meet monthly")
    pressed = {"ana": "p1:0", "ben": "p1:3", "cem": "p1:1", "dee": "p1:2"}
    batch = [said(who, press=press, key=f"key of {who}") for who, press in pressed.items()]
    with monkeypatch.context() as broken:
        broken.setattr(voting, "press", breaks_after_the_ballot(voting.press, "cem"))
        answers = await at_once(house.app, batch)
    assert [one.verdict for one in answers] == [Verdict.DONE, Verdict.REFUSED, Verdict.FAULT, Verdict.DONE]
    assert sorted(voters(house.store)) == ["agree", "disagree"]

    reference = re.search(r"\(ref ([0-9a-f]{4})\)", answers[2].text)
    logged = capsys.readouterr().err
    assert reference is not None
    assert reference[1] in logged
    assert "key of cem" in logged
    assert "RuntimeError\n" in logged
    assert not any(word in logged for word in (SECRET, "4711", "abstain", "p1:1"))

    again = await at_once(house.app, batch)
    assert [one.verdict for one in again] == [Verdict.NOTHING, Verdict.NOTHING, Verdict.DONE, Verdict.NOTHING]
    assert sorted(voters(house.store)) == ["abstain", "agree", "disagree"]


@ON_BOTH
async def test_a_refusal_halfway_leaves_nothing(house: House) -> None:
    """The link was written when the date turned out to be none; asked for again, it is written again."""
    for number in (1, 2):
        await house.say("ana", f"!propose Idea {number}")
        await house.say("ana", f"!close P-{number}")
    asked = "!outcome D-2 --supersedes D-1"
    answers = await at_once(house.app, [said("ana", f"{asked} --review nonsense"), said("ana", asked)])
    assert [one.verdict for one in answers] == [Verdict.REFUSED, Verdict.DONE]
    with house.store.reading() as work:
        assert work.all(Supersedes) == [Supersedes(poll_id=2, earlier_id=1)]
        assert verify(work) == []


async def test_a_broken_poll_leaves_the_others_alone(house: House) -> None:
    for title in ("Meet monthly", "Meet weekly", "Meet daily"):
        await house.say("ana", f"!propose --for 2h {title}")
    break_rules(house, 2)
    batch = [said(who, press=f"p{poll}:0") for who in ("ana", "ben") for poll in (1, 2, 3)]
    answers = await at_once(house.app, batch)
    assert [one.verdict for one in answers] == [Verdict.DONE, Verdict.FAULT, Verdict.DONE] * 2
    await house.player.publisher.settle()
    assert "\nagree 2: ana, ben" in house.card("side", "P-3")


async def test_a_broken_poll_holds_up_no_deadline(house: House) -> None:
    for title in ("Meet monthly", "Meet weekly", "Meet daily"):
        await house.say("ana", f"!propose --for 2h {title}")
    with house.store.reading() as work:
        sound = work.the(Poll, id=1).rules
    break_rules(house, 1)
    house.player.clock.at += DAY
    await house.app.sweep()
    assert statuses(house) == {1: "open", 2: "closed", 3: "closed"}
    with house.store.engine.begin() as connection:
        connection.execute(update(TABLES[Poll]).values(rules=sound))
    await house.app.sweep()
    assert statuses(house) == dict.fromkeys((1, 2, 3), "closed")


def break_rules(house: House, poll_id: int) -> None:
    """Make a poll one that cannot be read any more."""
    with house.store.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE polls SET rules = '{{' WHERE id = {poll_id}")  # noqa: S608


def statuses(house: House) -> dict[int, str]:
    rows = TABLES[Poll].c
    with house.store.reading() as work:
        return {row[0]: row[1] for row in work.connection.execute(select(rows.id, rows.status))}


# -- the database at fault --------------------------------------------------------------------------------------------


@contextmanager
def commits_failing(store: Store, times: int) -> Iterator[None]:
    """The database takes everything and then fails to commit, so many times."""
    left = [None] * times

    def fail(connection: object) -> None:
        if left:
            left.pop()
            raise OSError("no space left on device")

    event.listen(store.engine, "commit", fail)
    try:
        yield
    finally:
        event.remove(store.engine, "commit", fail)


@ON_BOTH
async def test_what_is_not_committed_is_not_acknowledged(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    before = lines(house.store)
    batch = [said(who, "+1") for who in ("ana", "ben", "cem")]
    with commits_failing(house.store, times=1000):
        answers = await at_once(house.app, batch)
    assert [one.verdict for one in answers] == [Verdict.FAULT] * 3
    assert voters(house.store) == []
    assert lines(house.store) == before
    assert [one.verdict for one in await at_once(house.app, batch)] == [Verdict.DONE] * 3
    assert voters(house.store) == ["agree"] * 3


@ON_BOTH
async def test_a_commit_that_fails_once_is_made_up_for(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    with commits_failing(house.store, times=1):
        answers = await at_once(house.app, [said(who, "+1") for who in ("ana", "ben", "cem")])
    assert [one.verdict for one in answers] == [Verdict.DONE] * 3
    assert voters(house.store) == ["agree"] * 3


async def test_a_lost_connection_is_made_up_for(new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    right, lost = voting.press, list[Turn]()

    def press(turn: Turn, poll_id: int, option: int, value: int) -> Answer:
        if turn.person.name == "ben" and not lost:
            lost.append(turn)
            turn.work.connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
        return right(turn, poll_id, option, value)

    with new_database("postgresql") as url, closing(Store(url)) as store:
        house = House(store, people=(ANA,))
        await house.say("ana", "!propose Meet monthly")
        monkeypatch.setattr(voting, "press", press)
        answers = await at_once(house.app, [said(who, press="p1:0") for who in ("ana", "ben", "cem")])
        assert [one.verdict for one in answers] == [Verdict.DONE] * 3
        assert voters(store) == ["agree"] * 3
