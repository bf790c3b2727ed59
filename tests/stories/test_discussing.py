"""Stories of the discussion under a card, of words that are edited or deleted, and of reasons that are asked for."""

from datetime import timedelta

import pytest

from adapters.base import Request, Verdict
from decisions.model import Ballot, LogLine, Remark
from storage.store import Store
from tests.house import AnyHouse, House
from tests.stories.conftest import ALSO_ON_MATRIX, ALSO_ON_TELEGRAM, ON_THE_CONSOLE, MakeHouse


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


def words(house: AnyHouse) -> list[str]:
    """All that is kept of what was said about polls."""
    return [one for texts in said(house).values() for one in texts]


def said(house: AnyHouse) -> dict[int, list[str]]:
    """The same, by poll."""
    found: dict[int, list[str]] = {}
    with house.store.reading() as work:
        for one in work.all(Remark):
            found.setdefault(one.poll_id, []).append(one.text)
    return found


# -- the discussion ---------------------------------------------------------------------------------------------------


@ALSO_ON_TELEGRAM
@pytest.mark.parametrize(
    "words", ["agree, we did this before", "Agree: we did this before", "agree we did this before"]
)
async def test_a_reply_that_begins_with_a_stance_votes(house: AnyHouse, words: str) -> None:
    await house.say("ben", words, reply_to=card(house))
    assert "ben (agree): we did this before" in house.card()


@ALSO_ON_TELEGRAM
async def test_a_reply_to_the_card_is_kept_and_not_answered(house: AnyHouse) -> None:
    answer = await house.say("ben", "Who takes the minutes?", reply_to=card(house), message="7")
    assert answer.verdict is Verdict.NOTHING
    assert "One remark in its discussion: show P-1" in house.card()
    shown = await house.say("cem", "!show P-1")
    assert "Discussion (one remark):\nben, Mon 2 Mar 2026, 18:00 UTC: Who takes the minutes?" in shown.text


async def test_talk_that_answers_nothing_is_not_kept(house: AnyHouse) -> None:
    await house.say("ben", "Who takes the minutes?", message="7")
    await house.say("cem", "Hello", message="8")
    await house.say("ben", "And you?", reply_to="8", message="9")
    with house.store.reading() as work:
        assert not work.all(Remark)


async def test_a_remark_follows_its_message(page: House) -> None:
    await page.say("ben", "Who takes the minuets?", reply_to=card(page), message="7")
    await page.edit("ben", "7", "Who takes the minutes?")
    assert "UTC: Who takes the minutes?" in (await page.say("cem", "!show P-1")).text
    await page.remove("ben", "7")
    assert "minutes" not in (await page.say("cem", "!show P-1")).text
    assert "remark" not in page.card()


async def test_a_remark_follows_into_what_would_be_a_command(page: House) -> None:
    await page.say("ben", "Who takes the minutes?", reply_to=card(page), message="7")
    for now in ("!close P-1", "!nonsense", "-1 no", "PROPOSAL: another"):
        await page.edit("ben", "7", now)
        assert words(page) == [now]
    assert len(page.cards(poll="P-2")) == 0


async def test_nobody_edits_what_another_said_and_who_takes_it_out_of_the_room_takes_it_off_the_record(
    page: House,
) -> None:
    await page.say("ben", "Who takes the minutes?", reply_to=card(page), message="7")
    await page.edit("cem", "7", "I do")
    assert words(page) == ["Who takes the minutes?"]
    await page.remove("cem", "7")  # platforms let only those who may
    assert words(page) == []


async def test_what_is_said_after_the_end_is_kept_and_after_a_withdrawal_is_not(house: AnyHouse) -> None:
    await house.say("ben", "Fine", reply_to=card(house), message="7")
    await house.say("ana", "!close P-1")
    before = len(house.cards())
    assert (await house.say("ben", "It went well", reply_to="7", message="8")).verdict is Verdict.NOTHING
    assert words(house) == ["Fine", "It went well"]
    assert len(house.cards()) == before
    await house.say("ana", "!propose Another")
    await house.say("ana", "!withdraw P-2")
    await house.say("ben", "Why?", reply_to=house.cards(poll="P-2")[0].post, message="9")
    assert words(house) == ["Fine", "It went well"]


