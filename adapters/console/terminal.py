"""The terminal room: people who share one keyboard, or a pipe, and see all that the bot posts."""

import asyncio
import os
import re
import shutil
import sys
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Sequence
from concurrent.futures import CancelledError
from contextlib import AbstractContextManager, aclosing, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from adapters.base import Abilities, Card, Handle, Later, Place, Request, gone_on
from adapters.console import drawing

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

NAME, CHAT = "console", "terminal"
OWN = re.compile(r"/(?P<word>as|press|bot|quit)(?:\s+(?P<rest>.*))?", re.DOTALL | re.IGNORECASE)
OWN_WORDS = ("/as", "/press", "/bot", "/quit")
PRESSED = re.compile(r"\[(?P<press>[^\[\]\s]+)\]")
MORE = "\\"
"""At the end of a line: the message goes on."""


class Terminal:
    """One room, one who speaks at a time; `/as NAME` changes who. What people see is the same for all of them."""

    name = NAME
    abilities = Abilities()
    health = None

    def __init__(
        self,
        *,
        who: str,
        greeting: str,
        say: Callable[..., str],
        commands: Sequence[str],
        history: Path,
        settled: Callable[[], Awaitable[None]],
        stdin: int = 0,
    ) -> None:
        """`say(key, ...)` has the terminal's own texts; `settled` waits until all that has happened is posted."""
        self._who = _name(who)
        self._greeting = greeting
        self._say = say
        self._commands = (*commands, *OWN_WORDS)
        self._history = history
        self._settled = settled
        self._stdin = stdin
        self._shown: dict[str, Card] = {}
        self._people = {self._who.casefold(): self._who}
        self._interactive = os.isatty(stdin) and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"

    async def run(self, handle: Handle) -> None:
        """Take in messages until the input ends or somebody quits; by then everything is shown."""
        with self._around_the_prompt():
            self._show(drawing.plain(self._greeting, self._look()))
            async with aclosing(self._typed() if self._interactive else self._piped()) as messages:
                async for message in messages:
                    if not await self._one(message.strip(), handle):
                        break
                    await self._settled()

    async def send(self, place: Place, card: Card, *, key: str, reply_to: str = "") -> str:
        """Show a card in full."""
        if key not in self._shown:
            self._draw(place, card)
        self._shown[key] = card
        return key

    async def edit(self, place: Place, message: str, card: Card) -> None:
        """Show what is new on a card, so that the screen isn't flooded; in full where it was shown before our start."""
        before = self._shown.get(message)
        if before is None or place.user:
            self._draw(place, card)
        else:
            self._post(drawing.changed(before, card, self._look()))
        self._shown[message] = card

    # -- what people do -----------------------------------------------------------------------------------------------

    async def _one(self, message: str, handle: Handle) -> bool:
        """Carry out one message; False: it was the last."""
        own, pressed = OWN.fullmatch(message), PRESSED.fullmatch(message)
        word, rest = (own["word"].lower(), (own["rest"] or "").strip()) if own else ("", message)
        if word == "quit":
            return False
        if word == "as":
            self._change_speaker(rest)
        elif word and not rest:
            self._show([self._say(f"terminal-{word}-how")])
        elif pressed or word == "press":
            await self._ask(handle, press=pressed["press"] if pressed else rest.strip("[]"))
        elif message:
            await self._ask(handle, text=rest, private=word == "bot")
        return True

    async def _ask(self, handle: Handle, *, text: str = "", press: str = "", private: bool = False) -> None:
        request = Request(
            key=uuid4().hex,
            platform=NAME,
            chat="" if private else CHAT,
            user=self._who.casefold(),
            name=self._who,
            text=text,
            press=press,
            private=private,
        )
        answer = await handle(request)
        self._show(drawing.alone(answer, self._look()))
        if answer.known:
            await handle(gone_on(request, answer.known))

    def _change_speaker(self, name: str) -> None:
        name = _name(name)
        if not name:
            self._show([self._say("terminal-as-how")])
            return
        self._who = self._people.setdefault(name.casefold(), name)
        self._show([self._say("terminal-as", self._who)])

    # -- where it comes from ------------------------------------------------------------------------------------------

    async def _typed(self) -> AsyncGenerator[str, None]:
        session = self._session()
        try:
            with session.app.input.raw_mode():  # what is typed between two prompts is neither echoed nor lost
                while True:
                    message = await session.prompt_async(f"{self._who}> ", handle_sigint=False)
                    while message.endswith(MORE):
                        message = f"{message[:-1]}\n{await session.prompt_async('… ', handle_sigint=False)}"
                    yield message
        except (EOFError, KeyboardInterrupt):
            return

    async def _piped(self) -> AsyncGenerator[str, None]:
        message = ""
        async for line in _lines(self._stdin):
            message += line
            if message.endswith(MORE):
                message = f"{message[:-1]}\n"
                continue
            yield message
            message = ""
        if message:
            yield message

    def _session(self) -> "PromptSession[str]":
        from prompt_toolkit import PromptSession
        from prompt_toolkit.completion import WordCompleter
        from prompt_toolkit.history import FileHistory
        from prompt_toolkit.shortcuts import CompleteStyle

        return PromptSession(
            history=FileHistory(str(self._history)),
            completer=WordCompleter(list(self._commands), sentence=True),
            complete_while_typing=False,
            complete_style=CompleteStyle.READLINE_LIKE,
        )

    # -- what is seen -------------------------------------------------------------------------------------------------

    def _around_the_prompt(self) -> AbstractContextManager[None]:
        """While a prompt is shown, what is printed appears above it."""
        if not self._interactive:
            return nullcontext()
        from prompt_toolkit.patch_stdout import patch_stdout

        return patch_stdout(raw=True)

    def _draw(self, place: Place, card: Card) -> None:
        if place.user:
            name = self._people.get(place.user, place.user)
            self._post(drawing.letter(name, card, self._look()))
        else:
            self._post(drawing.whole(card, self._look()))

    def _post(self, lines: Iterable[str]) -> None:
        try:
            self._show(lines)
        except BrokenPipeError as gone:  # nobody has read it: the next terminal shows it
            raise Later(1) from gone

    def _look(self) -> drawing.Look:
        if not self._interactive:
            return drawing.Look()
        return drawing.Look("NO_COLOR" not in os.environ, shutil.get_terminal_size().columns)

    def _show(self, lines: Iterable[str]) -> None:
        for line in lines:
            print(line, flush=True)


