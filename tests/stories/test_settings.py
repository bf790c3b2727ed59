"""Settings: what a group decides about itself holds for what comes after, is on the journal, and is refused where it is wrong."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from adapters.base import Verdict
from adapters.console.conversation import Person
from decisions.events import SettingChanged
from decisions.model import Group, Poll, Proposers
from storage import journal
from storage.store import Store
from tests.stories.halls import ANA, BEN, Hall

OLI = Person(name="oli", role="observer")
HOUR = timedelta(hours=1)


@pytest_asyncio.fixture
async def hall(sqlite_store: Store) -> AsyncIterator[Hall]:
    made = Hall(sqlite_store, ANA, BEN, OLI)
    yield made
    await made.app.close()


def group(hall: Hall) -> Group:
    with hall.store.reading() as work:
        return work.the(Group, id=1)


def poll(hall: Hall, number: int = 1) -> Poll:
    with hall.store.reading() as work:
        return work.the(Poll, id=number)


def changed(hall: Hall) -> list[object]:
    """The settings that were changed, as the journal has it, the newest first."""
    with hall.store.reading() as work:
        _, lines = journal.told(work.connection, 1, [(SettingChanged, None)], None, 0, 50)
    return [line["setting"] for line in lines]


async def test_all_is_shown_by_the_word_that_changes_it(hall: Hall) -> None:
    assert (await hall.say("ben", "!group")).text.splitlines() == [
        "What “Partnerships” has set:",
        "name: Partnerships",
        "zone: UTC",
        "language: English (en)",
        "languages: none",
        "usual: none",
        "propose: everyone",
        "quiet: none",
        "remind: 24h",
        "picture: none",
        "log: members",
        "A facilitator changes one so: group, the word, and what it is to be. More: help group",
    ]


SET = {
    "name  Friends of\u202e tea": ("name", "Friends of tea"),
    "zone Europe/Berlin": ("zone", "Europe/Berlin"),
    "language fr": ("language", "fr"),
    "languages fr, AR fr": ("languages", ("fr", "ar")),
    "usual --by consent --for 3d --quorum 50%": ("usual", "--by consent --for 3d --quorum 50%"),
    "propose members": ("proposers", Proposers.MEMBERS),
    "quiet 22:00 \u2013 7:00": ("quiet", "22:00-07:00"),
    "remind 48h": ("remind_hours", 48),
    "remind 2d": ("remind_hours", 48),
    "remind off": ("remind_hours", 0),
    "picture on": ("pictured_at", datetime(2026, 4, 1, 9, tzinfo=UTC)),
}


@pytest.mark.parametrize(("given", "kept"), SET.items(), ids=SET)
async def test_what_a_facilitator_sets_is_kept_and_on_the_journal(
    hall: Hall, given: str, kept: tuple[str, object]
) -> None:
    answer = await hall.say("ana", f"!group {given}")
    assert answer.text.startswith(("Set for the group – ", "Réglé pour le groupe"))
    assert getattr(group(hall), kept[0]) == kept[1]
    assert changed(hall) == [given.split()[0]]
    await hall.say("ana", f"!group {given}")
    assert len(changed(hall)) == 1  # the same again changes nothing
    assert hall.whole()


@pytest.mark.parametrize("given", [*SET, "usual none", "picture off"])
async def test_only_a_facilitator_sets(hall: Hall, given: str) -> None:
    before = group(hall)
    assert (await hall.say("ben", f"!group {given}")).text == "Only a facilitator can do that: ana."
    assert group(hall) == before
    assert (await hall.say("ben", f"!group {given}", admin=True)).verdict is Verdict.REFUSED  # it has two rooms


WRONG = {
    "colour red": "I do not know the setting colour.",
    "name": "The words are missing.",
    "name \u200b\u202e": "The words are missing.",
    "zone Europe/Berlni": "I do not know the time zone Europe/Berlni.",
    "language tlh": "I do not speak tlh yet.",
    "languages fr tlh": "I do not speak tlh yet.",
    "usual": "as a usual way to decide",
    "usual maybe": "I do not understand “maybe” as a usual way",
    "usual --by consent and more": "I do not understand “and more” as a usual way",
    "usual --by dice": "I do not know how to decide by dice.",
    "usual --colour red": "I do not know the setting colour.",
    "usual --quorum many": "I do not understand the quorum “many”.",
    "usual --until 2026-05-01": "as a usual way to decide",
    "usual --native": "I do not know the setting native.",
    "usual --min 9 --max 3": "cannot be chosen.",
    f"usual --by consent {'x' * 300}": "as a usual way to decide",
    "propose somebody": "I do not know the setting somebody.",
    "quiet": "I do not understand the hours “”.",
    "quiet 25:00-07:00": "I do not understand the hours “25:00-07:00”.",
    "quiet 07:00-07:00": "I do not understand the hours",
    "quiet night": "I do not understand the hours “night”.",
    "remind soon": "I do not understand the time “soon”.",
    "remind 90m": "is no time before a close",
    "remind 99w": "is no time before a close",
    "picture maybe": "I do not know the setting maybe.",
}


@pytest.mark.parametrize(("given", "refusal"), WRONG.items(), ids=[one[:30] for one in WRONG])
async def test_what_is_wrong_is_refused(hall: Hall, given: str, refusal: str) -> None:
    before = group(hall)
    answer = await hall.say("ana", f"!group {given}")
    assert answer.verdict is Verdict.REFUSED
    assert refusal in answer.text
    assert group(hall) == before


async def test_in_another_language_its_own_words_are_typed(hall: Hall) -> None:
    await hall.whisper("ana", "language fr")
    assert (await hall.whisper("ana", "groupe proposants facilitation")).verdict is Verdict.DONE
    assert group(hall).proposers is Proposers.FACILITATORS
    await hall.whisper("ana", "groupe habitude --for 3d")
    await hall.whisper("ana", "groupe habitude rien")
    assert group(hall).usual == ""
    assert (await hall.whisper("ana", "fuseau groupe Europe/Paris")).verdict is Verdict.DONE
    assert group(hall).zone == "Europe/Paris"


async def test_the_other_languages_of_a_group_are_understood(hall: Hall) -> None:
    await hall.say("ana", "!propose Meet monthly")
    assert (await hall.say("ben", "!acuerdo P-1")).verdict is Verdict.REFUSED
    await hall.say("ana", "!group languages es")
    assert (await hall.say("ben", "!acuerdo P-1")).verdict is Verdict.DONE


async def test_what_is_usual_holds_where_nothing_is_said(hall: Hall) -> None:
    await hall.say("ana", "!group usual --by consent --for 3d --quorum 50%")
    await hall.say("ben", "!propose Meet monthly")
    await hall.say("ben", "PROPOSAL: Meet weekly")
    await hall.say("ben", '!poll "Where?" "Berlin" "Oslo"')
    await hall.say("ben", "!propose --by majority --for 1d --quorum 1 Meet daily")
    await hall.say("ben", "!propose --by lazy Meet hourly", room="partners")
    await hall.say("ben", "!propose --until 2026-03-20 Meet yearly", room="partners")
    await hall.say("ben", '!poll --by straw "Tea?" "Yes" "No"', room="partners")
    polls = [poll(hall, number) for number in range(1, 8)]
    days = [round((one.closes_at - one.opens_at) / timedelta(days=1)) for one in polls]
    assert [one.template for one in polls] == [
        "consent", "consent", "choose", "majority", "lazy", "consent", "straw",
    ]  # fmt: skip
    assert days == [3, 3, 3, 1, 3, 18, 3]
    half = Fraction(1, 2)
    assert [one.rules.quorum for one in polls] == [half, half, half, 1, None, half, None]


async def test_what_is_usual_for_questions_is_not_for_proposals(hall: Hall) -> None:
    await hall.say("ana", "!group usual --by score --points 10")
    await hall.say("ben", "!propose Meet monthly")
    await hall.say("ben", '!poll "Where?" "Berlin" "Oslo"')
    assert (poll(hall).template, poll(hall).rules.points) == ("consensus", 0)
    assert (poll(hall, 2).template, poll(hall, 2).rules.points) == ("score", 10)
    assert "P-2 · Where?" in hall.card(poll="P-2")
    assert hall.whole()


async def test_who_may_propose(hall: Hall) -> None:
    assert (await hall.say("oli", "!propose One")).verdict is Verdict.DONE
    await hall.say("ana", "!group propose members")
    assert (await hall.say("oli", "!propose Two")).text.startswith("In this group members propose")
    assert (await hall.say("ben", "!propose Three")).verdict is Verdict.DONE
    await hall.say("ana", "!group propose facilitators")
    for words in ("!propose Four", "PROPOSAL: Four", '!poll "Four?" "One" "Two"'):
        answer = await hall.say("ben", words)
        assert answer.text == "In this group its facilitators put what is decided. Tell one of them your idea: ana."
    assert (await hall.say("ana", "!propose Five")).verdict is Verdict.DONE
    assert (await hall.say("ben", "!propose Six", admin=True)).verdict is Verdict.DONE
    assert [one.by for one in (poll(hall, number) for number in range(1, 5))] == [3, 2, 1, 2]


async def test_reminders_come_when_the_group_wants_them(hall: Hall) -> None:
    await hall.say("ana", "!group remind 48h")
    await hall.say("ana", "!propose --for 7d Meet monthly")
    assert poll(hall).closes_at - (poll(hall).remind_at or hall.now) == 48 * HOUR
    await hall.say("ana", "!group remind 12h")
    await hall.say("ana", "!extend P-1 1d")
    assert poll(hall).closes_at - (poll(hall).remind_at or hall.now) == 12 * HOUR
    await hall.say("ana", "!group remind off")
    await hall.say("ana", "!propose --for 7d Meet weekly")
    assert poll(hall, 2).remind_at is None


async def test_the_picture_is_due_at_nine_on_the_first_where_the_group_is(hall: Hall) -> None:
    await hall.say("ana", "!group zone America/Lima")
    await hall.wait(timedelta(days=29, hours=10))  # Wednesday, 1 April, 4 UTC: still March in Lima
    await hall.say("ana", "!group picture on")
    assert group(hall).pictured_at == datetime(2026, 4, 1, 14, tzinfo=UTC)
    await hall.say("ana", "!group zone Asia/Tokyo")
    assert group(hall).pictured_at == datetime(2026, 5, 1, 0, tzinfo=UTC)
    await hall.say("ana", "!group picture off")
    assert group(hall).pictured_at is None


async def test_older_words_for_settings_are_on_the_journal_too(hall: Hall) -> None:
    await hall.say("ana", "!tz group Europe/Berlin")
    await hall.say("ana", "!share on")
    assert changed(hall) == ["share", "zone"]
    assert (group(hall).zone, group(hall).shared) == ("Europe/Berlin", True)


async def test_a_setting_changes_no_poll_that_is_open(hall: Hall) -> None:
    await hall.say("ana", "!propose --for 7d Meet monthly")
    before = poll(hall)
    for given in SET:
        await hall.say("ana", f"!group {given}")
    assert poll(hall) == before


TYPED = ("!group ", "!group name ", "!group languages ", "!group usual --", "!group quiet ", "!group remind ", "!log ",
         "!rooms ", "!rooms yes ", "!setup ", "!leave ", "!tz group ")  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(command=st.sampled_from(TYPED), words=st.text(max_size=60), admin=st.booleans())
async def test_whatever_is_typed_is_never_a_fault(hall: Hall, command: str, words: str, admin: bool) -> None:
    answer = await hall.say("ana", command + words, room="partners", admin=admin)
    assert answer.verdict is not Verdict.FAULT


async def test_a_megabyte_is_refused(hall: Hall) -> None:
    before = group(hall)
    for command in TYPED:
        answer = await hall.say("ana", f"{command}{'x' * 1_000_000}", admin=True)
        assert answer.verdict is Verdict.REFUSED or command in ("!leave ", "!group name ")
        assert len(answer.text) < 1000
    assert replace(group(hall), name=before.name, head="", lines=0) == replace(before, head="", lines=0)
    assert len(group(hall).name) == 64
