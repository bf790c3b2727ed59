"""The terminal room: what is typed becomes requests, and what the bot shows stays short."""

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.base import Answer, Button, Card, Later, Part, Place, Request, Style, Verdict
from adapters.console.terminal import Terminal

ROOM = Place(chat="terminal")
CARD = Card(
    (
        Part(Style.TITLE, "P-1 · A coffee machine"),
        Part(Style.NOTE, "Put by ana"),
        Part(Style.LINE, "agree 0\nblock 0"),
        Part(Style.NOTE, "Open until Monday."),
    ),
    ((Button("agree 0", "p1:0"),), (Button("block 0", "p1:1"),)),
)


class Room:
    """A terminal whose input is a pipe, and all that was asked through it."""

    def __init__(self, history: Path) -> None:
        self.asked: list[Request] = []
        self.settled = 0
        self.answer = Answer(Verdict.DONE, "Counted.")
        read, self._write = os.pipe()
        self.terminal = Terminal(
            who="Ana",
            greeting="Welcome.",
            say=lambda key, *args: " ".join((key, *args)),
            commands=("!propose",),
            history=history,
            settled=self._settle,
            stdin=read,
        )

    async def types(self, typed: bytes) -> list[Request]:
        """Everything is typed at once, and the input ends."""
        os.write(self._write, typed)
        os.close(self._write)
        await self.terminal.run(self._handle)
        return self.asked

    async def _handle(self, request: Request) -> Answer:
        self.asked.append(request)
        return self.answer

    async def _settle(self) -> None:
        self.settled += 1


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path / "history")


# -- what is typed ----------------------------------------------------------------------------------------------------


async def test_a_line_is_a_message_in_the_room(room: Room) -> None:
    (asked,) = await room.types(b"!propose Tea\n")
    assert (asked.platform, asked.chat, asked.user, asked.name) == ("console", "terminal", "ana", "Ana")
    assert (asked.text, asked.press, asked.private) == ("!propose Tea", "", False)


async def test_each_message_has_a_key_of_its_own(room: Room, tmp_path: Path) -> None:
    asked = [*await room.types(b"+1\n+1\n"), *await Room(tmp_path / "history").types(b"+1\n")]
    assert len({one.key for one in asked}) == 3


async def test_after_each_message_all_is_shown_before_the_next(room: Room) -> None:
    await room.types(b"+1\n\n-1\n")
    assert len(room.asked) == 2
    assert room.settled == 3


async def test_another_person_speaks(room: Room) -> None:
    asked = await room.types(b"/as  Ben  B.\n+1\n/as ANA\n+1\n")
    assert [(one.user, one.name) for one in asked] == [("ben b.", "Ben B."), ("ana", "Ana")]


@pytest.mark.parametrize("typed", [b"[p1:0]\n", b"/press p1:0\n", b"/press [p1:0]\n", b"  /PRESS p1:0  \n"])
async def test_a_button_is_pressed(room: Room, typed: bytes) -> None:
    (asked,) = await room.types(typed)
    assert (asked.press, asked.text) == ("p1:0", "")


async def test_something_is_said_to_the_bot_alone(room: Room) -> None:
    (asked,) = await room.types(b"/bot mine\n")
    assert (asked.private, asked.chat, asked.text) == (True, "", "mine")


async def test_a_message_goes_on_behind_a_backslash(room: Room) -> None:
    (asked,) = await room.types(b"!propose Tea\\\r\nGreen, every day\\\nand white\r\n")
    assert asked.text == "!propose Tea\nGreen, every day\nand white"


async def test_the_last_line_counts_without_its_end(room: Room) -> None:
    assert [one.text for one in await room.types(b"+1\n-1\\")] == ["+1", "-1"]


async def test_quit_ends_before_the_input_does(room: Room) -> None:
    assert [one.text for one in await room.types(b"+1\n/quit\n-1\n")] == ["+1"]


