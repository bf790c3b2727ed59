"""Running: the process from its start to an orderly stop - the store, the door in, the way out, the alarm, the platforms."""

import asyncio
import getpass
import signal
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import click
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from adapters.base import Answer, Handle, Platform, Request
from bot import erasing, pulse, retention
from bot.app import App, new_salt
from bot.clock import Alarm, Clock, SystemClock
from bot.commands import COMMANDS
from bot.feeds import Feeds
from bot.limits import MOST
from bot.platforms import named, platforms
from bot.publisher import Publisher
from bot.reader import Reader
from bot.serving import web
from bot.telling import REFUSED, WRONG, Failure, listed, log_to_stderr, say, settings
from storage import erased, state
from storage.store import Store

PATIENCE = 10.0
"""Seconds that an orderly stop waits for what is on its way out; what is not sent then is sent at the next start."""


class Beside(Protocol):
    """What runs beside the platforms and takes in requests too, but posts nothing."""

    def run(self, handle: Handle) -> Coroutine[Any, Any, None]: ...


class Process:
    """Everything that runs, wired together. Platforms are made when `settled` can already be handed to them."""

    def __init__(self, store: Store, clock: Clock, make: Callable[["Process"], Sequence[Platform]]) -> None:
        self._store = store
        self._clock = clock
        usual = Reader(settings().language, settings().zone)
        self.app = App(store, clock, usual=usual, limits=MOST if settings().limits else None)
        self._platforms = make(self)
        self.publisher = Publisher(store, clock, self._platforms, usual)
        self.alarm = Alarm(self.app, clock)
        self.feeds = Feeds(store, clock, changed=self.publisher.wake)
        self.app.after_commit += [self.publisher.wake, self.alarm.aim]
        self.beside: Sequence[Beside] = ()
        self._spoken = False

    async def handle(self, request: Request) -> Answer:
        """The door in, as platforms are given it."""
        if not self._spoken:
            with suppress(SQLAlchemyError):  # the request meets the same trouble, and says so
                self._people_speak()  # not in a thread: requests are carried out in the order they come in
                self._spoken = True
        return await self.app.handle(request)

    async def settled(self) -> None:
        """Wait until all that has happened is shown."""
        await self.publisher.settle()

    async def run(self) -> None:
        """Run until every platform has ended, one has failed, or we are asked to stop; then stop in order."""
        self.alarm.start()
        publishing = asyncio.create_task(self.publisher.run())
        tidying = asyncio.create_task(self._tidy())
        feeding = asyncio.create_task(self.feeds.run())
        beating = asyncio.create_task(pulse.beating(settings().data, self._platforms, self._clock))
        try:
            await _until_stopped(
                [one.run(self.handle) for one in self._platforms], [one.run(self.handle) for one in self.beside]
            )
        finally:
            await self.alarm.stop()
            await self.app.close()
            await self._send_the_rest()
            await _cancelled(publishing, tidying, beating, feeding)

    async def _send_the_rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self.publisher.settle()

    async def _tidy(self) -> None:
        running = [one.name for one in self._platforms]
        while True:
            await asyncio.to_thread(retention.forget, settings().data, self._clock.now(), running)
            with suppress(SQLAlchemyError):  # it is tried again
                await asyncio.to_thread(self.app.forget_requests)
            await asyncio.sleep(retention.EVERY.total_seconds())

    def _people_speak(self) -> None:
        with self._store.unit_of_work() as work:
            state.belongs_to_people(work)


# -- starting ---------------------------------------------------------------------------------------------------------