@ALSO_ON_TELEGRAM
async def test_a_chain_of_replies_is_one_discussion(house: AnyHouse) -> None:
    await house.say("ana", "!propose Another", message="p")
    await house.say("ben", "What for?", reply_to="p", message="7")
    await house.say("cem", "I wonder too", reply_to="7", message="8")
    await house.say("ana", "Guess", reply_to="8", message="9")
    await house.say("ben", "+1 it is Monday", message="10")
    await house.say("ana", "What a reason", reply_to="10", message="11")
    with house.store.reading() as work:
        assert [one.poll_id for one in work.all(Remark)] == [2, 2, 2, 2]


async def test_much_talk_edits_the_card_seldom_and_is_shown_in_pages(page: House) -> None:
    for number in range(1, 46):
        await page.say("ben", f"Word {number}", reply_to=card(page), message=f"m{number}")
    assert "More than 40 remarks in its discussion: show P-1" in page.card()
    assert len(page.cards()) < 20
    shown = await page.say("cem", "!show P-1")
    assert shown.text.endswith("UTC: Word 20\nWhat was said next: show P-1 2")
    assert [one.press for row in shown.buttons for one in row] == ["p1:talk=2"]
    second = await page.say("cem", "!show P-1 2")
    assert second.text.startswith("P-1 · Meet monthly\nDiscussion (45 remarks; page 2 of 3):\nben, ")
    assert [one.press for row in second.buttons for one in row] == ["p1:talk=1", "p1:talk=3"]
    last = await page.press("cem", "p1:talk=3", room="")
    assert last.card is not None
    assert last.card.text.endswith("Word 45")
    for none in ("!show P-1 9999999999", "!show P-1 0"):
        assert (await page.say("cem", none)).verdict is Verdict.DONE
    await page.remove("ben", "m45")
    for number in range(1, 45):
        await page.remove("ben", f"m{number}")
    assert "remark" not in page.card()


async def test_what_was_forgotten_is_on_no_page(page: House) -> None:
    for number in range(1, 22):
        await page.say("ben" if number < 21 else "cem", f"Word {number}", reply_to=card(page), message=f"m{number}")
    assert (await page.say("dan", "!show P-1")).buttons
    await page.whisper("ben", "forget me now")
    assert "One remark in its discussion" in page.card()
    shown = await page.say("dan", "!show P-1")
    assert "Discussion (one remark):\ncem, " in shown.text
    assert not shown.buttons


async def test_a_long_remark_is_kept_and_never_refused(page: House) -> None:
    assert (await page.say("ben", "long " * 5000, reply_to=card(page), message="7")).verdict is Verdict.NOTHING
    assert len(words(page)[0]) > 19_000
    assert len((await page.say("cem", "!show P-1")).text) < 2000


# -- off the record ---------------------------------------------------------------------------------------------------

OFF = (
    "Off the record: I am tired", "this is OFF-THE-RECORD", "off  the\nrecord", "Hors proces-verbal, entre nous",
    "hors PV", "fuera de acta", "هذا خارج المحضر",
)  # fmt: skip


async def test_what_is_off_the_record_is_never_kept(page: House) -> None:
    for number, said in enumerate(OFF):
        await page.say("ben", said, reply_to=card(page), message=f"m{number}")
        await page.edit("ben", f"m{number}", "Who takes the minutes?")
    assert words(page) == []


async def test_an_edit_takes_it_off_the_record_for_good(page: House) -> None:
    for number, said in enumerate(OFF):
        await page.say("ben", "Who takes the minutes?", reply_to=card(page), message=f"m{number}")
        await page.edit("ben", f"m{number}", said)
        assert words(page) == [], said
        await page.edit("ben", f"m{number}", "Who takes the minutes?")
    assert words(page) == []
    assert "remark" not in page.card()


@ALSO_ON_TELEGRAM
async def test_who_answers_what_they_said_with_off_the_record_takes_it_out(house: AnyHouse) -> None:
    await house.say("ben", "Who takes the minutes?", reply_to=card(house), message="7")
    await house.say("cem", "off the record", reply_to="7", message="8")
    await house.say("ben", "Off the record: I would not mind to do it if somebody helps", reply_to="7", message="9")
    assert words(house) == ["Who takes the minutes?"]
    answer = await house.say("ben", "Please keep this off the record!", reply_to="7", message="10")
    assert answer.verdict is Verdict.DONE
    assert words(house) == []


