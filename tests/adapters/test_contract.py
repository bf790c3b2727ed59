"""The contract: what the bot relies on, held against every platform there is."""

import asyncio
import json
from collections.abc import AsyncIterator
from functools import partial

import pytest
import pytest_asyncio

from adapters.base import NOTHING, Answer, Button, Card, File, Part, Style, Verdict
from tests.adapters.stage import Hearing, MakeHearing, MakeStage, Stage
from tests.adapters.stage_console import scripted, terminal
from tests.adapters.stage_matrix import matrix
from tests.adapters.stage_telegram import telegram

HEARING = (terminal, telegram, matrix)
"""A new platform is one more of these."""

STAGES = (scripted, *HEARING)

HOSTILE = "<b>bold</b> *stars* `ticks` [link](x) {braces} $1 \\n @all &amp; 💥 שלום"
CARD = Card(
    (Part(Style.TITLE, "P-1 · Meet monthly"), Part(Style.WORDS, HOSTILE), Part(Style.LINE, "agree 0\ndisagree 0")),
    ((Button("agree 0", "p1:0"),), (Button("disagree 0", "p1:1"),)),
)
CHANGED = Card((CARD.parts[0], Part(Style.WORDS, HOSTILE), Part(Style.LINE, "agree 1: ana\ndisagree 0")), CARD.buttons)
FILE = File("my-data.json", json.dumps({"words": [HOSTILE] * 500}, ensure_ascii=False, indent=1), "application/json")
SAID = [
    "/agree P-1 with\u202e a \u2066turn\u2069",
    "hello",
    HOSTILE,
    "'; DROP TABLE ballots; --",
    "+1 \u200b\u0301 %s {0} ${x}",
    "x" * 4000,
]


@pytest_asyncio.fixture(params=STAGES, ids=lambda make: make.__name__)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    make: MakeStage = request.param
    async with asyncio.timeout(90), make(request) as made:
        yield made


@pytest_asyncio.fixture(params=HEARING, ids=lambda make: make.__name__)
async def hearing(request: pytest.FixtureRequest) -> AsyncIterator[Hearing]:
    make: MakeHearing = request.param
    async with asyncio.timeout(90), make(request) as made:
        yield made


# -- out: cards -------------------------------------------------------------------------------------------------------


async def test_a_card_is_shown_whole_and_peoples_words_as_they_are(stage: Stage) -> None:
    assert await stage.platform.send(stage.room, CARD, key="post-1")
    for line in CARD.text.splitlines():
        assert line in stage.seen(stage.room)


async def test_the_same_key_is_known_again_where_the_platform_can_do_so(stage: Stage) -> None:
    first, second = [await stage.platform.send(stage.room, CARD, key="post-1") for _ in range(2)]
    assert (first == second) is stage.ways.known_again


async def test_messages_of_different_posts_are_told_apart(stage: Stage) -> None:
    first, second = [await stage.platform.send(stage.room, CARD, key=f"post-{number}") for number in (1, 2)]
    assert first != second


async def test_an_edit_shows_what_changed(stage: Stage) -> None:
    message = await stage.platform.send(stage.room, CARD, key="post-1")
    await stage.platform.edit(stage.room, message, CHANGED)
    assert "agree 1: ana" in stage.seen(stage.room)


async def test_an_edit_that_changes_nothing_is_success(stage: Stage) -> None:
    message = await stage.platform.send(stage.room, CARD, key="post-1")
    shown = stage.seen(stage.room)
    await stage.platform.edit(stage.room, message, CARD)
    assert shown in stage.seen(stage.room)


async def test_a_message_from_before_a_restart_can_be_edited(stage: Stage) -> None:
    message = await stage.platform.send(stage.room, CARD, key="post-1")
    await stage.restart()
    await stage.platform.edit(stage.room, message, CHANGED)
    assert "agree 1: ana" in stage.seen(stage.room)


async def test_a_private_card_is_sent_and_edited_like_any_other(stage: Stage) -> None:
    message = await stage.platform.send(stage.person, CARD, key="post-3")
    await stage.platform.edit(stage.person, message, CHANGED)
    assert "agree 1: ana" in stage.seen(stage.person)
    assert ("agree 1: ana" not in stage.seen(stage.room)) is stage.ways.apart


async def test_run_ends_when_nothing_more_can_come(stage: Stage) -> None:
    async with asyncio.timeout(10):
        await stage.end()
    assert stage.running.done()


def test_it_says_what_it_can_do(stage: Stage) -> None:
    assert stage.platform.name
    assert stage.platform.abilities.text_limit > 0
    assert Verdict.NOTHING is NOTHING.verdict


# -- in: requests and their answers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", SAID, ids=["bidi", "talk", "markup", "sql", "placeholders", "long"])
async def test_words_come_in_as_they_were_said_with_who_said_them_and_where(hearing: Hearing, text: str) -> None:
    await hearing.says(text)
    (request,) = hearing.requests
    assert (request.text, request.press) == (text, "")
    assert (request.chat, request.user, request.name) == (hearing.room.chat, hearing.person.user, hearing.name)
    assert request.platform == hearing.platform.name
    assert request.key
    assert (request.private, request.edited, request.removed) == (False, False, False)


