"""Stories of the discussion under a card, of words that are edited or deleted, and of reasons that are asked for."""

from datetime import timedelta

import pytest

from adapters.base import Request, Verdict
from decisions.model import Ballot, Remark
from storage.store import Store
from tests.house import AnyHouse, House
from tests.stories.conftest import ALSO_ON_MATRIX, ON_THE_CONSOLE, MakeHouse


@pytest.fixture
async def house(make_house: MakeHouse) -> AnyHouse:
    """A proposal of Ana's is open."""
    made = await make_house()
    await made.say("ana", "!propose Meet monthly")
    return made


@pytest.fixture
async def page(store: Store) -> House:
    """The same on a platform that tells of what is deleted."""
    made = House(store)
    await made.say("ana", "!propose Meet monthly")
    return made


def card(house: AnyHouse) -> str:
    return house.cards()[0].post


def ballots(house: AnyHouse) -> list[Ballot]:
    with house.store.reading() as work:
        return work.all(Ballot, poll_id=1)


# -- the discussion ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["agree, we did this before", "Agree: we did this before", "agree we did this before"]
)
async def test_a_reply_that_begins_with_a_stance_votes(house: AnyHouse, words: str) -> None:
    await house.say("ben", words, reply_to=card(house))
    assert "ben (agree): we did this before" in house.card()


async def test_a_reply_to_the_card_is_kept_and_not_answered(house: AnyHouse) -> None:
    answer = await house.say("ben", "Who takes the minutes?", reply_to=card(house), message="7")
    assert answer.verdict is Verdict.NOTHING
    assert "One remark in answer to this card: show P-1" in house.card()
    shown = await house.say("cem", "!show P-1")
    assert "ben says: Who takes the minutes?" in shown.text


async def test_talk_that_answers_nothing_is_not_kept(house: AnyHouse) -> None:
    await house.say("ben", "Who takes the minutes?", message="7")
    await house.say("cem", "Hello", message="8")
    await house.say("ben", "And you?", reply_to="8", message="9")
    with house.store.reading() as work:
        assert not work.all(Remark)


async def test_a_remark_follows_its_message(page: House) -> None:
    await page.say("ben", "Who takes the minuets?", reply_to=card(page), message="7")
    await page.edit("ben", "7", "Who takes the minutes?")
    assert "ben says: Who takes the minutes?" in (await page.say("cem", "!show P-1")).text
    await page.remove("ben", "7")
    assert "minutes" not in (await page.say("cem", "!show P-1")).text
    assert "remark" not in page.card()


async def test_nobody_edits_or_deletes_what_another_said(page: House) -> None:
    await page.say("ben", "Who takes the minutes?", reply_to=card(page), message="7")
    await page.edit("cem", "7", "I do")
    await page.remove("cem", "7")
    assert "ben says: Who takes the minutes?" in (await page.say("cem", "!show P-1")).text


async def test_what_is_said_under_a_closed_card_is_mere_talk(house: AnyHouse) -> None:
    await house.say("ana", "!close P-1")
    assert (await house.say("ben", "Fine", reply_to=card(house), message="7")).verdict is Verdict.NOTHING
    with house.store.reading() as work:
        assert not work.all(Remark)


# -- edits of votes ---------------------------------------------------------------------------------------------------


@ALSO_ON_MATRIX
async def test_an_edit_changes_the_reason(house: AnyHouse) -> None:
    await house.say("ben", "+1 it wroked before", message="7")
    answer = await house.edit("ben", "7", "+1 it worked before")
    assert "reason is on P-1" in answer.text
    assert "ben (agree): it worked before" in house.card()


@ON_THE_CONSOLE
@pytest.mark.parametrize("now", ["-1 no", "!block P-1 never", "!propose Something else", "!close P-1", "nonsense"])
async def test_an_edit_never_votes_or_does_anything_else(house: AnyHouse, now: str) -> None:
    await house.say("ben", "+1 it worked before", message="7")
    await house.edit("ben", "7", now)
    assert [one.marks for one in ballots(house)] == [{"agree": 1}]
    assert len(house.cards(poll="P-2")) == 0


async def test_who_edits_a_vote_into_another_is_told(house: AnyHouse) -> None:
    await house.say("ben", "+1 it worked before", message="7")
    answer = await house.edit("ben", "7", "-1 it failed before")
    assert answer.verdict is Verdict.REFUSED
    assert "say it anew" in answer.text


async def test_an_edit_of_what_was_no_vote_does_nothing(house: AnyHouse) -> None:
    await house.say("ben", "I like it", message="7")
    assert (await house.edit("ben", "7", "+1 I like it")).verdict is Verdict.NOTHING
    assert not ballots(house)


