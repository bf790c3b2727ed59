"""Telegram as one of the bot's networks: starts, takes in, sends, edits."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from hmac import digest

import structlog
from telegram import Bot
from telegram.error import TelegramError

from adapters.base import Abilities, Card, Handle, Later, Place
from adapters.telegram.budget import Budget, Limits
from adapters.telegram.chats import Chats
from adapters.telegram.health import Health, Pulse, State
from adapters.telegram.heard import NAME, Me
from adapters.telegram.http import Http
from adapters.telegram.intake import Intake, SetAside
from adapters.telegram.marks import Marks
from adapters.telegram.polling import Polling
from adapters.telegram.sending import UNREACHED, Sender, Sleep
from adapters.telegram.showing import Say, Showing
from adapters.telegram.webhook import Webhook

log = structlog.get_logger()

Menu = Mapping[str, Sequence[tuple[str, str]]]
"""Language -> the commands to offer, each with its description; the empty language is for all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What the bot hands to the platform."""

    token: str = field(repr=False)
    say: Say
    set_aside: SetAside
    clock: Callable[[], datetime]
    menu: Menu = field(default_factory=dict)
    links: Set[str] = frozenset()
    """The words that a deep link may say for whoever follows it."""
    webhook: Webhook | None = None
    server: str = "https://api.telegram.org"


class Telegram:
    """One bot account."""

    name = NAME
    abilities = Abilities()

    def __init__(
        self,
        wiring: Wiring,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        limits: Limits | None = None,
    ) -> None:
        self._wiring = wiring
        self._http, self._polls = Http(), Http(connections=2)
        self._bot = Bot(
            wiring.token, base_url=f"{wiring.server}/bot", request=self._http, get_updates_request=self._polls
        )
        self._pulse = Pulse(wiring.clock)
        self._polling = Polling(self._bot, self._polls, self._pulse, sleep)
        self._chats = Chats(self._bot, now)
        marks = Marks(digest(wiring.token.encode(), b"buttons", sha256))
        self._marks = marks
        self._showing = Showing(self._bot, Sender(Budget(now, limits), sleep), self._chats, marks, wiring.say)
        self._me: Me | None = None

    @property
    def health(self) -> Health:
        """How the line to Telegram is."""
        return self._pulse.health

    async def run(self, handle: Handle) -> None:
        """Take in updates until cancelled. Telegram may be down at first."""
        try:
            while not await self._polling.trying(self._start):
                pass
            if self._me is not None:
                await self._take_in(self._me, handle)
        finally:
            self._pulse.is_(State.STOPPED)
            await asyncio.gather(self._http.shutdown(), self._polls.shutdown())

    async def send(self, place: Place, card: Card, *, key: str, reply_to: str = "") -> str:
        self._ready()
        return await self._showing.post(place, card, reply_to)

    async def edit(self, place: Place, message: str, card: Card) -> None:
        self._ready()
        await self._showing.update(place, message, card)

    def _ready(self) -> None:
        if self._me is None:
            raise Later(UNREACHED)

    async def _start(self) -> None:
        await self._bot.initialize()
        me = self._bot.bot
        if self._wiring.webhook is None:
            await self._bot.delete_webhook()
        self._me = Me(id=me.id, name=me.username or "", links=self._wiring.links)

    async def _take_in(self, me: Me, handle: Handle) -> None:
        intake = Intake(self._bot, me, self._marks, self._chats, self._showing, handle, self._wiring.set_aside)
        offering = asyncio.create_task(self._offer())
        try:
            if self._wiring.webhook is None:
                await self._polling.run(intake)
            else:
                await self._wiring.webhook.run(self._bot, intake, self._pulse, self._polling.trying)
        finally:
            offering.cancel()
            await intake.close()

    async def _offer(self) -> None:
        """The menu of commands, in each language."""
        for language, commands in self._wiring.menu.items():
            try:
                await self._bot.set_my_commands(list(commands), language_code=language or None)
            except TelegramError as error:
                log.warning("the menu of commands could not be set", language=language, why=str(error))
