"""Serving: the key that seals links, the address to which they lead, and a server that is really there."""

import asyncio
import os
import socket
import stat
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot import links, serving, telling
from bot.app import App
from bot.clock import SetClock
from bot.config import Settings
from bot.doctor import examined
from bot.telling import Failure
from storage.store import Store
from tests.adapters.telegram_server import Server
from tests.house import START

ADDRESS = "https://moot.example.org"
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def without_links() -> Iterator[None]:
    yield
    links.configure(None)


def settings(folder: Path, **more: Any) -> Settings:
    return Settings(_env_file=None, data=folder, **{"web_url": ADDRESS, **more})


def test_a_key_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = serving.made(settings(folder))
    assert first is not None
    assert first == serving.made(settings(folder))
    assert len(first.key) == 32
    assert [one.name for one in folder.iterdir()] == ["key"]
    assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600
    assert first.key.hex() not in repr(first)


async def test_of_many_that_begin_at_once_all_have_the_same_key(tmp_path: Path) -> None:
    keys = await asyncio.gather(*(asyncio.to_thread(links.kept_key, tmp_path) for _ in range(20)))
    assert len(set(keys)) == 1
    assert [one.name for one in await asyncio.to_thread(lambda: list(tmp_path.iterdir()))] == ["key"]


def test_a_key_can_be_given(tmp_path: Path) -> None:
    word = "x" * 32
    given = serving.made(settings(tmp_path, web_key=word))
    assert given == serving.made(settings(tmp_path / "other", web_key=word))
    assert not (tmp_path / "key").exists()
    assert word not in repr(settings(tmp_path, web_key=word))
    with pytest.raises(Failure, match="web-key"):
        serving.made(settings(tmp_path, web_key="x" * 31))
    (tmp_path / "key").write_bytes(b"short")
    with pytest.raises(Failure, match="web-key-file"):
        serving.made(settings(tmp_path))


@pytest.mark.parametrize("given", ["https://moot.example.org/", "http://localhost:8080", "https://example.org/moot"])
def test_an_address_may_be(tmp_path: Path, given: str) -> None:
    assert serving.address(settings(tmp_path, web_url=given)) == given.rstrip("/")


@pytest.mark.parametrize(
    "given",
    ["moot.example.org", "ftp://example.org", "https://", "https://a b", "https://x/?y=1", "https://x/#y", "javascript:1",
     "https://user@x", "https://x:port", "https://[::1"],
)  # fmt: skip
def test_an_address_that_nobody_could_follow_is_refused_at_the_start(tmp_path: Path, given: str) -> None:
    with pytest.raises(Failure, match="web-url"):
        serving.made(settings(tmp_path, web_url=given))


def test_without_an_address_nothing_is_served_and_nothing_made(tmp_path: Path, sqlite_store: Store) -> None:
    assert serving.web(settings(tmp_path, web_url=""), App(sqlite_store, SetClock(START))) == []
    assert list(tmp_path.iterdir()) == []


async def answers_soon(known: Settings) -> bool:
    """Asked again and again, until it is there or has had time enough."""
    for _ in range(1000):
        if await asyncio.to_thread(serving.answers, known):
            return True
    return False


async def test_it_is_served_and_ends_when_it_is_told_to(
    tmp_path: Path, sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = settings(tmp_path, web_port=free_port())
    app = App(sqlite_store, SetClock(START))
    (server,) = serving.web(known, app)
    assert not await asyncio.to_thread(serving.answers, known)
    running = asyncio.create_task(server.run(app.handle))
    assert await answers_soon(known)
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{known.web_port}/m/x") as answer:
        assert answer.status == 403
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert not await asyncio.to_thread(serving.answers, known)
    await app.close()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@asynccontextmanager
async def command(data: Path, port: int, **more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`folkmoot run` with the web on."""
    said = {"DATA": str(data), "WEB_URL": ADDRESS, "WEB_PORT": str(port), **more}
    own = {name: value for name, value in os.environ.items() if not name.startswith("FOLKMOOT_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env=own | {"PYTHONPATH": str(ROOT)} | {f"FOLKMOOT_{name}": value for name, value in said.items()},
        cwd=data.parent,
    )
    try:
        async with asyncio.timeout(90):
            yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def served(known: Settings) -> None:
    while not await asyncio.to_thread(serving.answers, known):
        pass


async def test_run_serves_it_beside_the_terminal_where_no_platform_is_set_and_ends_with_it(tmp_path: Path) -> None:
    known = settings(tmp_path, web_port=free_port())
    async with command(tmp_path / "data", known.web_port) as process:
        await served(known)
        _, error = await process.communicate(b"")
        assert (process.returncode, error) == (0, b"")
    assert not await asyncio.to_thread(serving.answers, known)


async def test_run_serves_it_beside_a_platform_until_it_is_stopped(tmp_path: Path) -> None:
    known = settings(tmp_path, web_port=free_port())
    async with Server() as server:
        telegram = {"TELEGRAM_TOKEN": server.token, "TELEGRAM_SERVER": server.url}
        async with command(tmp_path / "data", known.web_port, **telegram) as process:
            await served(known)
            process.terminate()
            assert await process.wait() == 0
    assert not await asyncio.to_thread(serving.answers, known)


@pytest.mark.parametrize("telegram", [{}, {"TELEGRAM_TOKEN": "1:a", "TELEGRAM_SERVER": "http://127.0.0.1:9"}])
async def test_a_port_that_is_taken_ends_run_with_one_line(tmp_path: Path, telegram: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with command(tmp_path / "data", port, **telegram) as process:
            _, error = await process.communicate()
            assert process.returncode == 1
    last = error.decode().splitlines()[-1]
    assert f"127.0.0.1:{port}" in last
    assert "FOLKMOOT_WEB_PORT" in last
    assert "Traceback" not in error.decode()


@pytest.mark.parametrize(("address", "said"), [("", "FOLKMOOT_WEB_URL"), (ADDRESS, ADDRESS), ("moot", "moot")])
def test_the_doctor_looks_at_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, said: str) -> None:
    monkeypatch.setenv("FOLKMOOT_DATA", str(tmp_path))
    monkeypatch.setenv("FOLKMOOT_WEB_URL", address)
    telling.settings.cache_clear()
    try:
        (line,) = (one for one in examined()[1] if one.partition(": ")[2].startswith("web page"))
    finally:
        telling.settings.cache_clear()
    assert said in line
    assert line.startswith("WRONG") == (address == "moot")
