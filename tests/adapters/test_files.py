"""Answers with a file: where there is no private chat, where the platform takes none, and where the room is sealed."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import aiohttp
import pytest

from adapters.base import LARGEST_FILE, Answer, File, Handle, Request, Verdict
from adapters.console.scripted import Scripted, Shown
from bot.asked import Asked
from bot.turn import Turn
from decisions.model import Group
from storage.store import Store
from tests.adapters.matrix_house import account_of, housed, in_private, people, says
from tests.adapters.matrix_sealed import sealed
from tests.adapters.matrix_seen import opened
from tests.adapters.matrix_server import Synapse, media, until
from tests.adapters.telegram_house import housed as at_telegram
from tests.adapters.telegram_server import Server
from tests.house import START, House

FILE = File("my-data.json", '{\n "name": "Ánà"\n}', "application/json")
SAID = "All that I keep about you"


def handing(text: str = SAID, file: File = FILE) -> Callable[[Handle], Handle]:
    """A bot that answers `mydata` with a file, and all else as it does."""

    def wrapped(handle: Handle) -> Handle:
        async def asked(request: Request) -> Answer:
            wanted = request.text.lstrip("!/") == "mydata"
            return Answer(Verdict.DONE, text, file=file) if wanted else await handle(request)

        return asked

    return wrapped


# -- the console ------------------------------------------------------------------------------------------------------


def test_a_file_is_shown_below_its_text() -> None:
    shown: list[Shown] = []
    Scripted("matrix", shown.append, lambda: START).answer("ana", Answer(Verdict.DONE, SAID, file=FILE))
    assert shown[0].line() == f'2026-03-02T18:00:00Z ~ana> {SAID}\n  my-data.json\n  {{\n   "name": "Ánà"\n  }}'
    assert json.loads(shown[0].json())["file"] == {"name": FILE.name, "content": FILE.content}


async def test_what_is_too_large_is_refused_and_nothing_is_done(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(turn: Turn, given: str) -> Answer:
        turn.work.put(Group(id=turn.work.next_id(Group), name="left over", made_at=turn.now))
        return Answer(Verdict.DONE, SAID, file=File("all.json", "é" * (int(given) // 2), "application/json"))

    def parse(text: str, *_: object, **__: object) -> Asked:
        return Asked(asked, text)

    monkeypatch.setattr("bot.intent.commands.parse", parse)
    house = House(sqlite_store)
    assert (await house.say("ana", str(LARGEST_FILE + 2))).verdict is Verdict.REFUSED
    assert "1 MB" in house.private("ana")[-1]
    assert house.files("ana") == []
    with sqlite_store.reading() as work:
        assert [one.name for one in work.all(Group)] == ["Partnerships"]
    await house.say("ana", str(LARGEST_FILE))
    assert [len(one.raw) for one in house.files("ana")] == [LARGEST_FILE]


# -- Telegram ---------------------------------------------------------------------------------------------------------


async def test_who_has_not_opened_the_private_chat_is_told_to(sqlite_store: Store) -> None:
    async with Server() as server, at_telegram(server, sqlite_store, wrapped=handing()):
        ana = server.user("Ana")
        group = server.supergroup("Partnerships", ana)
        group.says(ana, "/mydata")
        async with asyncio.timeout(10):
            await server.until(lambda: any("only in private" in one.text for one in group.messages))
        assert not any(SAID in one.text or one.document for one in group.messages)
        (told,) = (one for one in group.messages if "only in private" in one.text)
        assert told.labels == [["Talk to me alone"]]
        ana.opens(told.keyboard[0][0].url)
        ana.writes("mydata")
        async with asyncio.timeout(10):
            await server.until(lambda: any(one.document for one in ana.messages))


async def test_a_long_text_stands_before_the_file(sqlite_store: Store) -> None:
    long = "All of it. " * 600
    async with Server() as server, at_telegram(server, sqlite_store, wrapped=handing(long)):
        ana = server.user("Ana")
        ana.writes("mydata")
        async with asyncio.timeout(10):
            await server.until(lambda: any(one.document for one in ana.messages))
        *pages, file = [one for one in ana.messages if one.sender is server.bot]
        assert len(pages) == 2
        assert file.text == ""
        assert file.document is not None
        assert (file.document.name, file.document.content) == (FILE.name, FILE.raw)


async def test_a_file_that_telegram_does_not_take_is_said_so(sqlite_store: Store) -> None:
    async with Server() as server, at_telegram(server, sqlite_store, wrapped=handing()):
        ana = server.user("Ana")
        server.down("error", methods=("sendDocument",))
        ana.writes("mydata")
        async with asyncio.timeout(10):
            await server.until(lambda: any("could not hand you the file" in one.text for one in ana.messages))


# -- Matrix -----------------------------------------------------------------------------------------------------------


async def test_a_file_asked_for_in_a_room_is_handed_in_a_private_chat(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path
) -> None:
    account = account_of(homeserver)
    async with (
        people(homeserver, "Ana") as (ana,),
        housed(homeserver, account, sqlite_store, tmp_path, wrapped=handing()),
    ):
        room = await ana.makes_room(account.user)
        await says(ana, room, account.user, "Hello, I am Folkmoot")
        await ana.says(room, "!mydata")
        private = await in_private(ana, account.user, SAID)
        await in_private(ana, account.user, FILE.name)
        assert private != room
        assert not any(SAID in str(one["content"]) for one in await ana.events(room))


async def test_a_file_that_the_homeserver_does_not_take_is_said_so(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path
) -> None:
    account, large = account_of(homeserver), File("all.json", "x" * 2_200_000, "application/json")
    async with (
        people(homeserver, "Ana") as (ana,),
        housed(homeserver, account, sqlite_store, tmp_path, wrapped=handing(file=large)),
    ):
        room = await ana.makes_room(account.user)
        await says(ana, room, account.user, "Hello, I am Folkmoot")
        await ana.says(room, "!mydata")
        await in_private(ana, account.user, "could not hand you the file")


async def test_in_an_encrypted_room_a_file_is_sealed(homeserver: Synapse, sqlite_store: Store, tmp_path: Path) -> None:
    account = account_of(homeserver, encryption=True)
    async with (
        sealed(homeserver, "Ben", tmp_path) as ben,
        housed(homeserver, account, sqlite_store, tmp_path / "bot", wrapped=handing()),
        people(homeserver, "Ana") as (ana,),
    ):
        room = await ana.makes_room(account.user)
        await ben.joins(room)
        await says(ana, room, account.user, "Hello, I am Folkmoot")
        await ben.says(room, "!mydata")

        async def told() -> bool:
            return f"{SAID}\n---\n{FILE.name}" in await ben.private(account.user)

        await until(told)
        alone = next(id_ for id_, one in ben.client.rooms.items() if set(one.users) == {ben.id, account.user})
        (event,) = (one for one in await ben.events(alone) if one["content"].get("msgtype") == "m.file")
        assert event["content"]["info"] == {"mimetype": FILE.kind, "size": len(FILE.raw)}
        assert "url" not in event["content"]
        kept = await fetched(homeserver, ben.client.access_token, event["content"]["file"]["url"])
        assert FILE.raw not in kept
        assert opened(event["content"]["file"], kept) == FILE.raw


async def fetched(server: Synapse, token: str, address: str) -> bytes:
    """A file as the homeserver keeps it."""
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{server.url}{media(address)}", headers=headers) as answer,
    ):
        assert answer.status == 200
        return await answer.read()
