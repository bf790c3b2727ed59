"""The README is true: its conversations are played, and what it says comes out of them does."""

import asyncio
import re
from pathlib import Path

import pytest

from adapters.console.conversation import read
from bot.play import Player
from storage.store import Store

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"^```(conversation|transcript)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> list[tuple[str, str]]:
    return BLOCK.findall(README.read_text(encoding="utf-8"))


def played(conversation: str, store: Store) -> list[str]:
    said: list[str] = []
    player = Player(read(conversation.splitlines()), store, lambda shown: said.extend(shown.line().splitlines()))
    asyncio.run(player.play())
    return said


def stretches(transcript: str) -> list[list[str]]:
    """The lines between those that say that something was left out."""
    return [
        part.strip("\n").splitlines() for part in re.split(r"^\.\.\.$", transcript, flags=re.MULTILINE) if part.strip()
    ]


def after(said: list[str], stretch: list[str]) -> list[str] | None:
    """What follows the first place at which the lines stand one after another."""
    for at in range(len(said) - len(stretch) + 1):
        if said[at : at + len(stretch)] == stretch:
            return said[at + len(stretch) :]
    return None


def test_the_transcripts_are_what_comes_out(sqlite_store: Store) -> None:
    found = blocks()
    conversation = "".join(text for kind, text in found if kind == "conversation")
    said: list[str] | None = played(conversation, sqlite_store)
    transcripts = [text for kind, text in found if kind == "transcript"]
    assert len(transcripts) >= 4
    for transcript in transcripts:
        for stretch in stretches(transcript):
            assert said is not None
            rest = after(said, stretch)
            assert rest is not None, "\n".join(["not said, or not in this order:", *stretch])
            said = rest


@pytest.mark.parametrize("line", ["2026-03-02T18:05:00Z ~ben> Counted on P-1: disagree.", "P-1"])
def test_a_transcript_that_is_not_true_is_found(line: str) -> None:
    assert after(["2026-03-02T18:05:00Z ~ben> Counted on P-1: agree."], [line]) is None
