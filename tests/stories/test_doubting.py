"""Doubting: a time that may mean several is asked back, and whoever says which has what they asked for, once."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.base import Answer, Card, Part, Style, Verdict
from adapters.console.conversation import Person
from decisions.model import Doubt, LogLine, Meeting, Poll, Post, PostKind, Presence
from storage.store import Store
from tests.house import START, House
from tests.stories.coming import to_come
from tests.stories.conftest import ON_BOTH

SIX = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
EIGHTEEN = datetime(2026, 3, 3, 18, 0, tzinfo=UTC)
WEEK = datetime(2026, 3, 9, 23, 59, tzinfo=UTC)
MANY = '!propose --until "tomorrow at 6" Meet in Lima\nThe second line stays.'
ONE = '!propose --until "next week" Plant a tree'


@pytest.fixture
def house(store: Store) -> House:
    return House(
        store, {"general": "matrix", "tea": "telegram"}, (Person(name="ana", role="facilitator"), Person(name="ben"))
    )


def polls(house: House) -> list[Poll]:
    with house.store.reading() as work:
        return work.all(Poll)


def doubts(house: House) -> list[Doubt]:
    with house.store.reading() as work:
        return work.all(Doubt)


def presses(answer: Answer) -> list[str]:
    return [one.press for row in answer.told[1] for one in row]


async def refused(house: House, who: str, press: str, room: str = "") -> None:
    answer = await house.press(who, press, room)
    assert answer.verdict is Verdict.REFUSED
    assert (
        answer.text == "I cannot go on with that any more: you have answered it already, it was too long ago, you have "
        "asked for something else since, or you are no longer in that room. Nothing was changed just now; if what you "
        "wrote is not there, please write it again."
    )


@ON_BOTH
async def test_several_times_are_shown_before_anything_is_done(house: House) -> None:
    asked = await house.say("ana", MANY)
    assert asked.told[0] == (
        "“tomorrow at 6” may mean several times. Which one?\n"
        "1. Tue 3 Mar 2026, 06:00 UTC\n"
        "2. Tue 3 Mar 2026, 18:00 UTC\n"
        "Nothing is done yet. Press one, or write to me here its number: yes 2. If it is none of them: no."
    )
    assert [[one.label for one in row] for row in asked.buttons] == [
        ["Tue 3 Mar 2026, 06:00 UTC"],
        ["Tue 3 Mar 2026, 18:00 UTC"],
        ["No"],
    ]
    assert presses(asked) == ["sure1:0", "sure1:1", "sure1:no"]
    assert asked.looked  # so that it is told in words, and never by a sign that all is done
    assert polls(house) == []
    assert house.notices() == []


@ON_BOTH
async def test_a_press_carries_on_where_it_was_asked(house: House) -> None:
    await house.say("ana", MANY, message="$asked")
    done = await house.press("ana", "sure1:1", "")
    assert done.text == "P-1 is open until Tue 3 Mar 2026, 18:00 UTC. I keep its card up to date."
    assert done.card == Card((Part(Style.LINE, done.text),))
    (put,) = polls(house)
    assert put.closes_at == EIGHTEEN
    assert "Meet in Lima" in house.card()
    assert "The second line stays." in house.card()
    with house.store.reading() as work:
        replies = {one.room_id: one.reply_to for one in work.all(Post, kind=PostKind.CARD)}
    assert replies[put.room_id] == "$asked"
    assert doubts(house) == []


@ON_BOTH
@pytest.mark.parametrize("words", ["yes 2", "Yes, 2.", "2", "yes2"])
async def test_words_carry_on_too(house: House, words: str) -> None:
    await house.say("ana", MANY)
    await house.whisper("ana", words)
    assert [one.closes_at for one in polls(house)] == [EIGHTEEN]


async def test_a_time_that_is_not_sure_is_shown_back(house: House) -> None:
    asked = await house.say("ana", ONE)
    assert asked.told[0] == (
        "“next week”: Mon 9 Mar 2026, 23:59 UTC, right?\n"
        "Nothing is done yet. Press the time, or write to me here: yes. If it is another: no."
    )
    await house.whisper("ana", "yes")
    assert [one.closes_at for one in polls(house)] == [WEEK]


async def test_no_means_no(house: House) -> None:
    await house.say("ana", ONE)
    said = await house.whisper("ana", "no")
    assert said.text == (
        "Then nothing was done. Please write it again with the time as in 2027-03-10 18:00. It was: "
        '!propose --until "next week" Plant a tree'
    )
    await house.say("ana", MANY)
    await house.press("ana", "sure2:no", "")
    await refused(house, "ana", "sure2:0")
    assert (polls(house), doubts(house)) == ([], [])


async def test_yes_alone_is_not_enough_where_there_are_several(house: House) -> None:
    await house.say("ana", MANY)
    again = await house.whisper("ana", "yes")
    assert again.text.startswith("“tomorrow at 6” may mean several times.")
    for words in ("yes 3", "3", "yes 0"):
        assert (await house.whisper("ana", words)).verdict is Verdict.DONE
    assert polls(house) == []
    await house.whisper("ana", "1")
    assert [one.closes_at for one in polls(house)] == [SIX]


async def test_in_a_room_a_yes_is_talk(house: House) -> None:
    await house.say("ana", MANY)
    for words in ("yes 1", "yes", "1", "no"):
        assert (await house.say("ana", words)).verdict is Verdict.NOTHING
    assert polls(house) == []
    assert len(doubts(house)) == 1


async def test_what_is_refused_then_may_be_said_otherwise(house: House) -> None:
    await house.say("ana", MANY)
    house.sleep(timedelta(hours=14))
    past = await house.press("ana", "sure1:0", "")
    assert past.verdict is Verdict.REFUSED
    await house.press("ana", "sure1:1", "")
    assert [one.closes_at for one in polls(house)] == [EIGHTEEN]


async def test_two_times_are_asked_for_one_after_another(house: House) -> None:
    await house.say("ana", '!propose --from "tomorrow at 6" --until "next week" Sow')
    second = await house.whisper("ana", "yes 1")
    assert second.text.startswith("“next week”: Mon 9 Mar 2026, 23:59 UTC, right?")
    assert polls(house) == []
    await house.whisper("ana", "yes")
    assert [(one.opens_at, one.closes_at) for one in polls(house)] == [(SIX, WEEK)]


async def test_words_count_from_when_they_were_said(house: House) -> None:
    said = '!propose --from "half past six" --until 10d Is it half past six?'
    await house.say("ana", said)
    house.sleep(timedelta(hours=3))
    await house.whisper("ana", "2")
    (put,) = polls(house)
    assert put.opens_at == START + timedelta(hours=12, minutes=30)
    assert "Is it half past six?" in house.card()


async def test_a_meeting_is_moved_by_words_that_are_asked_about_once(house: House) -> None:
    at = START + timedelta(days=5)
    to_come(house, 1, "Budget", at)
    asked = await house.say("ana", "!move M-1 3/4/2026")
    assert presses(asked) == ["sure1:0", "sure1:1", "sure1:no"]
    done = await house.press("ana", "sure1:1", "")
    assert done.verdict is Verdict.DONE
    with house.store.reading() as work:
        assert work.the(Meeting, id=1).starts_at == datetime(2026, 4, 3, 18, 0, tzinfo=UTC)


async def test_it_is_done_once(house: House) -> None:
    await house.say("ana", MANY)
    await house.press("ana", "sure1:1", "", key="tap")
    again = await house.press("ana", "sure1:1", "", key="tap")  # delivered once more
    assert again.verdict is Verdict.NOTHING
    await refused(house, "ana", "sure1:1")
    assert (await house.whisper("ana", "yes 2")).text.startswith("I am Folkmoot")
    assert len(polls(house)) == 1


async def test_what_is_carried_on_in_a_meeting_was_said_once(house: House) -> None:
    await house.say("ana", "!startmeeting Budget")
    await house.say("ana", ONE)
    await house.whisper("ana", "yes")
    with house.store.reading() as work:
        assert [one.text for one in work.all(LogLine)] == [ONE]


async def test_nobody_answers_for_another(house: House) -> None:
    await house.say("ana", MANY)
    await refused(house, "ben", "sure1:0")
    await refused(house, "ben", "sure1:1", "general")
    for press in ("sure1:no", "sure1:ask"):
        await refused(house, "ben", press)
    assert (await house.whisper("ben", "yes 1")).text.startswith("I am Folkmoot")
    assert (polls(house), len(doubts(house))) == ([], 1)


@pytest.mark.parametrize("press", ["sure1:2", "sure1:9", "sure2:0", "sure0:0", "sure999999999:1"])
async def test_forged_numbers_settle_nothing(house: House, press: str) -> None:
    await house.say("ana", MANY)
    await refused(house, "ana", press)
    assert (polls(house), len(doubts(house))) == ([], 1)


@pytest.mark.parametrize("press", ["sure1:10", "sure1:-1", "sure1:", "sure:1", "sure1:٣", "sure1:0\n", "xsure1:0"])
async def test_forged_buttons_are_none(house: House, press: str) -> None:
    await house.say("ana", MANY)
    answer = await house.press("ana", press, "")
    assert answer.verdict is Verdict.REFUSED
    assert polls(house) == []


async def test_who_has_left_the_room_does_nothing_there(house: House) -> None:
    await house.say("ben", MANY)
    await house.leave("ben")
    await refused(house, "ben", "sure1:0")
    said = await house.whisper("ben", "yes 1")
    assert said.verdict is Verdict.REFUSED
    with house.store.reading() as work:
        assert (work.all(Poll), work.get(Presence, room_id=1, member_id=2)) == ([], None)


async def test_where_we_are_put_out_nothing_is_carried_on(house: House) -> None:
    await house.say("ana", MANY)
    await house.gone()
    await refused(house, "ana", "sure1:0")
    assert polls(house) == []


async def test_rights_are_those_of_the_moment(house: House) -> None:
    await house.say("ben", MANY)
    await house.say("ana", "!group propose facilitators")
    answer = await house.press("ben", "sure1:1", "")
    assert answer.verdict is Verdict.REFUSED
    assert "facilitator" in answer.text
    assert polls(house) == []


async def test_who_administers_one_chat_does_so_there_alone(house: House) -> None:
    """A press in private says nothing of who administers the room now."""
    await house.say("ana", "!propose Lay a path")
    await house.say("ben", "!extend P-1 tomorrow at 6", admin=True)
    assert (await house.press("ben", "sure4:1", "")).verdict is Verdict.REFUSED
    await house.press("ben", "sure4:1", "general", admin=True)
    assert [one.closes_at for one in polls(house)] == [EIGHTEEN]


async def test_something_newer_lets_it_go(house: House) -> None:
    await house.say("ana", MANY)
    await house.say("ana", "!decisions")  # to look is to ask for nothing
    assert len(doubts(house)) == 1
    await house.say("ana", "!propose Something else")
    await refused(house, "ana", "sure1:0")
    assert [one.number for one in polls(house)] == [1]


async def test_there_is_one_at_most(house: House) -> None:
    for _ in range(3):
        await house.say("ana", MANY)
        await house.whisper("ana", ONE)
    (kept,) = doubts(house)
    assert kept.words == "next week"
    await house.whisper("ana", "yes")
    assert [one.closes_at for one in polls(house)] == [WEEK]


async def test_a_day_later_nobody_remembers(house: House) -> None:
    await house.say("ana", '!propose --until "tomorrow at 6" Wait')
    house.sleep(timedelta(days=1, seconds=1))
    await refused(house, "ana", "sure1:1")
    assert (await house.whisper("ana", "yes 2")).text.startswith("I am Folkmoot")
    house.app.forget_requests()
    assert doubts(house) == []


async def test_what_is_not_carried_on_leaves_no_line_in_the_journal(house: House) -> None:
    await house.say("ana", MANY)
    with house.store.reading() as work:
        before = work.connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one()
    await house.say("ana", ONE)
    await house.whisper("ana", "no")
    with house.store.reading() as work:
        assert work.connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one() == before


async def test_it_is_asked_in_the_language_of_whoever_asks(house: House) -> None:
    await house.whisper("ana", "language fr")
    asked = await house.say("ana", ONE.replace("next week", "la semaine prochaine"))
    assert asked.text.endswith("écrivez-moi ici\u00a0: oui. Si c’est une autre\u00a0: non.")
    await house.whisper("ana", "oui")
    assert len(polls(house)) == 1
