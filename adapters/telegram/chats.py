"""What we know of chats and people from Telegram itself, and for how long we trust it."""

import asyncio
from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog
from telegram import Bot, ChatMember
from telegram.error import TelegramError

log = structlog.get_logger()
K = TypeVar("K")
T = TypeVar("T")

FRESH = 600.0
"""Seconds for which a chat's administrators are taken as last seen."""

IN = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)

MOST = 10_000
"""Chats and people remembered; then it begins anew, for all of it can be asked again."""


class Chats:
    """Administrators, members, numbers of people, and who can be written to."""

    def __init__(self, bot: Bot, now: Callable[[], float]) -> None:
        self._bot = bot
        self._now = now
        self._admins: dict[str, tuple[float, frozenset[str]]] = {}
        self.reachable: dict[str, bool] = {}
        self._here: dict[tuple[str, str], float] = {}
        self._pins: dict[str, float] = {}
        self._bots: dict[str, set[str]] = {}
        self.polls: dict[str, tuple[str, int]] = {}
        """Poll of Telegram's own -> its chat and message."""

    async def is_admin(self, chat: str, user: str) -> bool:
        """Whether a person administers a chat."""
        return user in await self._admins_of(chat)

    async def _admins_of(self, chat: str) -> frozenset[str]:
        known = self._admins.get(chat)
        if known is None or self._now() - known[0] > FRESH:
            admins = await self._ask_admins(chat)
            if admins is None:
                return known[1] if known is not None else frozenset()
            _remember(self._admins, chat, known := (self._now(), admins))
        return known[1]

    async def size(self, chat: str) -> int | None:
        """How many people are in a chat: ourselves left out, and the bots that we know of. None: Telegram does not say."""
        await self._admins_of(chat)  # bots among them become known
        try:
            everybody = await self._bot.get_chat_member_count(int(chat))
        except TelegramError as error:
            log.info("telegram does not say how many are in a chat", chat=chat, why=str(error))
            return None
        bots = [one for one in self._bots.get(chat, ()) if await self.is_here(chat, one)]  # one may leave unseen
        return max(0, everybody - 1 - len(bots))

    def bots(self, chat: str, came: Iterable[str], gone: Iterable[str] = ()) -> None:
        """Other bots are in a chat, or no longer. They are nobody's voice, and are not counted."""
        known = (self._bots.get(chat, set()) | {one for one in came if one != str(self._bot.id)}) - set(gone)
        if known or chat in self._bots:
            _remember(self._bots, chat, known)

    def asked_in(self, poll: str, chat: str, message: int) -> None:
        """A poll of Telegram's own is in this chat."""
        _remember(self.polls, poll, (chat, message))

    def forget(self, chat: str) -> None:
        """Its administrators may have changed."""
        self._admins.pop(chat, None)
        self._pins.pop(chat, None)
        self._here = {place: at for place, at in self._here.items() if place[0] != chat}

    def met(self, user: str, *, reachable: bool) -> None:
        """A person has opened the private chat with us, or closed it."""
        _remember(self.reachable, user, reachable)

    async def is_here(self, chat: str, user: str) -> bool:
        """Whether a person is in a chat. Anybody can look into a public group, and press what they see there; where
        Telegram does not say, whoever acts there is taken to be there."""
        return await self._asked_for(chat, user, otherwise=True)

    async def is_surely_here(self, chat: str, user: str) -> bool:
        """Whether Telegram says that a person is in a chat."""
        return await self._asked_for(chat, user, otherwise=False)

    async def _asked_for(self, chat: str, user: str, *, otherwise: bool) -> bool:
        if self._now() - self._here.get((chat, user), -FRESH) < FRESH:
            return True
        try:
            member = await self._bot.get_chat_member(int(chat), int(user))
        except TelegramError as error:
            log.info("telegram does not say who is in a chat", chat=chat, why=str(error))
            return otherwise and "not found" not in str(error).lower()
        here = inside(member)
        if here:
            _remember(self._here, (chat, user), self._now())
        return here

    def may_pin(self, chat: str) -> bool:
        """Whether pinning is worth trying."""
        return self._now() - self._pins.get(chat, -FRESH) >= FRESH

    def cannot_pin(self, chat: str) -> None:
        """We were not let pin."""
        _remember(self._pins, chat, self._now())

    async def _ask_admins(self, chat: str) -> frozenset[str] | None:
        for _ in range(2):
            try:
                found = await self._bot.get_chat_administrators(int(chat), api_kwargs={"return_bots": True})
            except TelegramError as error:
                log.info("telegram does not say who administers a chat", chat=chat, why=str(error))
                await asyncio.sleep(0)
                continue
            self.bots(chat, (str(one.user.id) for one in found if one.user.is_bot))
            return frozenset(str(one.user.id) for one in found if not one.user.is_bot)
        return None


def _remember(where: dict[K, T], key: K, value: T) -> None:
    if len(where) >= MOST:
        where.clear()
    where[key] = value


def inside(member: ChatMember) -> bool:
    """Whether such a member is in the chat."""
    return member.status in IN or (member.status == ChatMember.RESTRICTED and bool(getattr(member, "is_member", False)))
