"""Erasing: twenty people of a lively group are forgotten, an old copy comes back, and no trace of them is left anywhere."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from adapters.base import Answer, Verdict
from adapters.console.conversation import Person as Declared
from bot import erasing, errands, telling
from bot.running import opened
from decisions.model import Account, Ballot, Member, Person, Poll, Role, Spent
from storage import erased
from storage.store import Store
from storage.verify import verify
from storage.work import Work
from tests.conftest import KINDS, NewDatabase
from tests.house import House
from tests.stories.conftest import ON_ANY_DATABASE, MakeHouse
from tests.stories.killing import Killed, kill_at
from tests.stories.lively import TRACE, all_goes, copy, decided, goers, journal, lively, marks, rows, traces

WHO = goers(2)


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Whatever a test sets holds for it alone."""
    monkeypatch.chdir(tmp_path)
    yield
    telling.settings.cache_clear()


def use(monkeypatch: pytest.MonkeyPatch, url: str, data: Path) -> None:
    """From here on the command line works on this database, with this data folder."""
    monkeypatch.setenv("FOLKMOOT_DATABASE_URL", url)
    monkeypatch.setenv("FOLKMOOT_DATA", str(data))
    telling.settings.cache_clear()


def whole(store: Store) -> list[str]:
    with store.reading() as work:
        return [str(one.place) for one in verify(work)]


async def forget(house: House, who: str) -> None:
    answer = await house.whisper(who, "forget me all now" if all_goes(who) else "forget me now")
    assert "I have forgotten you" in answer.text