async def test_what_is_said_to_the_bot_alone_is_private(hearing: Hearing) -> None:
    await hearing.whispers("agree P-1")
    (request,) = hearing.requests
    assert (request.private, request.user, request.text) == (True, hearing.person.user, "agree P-1")
    assert request.chat != hearing.room.chat


async def test_a_press_comes_in_as_the_button_has_it(hearing: Hearing) -> None:
    message = await hearing.platform.send(hearing.room, CARD, key="post-1")
    for press in ("p1:1", "p1:0"):
        await hearing.presses(message, press)
    assert [(one.press, one.text) for one in hearing.requests] == [("p1:1", ""), ("p1:0", "")]
    assert {(one.chat, one.user) for one in hearing.requests} == {(hearing.room.chat, hearing.person.user)}


async def test_a_button_still_works_after_a_restart(hearing: Hearing) -> None:
    message = await hearing.platform.send(hearing.room, CARD, key="post-1")
    await hearing.restart()
    await hearing.presses(message, "p1:1")
    assert [one.press for one in hearing.requests] == ["p1:1"]


async def test_each_act_has_a_key_and_keeps_it_when_it_is_brought_again(hearing: Hearing) -> None:
    message = await hearing.platform.send(hearing.room, CARD, key="post-1")
    acts = [partial(hearing.says, "+1"), partial(hearing.says, "+1"), partial(hearing.presses, message, "p1:1")]
    for act in acts:
        await act()
        await hearing.again()
    times = 2 if hearing.ways.redelivers else 1
    assert len(hearing.requests) == len(acts) * times
    assert len({one.key for one in hearing.requests}) == len(acts)
    assert [one.key for one in hearing.requests[::times]] == [one.key for one in hearing.requests[times - 1 :: times]]


@pytest.mark.parametrize("verdict", [Verdict.DONE, Verdict.REFUSED, Verdict.FAULT])
async def test_an_answer_is_told_to_the_person_alone(hearing: Hearing, verdict: Verdict) -> None:
    message = await hearing.platform.send(hearing.room, CARD, key="post-1")
    acts = partial(hearing.says, "+1"), partial(hearing.presses, message, "p1:0"), partial(hearing.whispers, "mine")
    for number, act in enumerate(acts):
        hearing.answer = Answer(verdict, f"Answer {number}: {HOSTILE}")
        await act()
        signed = verdict is Verdict.DONE and not hearing.ways.in_words and hearing.signed()
        assert signed or hearing.answer.text in hearing.seen(hearing.person)
        assert (hearing.answer.text not in hearing.seen(hearing.room)) is hearing.ways.apart


async def test_a_file_is_handed_to_the_person_alone_whole_and_by_its_name(hearing: Hearing) -> None:
    message = await hearing.platform.send(hearing.room, CARD, key="post-1")
    acts = (
        partial(hearing.says, "/mydata"),
        partial(hearing.presses, message, "p1:0"),
        partial(hearing.whispers, "mydata"),
    )
    hearing.answer = Answer(Verdict.DONE, "All that I keep about you", file=FILE)
    for number, act in enumerate(acts, 1):
        await act()
        assert hearing.handed(hearing.person, FILE) == number
        assert hearing.answer.text in hearing.seen(hearing.person)
    if hearing.ways.apart:
        assert hearing.handed(hearing.room, FILE) == 0
        assert hearing.answer.text not in hearing.seen(hearing.room)


async def test_a_file_for_the_room_is_handed_there_whole_and_by_its_name(hearing: Hearing) -> None:
    archive = File("tables.zip", bytes(range(256)) * 40, "application/zip")
    for file in (FILE, archive):
        hearing.answer = Answer(Verdict.DONE, f"The record: {file.name}", looked=True, file=file, openly=True)
        await hearing.says("/export here")
        assert hearing.handed(hearing.room, file) == 1
        assert hearing.answer.text in hearing.seen(hearing.room)
        assert not hearing.ways.apart or hearing.handed(hearing.person, file) == 0


async def test_an_archive_is_handed_to_the_person_alone_byte_by_byte(hearing: Hearing) -> None:
    file = File("tables.zip", bytes(range(256)) * 40, "application/zip")
    hearing.answer = Answer(Verdict.DONE, "All of it", file=file)
    await hearing.says("/export csv")
    assert hearing.handed(hearing.person, file) == 1
    assert not hearing.ways.apart or hearing.handed(hearing.room, file) == 0


async def test_where_there_is_nothing_to_tell_nothing_is_shown(hearing: Hearing) -> None:
    before = [hearing.seen(place) for place in (hearing.room, hearing.person)]
    await hearing.says("what a day")
    await hearing.whispers("what a day")
    assert [hearing.seen(place) for place in (hearing.room, hearing.person)] == before
