"""Lessons: told in a message or when asked, with a name or without, used elsewhere, put in other words and taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest_asyncio

from adapters.base import Verdict
from adapters.console.conversation import Person
from decisions.model import Affiliate, Group, Lesson, Member, Openness, Post, PostKind, Reuse, Seat
from storage.store import Store
from storage.verify import verify
from tests.house import House

ANA = Person(name="ana", role="facilitator")
BEN = Person(name="ben", role="member")
CEM = Person(name="cem", role="member", language="fr")


@pytest_asyncio.fixture
async def house(sqlite_store: Store) -> House:
    return House(sqlite_store, {"general": "matrix", "chat": "telegram"}, (ANA, BEN, CEM))


def lesson(house: House, number: int = 1, group: int = 1) -> Lesson:
    with house.store.reading() as work:
        return work.the(Lesson, group_id=group, number=number)


def sound(house: House) -> bool:
    with house.store.reading() as work:
        return verify(work) == []


def cards(house: House, ref: str = "L-1", room: str = "general") -> list[str]:
    """Every state of a lesson's card in a room."""
    return [one.text for one in house.shown if one.where == room and one.text.startswith(ref)]


# -- in one message ---------------------------------------------------------------------------------------------------


async def test_what_worked_is_told_in_one_message_and_once_in_every_room(house: House) -> None:
    answer = await house.say("ben", "!worked --region Africa --topic events We began with a meal")
    assert answer.text == (
        "Filed as L-1; the rooms of Partnerships see it. To change it: amend L-1 and your words. To take it back: withdraw L-1"
    )
    for room in ("general", "chat"):
        assert cards(house, room=room) == [
            "L-1 · We began with a meal\nIt worked.\nRegion: Africa · Topic: events\n"
            "Told by ben, Mon 2 Mar 2026, 18:00 UTC"
        ]
    assert sound(house)


async def test_a_longer_one_says_in_its_lines_what_is_what(house: House) -> None:
    await house.say(
        "ben",
        "!failed --affiliate “WM Ghana” --size 40 Paper forms at an editathon\nIn a library, on a Sunday.\n"
        "happened: Half of them were lost\nand the rest was wet\nagain: Snacks\nNever: Paper\nhelps: Librarians",
    )
    assert (await house.say("ana", "!show L-1")).text == (
        "L-1 · Paper forms at an editathon\nIn a library, on a Sunday.\nIt did not work.\n"
        "What happened: Half of them were lost\nand the rest was wet\nTo do again: Snacks\nNot to do again: Paper\n"
        "May help: Librarians\nAffiliate: WM Ghana · Size: 40\nTold by ben, Mon 2 Mar 2026, 18:00 UTC\n"
        "Did you use it? worked L-1 in PLACE, failed L-1 in PLACE, or adapt L-1 and what you changed."
    )
    assert lesson(house).worked is False


async def test_lines_are_understood_in_ones_own_language(house: House) -> None:
    await house.say("cem", "!échoué Des formulaires en papier\nrésultat : tout était mouillé\nà refaire : le goûter")
    assert (lesson(house).happened, lesson(house).again) == ("tout était mouillé", "le goûter")


async def test_what_somebody_speaks_for_is_told_with_their_name(house: House) -> None:
    with house.store.unit_of_work() as work:
        work.put(Affiliate(id=1, group_id=1, name="WMGH", region="Africa"))
        work.put(replace(work.the(Member, id=2), affiliate_id=1, seat=Seat.REPRESENTATIVE))
    await house.say("ben", "!lesson Ask the librarian first")
    assert (lesson(house).affiliate, lesson(house).region, lesson(house).worked) == ("WMGH", "Africa", None)
    await house.whisper("ben", "failed --nameless Ask nobody")
    assert (lesson(house, 2).affiliate, lesson(house, 2).region) == ("", "")


async def test_what_cannot_be_is_said_with_the_way_on(house: House) -> None:
    for said, told in (
        ("!lesson --colour red We tried", "I do not know the setting colour. There are: --region, --affiliate, --size"),
        (f"!lesson --region {'x' * 101} We tried", "Behind --region stand 101 characters, and 100 fit."),
        (f"!lesson {'x' * 1001}", "The first line is the title; it has 1,001 characters"),
        (
            "!failed --nameless Nobody came",
            "Here everybody sees that it is you. Write it to me alone: failed --nameless and",
        ),
        ("!show L-7", "There is no L-7 here that I could show you. What there is: lessons"),
        ("!adapt", "Please say which one, as in: adapt L-4"),
        ("!amend L-7 x", "There is no L-7 here that I could show you."),
        ("!withdraw L-7", "There is no L-7 here that I could show you."),
    ):
        answer = await house.say("ben", said)
        assert answer.verdict is Verdict.REFUSED
        assert answer.text.startswith(told)
    with house.store.reading() as work:
        assert work.all(Lesson) == []