@pytest.mark.usefixtures("settings")
@pytest.mark.parametrize(
    ("kind", "gone"),
    [("sqlite", 4), ("postgresql", 4), *(pytest.param(one, 20, marks=pytest.mark.long) for one in KINDS)],
)
async def test_no_trace_is_left_and_none_comes_back(
    kind: str, gone: int, new_database: NewDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, fresh, who = tmp_path / "data", tmp_path / "fresh", goers(gone)
    with new_database(kind) as url, new_database(kind) as old_url, new_database(kind) as new_url:
        with closing(Store(url, data / erased.NAME)) as store, closing(Store(old_url)) as old:
            house = await lively(store, who)
            copy(store, old)
            before, voted, told = decided(store), marks(store), journal(store)
            for one in who[: gone // 2]:
                await forget(house, one)
            use(monkeypatch, url, data)
            for one in who[gone // 2 :]:
                said = await asyncio.to_thread(errands.forgotten, one, None, words=all_goes(one))
                assert f"{one} is forgotten, in one group" in said
            assert traces(store) == []
            assert (decided(store), marks(store)) == (before, voted)
            assert journal(store)[: len(told)] == told
            assert whole(store) == []
            await house.settle()
            last = {(one.where, one.post): one.text for one in house.shown if one.kind in ("send", "edit")}
            assert not [text for text in last.values() if TRACE in text]
            # last week's copy, into a folder of its own, with the file of those who are forgotten
            with closing(Store(new_url)) as restored:
                copy(old, restored)
        fresh.mkdir()
        shutil.copy(data / erased.NAME, fresh / erased.NAME)
        assert TRACE not in (fresh / erased.NAME).read_text()
        use(monkeypatch, new_url, fresh)
        with opened() as restored:
            assert traces(restored) == []
            assert (decided(restored), marks(restored)) == (before, voted)
            assert whole(restored) == []
            assert len([one for one in rows(restored)["persons"] if one["erased"]]) == len(who)


async def test_what_was_said_by_others_stays(sqlite_store: Store) -> None:
    house = await lively(sqlite_store, WHO[:2])
    await forget(house, WHO[0])
    await forget(house, WHO[1])
    card = house.card()
    assert "ben (agree): I like it" in card
    assert "C-3, a concern of ben: Who pays? – somebody who was forgotten answers: (words taken out)" in card
    assert "somebody who was forgotten" in card
    assert "Put by somebody who was forgotten" in house.card(poll="P-5")
    assert "P-5 · Proposal 1, better" in house.card(poll="P-5")
    assert "P-4 · (title taken out)" in house.card(poll="P-4")
    with sqlite_store.reading() as work:
        roles = {one.id: one.role for one in work.all(Member)}
    assert roles == {1: Role.FACILITATOR, 2: Role.MEMBER, 3: Role.MEMBER, 4: Role.OBSERVER, 5: Role.OBSERVER}


# -- coming back ------------------------------------------------------------------------------------------------------


@pytest.fixture
async def voted(sqlite_store: Store) -> House:
    """P-1 is open, and ben has voted and been forgotten; in P-2, open too, he had not."""
    house = House(
        sqlite_store, {"general": "matrix", "partners": "telegram"}, (Declared(name="ana", role="facilitator"),)
    )
    await house.say("ana", "!propose Translate it")
    await house.say("ana", "!propose Publish it")
    await house.say("ben", "!agree P-1 gladly")
    assert "I have forgotten you" in (await house.say("ben", "!forget me now", "partners")).text
    return house


def ballots(house: House, poll: int) -> list[Ballot]:
    with house.store.reading() as work:
        return work.all(Ballot, poll_id=poll)


async def test_who_comes_back_is_somebody_new_without_a_second_ballot(voted: House) -> None:
    tries: tuple[tuple[Callable[..., Any], str, str], ...] = (
        (voted.say, "!agree P-1 again", "general"),
        (voted.say, "!vote P-1 disagree", "partners"),
        (voted.press, "p1:2", "partners"),
        (voted.press, "p1:mine", "general"),
    )
    for act, said, room in tries:
        answer: Answer = await act("ben", said, room)
        assert answer.verdict is Verdict.REFUSED
        assert "This account has no ballot of its own on P-1" in answer.text
    assert [one.reason for one in ballots(voted, 1)] == [""]
    assert (await voted.say("ben", "!agree P-2")).verdict is Verdict.DONE
    with voted.store.reading() as work:
        persons = {one.name: one for one in work.all(Person)}
        members = work.all(Member)
    assert [one for one in persons if one] == ["ana", "ben"]
    assert (persons[""].erased, persons["ben"].erased) == (True, False)
    assert [one.person_id for one in members] == [1, persons[""].id, persons["ben"].id]


async def test_which_accounts_had_a_ballot_is_let_go_of_with_the_poll(voted: House) -> None:
    with voted.store.reading() as work:
        assert len(work.all(Spent, poll_id=1)) == work.the(Poll, id=1).spent == 2  # one an account: each platform
    await voted.say("ana", "!close P-1")
    with voted.store.reading() as work:
        assert work.all(Spent, poll_id=1) == []
        assert work.the(Poll, id=1).spent == 0
        assert verify(work) == []


# -- asking -----------------------------------------------------------------------------------------------------------


async def test_it_is_asked_and_said_first_and_done_by_a_press(sqlite_store: Store) -> None:
    house = House(sqlite_store)
    await house.say("ana", "!propose Translate it")
    await house.say("ben", "!agree P-1 gladly")
    answer = await house.whisper("ana", "forget me")
    assert "Nobody can undo this" in answer.text
    assert "You are the last facilitator of Partnerships. ben will be its facilitator." in answer.text
    assert answer.text.endswith("write: forget me now")
    ((button,),) = answer.buttons
    assert (await house.press("ben", button.press, "")).verdict is Verdict.REFUSED
    with sqlite_store.reading() as work:
        assert not work.all(Person, erased=True)
    done = await house.press("ana", button.press, "")
    assert done.card is not None
    assert "I have forgotten you" in done.card.text
    assert not done.card.buttons
    assert (
        house.private("ben")[-1]
        == "You are a facilitator of Partnerships now, as the last one left. What you can do: help"
    )
    assert "Put by somebody who was forgotten" in house.card()
    with sqlite_store.reading() as work:
        assert [one.role for one in work.all(Member)] == [Role.OBSERVER, Role.FACILITATOR]
        assert verify(work) == []


async def test_a_group_of_one_stays_without_a_facilitator(sqlite_store: Store) -> None:
    house = House(sqlite_store)
    await house.say("ana", "!propose Translate it")
    answer = await house.whisper("ana", "forget me all")
    assert "nobody is there to take over" in answer.text
    assert answer.text.endswith("write: forget me all now")
    await house.whisper("ana", "forget me all now")
    with sqlite_store.reading() as work:
        assert [one.role for one in work.all(Member)] == [Role.OBSERVER]
        assert work.all(Account) == []


@pytest.mark.parametrize("said", ["forget you", "forget me me", "forget now please", "forget me\u202e"])
async def test_nothing_else_forgets_anybody(sqlite_store: Store, said: str) -> None:
    house = House(sqlite_store)
    await house.say("ana", "!propose Translate it")
    answer = await house.whisper("ana", said)
    assert answer.verdict is Verdict.REFUSED
    assert "forget me, forget me all" in answer.text


async def test_it_is_asked_in_the_readers_words(sqlite_store: Store) -> None:
    house = House(sqlite_store)
    await house.say("ana", "!propose Translate it")
    await house.whisper("ana", "language fr")
    answer = await house.whisper("ana", "oublie-moi tout")
    how = answer.text.rpartition("\u00a0: ")[2]
    assert how == "oublie-moi tout maintenant"
    assert "Je vous ai oublié" in (await house.whisper("ana", how)).text


async def test_an_affiliate_that_they_alone_had_asked_for_goes_with_them(sqlite_store: Store) -> None:
    house = House(sqlite_store)
    await house.say("ana", "!propose Translate it")
    asked = await house.say("ben", f"!affiliate {TRACE} friends")
    assert asked.verdict is Verdict.DONE
    assert traces(sqlite_store) != []
    await house.whisper("ben", "forget me now")
    assert traces(sqlite_store) == []
    assert whole(sqlite_store) == []


async def test_done_twice_it_is_done_once(sqlite_store: Store) -> None:
    house = await lively(sqlite_store, WHO[:2])
    with sqlite_store.reading() as work:
        person = _person(work, WHO[1])
    for _ in range(2):
        with sqlite_store.unit_of_work() as work:
            erasing.erase(work, work.the(Person, id=person.id), house.now, lambda: "s")
    assert len([one for one in journal(sqlite_store) if "MemberErased" in one]) == 1
    with sqlite_store.unit_of_work() as work:
        gone = erasing.erase(work, work.the(Person, id=person.id), house.now, lambda: "s", words=True)
    assert (
        gone.texts == 5
    )  # both revisions of what they had put, what they had noted as agreed, a meeting's title, and a lesson
    assert len([one for one in journal(sqlite_store) if "MemberErased" in one]) == 1
    assert whole(sqlite_store) == []


def _person(work: Work, name: str) -> Person:
    account = work.the(Account, platform="matrix", user=name)
    return work.the(Person, id=account.person_id)


# -- killed -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stride", [12, pytest.param(1, marks=pytest.mark.long)])
async def test_killed_at_any_step_it_is_done_wholly_or_not_at_all(
    sqlite_store: Store, tmp_path: Path, stride: int
) -> None:
    house = await lively(sqlite_store, WHO[:1])
    sqlite_store.close()
    before, ends = rows(sqlite_store), set()
    sqlite_store.close()
    for step in count(0, stride):
        file = tmp_path / f"{step}.db"
        shutil.copy(sqlite_store.engine.url.database or "", file)
        names = tmp_path / f"{step}.erased"
        done = _forgotten_until(step, file, names, house)
        with closing(Store(f"sqlite:///{file}", names)) as restarted:
            erasing.forget_again(restarted, house.now, lambda: "t")
            gone = traces(restarted) == []
            assert gone or rows(restarted) == before, step
            assert gone is bool(erased.read(names)), step
            assert whole(restarted) == []
        ends.add(gone)
        if done:
            break
    assert step > 50
    assert ends == {True, False}


def _forgotten_until(step: int, file: Path, names: Path, house: House) -> bool:
    """Whether an erasure came to its end before the process was killed at this step."""
    with pytest.MonkeyPatch.context() as patched, closing(Store(f"sqlite:///{file}", names)) as store:
        try:
            kill_at(step, patched)
            with store.unit_of_work() as work:
                erasing.erase(work, _person(work, WHO[0]), house.now, lambda: "s", words=True)
        except Killed:
            return False
    return True


# -- on each platform -------------------------------------------------------------------------------------------------


@ON_ANY_DATABASE
async def test_cards_of_open_and_closed_polls_are_brought_up_to_date(make_house: MakeHouse) -> None:
    house = await make_house({"general": "matrix", "partners": "telegram"}, (Declared(name="ana", role="facilitator"),))
    await house.say("ben", "!propose Translate it", "general")
    await house.say("ben", "!agree P-1 gladly", "general")
    await house.say("ana", "!close P-1", "general")
    await house.say("ana", "!propose Publish it", "general")
    await house.say("ben", "!disagree P-2 too early", "general")
    await house.say("ana", "!agree P-2", "general")
    assert (await house.whisper("ben", "forget me now")).verdict is Verdict.DONE
    await house.settle()
    for room in ("general", "partners"):
        closed, open_ = house.card(room), house.card(room, "P-2")
        assert "Put by somebody who was forgotten" in closed
        assert "agree 1: somebody who was forgotten" in closed
        assert "disagree 1: somebody who was forgotten" in open_
        assert not [word for word in ("ben", "gladly", "early") if word in closed + open_]
    with house.store.reading() as work:
        assert verify(work) == []
