"""Merging in meetings: two members turn out to be one, and their answers, attendance, actions and hours become one too."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import pytest_asyncio

from decisions.model import (
    Action,
    Attendance,
    Borne,
    Busy,
    Coming,
    Feed,
    Hours,
    Meeting,
    Owner,
    Rsvp,
    Slot,
    Stage,
    Suits,
)
from storage.store import Store
from storage.verify import verify
from tests.stories.accounts import Accounts
from tests.stories.coming import to_come
from tests.stories.test_merging import ANA, ANNA, BEN, CEM, MINUTE, gathered


@pytest_asyncio.fixture
async def chats(store: Store) -> AsyncIterator[Accounts]:
    accounts = await gathered(store)
    yield accounts
    await accounts.house.app.close()


def whole(chats: Accounts) -> bool:
    with chats.store.reading() as work:
        return verify(work) == []


def ids(chats: Accounts) -> tuple[int, int]:
    """Ana's member and Anna's, before they are one."""
    return chats.member(ANA).id, chats.member(ANNA).id


def set_(chats: Accounts) -> datetime:
    """M-1 is set."""
    at = chats.house.now + timedelta(days=3)
    to_come(chats.house, 1, "Budget", at)
    return at


@pytest.mark.parametrize("order", [(ANA, ANNA), (ANNA, ANA)])
async def test_of_two_answers_to_an_invitation_the_later_stands(chats: Accounts, order: tuple[str, str]) -> None:
    set_(chats)
    for account, said in zip(order, ("yes", "no"), strict=True):
        await chats.say(account, f"!rsvp M-1 {said}")
        chats.house.sleep(MINUTE)
    version = chats.row(Meeting)[0].version
    await chats.link(ANA, ANNA)
    assert [(one.member_id, one.coming) for one in chats.row(Rsvp)] == [(chats.member(ANA).id, Coming.NO)]
    assert chats.row(Meeting)[0].version > version
    assert whole(chats)


async def test_an_answer_of_one_alone_goes_on(chats: Accounts) -> None:
    set_(chats)
    await chats.say(ANNA, "!rsvp M-1 maybe")
    await chats.link(ANA, ANNA)
    assert [(one.member_id, one.coming) for one in chats.row(Rsvp)] == [(chats.member(ANA).id, Coming.MAYBE)]


async def test_answers_to_times_become_one_time_after_time(chats: Accounts) -> None:
    at, (ana, anna) = set_(chats), ids(chats)
    now = chats.house.now
    with chats.store.unit_of_work() as work:
        for number in (1, 2, 3):
            work.put(Slot(meeting_id=1, number=number, wall="", starts_at=at, by=anna))
        work.put(
            Suits(meeting_id=1, slot=1, member_id=ana, mark=0, at=now),
            Suits(meeting_id=1, slot=2, member_id=ana, mark=2, at=now + MINUTE),
            Suits(meeting_id=1, slot=1, member_id=anna, mark=2, at=now + MINUTE),
            Suits(meeting_id=1, slot=2, member_id=anna, mark=1, at=now),
            Suits(meeting_id=1, slot=3, member_id=anna, mark=1, at=now),
        )
    await chats.link(ANA, ANNA)
    lives = chats.member(ANA).id
    assert {(one.member_id, one.slot): one.mark for one in chats.row(Suits)} == {
        (lives, 1): 2,
        (lives, 2): 2,
        (lives, 3): 1,
    }


async def test_they_were_there_if_either_was(chats: Accounts) -> None:
    ana, anna = ids(chats)
    await chats.say(BEN, "!startmeeting Budget")
    await chats.say(ANA, "#regrets+")
    await chats.say(ANNA, "I am here")
    await chats.say(ANNA, "q+ the rent")
    await chats.say(BEN, "#chair anna")
    await chats.say(CEM, "hello")
    await chats.link(ANA, ANNA)
    lives = chats.member(ANA).id
    (one,) = [one for one in chats.row(Attendance) if one.member_id in (ana, anna)]
    assert (one.member_id, one.here, one.regrets, one.chair, one.queued_for) == (lives, True, False, True, "the rent")
    assert whole(chats)
    await chats.say(ANNA, "#topic Rent")  # she leads it on, by either account
    await chats.say(ANA, "#topic Heating")
    await chats.say(ANA, "!endmeeting")
    assert chats.row(Meeting)[0].stage is Stage.ENDED
    assert whole(chats)


async def test_two_who_were_both_there_are_there_once(chats: Accounts) -> None:
    ana, anna = ids(chats)
    await chats.say(BEN, "!startmeeting Budget")
    for account in (ANA, ANNA):
        await chats.say(account, "q+")
        await chats.say(BEN, "#ack " + account.partition("@")[0])
    await chats.say(BEN, "!endmeeting")
    await chats.link(ANA, ANNA)
    (one,) = [one for one in chats.row(Attendance) if one.member_id in (ana, anna)]
    assert (one.here, one.spoken, one.queued_at) == (True, 2, None)
    assert whole(chats)


async def test_what_was_given_to_either_is_theirs_once(chats: Accounts) -> None:
    ana, anna = ids(chats)
    await chats.say(BEN, "!startmeeting Budget")
    for words in ("Pay", "Sell"):
        await chats.say(BEN, f"#action {words}")
    with chats.store.unit_of_work() as work:
        work.put(*(Owner(action_id=action, member_id=anna) for action in (1, 2)), Owner(action_id=1, member_id=ana))
        work.put(
            Borne(meeting_id=1, member_id=ana, local="02:00", cost=1, at=chats.house.now),
            Borne(meeting_id=1, member_id=anna, local="04:00", cost=3, at=chats.house.now),
        )
    await chats.link(ANA, ANNA)
    lives = chats.member(ANA).id
    assert [(one.action_id, one.member_id) for one in chats.row(Owner)] == [(1, lives), (2, lives)]
    assert [(one.member_id, one.local, one.cost) for one in chats.row(Borne)] == [(lives, "04:00", 3)]
    assert len(chats.row(Action)) == 2
    assert whole(chats)


@pytest.mark.parametrize("first", [True, False])
async def test_hours_and_calendar_are_the_elders_or_else_the_others(chats: Accounts, first: bool) -> None:
    ana, anna = chats.person(ANA), chats.person(ANNA)
    begins = chats.house.now
    busy = Busy(id=1, person_id=anna, begins_at=begins, ends_at=begins + MINUTE)
    with chats.store.unit_of_work() as work:
        work.put(Hours(person_id=anna, ranges=("2 09:00-12:00",)), Feed(person_id=anna, url="https://b"), busy)
        if first:
            work.put(Hours(person_id=ana, ranges=("1 09:00-12:00",)), Feed(person_id=ana, url="https://a"))
            work.put(replace(busy, id=2, person_id=ana))
    await chats.link(ANA, ANNA)
    assert [(one.person_id, one.ranges) for one in chats.row(Hours)] == [
        (ana, ("1 09:00-12:00",) if first else ("2 09:00-12:00",))
    ]
    assert [(one.person_id, one.url) for one in chats.row(Feed)] == [(ana, "https://a" if first else "https://b")]
    assert [(one.id, one.person_id) for one in chats.row(Busy)] == [(2 if first else 1, ana)]


async def test_who_parts_takes_nothing_along(chats: Accounts) -> None:
    set_(chats)
    await chats.link(ANA, ANNA)
    lives = chats.person(ANA)
    with chats.store.unit_of_work() as work:
        work.put(Hours(person_id=lives, ranges=("1 09:00-12:00",)), Feed(person_id=lives, url="https://a"))
    await chats.say(ANNA, "!rsvp M-1 yes")
    await chats.whisper(ANA, "unlink anna")
    assert chats.person(ANNA) != lives
    assert [one.person_id for one in (*chats.row(Hours), *chats.row(Feed))] == [lives, lives]
    assert [one.member_id for one in chats.row(Rsvp)] == [chats.member(ANA).id]
    assert whole(chats)
