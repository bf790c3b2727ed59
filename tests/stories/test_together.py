"""Together: presses at once, several to a transaction, faults among them, two processes on one database."""

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
import structlog
from sqlalchemy import event, select, update

from adapters.base import Abilities, Answer, Card, Handle, Later, Place, Request, Verdict
from adapters.console.conversation import Person
from bot.acts import voting
from bot.app import MOST_TOGETHER, App
from bot.clock import SetClock
from bot.publisher import Publisher
from bot.telling import log_to_stderr
from bot.turn import Turn
from decisions.model import Ballot, Group, Poll, Post, PostKind, Status
from storage.store import Store
from storage.tables import TABLES
from storage.verify import verify
from tests.conftest import NewDatabase
from tests.house import START, House

ANA = Person(name="ana", role="facilitator")
DAY = timedelta(days=1)
MANY = MOST_TOGETHER + 6
"""Members enough for more than one transaction."""
SECRET = "our rent is 4711"
Press = Callable[[Turn, int, int, int], Answer]


@pytest.fixture
def house(store: Store) -> House:
    return House(store, {"general": "matrix", "side": "telegram"}, (ANA,))


def said(who: str, text: str = "", press: str = "", key: str = "", room: str = "general") -> Request:
    """A request as a platform makes it."""
    platform = {"general": "matrix", "side": "telegram"}[room]
    return Request(key=key or f"{who} {text}{press}", platform=platform, chat=room, user=who, name=who, text=text,
                   press=press)  # fmt: skip


async def at_once(app: App, requests: Iterable[Request]) -> list[Answer]:
    """Hand in everything before anything is answered."""
    return await asyncio.gather(*(app.handle(one) for one in requests))


def voters(store: Store, poll_id: int = 1) -> list[str]:
    """Who has a ballot, by what they marked; the poll's own count and the journal must agree with it."""
    with store.reading() as work:
        ballots = work.all(Ballot, poll_id=poll_id)
        assert work.the(Poll, id=poll_id).turnout == len(ballots)
        assert verify(work) == []
        return [key for one in ballots for key in one.marks]


def lines(store: Store) -> int:
    with store.reading() as work:
        return work.the(Group, id=1).lines


# -- many at once -----------------------------------------------------------------------------------------------------