def _name(given: str) -> str:
    return " ".join(drawing.clean(given).split())[:64]


async def _lines(file: int) -> AsyncIterator[str]:
    """Lines as they come in, read in a thread of its own: a pipe that stays silent must not keep us from stopping."""
    loop = asyncio.get_running_loop()
    waiting: asyncio.Queue[str | None] = asyncio.Queue(maxsize=100)

    def put(line: str | None) -> None:
        putting = waiting.put(line)
        try:
            asyncio.run_coroutine_threadsafe(putting, loop).result()
        except RuntimeError:
            putting.close()
            raise

    def read() -> None:
        rest = b""
        with suppress(RuntimeError, CancelledError):  # the loop has ended before the input
            while chunk := _chunk(file):
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    put(_decoded(line))
            if rest:
                put(_decoded(rest))
            put(None)

    threading.Thread(target=read, name="stdin", daemon=True).start()
    while (line := await waiting.get()) is not None:
        yield line


def _chunk(file: int) -> bytes:
    """What there is to read, straight from the descriptor: a thread that waits inside sys.stdin would hold its lock
    when Python ends. What can't be read is at its end."""
    try:
        return os.read(file, 65_536)
    except OSError:
        return b""


def _decoded(line: bytes) -> str:
    return line.decode("utf-8", errors="replace").removesuffix("\r")
