"""The process that test_killed starts and kills: an App and a Publisher over a database, and rooms that are a file.

Requests come in by standard input, one JSON object a line; `settle` waits for everything before it. Standard output says
what is acknowledged and what was sent, in the moment it is.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from adapters.base import Abilities, Card, Handle, Place, Request
from bot.app import App
from bot.clock import SystemClock
from bot.publisher import Publisher
from storage.store import Store

ONCE, TWICE = "matrix", "telegram"
"""A platform on which the same key again posts nothing, and one on which it posts the message once more."""


def tell(**what: object) -> None:
    """One line to whoever started us."""
    print(json.dumps(what), flush=True)


class ChatFile:
    """What people see in the rooms of a platform: a line a message or edit, there for good once it is written."""

    abilities = Abilities()
    health = None

    def __init__(self, name: str, file: Path) -> None:
        self.name = name
        _cut_to_whole_lines(file)
        self._out = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._known = {one["key"]: one["message"] for one in written(file) if one["platform"] == name and one["key"]}
        self._next = sum(1 for _ in written(file))

    async def run(self, handle: Handle) -> None:
        """Nothing comes in by itself."""

    async def send(self, place: Place, card: Card, *, key: str, reply_to: str = "") -> str:
        if self.name == ONCE and key in self._known:
            return str(self._known[key])
        self._next += 1
        message = self._known[key] = f"{self.name}-{self._next}"
        self._write(place, card, message, key)
        return message

    async def edit(self, place: Place, message: str, card: Card) -> None:
        self._write(place, card, message, "")

    def _write(self, place: Place, card: Card, message: str, key: str) -> None:
        line = {"platform": self.name, "room": place.chat, "message": message, "key": key, "text": card.text}
        os.write(self._out, json.dumps(line).encode() + b"\n")
        tell(sent=message)


def written(file: Path) -> list[dict[str, Any]]:
    """Every whole line of a chat file; a message has a key, an edit has none."""
    return [json.loads(line) for line in _whole(file).splitlines()]


def _whole(file: Path) -> bytes:
    """What was written to its end. A kill in the middle of a write cuts a line off where a page of the file ends; nobody
    saw that message."""
    raw = file.read_bytes() if file.exists() else b""
    return raw[: raw.rfind(b"\n") + 1]


def _cut_to_whole_lines(file: Path) -> None:
    if file.exists():
        os.truncate(file, len(_whole(file)))


async def serve(url: str, chat: Path) -> None:
    """Take requests until there are no more."""
    store, clock = Store(url), SystemClock()
    app = App(store, clock, limits=None)
    publisher = Publisher(store, clock, [ChatFile(name, chat) for name in (ONCE, TWICE)])
    app.after_commit.append(publisher.wake)
    publishing = asyncio.create_task(publisher.run())
    tell(ready=True)
    asked: list[asyncio.Task[None]] = []
    async for line in await _lines():
        if line.strip() == b"settle":
            await asyncio.gather(*asked)
            await publisher.settle()
            tell(settled=True)
        else:
            asked.append(asyncio.create_task(_carry_out(app, Request(**json.loads(line)))))
    await asyncio.gather(*asked)
    await app.close()
    await publisher.settle()
    publishing.cancel()


async def _carry_out(app: App, request: Request) -> None:
    answer = await app.handle(request)
    tell(key=request.key, verdict=answer.verdict)


async def _lines() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], Path(sys.argv[2])))