# -- looking ----------------------------------------------------------------------------------------------------------


async def test_lessons_are_listed_failures_first_and_by_where_or_about_what(house: House) -> None:
    await house.say("ben", "!worked --topic events We began with a meal")
    await house.say("ben", "!lesson --region Africa --topic money Ask early")
    await house.say("cem", "!failed --region Africa --topic events Nobody was asked")
    assert (await house.say("ana", "!lessons")).text == (
        "What was learnt in Partnerships, failures first:\n"
        "L-3 · Nobody was asked – It did not work · Africa · events\n"
        "L-2 · Ask early – Africa · money\n"
        "L-1 · We began with a meal – It worked · events\n"
        "All of one: show L-3"
    )
    one = (await house.say("ana", "!lessons --topic events africa")).text.split("\n")
    assert one[1:-1] == ["L-3 · Nobody was asked – It did not work · Africa · events"]
    assert (await house.say("ana", "!lessons Asia")).text == "None of the lessons is like that. All of them: lessons"


async def test_a_long_list_goes_on_where_it_says(house: House) -> None:
    for number in range(12):
        await house.say("ben", f"!failed We tried {number}")
        house.sleep(timedelta(minutes=1))
    first = (await house.say("ana", "!lessons")).text
    assert first.endswith("\n2 more: lessons 2")
    second = (await house.say("ana", "!lessons 2")).text
    assert second.split("\n")[1:] == [
        "L-2 · We tried 1 – It did not work",
        "L-1 · We tried 0 – It did not work",
        "All of one: show L-2",
    ]
    assert (await house.say("ana", "!lessons 9")).text == second  # and not that none is filed


async def test_where_nothing_was_learnt_yet_it_says_how_to_begin(house: House) -> None:
    assert (await house.say("ana", "!lessons")).text.startswith(
        "No lesson is filed yet. To begin: worked and what you tried"
    )


# -- changing ---------------------------------------------------------------------------------------------------------


async def test_its_author_puts_it_in_other_words_and_the_cards_follow(house: House) -> None:
    await house.say("ben", "!failed Paper forms\nIn a library")
    assert (await house.say("ben", "!amend L-1 --again Snacks and tea --never Paper")).text == "L-1 is up to date."
    await house.settle()
    assert cards(house)[-1] == (
        "L-1 · Paper forms\nIn a library\nIt did not work.\nTo do again: Snacks and tea\nNot to do again: Paper\n"
        "Told by ben, Mon 2 Mar 2026, 18:00 UTC"
    )
    await house.say("ana", "!amend L-1 Paper forms in the rain")
    assert (lesson(house).tried, lesson(house).text, lesson(house).by) == ("Paper forms in the rain", "In a library", 2)
    other = await house.say("cem", "!amender L-1 --again Rien")
    assert other.text == "Seules ces personnes peuvent changer L-1 ou la retirer\u00a0: ben, ana."
    assert (await house.say("ben", "!amend L-1")).text == "What is it to say? Write: amend L-1 --again and your words"
    assert sound(house)


async def test_what_is_taken_back_is_gone_with_its_words_and_its_number(house: House) -> None:
    await house.say("ben", "!failed Paper forms\nhappened: lost")
    assert (await house.say("ben", "!withdraw L-1")).text == "L-1 is withdrawn, and its words are gone."
    await house.settle()
    assert cards(house)[-1] == "L-1\nThis lesson was withdrawn."
    gone = lesson(house)
    assert (gone.tried, gone.happened, gone.worked, gone.withdrawn) == ("", "", None, True)
    for said in ("!withdraw L-1", "!amend L-1 x", "!worked L-1"):
        assert (await house.say("ben", said)).text == "L-1 was withdrawn. What there is: lessons"
    assert (await house.say("ben", "!show L-1")).text == "L-1\nThis lesson was withdrawn."
    await house.say("ben", "!failed Anew")
    assert lesson(house, 2).tried == "Anew"
    assert sound(house)


# -- used elsewhere ---------------------------------------------------------------------------------------------------