async def test_the_log_of_a_meeting_lets_go_of_it_too(page: House) -> None:
    await page.say("ana", "#startmeeting Budget")
    await page.say("ben", "Who takes the minutes?", reply_to=card(page), message="7")
    await page.say("cem", "I do", message="8")
    await page.say("ben", "hors pv", reply_to="7", message="9")
    await page.say("cem", "hors pv", reply_to="8", message="10")
    assert words(page) == []
    with page.store.reading() as work:
        assert [one.text for one in work.all(LogLine)] == []


async def test_a_vote_counts_without_the_words_that_are_off_the_record(house: AnyHouse) -> None:
    await house.say("ben", "-1 off the record: I am tired", message="7")
    assert [(one.marks, one.reason) for one in ballots(house)] == [({"disagree": 1}, "")]
    assert (await house.say("cem", "!block P-1 off the record: no")).verdict is Verdict.REFUSED


async def test_a_reason_that_an_edit_takes_off_the_record_is_gone(page: House) -> None:
    await page.say("ben", "-1 I am tired", message="7")
    answer = await page.edit("ben", "7", "-1 off the record: I am tired")
    assert "your vote stands" in answer.text
    with page.store.reading() as work:
        (ballot,) = work.all(Ballot)
    assert "tired" not in repr(ballot)


# -- threads and topics -----------------------------------------------------------------------------------------------


async def test_in_a_topic_all_talk_is_the_discussion_of_the_one_open_poll_put_there(page: House) -> None:
    await page.say("ana", "!propose Buy a van", thread="t1")
    assert "What is said in the topic or thread where it was put is kept with it" in page.card(poll="P-2")
    await page.say("ben", "Which one?", thread="t1", message="1")
    await page.say("ben", "How is everybody?", message="2")
    await page.say("ben", "What else?", thread="t2", message="3")
    await page.say("ben", "A talk aside", room="general", reply_to="2", message="4")
    assert said(page) == {2: ["Which one?"]}
    await page.say("cem", "+1", thread="t1")
    assert "agree 1: cem" in page.card(poll="P-2")
    await page.say("ana", "!propose Sell the van", thread="t1")
    await page.say("ben", "Which of them?", thread="t1", message="5")
    await page.say("ben", "The old one", thread="t1", reply_to=page.cards(poll="P-3")[0].post, message="6")
    await page.say("ben", "And this", thread="t1", reply_to="1", message="7")
    assert said(page) == {2: ["Which one?", "And this"], 3: ["The old one"]}
    assert (await page.say("ana", "!close", thread="t1")).verdict is Verdict.REFUSED  # which of the two?


async def test_in_a_topic_where_all_is_over_talk_is_talk(page: House) -> None:
    await page.say("ana", "!propose Buy a van", thread="t1")
    await page.say("ana", "!close", thread="t1")
    assert "D-1 · Buy a van" in page.notices()[-1]
    await page.say("ben", "Next thing", thread="t1", message="1")
    assert said(page) == {}


async def test_a_thread_under_a_message_is_the_discussion_of_what_that_message_is(page: House) -> None:
    await page.say("ana", "!propose Buy a van", message="p")
    await page.say("ben", "Which one?", thread="p", message="1")  # under the message that put it
    await page.say("cem", "Under the card", thread=page.cards(poll="P-2")[0].post, message="2")
    await page.say("ana", "Under a remark", thread="1", reply_to="9", message="3")
    await page.say("ana", "!close P-2")
    await page.say("ana", "It drives", thread="p", message="4")
    assert said(page) == {2: ["Which one?", "Under the card", "Under a remark", "It drives"]}


async def test_a_proposal_whose_time_was_asked_for_belongs_to_its_topic_all_the_same(page: House) -> None:
    answer = await page.say("ana", "!propose --until 3/4 Buy a van", thread="t1", message="p")
    assert answer.alone.startswith("sure")
    await page.press("ana", answer.buttons[0][0].press, room="")
    await page.say("ben", "Which one?", thread="t1", message="1")
    assert said(page) == {2: ["Which one?"]}


async def test_nothing_is_kept_where_things_are_only_told(store: Store) -> None:
    made = House(store, {"general": "matrix", "news": "matrix"})
    await made.say("ana", "!propose Meet monthly")
    await made.say("ana", "!rooms announce on", room="news")
    await made.say("ben", "Why?", room="news", reply_to=made.cards("news")[0].post, message="1")
    assert words(made) == []


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


@ALSO_ON_TELEGRAM
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


@ALSO_ON_TELEGRAM
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