async def test_what_is_no_utf8_is_still_a_message(room: Room) -> None:
    (asked,) = await room.types(b"caf\xe9\n")
    assert asked.text == "caf\ufffd"


async def test_its_own_words_say_how_they_are_used(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    assert await room.types(b"/as\n/press\n/bot\n") == []
    assert capsys.readouterr().out.splitlines() == [
        "Welcome.",
        "terminal-as-how",
        "terminal-press-how",
        "terminal-bot-how",
    ]


async def test_an_input_that_cannot_be_read_is_at_its_end(tmp_path: Path) -> None:
    room = Room(tmp_path / "history")
    room.terminal._stdin = -1
    assert await room.types(b"") == []


# -- what is shown ----------------------------------------------------------------------------------------------------


async def test_a_new_card_is_shown_in_full(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    await room.terminal.send(ROOM, CARD, key="post-1")
    assert capsys.readouterr().out.splitlines() == [
        "│ P-1 · A coffee machine",
        "│ Put by ana",
        "│ agree 0",
        "│ block 0",
        "│ Open until Monday.",
        "│ [agree 0 · p1:0] [block 0 · p1:1]",
    ]


async def test_the_same_key_is_shown_once(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    assert await room.terminal.send(ROOM, CARD, key="post-1") == await room.terminal.send(ROOM, CARD, key="post-1")
    assert capsys.readouterr().out.count("P-1") == 1


async def test_of_an_edit_only_what_is_new_is_shown(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    message = await room.terminal.send(ROOM, CARD, key="post-1")
    capsys.readouterr()
    title, by, _, until = CARD.parts
    changed = replace(CARD, parts=(title, by, Part(Style.LINE, "agree 1: ben\nblock 0"), until))
    await room.terminal.edit(ROOM, message, changed)
    await room.terminal.edit(ROOM, message, changed)
    assert capsys.readouterr().out.splitlines() == ["│ P-1 · A coffee machine", "│   agree 1: ben"]


async def test_what_was_shown_before_the_start_is_shown_in_full_again(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    await room.terminal.edit(ROOM, "post-1", CARD)
    assert len(capsys.readouterr().out.splitlines()) == 6


async def test_what_is_sent_to_one_person_names_them(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    await room.types(b"/as Ben\n")
    capsys.readouterr()
    await room.terminal.send(Place(user="ben"), CARD, key="post-2")
    assert capsys.readouterr().out.startswith("→ Ben: P-1 · A coffee machine\n  Put by ana\n")


async def test_what_nobody_can_read_any_more_is_posted_later(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    read, write = os.pipe()
    os.close(read)
    with suppress(BrokenPipeError), os.fdopen(write, "w") as gone, monkeypatch.context() as patch:
        patch.setattr("sys.stdout", gone)
        with pytest.raises(Later):
            await room.terminal.send(ROOM, CARD, key="post-1")


async def test_an_answer_stands_apart_from_the_cards(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    room.answer = Answer(Verdict.DONE, "Counted.\nThank you.", ((Button("Undo", "p1:undo=00"),),))
    await room.types(b"+1\n")
    assert capsys.readouterr().out.splitlines()[1:] == ["→ Counted.", "  Thank you.", "  [Undo · p1:undo=00]"]


async def test_a_long_row_of_buttons_shows_its_ends(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    row = tuple(Button(f"1 → {value}", f"p1:0={value}") for value in range(6))
    await room.terminal.send(ROOM, replace(CARD, buttons=(row,)), key="post-1")
    assert capsys.readouterr().out.splitlines()[-1] == "│ [1 → 0 · p1:0=0] … [1 → 5 · p1:0=5]"


async def test_nothing_that_is_shown_can_steer_the_terminal(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    room.answer = Answer(Verdict.REFUSED, "No \x1b]0;owned\x07\x9b31m\r\u202etime")
    await room.types(b"/as \x1b[31mEve\n+1\n")
    assert capsys.readouterr().out.splitlines()[1:] == ["terminal-as [31mEve", "→ No ]0;owned31mtime"]
