"""Telling a lesson when asked: question by question, with things in between, and without a name where that is wished."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import inspect, literal_column, select, table

from adapters.base import Answer, Verdict
from adapters.console.conversation import Person
from bot.app import App
from decisions.model import Doubt, Draft, Lesson, Post, Related
from storage.store import Store
from storage.verify import verify
from tests.conftest import NewDatabase
from tests.house import House

CONTROLS = "Skip · That is all · Stop"
ANA = Person(name="ana", role="facilitator")
BEN = Person(name="ben", role="member")
CEM = Person(name="cem", role="member", language="fr")


@pytest_asyncio.fixture
async def house(sqlite_store: Store) -> House:
    return begun(sqlite_store)


def begun(store: Store) -> House:
    return House(store, {"general": "matrix", "chat": "telegram"}, (ANA, BEN, CEM))


def restart(house: House) -> None:
    house.player.app = house.app = App(house.store, house.player.clock)


def lessons(house: House) -> list[Lesson]:
    with house.store.reading() as work:
        return work.all(Lesson)


def drafts(house: House) -> list[Draft]:
    with house.store.reading() as work:
        return work.all(Draft)


def rows(house: House, noun: type[Any]) -> int:
    with house.store.reading() as work:
        return len(work.all(noun))


def asks(answer: Answer) -> str:
    """The question that an answer asks."""
    return answer.told[0].split("\n")[0]


def labels(answer: Answer) -> list[str]:
    return [button.label for row in answer.told[1] for button in row]


async def test_whoever_is_asked_answers_one_question_after_another(house: House) -> None:
    first = await house.whisper("ben", "failed")
    assert first.told[0] == (
        "What did you try? One sentence will do.\n"
        "Write it to me here; eight short questions at most. To end it at any time, write: Stop. A command in between needs "
        "a / in front."
    )
    assert labels(first) == ["Stop"]
    second = await house.whisper("ben", "Paper forms at an editathon")
    assert (
        second.told[0]
        == f"How was it: with whom, how many people, what was special?\nWrite it, or one of these: {CONTROLS}"
    )
    assert labels(second) == ["Skip", "That is all", "Stop"]
    asked = [asks(second)]
    for said in ("In a library, 40 people", "Half of them were lost", "Snacks", "Paper", "Librarians", "Ghana"):
        asked.append(asks(await house.whisper("ben", said)))
    assert asked[1:] == [
        "What happened?",
        "What would you do again?",
        "And what would you not do again?",
        "Whom may it help?",
        "In which country or region was it?",
        "What is it about, in a word or two? Events, partnerships, money …",
    ]
    name = await house.whisper("ben", "Events")
    assert labels(name) == ["With my name", "Without my name", "Stop"]
    filed = await house.press("ben", "learn:name=yes", "")
    assert filed.told[0].startswith("Filed as L-1; the rooms of Partnerships see it.")
    (kept,) = lessons(house)
    assert (kept.tried, kept.text, kept.region, kept.topic, kept.worked, kept.by) == (
        "Paper forms at an editathon",
        "In a library, 40 people",
        "Ghana",
        "Events",
        False,
        2,
    )
    assert (kept.happened, kept.again, kept.never, kept.helps) == (
        "Half of them were lost",
        "Snacks",
        "Paper",
        "Librarians",
    )
    assert drafts(house) == []


async def test_who_says_neither_is_asked_whether_it_worked(house: House) -> None:
    assert labels(await house.whisper("ben", "lesson")) == ["It worked", "It did not", "A bit of both", "Stop"]
    again = await house.whisper("ben", "Hard to say")
    assert asks(again) == "Did it work?"
    assert asks(await house.whisper("ben", "a bit of both")) == "What did you try? One sentence will do."
    await house.whisper("ben", "Tea")
    await house.press("ben", "learn:text=enough", "")
    await house.whisper("ben", "With my name.")
    assert [(one.tried, one.worked) for one in lessons(house)] == [("Tea", None)]


async def test_where_nothing_can_be_pressed_words_do_and_are_named(house: House) -> None:
    await house.elsewhere("ben", "!members", chat="Ghana")
    assert (await house.whisper("ben", "lesson")).told[0] == (
        "For which group is it?\nPress one, or write it: 1. Partnerships · 2. Ghana · Stop"
    )
    asked = (await house.whisper("ben", "2")).told[0]
    assert asked == "Did it work?\nPress one, or write it: It worked · It did not · A bit of both · Stop"
    await house.whisper("ben", "It did not.")
    await house.whisper("ben", "Tea")
    assert (
        (await house.whisper("ben", "that is all"))
        .told[0]
        .endswith("Press one, or write it: With my name · Without my name · Stop")
    )
    await house.whisper("ben", "with my name")
    assert [(one.group_id, one.tried, one.worked) for one in lessons(house)] == [(2, "Tea", False)]


async def test_words_are_known_however_they_are_written(house: House) -> None:
    for language, begins, said in (
        ("ar", "فشل", ("شاي", "تخطَّ", "هذا كل شيء", "باسمي")),
        ("es", "fracasó", ("Té", "saltár", "ESO ES TODO", "con mi nombre")),
        ("fr", "raté", ("Thé", "passer.", "c'est tout", "avec mon nom")),
    ):
        await house.whisper("ben", f"/language {language}")
        for words in (begins, *said):
            answer = await house.whisper("ben", words)
        assert "L-" in answer.told[0], (language, answer.told[0])
    assert [(one.tried, one.text, one.by) for one in lessons(house)] == [("شاي", "", 2), ("Té", "", 2), ("Thé", "", 2)]


async def test_a_single_word_answers_where_a_single_word_is_asked_for(house: House) -> None:
    for words in ("failed", "Tea", "skip", "skip", "skip", "skip", "skip"):
        await house.whisper("ben", words)
    assert drafts(house)[0].asked == "region"
    await house.whisper("ben", "Offers")
    assert (await house.whisper("ben", "/mine")).text.startswith("Nothing waits")
    assert "Without my name" in labels(await house.whisper("ben", "Meetings"))
    await house.whisper("ben", "yes")
    assert [(one.region, one.topic) for one in lessons(house)] == [("Offers", "Meetings")]


async def test_skipped_questions_and_an_early_end_are_fine(house: House) -> None:
    await house.whisper("cem", "réussi")
    await house.whisper("cem", "Le goûter")
    assert asks(await house.press("cem", "learn:text=skip", "")) == "Que s’est-il passé\u00a0?"
    assert labels(await house.whisper("cem", "Passer")) == ["Passer", "C’est tout", "Arrêter"]
    assert "Sans mon nom" in labels(await house.whisper("cem", "C’est tout"))
    await house.press("cem", "learn:name=yes", "")
    assert [(one.tried, one.happened, one.by) for one in lessons(house)] == [("Le goûter", "", 3)]


async def test_in_a_room_the_questions_are_asked_alone(house: House) -> None:
    answer = await house.say("ben", "!failed --topic events")
    assert answer.alone == "learn:ask"
    assert asks(await house.press("ben", "learn:ask", "")) == "What did you try? One sentence will do."
    await house.whisper("ben", "Paper forms")
    await house.press("ben", "learn:text=enough", "")
    await house.press("ben", "learn:name=yes", "")
    assert [(one.tried, one.topic) for one in lessons(house)] == [("Paper forms", "events")]


# -- things in between ------------------------------------------------------------------------------------------------


async def test_a_command_in_between_is_a_command_and_the_question_waits(house: House) -> None:
    await house.say("ana", "!propose Meet on Sundays")
    await house.whisper("ben", "failed")
    assert (await house.whisper("ben", "mine")).text.startswith("These wait for you")
    assert (await house.whisper("ben", "/agree P-1 because of the sun")).verdict is Verdict.DONE
    assert (await house.whisper("ben", "show P-1")).text.startswith("P-1 · Meet on Sundays")
    await house.say("ben", "!lessons")
    assert (
        asks(await house.whisper("ben", "Vote by mail")) == "How was it: with whom, how many people, what was special?"
    )
    assert asks(await house.whisper("ben", "0 people came")) == "What happened?"
    assert asks(await house.whisper("ben", "Close the list earlier")) == "What would you do again?"
    (draft,) = drafts(house)
    assert draft.said[2:-2:2] != ()
    assert "Close the list earlier" in draft.said


async def test_nobody_is_kept_from_leaving_by_a_question(house: House) -> None:
    await house.whisper("ben", "failed")
    await house.whisper("ben", "Paper forms")
    assert (await house.whisper("ben", "remind off")).text.startswith("I shall not remind you")
    assert drafts(house)[0].asked == "text"
    assert (await house.whisper("ben", "forget me now")).verdict is Verdict.DONE
    assert drafts(house) == []


async def test_questions_survive_a_restart(house: House) -> None:
    await house.whisper("ben", "failed")
    await house.whisper("ben", "Paper forms")
    restart(house)
    assert asks(await house.whisper("ben", "In a library")) == "What happened?"


async def test_a_question_waits_for_a_day(house: House) -> None:
    await house.whisper("ben", "failed")
    house.sleep(timedelta(hours=23))
    assert asks(await house.whisper("ben", "Paper forms")).startswith("How was it")
    house.sleep(timedelta(hours=25))
    late = await house.press("ben", "learn:text=skip", "")
    assert late.text == ("That question is closed: it was answered, or let go after a day. To begin anew: lesson")
    assert (await house.whisper("ben", "Ghana")).text.startswith("I am Folkmoot")
    house.app.forget_requests()
    assert drafts(house) == []


async def test_who_stops_leaves_nothing(house: House) -> None:
    for stops in (house.whisper("ben", "stop"), house.press("ben", "learn:text=stop", "")):
        await house.whisper("ben", "failed")
        await house.whisper("ben", "Paper forms")
        assert (await stops).told[0] == "Nothing is filed, and nothing of it is kept."
        assert (drafts(house), lessons(house)) == ([], [])


async def test_an_old_button_answers_no_later_question(house: House) -> None:
    await house.whisper("ben", "lesson")
    await house.press("ben", "learn:worked=no", "")
    assert asks(await house.press("ben", "learn:worked=yes", "")) == "What did you try? One sentence will do."
    assert drafts(house)[0].worked is False
    for press in ("learn:tried=skip", "learn:tried=enough", "learn:name=no", "learn:group=7"):
        assert asks(await house.press("ben", press, "")) == "What did you try? One sentence will do."


async def test_a_long_answer_is_refused_and_the_question_stays_open(house: House) -> None:
    await house.whisper("ben", "failed")
    await house.whisper("ben", "Paper forms")
    await house.press("ben", "learn:text=skip", "")
    assert (await house.whisper("ben", "x " * 2001)).verdict is Verdict.REFUSED
    assert drafts(house)[0].asked == "happened"


async def test_who_is_in_several_groups_says_for_which_it_is(house: House) -> None:
    await house.elsewhere("ben", "!members", chat="Ghana")
    which = await house.whisper("ben", "failed --nameless Paper forms")
    assert labels(which) == ["Partnerships", "Ghana", "Stop"]
    assert (await house.press("ben", "learn:group=2", "")).told[0].startswith("Filed as L-1 without your name")
    assert [(one.group_id, one.by) for one in lessons(house)] == [(2, None)]
    await house.whisper("ben", "worked")
    assert asks(await house.whisper("ben", "partnerships")) == "What did you try? One sentence will do."


@pytest.mark.parametrize("way", ["yes", "learn:name=yes"])
@pytest.mark.parametrize("says", ["no", "join", "go on", "link"])
async def test_what_looks_like_another_waits_until_its_author_says_how_it_goes_on(
    house: House, says: str, way: str
) -> None:
    await house.say("ana", "!worked Planning calls of partners held in the summer")
    for words in ("failed", "Summer planning calls held with partners", "That is all"):
        await house.whisper("ben", words)
    asked = await (house.press("ben", way, "") if ":" in way else house.whisper("ben", way))
    assert asked.told[0].startswith(
        "Before this goes out: it looks like something that is there already.\n“Summer planning calls held with partners”"
    )
    assert (asked.card is not None) is (":" in way)  # it takes the place of the question that was pressed
    told = (await house.whisper("ben", says)).told[0]
    goes_out = says in ("go on", "link")
    assert told.startswith(
        "Filed as L-2; "
        if goes_out
        else "Then nothing was sent. It was: Summer"
        if says == "no"
        else "Good; nothing of"
    )
    assert [(one.tried, one.by) for one in lessons(house)][1:] == (
        [("Summer planning calls held with partners", 2)] if goes_out else []
    )
    assert (drafts(house), rows(house, Doubt), rows(house, Related)) == ([], 0, int(says == "link"))


async def test_no_answers_what_was_asked_last(house: House) -> None:
    await house.say("ana", "!propose Translate the partnership statement into twelve languages")
    for words in ("failed", "Tea", "That is all"):
        await house.whisper("ben", words)
    await house.whisper("ben", "/propose Translating our partnership statement to twelve languages")
    assert (await house.whisper("ben", "no")).text.startswith("Then nothing was sent. It was: /propose")
    assert (lessons(house), drafts(house)[0].asked) == ([], "name")
    assert (await house.whisper("ben", "no")).text.startswith("Filed as L-1 without your name")


# -- without a name ---------------------------------------------------------------------------------------------------


async def test_a_failure_filed_without_a_name_is_shown_without_one(house: House) -> None:
    told = await house.whisper("ben", "failed --nameless --topic money I had counted twice\nnever: count alone")
    assert told.text == (
        "Filed as L-1 without your name; the rooms of Partnerships see it. I have kept nothing of who told it, so nobody "
        "can find out from me, and only a facilitator can change it or take it back. Thank you: that took some courage, "
        "and spares others."
    )
    await house.settle()
    (card,) = [one.text for one in house.shown if one.where == "general" and one.text.startswith("L-1")]
    assert card == (
        "L-1 · I had counted twice\nIt did not work.\nNot to do again: count alone\nTopic: money\n"
        "Told without a name, Mon 2 Mar 2026, 18:00 UTC"
    )
    assert (await house.say("ben", "!withdraw L-1")).text == "Only these can change L-1 or take it back: ana."
    assert (await house.say("ana", "!amend L-1 --again count in pairs")).verdict is Verdict.DONE
    with house.store.reading() as work:
        assert verify(work) == []


async def shy(house: House, who: str) -> None:
    """Somebody files two failures without a name, one in a message and one when asked, with a restart in between. What they
    say in private is known to the platform by a key with their account in it."""
    number = iter(range(100))

    async def whisper(text: str = "", press: str = "") -> None:
        key = f"{who}-{next(number)}"
        answer = await (house.press(who, press, "", key=key) if press else house.say(who, text, "", key=key))
        assert answer.verdict is Verdict.DONE
        house.sleep(timedelta(seconds=20))

    await whisper("failed --nameless I had counted twice")
    await whisper("failed")
    await whisper("Paper forms")
    restart(house)
    house.sleep(timedelta(minutes=5))
    await whisper("In a library")
    await whisper(press="learn:happened=enough")
    await whisper(press="learn:name=no")
    await house.settle()


HASHES = re.compile(r"[0-9a-f]{32,64}")


def everything(store: Store) -> dict[str, list[str]]:
    """All rows of all tables that the database has, but for what is drawn by chance or made of that."""
    with store.reading() as work:
        found: dict[str, Any] = {
            name: work.connection.execute(select(literal_column("*")).select_from(table(name))).all()
            for name in inspect(work.connection).get_table_names()
        }
    return {name: sorted(HASHES.sub("–", repr(tuple(row))) for row in rows) for name, rows in found.items()}


async def test_nothing_in_the_database_says_who_filed_without_a_name(new_database: NewDatabase) -> None:
    """Whoever it was, all tables are the same."""
    found = []
    for who in ("ben", "cem"):
        with new_database("sqlite") as url:
            store = Store(url)
            house = House(
                store, {"general": "matrix", "chat": "telegram"}, (ANA, BEN, Person(name="cem", role="member"))
            )
            await house.settle()
            await shy(house, who)
            found.append(everything(store))
            assert len(lessons(house)) == 2
            store.close()
    assert found[0] == found[1]


async def test_no_row_that_filing_leaves_points_to_anybody(house: House) -> None:
    before = everything(house.store)
    await shy(house, "ben")
    after = everything(house.store)
    left = {name: [row for row in rows if row not in before[name]] for name, rows in after.items()}
    assert not any(left[name] for name in ("persons", "members", "accounts", "presences", "drafts", "doubts", "seen"))
    assert "ben" not in repr(left)
    with house.store.reading() as work:
        assert [one.by for one in work.all(Lesson)] == [None, None]
        assert [one.user for one in work.all(Post)] == ["", "", "", ""]


async def test_the_words_of_a_draft_stand_nowhere_with_who_said_them(tmp_path: Path) -> None:
    """Of the question and its answers, which had the account beside them, not even a free page of the file has anything."""
    store = Store(f"sqlite:///{tmp_path / 'folkmoot.db'}")
    store.migrate()
    house = begun(store)
    await house.whisper("ben", "failed")
    await house.whisper("ben", "Xylophones in the attic")
    await house.press("ben", "learn:text=enough", "")
    await house.press("ben", "learn:name=no", "")
    raw = b"".join(await asyncio.to_thread(lambda: [one.read_bytes() for one in tmp_path.glob("folkmoot.db*")]))
    assert b"Xylophones" in raw  # the lesson itself
    assert b'"tried"' not in raw  # as the draft had it
    store.close()


async def test_the_same_told_again_is_no_second_lesson(house: House) -> None:
    """The platform may deliver it again, and what it was known by is gone."""
    for _ in range(2):
        told = await house.whisper("ben", "failed --nameless I had counted twice")
        assert told.text.startswith("Filed as L-1 without your name")
    await house.whisper("ben", "failed --nameless I had counted three times")
    assert [one.ref for one in lessons(house)] == ["L-1", "L-2"]
