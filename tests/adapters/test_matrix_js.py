"""A group decides on Matrix, and one of them has a client that is none of ours: matrix-js-sdk, with polls and encryption of its own."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from decisions.model import Ballot
from storage.store import Store
from tests.adapters.matrix_house import account_of, housed, people
from tests.adapters.matrix_server import Json, Synapse, User
from tests.locked_js import installed

pytestmark = pytest.mark.long

SOURCES = Path(__file__).parent / "matrix_js"
SEALED = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
PATIENCE = 120
STANCES = ["agree", "abstain", "disagree", "block"]


class Client:
    """A running client of matrix-js-sdk."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log

    async def does(self, command: str, **named: Any) -> Any:
        """Tell it something, and return what came of it."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"command": command, **named}).encode() + b"\n")
        return await self.answered(command)

    async def answered(self, command: str) -> Any:
        """What it answers next."""
        assert self._process.stdout is not None
        try:
            async with asyncio.timeout(PATIENCE):
                line = await self._process.stdout.readline()
        except TimeoutError:
            line = b""
        answer = json.loads(line or b"{}")
        assert "done" in answer, (command, answer.get("wrong"), self._log.read_text()[-3000:])
        return answer["done"]


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the client and what it needs, as it is locked."""
    return installed(SOURCES, tmp_path_factory)


@asynccontextmanager
async def client(packages: Path, user: User, crypto: str = "") -> AsyncIterator[Client]:
    """Somebody's client. `crypto`: `any` device is trusted, or only those that are `signed`; empty: it has none."""
    log = packages / f"{user.id.strip('@').partition(':')[0]}.log"
    told = {"HOMESERVER": user.server.url, "TOKEN": user.token, "CRYPTO": crypto}
    pipe = asyncio.subprocess.PIPE
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            "node", "client.mjs", stdin=pipe, stdout=pipe, stderr=errors, cwd=packages, env=os.environ | told
        )
    try:
        begun = Client(process, log)
        assert await begun.answered("begin") == user.id
        yield begun
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def votes(js: Client, room: str, store: Store) -> Json:
    """It finds our poll, votes, changes its mind, and reads on our card that it counted; the poll."""
    poll: Json = await js.does("poll", room=room)
    assert "Meet monthly" in poll["question"]
    assert (poll["most"], poll["disclosed"]) == (1, True)
    assert [text.casefold() for _, text in poll["answers"]] == STANCES
    ids = {text.casefold(): id_ for id_, text in poll["answers"]}
    for stance in ("abstain", "agree"):
        await js.does("vote", room=room, poll=poll["id"], answers=[ids[stance]])
        assert "P-1 · Meet monthly" in await js.does("reads", room=room, words=f"{stance} 1: Jo")
        assert marks(store) == [{stance: 1}]
    return poll | {"ids": ids}


def marks(store: Store) -> list[dict[str, int]]:
    with store.reading() as work:
        return [dict(one.marks) for one in work.all(Ballot)]


async def sees_the_end(js: Client, room: str, poll: Json, user: User) -> None:
    """It knows that the poll has ended, and counts what we count."""
    assert await js.does("ended", room=room, poll=poll["id"])
    assert await js.does("responses", room=room, poll=poll["id"], count=2) == {user.id: [poll["ids"]["agree"]]}
    assert "D-1 · Meet monthly" in await js.does("reads", room=room, words="D-1 ·")


async def test_in_a_clear_room(homeserver: Synapse, sqlite_store: Store, tmp_path: Path, packages: Path) -> None:
    account = account_of(homeserver)
    async with (
        people(homeserver, "Ana", "Jo") as (ana, jo),
        housed(homeserver, account, sqlite_store, tmp_path) as house,
        client(packages, jo) as js,
    ):
        room = await ana.makes_room(account.user)
        await js.does("join", room=room)
        await js.does("reads", room=room, words="Hello, I am Folkmoot")
        await ana.says(room, "!propose Meet monthly")
        poll = await votes(js, room, sqlite_store)
        await ana.says(room, "!close P-1")
        await sees_the_end(js, room, poll, jo)
        await js.does("leave", room=room)
        assert not house.aside


@pytest.mark.parametrize("crypto", ["any", "signed"])
async def test_in_an_encrypted_room(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path, packages: Path, crypto: str
) -> None:
    account = account_of(homeserver, encryption=True)
    async with (
        people(homeserver, "Jo") as (jo,),
        housed(homeserver, account, sqlite_store, tmp_path) as house,
        client(packages, jo, crypto) as js,
    ):
        room = await jo.makes_room(account.user, initial_state=[SEALED])
        await js.does("reads", room=room, words="Hello, I am Folkmoot")
        await js.does("say", room=room, text="!propose Meet monthly")
        poll = await votes(js, room, sqlite_store)
        await js.does("say", room=room, text="!close P-1")
        await sees_the_end(js, room, poll, jo)
        said = {one["type"] for one in await jo.events(room) if "state_key" not in one}
        assert said <= {"m.room.encrypted", "m.reaction"}
        assert not house.aside
