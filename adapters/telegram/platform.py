"""Telegram as one of the bot's networks: starts, takes in, sends, edits."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from hmac import digest

import structlog
from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from adapters.base import Abilities, Card, Found, Handle, Later, Look, Place, Say, Search
from adapters.health import Health, Pulse, State
from adapters.refusing import Seldom
from adapters.telegram.budget import Budget, Limits
from adapters.telegram.cards import Cards
from adapters.telegram.chats import Chats
from adapters.telegram.finding import Finding
from adapters.telegram.heard import NAME, Me
from adapters.telegram.hearing import Hearing
from adapters.telegram.http import Http
from adapters.telegram.intake import Intake, SetAside
from adapters.telegram.keyed import Keyed
from adapters.telegram.links import Allowed, Links
from adapters.telegram.marks import Marks
from adapters.telegram.polling import Polling
from adapters.telegram.sending import UNREACHED, Sender
from adapters.telegram.showing import Showing
from adapters.telegram.webhook import Webhook
from adapters.trying import Sleep

log = structlog.get_logger()

Menu = Mapping[tuple[str, str], Sequence[tuple[str, str]]]
"""(scope, language) -> the commands to offer, each with its description. Scopes are `private`, `group` and `admin`; the
empty language is for all others."""

SCOPES: Mapping[str, BotCommandScope] = {
    "private": BotCommandScopeAllPrivateChats(),
    "group": BotCommandScopeAllGroupChats(),
    "admin": BotCommandScopeAllChatAdministrators(),
}


async def nothing_found(search: Search) -> Sequence[Found]:
    """Where nobody looks."""
    return ()


def never_heard() -> datetime | None:
    """Where nothing was kept."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What the bot hands to the platform."""

    token: str = field(repr=False)
    say: Say
    set_aside: SetAside
    clock: Callable[[], datetime]
    menu: Menu = field(default_factory=dict)
    allowed: Allowed = field(default_factory=Allowed)
    """What a link into the private chat may do for whoever follows it."""
    look: Look = nothing_found
    """Asked in inline mode."""
    last_heard: Callable[[], datetime | None] = never_heard
    """When we last heard from Telegram, as it was kept; called in a thread."""
    webhook: Webhook | None = None
    server: str = "https://api.telegram.org"


class Telegram:
    """One bot account."""

    name = NAME
    abilities = Abilities(native=12, pictures=True)

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
        self._pulse = Pulse(NAME, wiring.clock)
        self._polling = Polling(self._bot, self._polls, self._pulse, sleep)
        self._chats = Chats(self._bot, now)
        marks = Marks(digest(wiring.token.encode(), b"buttons", sha256))
        self._marks = marks
        self._sleep = sleep
        self._links = Links(marks)
        keyed = Keyed(Sender(Budget(now, limits), sleep), self._links)
        self._cards = Cards(self._bot, keyed, self._chats, wiring.say)
        self._showing = Showing(self._bot, keyed, self._chats, self._cards, wiring.say, Seldom(now))
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
        return await self._cards.post(place, card, reply_to)

    async def edit(self, place: Place, message: str, card: Card) -> None:
        self._ready()
        await self._cards.update(place, message, card)

    def _ready(self) -> None:
        if self._me is None:
            raise Later(UNREACHED)

    async def _start(self) -> None:
        await self._bot.initialize()
        me = self._bot.bot
        if self._wiring.webhook is None:
            await self._bot.delete_webhook()
        self._links.name = me.username or ""
        self._me = Me(id=me.id, name=self._links.name, allowed=self._wiring.allowed)

    async def _take_in(self, me: Me, handle: Handle) -> None:
        wiring = self._wiring
        finding = Finding(self._bot, wiring.look, wiring.say)
        intake = Intake(self._bot, me, self._marks, self._chats, self._showing, finding, handle, wiring.set_aside)
        hearing = Hearing(wiring.clock, lambda: asyncio.to_thread(wiring.last_heard), handle)
        offering = asyncio.create_task(self._offer())
        try:
            if wiring.webhook is None:
                await self._polling.run(intake, hearing)
            else:
                await wiring.webhook.run(self._bot, intake, hearing, self._polling.trying, self._sleep)
        finally:
            offering.cancel()
            await intake.close()

    async def _offer(self) -> None:
        """The menus of commands, for each kind of chat and in each language."""
        for (scope, language), commands in self._wiring.menu.items():
            try:
                await self._bot.set_my_commands(list(commands), SCOPES[scope], language_code=language or None)
            except TelegramError as error:
                log.warning("the menu of commands could not be set", language=language, why=str(error))
