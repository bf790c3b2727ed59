"""A house to tell stories in: an App, its publisher and its clock on a real database, and rooms where all is written down."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.base import Answer
from adapters.console.conversation import Conversation, Person, Room, Said
from adapters.console.scripted import Shown
from bot.play import Player
from storage.store import Store

CARD = re.compile(r"P-\d+ ·")
START = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


class House:
    """One group with its rooms. Whoever speaks is a member; the first of all is a facilitator unless one is declared."""

    def __init__(
        self, store: Store, rooms: Mapping[str, str] | None = None, people: tuple[Person, ...] = (), zone: str = "UTC"
    ) -> None:
        named = tuple(Room(name=name, platform=on) for name, on in (rooms or {"general": "matrix"}).items())
        self.shown: list[Shown] = []
        self.store = store
        self.player = Player(
            Conversation(group="Partnerships", zone=zone, rooms=named, people=people), store, self.shown.append
        )
        self.player.clock.at = START
        self.player.set_up()
        self.app = self.player.app
        self._line = 0

    @property
    def now(self) -> datetime:
        return self.player.clock.at

    async def say(self, who: str, text: str, room: str = "general", key: str = "", **more: Any) -> Answer:
        """Somebody says something in a room (`room` empty: to the bot alone). `more`: what else the Request has."""
        return await self._do(Said(at=self.now, line=0, who=who, room=room, text=text), key, **more)

    async def press(self, who: str, press: str, room: str = "general", key: str = "") -> Answer:
        """Somebody presses a button."""
        return await self._do(Said(at=self.now, line=0, who=who, room=room, press=press), key)

    async def whisper(self, who: str, text: str) -> Answer:
        """Somebody says something to the bot alone."""
        return await self.say(who, text, room="")

    async def wait(self, length: timedelta) -> None:
        """Time passes, and what is due happens on the way."""
        await self.player.pass_time(self.now + length)

    def card(self, room: str = "general", poll: str = "P-1") -> str:
        """What the poll's card in a room says by now."""
        return self.cards(room, poll)[-1].text

    def cards(self, room: str = "general", poll: str = "P-1") -> list[Shown]:
        """Every state of a poll's card in a room."""
        return [one for one in self.shown if one.where == room and one.text.startswith(f"{poll} ·")]

    def notices(self, room: str = "general") -> list[str]:
        """Everything sent to a room that is no card."""
        sent = [one.text for one in self.shown if one.where == room and one.kind == "send"]
        return [text for text in sent if not CARD.match(text)]

    def private(self, who: str) -> list[str]:
        """Everything said to somebody alone."""
        return [one.text for one in self.shown if one.kind == "private" and one.where == who]

    async def _do(self, said: Said, key: str, **more: Any) -> Answer:
        self._line += 1
        return await self.player.say(replace(said, line=self._line), key, **more)
