"""Encrypted rooms: a group decides there, and what cannot be read at once is counted later, or told of alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.matrix.line import Line
from bot.clock import SetClock
from decisions.model import Ballot, Remark
from storage.store import Store
from tests.adapters.matrix_house import House, account_of, housed, people
from tests.adapters.matrix_sealed import Sealed, sealed
from tests.adapters.matrix_server import Synapse, User, shown, until
from tests.house import START

SEALED = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}


class Keys:
    """The bot's keys, held back on their way."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.late = False
        self._held: list[Any] = []
        real = Line._handed_to_nio

        async def handed(line: Line, raw: dict[str, Any]) -> None:
            events = [*self._held, *raw.get("to_device", {}).get("events", ())]
            self._held = events if self.late else []
            await real(line, raw | {"to_device": {"events": [] if self.late else events}})

        monkeypatch.setattr(Line, "_handed_to_nio", handed)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Keys:
    return Keys(monkeypatch)


@dataclass
class Meeting:
    """Ana has made an encrypted room, by a client that knows no encryption; Ben's encrypts."""

    house: House
    clock: SetClock
    room: str
    ana: User
    ben: Sealed

    def marks(self) -> list[dict[str, int]]:
        with self.house.app.store.reading() as work:
            return [dict(one.marks) for one in work.all(Ballot)]

    async def votes(self, *wanted: str) -> None:
        async def there() -> bool:
            return self.marks() == [{one: 1} for one in wanted]

        await until(there)

    async def waits(self) -> None:
        """Until something of Ben's waits for its key."""

        async def waiting() -> bool:
            file = self.house.matrix._wiring.folder / "undecrypted.json"
            return file.exists() and self.ben.id in file.read_text("utf-8")

        await until(waiting)

    async def stirs(self) -> None:
        """Something happens in the room, so that the bot looks."""
        await self.ana.says(self.room, "what a day")

    async def told(self, words: str) -> None:
        async def there() -> bool:
            return words in await self.ben.private(self.house.id)

        await until(there)


@asynccontextmanager
async def met(server: Synapse, store: Store, folder: Path) -> AsyncIterator[Meeting]:
    account, clock = account_of(server, encryption=True), SetClock(START)
    async with (
        people(server, "Ana") as (ana,),
        sealed(server, "Ben", folder) as ben,
        housed(server, account, store, folder / "bot", clock=clock) as house,
    ):
        room = await ana.makes_room(account.user, initial_state=[SEALED])
        await ben.joins(room)

        async def greeted() -> bool:
            return "Hello, I am Folkmoot" in await ben.reads(room, house.id)

        await until(greeted)
        yield Meeting(house, clock, room, ana, ben)


async def card_of(meeting: Meeting) -> str:
    """The event of the card, once it is there."""

    async def found() -> str:
        says = shown(await meeting.ben.events(meeting.room), meeting.house.id)
        return next((event for event, body in says.items() if body.startswith("P-1 ·")), "")

    return str(await until(found))


async def test_a_group_decides_in_an_encrypted_room(homeserver: Synapse, sqlite_store: Store, tmp_path: Path) -> None:
    async with met(homeserver, sqlite_store, tmp_path) as meeting:
        await meeting.ben.says(meeting.room, "!propose Meet monthly")

        async def shows(words: str) -> None:
            async def there() -> bool:
                return words in await meeting.ben.reads(meeting.room, meeting.house.id)

            await until(there)

        await shows("P-1 · Meet monthly")
        await meeting.ben.says(meeting.room, "+1 it worked before")
        await shows("Ben (agree): it worked before")
        await meeting.ben.says(meeting.room, "!clsoe P-1")
        await meeting.told("Did you mean: close")
        await meeting.ben.says(meeting.room, "!close P-1")
        await shows("D-1 · Meet monthly")


async def test_a_vote_whose_key_comes_late_counts(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path, keys: Keys
) -> None:
    async with met(homeserver, sqlite_store, tmp_path) as meeting:
        await meeting.ana.says(meeting.room, "!propose Meet monthly")
        keys.late = True
        await meeting.ben.says(meeting.room, "+1")
        await meeting.waits()
        assert meeting.marks() == []
        keys.late = False
        await meeting.stirs()
        await meeting.votes("agree")


async def test_a_vote_whose_key_comes_late_yields_to_a_later_one(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path, keys: Keys
) -> None:
    async with met(homeserver, sqlite_store, tmp_path) as meeting:
        await meeting.ana.says(meeting.room, "!propose Meet monthly")
        keys.late = True
        await meeting.ben.says(meeting.room, "+1")
        await meeting.waits()
        meeting.clock.at += timedelta(minutes=1)
        await meeting.ben.reacts(meeting.room, await card_of(meeting), "❌")  # reactions are never encrypted
        await meeting.votes("disagree")
        keys.late = False
        await meeting.stirs()
        await meeting.told("You have voted since")
        assert meeting.marks() == [{"disagree": 1}]


@pytest.mark.long
async def test_what_is_removed_before_its_key_comes_is_never_read(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path, keys: Keys
) -> None:
    async with met(homeserver, sqlite_store, tmp_path) as meeting:
        await meeting.ana.says(meeting.room, "!propose Meet monthly")
        reply = {"m.relates_to": {"m.in_reply_to": {"event_id": await card_of(meeting)}}}
        keys.late = True
        removed = await meeting.ben.says(meeting.room, "I am tired", **reply)
        await meeting.ben.says(meeting.room, "Who takes the minutes?", **reply)
        await meeting.waits()
        await meeting.ben.client.room_redact(meeting.room, removed)

        async def gone() -> bool:
            return removed not in meeting.house.matrix._undecrypted.waiting

        await until(gone)
        keys.late = False
        await meeting.stirs()

        async def said() -> list[str]:
            with sqlite_store.reading() as work:
                return [one.text for one in work.all(Remark)]

        assert await until(said) == ["Who takes the minutes?"]


async def test_who_sent_what_nobody_could_read_is_told(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path, keys: Keys
) -> None:
    async with met(homeserver, sqlite_store, tmp_path) as meeting:
        await meeting.ana.says(meeting.room, "!propose Meet monthly")
        keys.late = True
        await meeting.ben.says(meeting.room, "+1", **{"m.relates_to": {"m.in_reply_to": {"event_id": "$card"}}})
        await meeting.waits()
        meeting.clock.at += timedelta(minutes=6)
        await meeting.stirs()
        await meeting.told("I could not read what you sent")
        assert meeting.marks() == []


@pytest.mark.parametrize("where", ["inside", "outside"])
async def test_a_bridges_mark_is_seen_inside_and_outside_of_what_is_sealed(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    mark = {"fi.mau.double_puppet_source": "mautrix-telegram"}
    async with met(homeserver, sqlite_store, tmp_path) as meeting:
        await meeting.ana.says(meeting.room, "!propose Meet monthly")
        real = meeting.ben.client.encrypt

        def marked(room: str, kind: str, content: dict[str, Any]) -> tuple[str, dict[str, Any]]:
            kind, sealed = real(room, kind, content | mark if where == "inside" else content)
            return kind, sealed | mark if where == "outside" else sealed

        with monkeypatch.context() as bridge:
            bridge.setattr(meeting.ben.client, "encrypt", marked)
            await meeting.ben.says(meeting.room, "+1")
            await meeting.told("That came over a bridge in your name")
        assert meeting.marks() == []
        await meeting.ben.says(meeting.room, "+1")
        await meeting.votes("agree")
