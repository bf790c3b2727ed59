"""Updates that Telegram brings: yes only once they are kept, and only to Telegram."""

import asyncio
import socket
from collections.abc import Callable

import aiohttp
import pytest

from adapters.base import Answer, Handle, Request, Verdict
from adapters.telegram.webhook import SECRET, Webhook
from decisions.model import Ballot
from storage.store import Store
from tests.adapters.telegram_house import housed
from tests.adapters.telegram_server import Clock, Server

WORD = "a-secret_word"


async def told(server: Server, condition: Callable[[], object]) -> None:
    async with asyncio.timeout(15):
        await server.until(condition)


@pytest.fixture
def webhook() -> Webhook:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return Webhook(url=f"http://127.0.0.1:{port}/telegram", secret=WORD, port=port)


async def test_a_vote_by_webhook(sqlite_store: Store, webhook: Webhook) -> None:
    async with Server() as server, housed(server, sqlite_store, webhook=webhook):
        ana, ben = server.user("Ana"), server.user("Ben")
        group = server.supergroup("Partnerships", ana, ben, admins=(ana,))
        await told(server, lambda: server.updates.webhook)
        group.says(ana, "/propose Meet monthly")
        await told(server, lambda: group.messages)
        press = ben.presses(group.last, "agree 0")
        await told(server, lambda: press.answered)
        assert press.toast.startswith("Counted on P-1")
        await told(server, lambda: not server.updates.waiting)


async def test_what_could_not_be_kept_comes_again_and_counts_once(sqlite_store: Store, webhook: Webhook) -> None:
    failures = {"/agree": 2, "/disagree": 99}

    def wrapped(handle: Handle) -> Handle:
        async def handling(request: Request) -> Answer:
            word = request.text.split(" ")[0]
            if failures.get(word, 0) > 0:
                failures[word] -= 1
                return Answer(Verdict.FAULT, "Something went wrong on my side (ref 4f2a).")
            return await handle(request)

        return handling

    async with (
        Server(clock=Clock(speed=100)) as server,
        housed(server, sqlite_store, webhook=webhook, wrapped=wrapped),
    ):
        ana, ben = server.user("Ana"), server.user("Ben")
        group = server.supergroup("Partnerships", ana, ben, admins=(ana,))
        await told(server, lambda: server.updates.webhook)
        group.says(ana, "/propose Meet monthly")
        group.says(ben, "/agree P-1")
        group.says(ana, "/disagree P-1")
        group.says(ana, "/close P-1")
        await told(server, lambda: any(one.text.startswith("D-1") for one in group.messages))
        assert len([one for one in group.messages if "ref 4f2a" in one.text]) == 1
        with sqlite_store.reading() as work:
            assert len(work.all(Ballot)) == 1


@pytest.mark.parametrize(
    ("word", "body", "status", "aside"),
    [
        (WORD, b'{"update_id": 1}', 200, 0),
        (WORD, b"{nonsense", 200, 1),
        (WORD, b'{"a":' * 100_000, 200, 1),
        (WORD, b"[1]", 200, 1),
        (WORD, b"7", 200, 1),
        (WORD, b'{"update_id": 1, "x": "' + b"x" * 2**20 + b'"}', 413, 0),
        ("wrong", b'{"update_id": 1}', 403, 0),
        ("", b'{"update_id": 1}', 403, 0),
        ("\udcff", b'{"update_id": 1}', 403, 0),
    ],
)
async def test_the_door(sqlite_store: Store, webhook: Webhook, word: str, body: bytes, status: int, aside: int) -> None:
    async with Server() as server, housed(server, sqlite_store, webhook=webhook) as house:
        await told(server, lambda: server.updates.webhook)
        async with aiohttp.ClientSession() as session:
            async with session.post(webhook.url, data=body, headers={SECRET: word}) as answer:
                assert answer.status == status
            async with session.get(webhook.url) as answer:
                assert answer.status == 405
        assert len(house.aside) == aside
