"""The demonstration: a written conversation of half a year of two groups, played into a store for whoever needs a rich record."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.base import Answer, Verdict
from adapters.console.conversation import Conversation, Said, read
from adapters.console.scripted import Shown
from bot.play import Player
from storage.store import Store

FILE = Path(__file__).parents[1] / "docs" / "demonstration.conversation"

PARTNERSHIPS, GHANA = 1, 2
"""The ids of its groups."""

AFTER = datetime(2026, 6, 9, 9, 0, tzinfo=UTC)
"""A moment after its last line."""


class Strict(Player):
    """Whatever somebody says in it is understood and allowed."""

    async def say(self, said: Said, key: str = "", **more: Any) -> Answer:
        answer = await super().say(said, key, **more)
        if answer.verdict in (Verdict.REFUSED, Verdict.FAULT):
            raise AssertionError(f"line {said.line}: {answer.text}")
        return answer


def conversation() -> Conversation:
    """As it is written."""
    return read(FILE.read_text("utf-8").splitlines())


async def play(store: Store) -> list[Shown]:
    """Play it; all that the bot did."""
    shown: list[Shown] = []
    await Strict(conversation(), store, shown.append).play()
    return shown