@contextmanager
def opened(*, make: bool = True) -> Iterator[Store]:
    """The database of the settings, up to date, and without those who were forgotten. Without `make`, a command that
    only looks changes neither: raises Failure where there is no database yet, or an older one."""
    log_to_stderr()
    if not make and not settings().database_url and not settings().data.is_dir():
        raise Failure(REFUSED, "no-database", str(settings().data))
    try:
        store = Store(settings().url(), settings().data / erased.NAME)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as wrong:
        raise Failure(WRONG, "bad-database-url") from wrong
    try:
        _check_version(store, make)
        if make:
            store.migrate()
            erasing.forget_again(store, SystemClock().now(), new_salt)
        elif _brought_back(store):
            raise Failure(REFUSED, "forget-first")
        yield store
    finally:
        store.close()


def run_all() -> None:
    """Run every platform that the settings name; with none, the terminal room."""
    found = named(settings())
    if not found:
        terminal_room("", f"{say('run')}\n\n{say('terminal')}", served=True)
        return
    with opened() as store:
        asyncio.run(_all(store, found))


async def _all(store: Store, found: Sequence[str]) -> None:
    process = Process(store, SystemClock(), lambda process: platforms(settings(), process.app))
    process.beside = web(settings(), process.app)
    click.echo(say("running", listed(list(found))))
    await process.run()


def terminal_room(who: str, greeting: str, *, served: bool = False) -> None:
    """Run the terminal room, and nothing else but the web page if it is `served`, until it ends."""
    with opened() as store:
        asyncio.run(_terminal_room(store, who, greeting, served=served))


async def _terminal_room(store: Store, who: str, greeting: str, *, served: bool) -> None:
    from adapters.console.terminal import Terminal  # only where it runs, as every platform

    def terminals(process: Process) -> Sequence[Platform]:
        words = [f"{mark}{command.word}" for command in COMMANDS for mark in "!/"]
        return [
            Terminal(
                who=who or settings().name or _account(),
                greeting=greeting,
                say=say,
                commands=words,
                history=_history(),
                settled=process.settled,
            )
        ]

    process = Process(store, SystemClock(), terminals)
    process.beside = web(settings(), process.app) if served else ()
    await process.run()


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # in a container, whoever runs us may have no account
        return say("you")


def _history() -> Path:
    settings().data.mkdir(parents=True, exist_ok=True)
    return settings().data / retention.HISTORY


def _check_version(store: Store, make: bool) -> None:
    file = store.engine.url.database
    if not make and store.engine.dialect.name == "sqlite" and file and not Path(file).exists():
        raise Failure(REFUSED, "no-database", file)
    with store.reading() as work:
        found, known = state.revision(work.connection), state.versions(work.connection)
        newest = state.newest(work.connection)
    if found is not None and found not in known:
        raise Failure(REFUSED, "later-version")
    if found is None and not make:
        raise Failure(REFUSED, "no-database", store.engine.url.render_as_string(hide_password=True))
    if found != newest and not make:
        raise Failure(REFUSED, "earlier-version")


def _brought_back(store: Store) -> bool:
    """Whether somebody who was forgotten is here again, as in an older copy."""
    known = erased.read(store.erased)
    with store.reading() as work:
        return bool(erasing.returned(work, known))


# -- stopping ---------------------------------------------------------------------------------------------------------


async def _until_stopped(
    platforms: Sequence[Coroutine[Any, Any, None]], beside: Sequence[Coroutine[Any, Any, None]]
) -> None:
    """Run them until all platforms have ended or a signal asks us to stop. The first failure stops the others too."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, asked.set)
    stopping = asyncio.create_task(asked.wait())
    running: set[asyncio.Task[Any]] = {asyncio.create_task(one) for one in platforms}
    others: set[asyncio.Task[Any]] = {asyncio.create_task(one) for one in beside}
    try:
        while running and not stopping.done():
            ended, _ = await asyncio.wait({*running, *others, stopping}, return_when=asyncio.FIRST_COMPLETED)
            running, others = running - ended, others - ended
            for one in ended:
                one.result()
    finally:
        await _cancelled(*running, *others, stopping)


async def _cancelled(*tasks: asyncio.Task[Any]) -> None:
    for one in tasks:
        one.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
