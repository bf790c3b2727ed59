"""The console's two platforms on a stage: written conversations, and the terminal with a pipe for a keyboard."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from adapters.base import File, Place
from adapters.console.scripted import Scripted, Shown
from adapters.console.terminal import Terminal
from tests.adapters.stage import Hearing, Stage, Ways
from tests.house import START


class OnPaper(Stage):
    """All on one page; nobody acts, for whoever plays the conversation hands it in."""

    ways = Ways(redelivers=False)
    room, person, name = Place(chat="general"), Place(user="ana"), "ana"

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[Shown] = []
        self._start()

    def seen(self, place: Place) -> str:
        return "\n".join(one.text for one in self._shown if one.where == (place.chat or place.user))

    async def restart(self) -> None:
        self._start()

    async def end(self) -> None:
        await self.running

    def _start(self) -> None:
        self.platform = Scripted("matrix", self._shown.append, lambda: START)
        self.running = asyncio.create_task(self.platform.run(self.handle))


class AtTheTerminal(Hearing):
    """One screen for all, so that nothing is apart."""

    ways = Ways(apart=False, redelivers=False)
    room, person, name = Place(chat="terminal"), Place(user="ana"), "Ana"

    def __init__(self, folder: Path, output: pytest.CaptureFixture[str]) -> None:
        super().__init__()
        self._folder = folder
        self._output = output
        self._screen = ""
        self._settled = asyncio.Event()
        self._start()

    def seen(self, place: Place) -> str:
        self._screen += self._output.readouterr().out
        return self._screen

    async def says(self, text: str) -> None:
        self._settled.clear()
        os.write(self._keyboard, f"{text}\n".encode())
        await asyncio.wait_for(self._settled.wait(), 10)

    async def whispers(self, text: str) -> None:
        await self.says(f"/bot {text}")

    async def presses(self, message: str, press: str) -> None:
        await self.says(f"[{press}]")

    def handed(self, place: Place, file: File) -> int:
        return self.seen(place).count("\n".join(f"  {one}" for one in (file.name, *file.text.split("\n"))))

    async def again(self) -> None:
        """A line is read once."""

    async def restart(self) -> None:
        await self.end()
        self._start()

    async def end(self) -> None:
        """A second time, nothing more happens."""
        if not self.running.done():
            os.close(self._keyboard)
            await self.running
            os.close(self._stdin)

    def _start(self) -> None:
        self._stdin, self._keyboard = os.pipe()
        self.platform = Terminal(
            who=self.name,
            greeting="",
            say=lambda key, *args: key,
            commands=(),
            history=self._folder / "history",
            settled=self._settle,
            stdin=self._stdin,
        )
        self.running = asyncio.create_task(self.platform.run(self.handle))

    async def _settle(self) -> None:
        self._settled.set()


@asynccontextmanager
async def scripted(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    stage = OnPaper()
    yield stage
    await stage.end()


@asynccontextmanager
async def terminal(request: pytest.FixtureRequest) -> AsyncIterator[Hearing]:
    stage = AtTheTerminal(request.getfixturevalue("tmp_path"), request.getfixturevalue("capsys"))
    yield stage
    await stage.end()