async def test_presses_at_once_lose_none(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.say("ana", "!poll Where?\nRome\nOslo", room="side")
    names = [f"m{number}" for number in range(MANY)]
    requests = [said(who, press=press) for who in names for press in ("p1:0", "p2:1")]
    assert {one.verdict for one in await at_once(house.app, requests)} == {Verdict.DONE}
    assert voters(house.store, 1) == ["agree"] * MANY
    assert voters(house.store, 2) == ["2"] * MANY
    await house.player.publisher.settle()
    for room in ("general", "side"):
        assert f"\nagree {MANY}: " in house.card(room)
        assert f"\n2. Oslo {MANY}: " in house.card(room, "P-2")


async def test_one_member_at_once_on_two_platforms_keeps_the_last(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    requests = [
        said("ana", press=f"p1:{number % 3}", key=str(number), room=("general", "side")[number % 2])
        for number in range(30)
    ]
    before = lines(house.store)
    await at_once(house.app, requests)
    assert voters(house.store) == ["disagree"]
    assert lines(house.store) == before + len(requests)


async def test_the_same_request_at_once_counts_once(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    answers = await at_once(house.app, [said("ana", "+1 yes", key="same")] * 3)
    assert sorted(one.verdict for one in answers) == [Verdict.DONE, Verdict.NOTHING, Verdict.NOTHING]
    assert voters(house.store) == ["agree"]


async def test_who_asks_may_go_before_the_answer(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    waiting = [asyncio.create_task(house.app.handle(said(who, "+1"))) for who in ("ana", "ben", "cem")]
    await asyncio.sleep(0)  # all are handed in
    waiting[1].cancel()
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert [getattr(one, "verdict", None) for one in answers] == [Verdict.DONE, None, Verdict.DONE]
    assert voters(house.store) == ["agree"] * 3


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


# -- two processes ----------------------------------------------------------------------------------------------------


@pytest.fixture
def twin(house: House, database_url: str) -> Iterator[App]:
    """Another process on the same database, as far as the database can tell."""
    with closing(Store(database_url)) as store:
        yield App(store, house.player.clock)


async def test_two_processes_close_each_poll_once(house: House, twin: App) -> None:
    for number in range(1, 9):
        await house.say("ana", f"!propose --for {number}h Idea {number}")
    house.player.clock.at += DAY
    await asyncio.gather(house.app.sweep(), twin.sweep(), house.app.sweep(), twin.sweep())
    with house.store.reading() as work:
        assert sorted(one.decision or 0 for one in work.all(Poll, status=Status.CLOSED)) == list(range(1, 9))
        assert len(work.all(Post, kind=PostKind.RESULT)) == 8 * 2
        assert verify(work) == []


async def test_two_processes_count_each_press_once(house: House, twin: App) -> None:
    await house.say("ana", "!propose Meet monthly")
    requests = [said(f"m{number}", press="p1:0") for number in range(MANY)]
    answers = await asyncio.gather(at_once(house.app, requests), at_once(twin, requests))
    for one, other in zip(*answers, strict=True):
        assert sorted([one.verdict, other.verdict]) == [Verdict.DONE, Verdict.NOTHING]
    assert voters(house.store) == ["agree"] * MANY


# -- while the publisher is at work -----------------------------------------------------------------------------------


class Gated:
    """A network on which a send takes until it is let go; the last text of each message is kept."""

    abilities = Abilities()

    def __init__(self, name: str) -> None:
        self.name = name
        self.asked = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()
        self.texts: dict[str, str] = {}
        self.failing: list[Exception] = []
        self.sends = 0

    async def run(self, handle: Handle) -> None: ...

    async def send(self, place: Place, card: Card, *, key: str, reply_to: str = "") -> str:
        self.sends += 1
        self.asked.set()
        await self.open.wait()
        if self.failing:
            raise self.failing.pop()
        self.texts[key] = card.text
        return key

    async def edit(self, place: Place, message: str, card: Card) -> None:
        self.texts[message] = card.text


async def test_what_is_said_of_a_result_on_its_way_is_shown(house: House) -> None:
    net = Gated("matrix")
    publisher = Publisher(house.store, house.player.clock, [net])
    await house.app.handle(said("ana", "!propose Meet monthly"))
    await publisher.settle()
    await house.app.handle(said("ana", "!close P-1"))
    net.asked.clear()
    net.open.clear()
    publishing = asyncio.create_task(publisher.settle())
    await net.asked.wait()
    await house.app.handle(said("ana", "!outcome D-1 From May on"))
    net.open.set()
    await publishing
    await publisher.settle()
    card, result = net.texts.values()
    assert "Statement: From May on" in card
    assert "Statement: From May on" in result


async def test_a_place_that_is_to_wait_reads_everything_in_order(house: House) -> None:
    net = Gated("matrix")
    publisher = Publisher(house.store, house.player.clock, [net])
    for number in (1, 2, 3):
        await house.app.handle(said("ana", f"!propose Idea {number}"))
    net.failing.append(Later(30))
    await publisher.settle()
    assert (net.sends, list(net.texts)) == (1, [])
    house.player.clock.at += timedelta(seconds=30)
    await publisher.settle()
    assert [text[:3] for text in net.texts.values()] == ["P-1", "P-2", "P-3"]


async def test_a_setting_does_not_undo_the_journal(store: Store) -> None:
    """Whoever speaks first is made a member by the same request that sets the zone."""
    app = App(store, SetClock(START))
    for words in ("!tz group Europe/Berlin", "!propose Meet monthly", "+1"):
        assert (await app.handle(said("ana", words))).verdict is Verdict.DONE
    assert voters(store) == ["agree"]