async def test_a_reason_that_was_replaced_is_not_brought_back_by_an_edit(house: AnyHouse) -> None:
    await house.say("ben", "+1 first", message="7")
    await house.say("ben", "!reason P-1 second", message="8")
    await house.edit("ben", "7", "+1 first, edited")
    assert [one.reason for one in ballots(house)] == ["second"]
    await house.edit("ben", "8", "!reason P-1 second, edited")
    assert "Say" not in house.card()


# -- votes that are taken back ----------------------------------------------------------------------------------------


async def test_a_deleted_vote_is_taken_back(page: House) -> None:
    await page.say("ben", "+1 it worked before", message="7")
    answer = await page.remove("ben", "7")
    assert "Taken back" in answer.text
    assert not ballots(page)


async def test_an_earlier_vote_that_is_deleted_leaves_the_later_one(page: House) -> None:
    await page.say("ben", "+1", message="7")
    await page.say("ben", "-1 on second thoughts", message="8")
    await page.remove("ben", "7")
    assert [one.marks for one in ballots(page)] == [{"disagree": 1}]


async def test_the_later_vote_that_is_deleted_brings_no_earlier_one_back(page: House) -> None:
    await page.say("ben", "+1", message="7")
    await page.say("ben", "-1", message="8")
    await page.remove("ben", "8")
    assert not ballots(page)


async def test_a_deleted_reason_leaves_the_vote(page: House) -> None:
    await page.say("ben", "-1", message="7")
    await page.whisper("ben", "reason P-1 too often")
    await page.say("ben", "reason P-1 far too often", room="", message="8")
    answer = await page.remove("ben", "8", room="")
    assert "your vote stands" in answer.text
    assert [(one.marks, one.reason) for one in ballots(page)] == [({"disagree": 1}, "")]


async def test_a_block_goes_with_its_reason(page: House) -> None:
    await page.say("ben", "!block P-1 never", message="7")
    await page.say("ben", "!reason P-1 never ever", message="8")
    await page.remove("ben", "8")
    assert not ballots(page)


# -- reasons that are asked for ---------------------------------------------------------------------------------------


async def test_a_press_asks_for_the_reason_and_the_reply_is_it(house: AnyHouse) -> None:
    await house.press("ben", "p1:2")
    await house.press("ben", "p1:reason", room="")
    (question,) = [one for one in house.shown if one.text.startswith("Your reason for P-1")]
    assert (question.kind, question.where) == ("private", "ben")
    answer = await house.say("ben", "too often", room="", reply_to=question.post)
    assert "Your reason is on P-1" in answer.text
    assert "ben (disagree): too often" in house.card()


@ALSO_ON_MATRIX
async def test_a_block_by_button_leads_to_the_question_for_its_reason(house: AnyHouse) -> None:
    answer = await house.press("ben", "p1:3")
    assert (answer.verdict, answer.alone) == (Verdict.REFUSED, "p1:reason=block")
    await house.press("ben", answer.alone, room="")
    (question,) = [one for one in house.shown if one.text.startswith("To say block on P-1")]
    assert not ballots(house)
    await house.say("ben", "it costs too much", room="", reply_to=question.post)
    assert "ben (block): it costs too much" in house.card()


async def test_a_reason_without_a_vote_is_refused(house: AnyHouse) -> None:
    await house.press("ben", "p1:reason", room="")
    (question,) = [one for one in house.shown if one.text.startswith("You have not said anything on P-1")]
    answer = await house.say("ben", "hm", room="", reply_to=question.post)
    assert answer.verdict is Verdict.REFUSED
    answer = await house.say("ben", "agree hm", room="", reply_to=question.post)
    assert "Counted on P-1: agree." in answer.text


# -- what could not be heard ------------------------------------------------------------------------------------------


async def test_after_an_outage_the_card_says_what_may_be_lost(page: House) -> None:
    since, until = page.now + timedelta(hours=1), page.now + timedelta(hours=2)
    await page.wait(timedelta(hours=3))
    await page.app.handle(Request(key="x", platform="matrix", chat="", user="", unheard=(since, until)))
    await page.player.publisher.settle()
    assert "Between Mon 2 Mar 2026, 19:00 UTC and Mon 2 Mar 2026, 20:00 UTC" in page.card()
    await page.say("ana", "!propose Another")
    assert "Between" not in page.card(poll="P-2")
    await page.say("ana", "!close P-1")
    assert "Between" not in page.card()
