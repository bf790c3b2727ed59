"""Matrix's way in and out where something is in the way: nothing is lost, nothing private is told, nothing sealed goes in the clear."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.base import Answer, Handle, Request
from adapters.matrix.direct import Direct
from adapters.matrix.line import LIMITED, Line, Refused
from decisions.model import Group
from storage.store import Store
from tests.adapters.matrix_house import account_of, card, housed, in_private, people, says
from tests.adapters.matrix_server import V3, Synapse, User, shown, until

SEALED = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}


class Seen(list[Request]):
    """Every request that is handed on."""

    def __call__(self, handle: Handle) -> Handle:
        async def handled(request: Request) -> Answer:
            self.append(request)
            return await handle(request)

        return handled

    async def until(self, condition: Callable[[Request], object]) -> Request:
        """Wait for one of them."""

        async def found() -> Request | None:
            return next((one for one in self if condition(one)), None)

        answer: Request = await until(found)
        return answer

    async def said(self, text: str) -> Request:
        return await self.until(lambda one: one.text == text)


async def inside(user: User, room: str, who: str) -> None:
    async def there() -> bool:
        return who in (await user.call("GET", f"{V3}/rooms/{room}/joined_members"))["joined"]

    await until(there)


async def voting(bot: str, *users: User) -> str:
    """A room with a poll, in which all of them are."""
    room = await users[0].makes_room(bot)
    for one in users[1:]:
        await one.joins(room)
    await inside(users[0], room, bot)
    await users[0].says(room, "!propose Meet monthly")
    await card(users[0], room, bot)
    return room


async def acknowledged(user: User, room: str, message: str) -> None:
    async def found() -> bool:
        relations = [one["content"].get("m.relates_to", {}) for one in await user.events(room)]
        return any(one.get("key") == "✅" and one.get("event_id") == message for one in relations)

    await until(found)


def limited_once(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """The homeserver wants the first of these calls to come later."""
    real = Line.call
    told: list[str] = []

    async def call(self: Line, method: str, path: str, *more: Any, **named: Any) -> Any:
        if part in path and not told:
            told.append(path)
            raise Refused(LIMITED, "slowly", 0.1)
        return await real(self, method, path, *more, **named)

    monkeypatch.setattr(Line, "call", call)


async def test_what_one_sync_cannot_hold_is_read_back(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account, seen = account_of(homeserver), Seen()
    async with people(homeserver, "Ana") as (ana,):
        async with housed(homeserver, account, sqlite_store, tmp_path, wrapped=seen):
            room = await ana.makes_room(account.user)
            await seen.until(lambda one: one.arrivals)
        for number in range(130):
            await ana.says(room, f"talk {number}")
        limited_once(monkeypatch, "/messages?")
        async with housed(homeserver, account, sqlite_store, tmp_path, wrapped=seen):
            await seen.said("talk 129")
        talk = [one.text for one in seen if one.text.startswith("talk")]
        assert talk == [f"talk {number}" for number in range(130)]


async def test_a_reaction_counts_though_its_card_had_to_be_asked_for_twice(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = account_of(homeserver)
    async with people(homeserver, "Ana", "Ben") as (ana, ben):
        async with housed(homeserver, account, sqlite_store, tmp_path) as house:
            room = await ana.makes_room(account.user)
            await ben.joins(room)
            await inside(ana, room, house.id)
            await ana.says(room, "!propose Meet monthly")
            event, _ = await card(ana, room, house.id)
        limited_once(monkeypatch, "/event/")
        async with housed(homeserver, account, sqlite_store, tmp_path) as house:
            await ben.reacts(room, event, "✅")
            await says(ana, room, house.id, "agree 1: Ben")


async def test_a_vote_from_before_we_were_put_out_counts(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path
) -> None:
    account, seen = account_of(homeserver), Seen()
    async with people(homeserver, "Ana", "Ben") as (ana, ben):
        async with housed(homeserver, account, sqlite_store, tmp_path) as house:
            room = await ana.makes_room(account.user)
            await ben.joins(room)
            await inside(ana, room, house.id)
            await ana.says(room, "!propose Meet monthly")
            event, _ = await card(ana, room, house.id)
        await ben.reacts(room, event, "✅")
        await ana.kicks(room, account.user)
        async with housed(homeserver, account, sqlite_store, tmp_path, wrapped=seen):
            pressed = await seen.until(lambda one: one.press)
        assert (pressed.user, pressed.chat) == (ben.id, room)


async def test_a_card_rests_between_edits_and_votes_are_acknowledged(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path
) -> None:
    account = account_of(homeserver)
    async with (
        people(homeserver, "Ana", "Ben") as (ana, ben),
        housed(homeserver, account, sqlite_store, tmp_path, pause=3600) as house,
    ):
        room = await voting(house.id, ana, ben)
        await ana.says(room, "!agree P-1")
        await says(ana, room, house.id, "agree 1: Ana")
        vote = await ben.says(room, "!agree P-1")
        await acknowledged(ben, room, vote)
        await house.publisher.settle()
        _, body = await card(ana, room, house.id)
        assert "agree 1: Ana" in body


async def test_a_card_that_rested_shows_all_there_is(homeserver: Synapse, sqlite_store: Store, tmp_path: Path) -> None:
    account = account_of(homeserver)
    async with (
        people(homeserver, "Ana", "Ben") as (ana, ben),
        housed(homeserver, account, sqlite_store, tmp_path, pause=0.5) as house,
    ):
        room = await voting(house.id, ana, ben)
        for one in (ana, ben):
            await acknowledged(one, room, await one.says(room, "!agree P-1"))
        await says(ana, room, house.id, "agree 2: ")


@pytest.mark.parametrize("encryption", [False, True])
async def test_a_private_chat_is_private_until_a_third_is_there(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path, encryption: bool
) -> None:
    account, seen = account_of(homeserver, encryption=encryption), Seen()
    async with (
        people(homeserver, "Ana", "Ben") as (ana, ben),
        housed(homeserver, account, sqlite_store, tmp_path, wrapped=seen) as house,
    ):
        room = await ana.makes_room(account.user, is_direct=True, preset="trusted_private_chat")
        await says(ana, room, house.id, "Folkmoot")
        await ana.says(room, "mine")
        assert (await seen.said("mine")).private
        await ana.invites(room, ben.id)
        await ben.joins(room)
        await ben.says(room, "mine too")
        assert not (await seen.said("mine too")).private


async def test_without_encryption_nothing_is_said_in_an_encrypted_room(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path
) -> None:
    account, seen = account_of(homeserver), Seen()
    async with (
        people(homeserver, "Ana") as (ana,),
        housed(homeserver, account, sqlite_store, tmp_path, wrapped=seen) as house,
    ):
        room = await ana.makes_room(account.user, initial_state=[SEALED])
        await seen.until(lambda one: one.arrivals and one.chat == room)
        await ana.says(room, "!propose Meet monthly")  # in the clear, by a client that should not
        await seen.said("!propose Meet monthly")
        await house.publisher.settle()
        await asyncio.wait_for(house.matrix._showing.close(), 10)
        said = [one for one in await ana.events(room) if one["sender"] == house.id]
        assert "m.room.message" not in {one["type"] for one in said}


async def test_in_an_encrypted_room_nothing_goes_in_the_clear(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path
) -> None:
    account = account_of(homeserver, encryption=True)
    async with (
        people(homeserver, "Ana") as (ana,),
        housed(homeserver, account, sqlite_store, tmp_path) as house,
    ):
        room = await ana.makes_room(account.user, initial_state=[SEALED])

        async def told() -> list[str]:
            ours = [one for one in await ana.events(room) if one["sender"] == house.id and "state_key" not in one]
            return [one["type"] for one in ours]

        await until(told)
        assert set(await told()) == {"m.room.encrypted"}


async def test_a_private_chat_that_we_make_is_no_group(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sync may bring it before our account says what it is for."""
    real = Direct.add

    async def add(self: Direct, user: str, room: str) -> None:
        async def brought() -> object:
            return self._rooms.known(room)

        await until(brought)
        await real(self, user, room)

    monkeypatch.setattr(Direct, "add", add)
    account = account_of(homeserver)
    async with (
        people(homeserver, "Ana") as (ana,),
        housed(homeserver, account, sqlite_store, tmp_path) as house,
    ):
        room = await ana.makes_room(account.user)
        await says(ana, room, house.id, "Hello, I am Folkmoot")
        await ana.says(room, "!clsoe P-1")
        private = await in_private(ana, house.id, "Did you mean: close")
        assert len(shown(await ana.events(private), house.id)) == 1
        with sqlite_store.reading() as work:
            assert [one.name for one in work.all(Group)] == ["Partnerships"]