async def test_whoever_used_it_presses_once_and_may_change_their_mind(house: House) -> None:
    await house.say("ben", "!failed Paper forms")
    assert (
        await house.press("cem", "l1:worked", "chat")
    ).text == "C’est noté\u00a0: L-1 a marché pour Partnerships aussi. Merci."
    assert (await house.press("cem", "l1:worked", "chat")).text == "C’est déjà noté\u00a0: L-1."
    await house.press("cem", "l1:failed", "chat")
    await house.press("ana", "l1:worked")
    await house.settle()
    assert cards(house)[-1].endswith("\nUsed 2 times: one success, one failure.")
    await house.say("cem", "!réussi L-1 à Accra: avec des crayons")
    with house.store.reading() as work:
        (theirs,) = work.all(Reuse, by=3)
    assert (theirs.worked, theirs.place, theirs.text) == (True, "Accra", "avec des crayons")
    assert sound(house)


async def test_another_place_is_another_use(house: House) -> None:
    await house.say("ben", "!worked A meal first")
    await house.say("ana", "!worked L-1 in Accra")
    await house.say("ana", "!failed L-1 in New York, they were late")
    await house.say("ana", "!adapt L-1 in Accra we had tea")
    assert (await house.say("ben", "!show L-1")).text.split("\n")[3:-1] == [
        "It worked for ana in Accra: we had tea",
        "It did not work for ana in New York: they were late",
    ]


def opened(house: House) -> None:
    """Let anybody read the record of the first group."""
    with house.store.unit_of_work() as work:
        work.put(replace(work.the(Group, id=1), openness=Openness.PUBLIC))


async def test_a_group_in_ghana_uses_what_another_one_learnt(house: House) -> None:
    await house.say("ben", "!failed Paper forms at an editathon")
    await house.elsewhere("kofi", "!lessons", chat="Ghana")
    opened(house)
    told = await house.elsewhere("kofi", "!worked L-1@1 in Ghana we used paper that floats", chat="Ghana")
    assert told.text == (
        "Noted in the record of Ghana: L-1 worked for you too. Others see that only where they may read that record."
    )
    with house.store.reading() as work:
        (used,) = work.all(Reuse)
    assert (used.group_id, used.place, used.text) == (2, "Ghana", "we used paper that floats")
    theirs = (await house.elsewhere("kofi", "!show L-1@1", chat="Ghana")).text
    assert "It worked for kofi of “Ghana” in Ghana: we used paper that floats" in theirs
    await house.settle()
    assert "Ghana" not in (await house.say("ben", "!show L-1")).text  # whose record is for its members alone
    assert "Used" not in cards(house)[-1]
    assert sound(house)


async def test_of_a_record_for_members_others_learn_nothing(house: House) -> None:
    await house.say("ben", "!failed Paper forms")
    for said in ("!show L-1@1", "!worked L-1@1", "!adapt L-1@1 x", "!amend L-1@1 x", "!withdraw L-1@1", "!show L-9@1"):
        answer = await house.elsewhere("kofi", said, chat="Ghana")
        ref = said.split()[1]
        assert answer.text == f"There is no {ref} here that I could show you. What there is: lessons"
    for press in ("l1:worked", "l1:show", "l9:show"):
        answer = await house.elsewhere("kofi", press=press, chat="Ghana")
        assert answer.text == "There is no L-? here that I could show you. What there is: lessons"


async def test_whoever_is_in_both_groups_sees_both(house: House) -> None:
    await house.say("ben", "!failed Paper forms")
    await house.elsewhere("ben", "!worked A meal first", chat="Ghana")
    await house.elsewhere("ben", "!adapt L-1@1 in Ghana with tea", chat="Ghana")
    assert "ben of “Ghana” uses it in Ghana: with tea" in (await house.say("ben", "!show L-1")).text
    for ref in ("L-1", "L-1@2"):  # which others in the room may not read, where ben cannot be told alone
        assert (await house.say("ben", f"!show {ref}")).secret
        assert not (await house.say("cem", f"!show {ref}")).secret
        assert not (await house.whisper("ben", f"show {ref}")).secret
    assert (await house.elsewhere("ben", "!show L-1@1", chat="Ghana")).secret
    listed = (await house.whisper("ben", "lessons")).text.split("\n")
    assert listed[0] == "What was learnt in Partnerships, Ghana, failures first:"
    assert listed[1:3] == ["L-1@1 · Paper forms – It did not work", "L-1@2 · A meal first – It worked"]
    which = (await house.whisper("ben", "show L-1")).text
    assert "L-1@1 (Partnerships)" in which
    assert "L-1@2 (Ghana)" in which


