"""A server, and two who use it: python-telegram-bot, and requests by hand."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import contextmanager

import pytest
import pytest_asyncio
import telegram
from aiohttp import ClientSession
from telegram.error import TelegramError

from . import Server
from .refused import Wire

Call = Callable[..., Coroutine[None, None, Wire]]


@contextmanager
def refused(error: type[TelegramError], why: str) -> Iterator[None]:
    """python-telegram-bot changes the case of what the server says."""
    with pytest.raises(error) as caught:
        yield
    assert why.casefold() in str(caught.value).casefold()


@pytest_asyncio.fixture
async def server() -> AsyncIterator[Server]:
    async with asyncio.timeout(20), Server() as started:
        yield started


@pytest_asyncio.fixture
async def bot(server: Server) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(server.token, base_url=server.base_url, base_file_url=server.base_file_url) as made:
        yield made


@pytest_asyncio.fixture
async def call(server: Server) -> AsyncIterator[Call]:
    """`await call("sendMessage", chat_id=1, text="x")`: the whole answer."""
    async with ClientSession() as session:

        async def called(method: str, *, token: str = "", **values: object) -> Wire:
            async with session.post(f"{server.url}/bot{token or server.token}/{method}", json=values) as answer:
                read: Wire = await answer.json()
                assert answer.status == read.get("error_code", 200)
                return read

        yield called
