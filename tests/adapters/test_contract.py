"""The contract: what the bot relies on, held against every platform there is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.base import NOTHING, Answer, Button, Card, Part, Place, Platform, Request, Style, Verdict
from adapters.console.scripted import Scripted, Shown
from adapters.console.terminal import Terminal
from tests.house import START

HOSTILE = "<b>bold</b> *stars* `ticks` [link](x) {braces} $1 \\n @all &amp; 💥 שלום"
CARD = Card(
    (Part(Style.TITLE, "P-1 · Meet monthly"), Part(Style.WORDS, HOSTILE), Part(Style.LINE, "agree 0\ndisagree 0")),
    ((Button("agree 0", "p1:0"),), (Button("disagree 0", "p1:1"),)),
)
CHANGED = Card((CARD.parts[0], Part(Style.WORDS, HOSTILE), Part(Style.LINE, "agree 1: ana\ndisagree 0")), CARD.buttons)
ROOM, ANA = Place(chat="terminal"), Place(user="ana")

Seen = Callable[[], str]
Made = tuple[Platform, Seen]


def scripted(folder: Path, output: pytest.CaptureFixture[str]) -> Made:
    shown: list[Shown] = []
    return Scripted("matrix", shown.append, lambda: START), lambda: "\n".join(one.line() for one in shown)


def terminal(folder: Path, output: pytest.CaptureFixture[str]) -> Made:
    async def settled() -> None:
        return None

    stdin = (folder / "input").open("w+b")
    made = Terminal(
        who="ana",
        greeting="",
        say=lambda key, *args: key,
        commands=(),
        history=folder / "history",
        settled=settled,
        stdin=stdin.fileno(),
    )
    seen: list[str] = []

    def everything() -> str:
        seen.append(output.readouterr().out)
        return "".join(seen)

    return made, everything


@pytest.fixture(params=[scripted, terminal], ids=lambda make: make.__name__)
def made(request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Made:
    found: Made = request.param(tmp_path, capsys)
    return found


async def test_a_card_is_shown_whole_and_peoples_words_as_they_are(made: Made) -> None:
    platform, seen = made
    assert await platform.send(ROOM, CARD, key="post-1")
    for line in CARD.text.splitlines():
        assert line in seen()


async def test_the_same_key_is_posted_once_or_at_least_known_again(made: Made) -> None:
    platform, _ = made
    assert await platform.send(ROOM, CARD, key="post-1") == await platform.send(ROOM, CARD, key="post-1")


async def test_messages_of_different_posts_are_told_apart(made: Made) -> None:
    platform, _ = made
    assert await platform.send(ROOM, CARD, key="post-1") != await platform.send(ROOM, CARD, key="post-2")


async def test_an_edit_shows_what_changed(made: Made) -> None:
    platform, seen = made
    message = await platform.send(ROOM, CARD, key="post-1")
    await platform.edit(ROOM, message, CHANGED)
    assert "agree 1: ana" in seen()


async def test_an_edit_that_changes_nothing_is_success(made: Made) -> None:
    platform, _ = made
    message = await platform.send(ROOM, CARD, key="post-1")
    await platform.edit(ROOM, message, CARD)


async def test_a_message_from_before_a_restart_can_be_edited(made: Made) -> None:
    platform, seen = made
    await platform.edit(ROOM, "post-1", CHANGED)
    assert "agree 1: ana" in seen()


async def test_a_private_card_is_sent_and_edited_like_any_other(made: Made) -> None:
    platform, seen = made
    message = await platform.send(ANA, CARD, key="post-3")
    await platform.edit(ANA, message, CHANGED)
    assert "agree 1: ana" in seen()


async def test_run_ends_when_nothing_more_can_come(made: Made) -> None:
    platform, _ = made

    async def handle(request: Request) -> Answer:
        return NOTHING

    await platform.run(handle)


def test_it_says_what_it_can_do(made: Made) -> None:
    platform, _ = made
    assert platform.name
    assert platform.abilities.text_limit > 0
    assert Verdict.NOTHING is NOTHING.verdict