# -- looking back at a decision ---------------------------------------------------------------------------------------


async def decided(house: House) -> None:
    await house.say("ana", "!propose Meet on Sundays")
    await house.say("ben", "!agree P-1")
    await house.say("ana", "!close P-1")
    await house.say("ana", "!review D-1 2026-05-01")


def question(house: House, room: str = "general") -> str:
    """What a room is asked about the decision, as it reads by now."""
    return [one.text for one in house.shown if one.where == room and one.text.startswith("Did it work?")][-1]


async def test_when_the_day_of_review_comes_answers_become_a_lesson(house: House) -> None:
    await decided(house)
    await house.wait(timedelta(days=70))
    (asked,) = [one for one in house.notices() if one.startswith("Did it work?")]
    assert "Meet on Sundays" in asked
    await house.press("ben", "p1:worked")
    await house.settle()
    assert lesson(house).worked is True
    await house.say("cem", "!échoué D-1 Personne ne venait")
    await house.press("ana", "p1:worked", "chat")
    await house.settle()
    assert (
        "2 people say that it worked, one that it did not.\nWhat people say of it is lesson L-1. All of it: show L-1"
        in question(house)
    )
    assert (await house.say("ben", "!show D-1")).text.endswith("is lesson L-1. All of it: show L-1")
    kept = lesson(house)
    assert (kept.by, kept.worked, kept.poll_id, kept.tried) == (None, None, 1, "")
    shown = (await house.say("ben", "!show L-1")).text
    assert shown.startswith(
        "L-1 · Meet on Sundays\n2 people say that it worked, one that it did not.\nLooking back at D-1, since "
    )
    assert "cem says it did not work: Personne ne venait" in shown
    assert (await house.say("ben", "!lessons")).text.split("\n")[1].startswith("L-1 · Meet on Sundays – 2 people say")
    assert cards(house) == []  # the question itself stands in the rooms
    assert sound(house)


async def test_whoever_says_no_reason_is_told_how_to_say_one(house: House) -> None:
    await decided(house)
    assert (await house.say("ben", "!worked D-1")).text == (
        "Noted: D-1 worked. Tell others why: worked D-1 and your words."
    )
    assert (await house.say("ana", "!failed D-1 Nobody came")).text == (
        "Noted: D-1 did not work. That helps others; thank you."
    )


async def test_whoever_pressed_is_asked_once_and_alone_to_say_more(house: House) -> None:
    await decided(house)
    await house.wait(timedelta(days=70))
    await house.press("ben", "p1:failed")
    await house.press("ben", "p1:worked")
    await house.settle()
    (offer,) = [one for one in house.private("ben") if one.startswith("Thank you for looking back at D-1.")]
    assert "without your name" in offer
    assert (await house.press("ben", "learn:more=1", "")).told[
        0
    ] == "What happened?\nWrite it, or one of these: Skip · That is all · Stop"
    await house.whisper("ben", "On Sundays people had time")
    await house.press("ben", "learn:again=skip", "")
    answer = await house.press("ben", "learn:never=enough", "")
    assert answer.told[0] == "Added to L-1, without your name. Thank you."
    await house.settle()
    assert cards(house)[-1].startswith(
        "L-1 · Meet on Sundays\nOne person says that it worked, nobody that it did not.\n"
        "What happened: On Sundays people had time\nLooking back at D-1"
    )
    await house.press("cem", "p1:worked")
    assert lesson(house).happened == "On Sundays people had time"
    assert sound(house)


async def test_a_lesson_of_a_decision_that_was_withdrawn_does_not_come_back(house: House) -> None:
    await decided(house)
    await house.say("ben", "!worked D-1 it is quiet")
    await house.say("ana", "!withdraw L-1")
    await house.say("cem", "!échoué D-1")
    with house.store.reading() as work:
        assert [one.withdrawn for one in work.all(Lesson)] == [True]
        assert work.all(Post, kind=PostKind.LESSON) == []
    assert "L-1" not in (await house.say("ben", "!show D-1")).text
    assert sound(house)


async def test_where_the_lesson_of_a_decision_is_withdrawn_the_question_names_it_no_more(house: House) -> None:
    await decided(house)
    await house.wait(timedelta(days=70))
    await house.press("ben", "p1:worked")
    await house.settle()
    assert "L-1" in question(house)
    await house.say("ana", "!withdraw L-1")
    await house.settle()
    for room in ("general", "chat"):
        assert "One person says that it worked" in question(house, room)
        assert "L-1" not in question(house, room)
    assert sound(house)
