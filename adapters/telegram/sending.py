"""The one send path: within the budget, and with every no of Telegram's said in our own terms."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from telegram import LinkPreviewOptions, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError

from adapters.base import Gone, Later, Moved
from adapters.telegram.budget import Budget
from adapters.telegram.http import Flood
from adapters.trying import Sleep

T = TypeVar("T")

UNREACHED = 5.0
"""Seconds to wait where Telegram could not be reached or failed."""

TRIES = 3
"""How often what nobody else would try again is tried."""

AGAIN = 1.0
"""Seconds between two tries."""

FORBIDDEN_NOW = 600.0
"""Seconds to wait where the chat lets nobody, or not us, write: that is often undone."""

PLAIN = LinkPreviewOptions(is_disabled=True)

UNCHANGED = re.compile("message is not modified", re.IGNORECASE)
GONE = re.compile(
    "chat not found|user not found|peer_id_invalid|message to edit not found|message can't be edited|message_id_invalid"
    "|message to be replied not found|group chat was deactivated|user is deactivated",
    re.IGNORECASE,
)
MUTED = re.compile(
    "not enough rights|have no rights|chat_write_forbidden|chat_restricted|topic_closed|need administrator rights",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Makes calls that count. `patient` ones wait for their turn; the others are told to come Later."""

    budget: Budget
    sleep: Sleep = asyncio.sleep

    async def counted(
        self, chat: str, call: Callable[[], Awaitable[T]], *, edit: bool = False, patient: bool = False
    ) -> T | None:
        """Make a call that sends to, or edits in, a chat; None: there was nothing to change.

        Raises Gone, Later or Moved.
        """
        for left in reversed(range(TRIES if patient else 1)):
            await self._turn(chat, edit, patient)
            try:
                return await self._called(call)
            except Flood as flood:
                self.budget.hold(chat, flood.seconds)
                if not left:
                    raise Later(flood.seconds) from flood
        return None

    async def free(self, call: Callable[[], Awaitable[object]]) -> None:
        """Make a call that counts nowhere, and may be made again: the answer to a press, a sign on a message."""
        for left in reversed(range(TRIES)):
            try:
                await call()
                return
            except BadRequest:
                raise
            except (Flood, NetworkError) as error:
                if not left:
                    raise
                await self.sleep(error.seconds if isinstance(error, Flood) else AGAIN)

    async def _turn(self, chat: str, edit: bool, patient: bool) -> None:
        while (seconds := self.budget.wait(chat, edit=edit)) > 0:
            if not patient:
                raise Later(seconds)
            await self.sleep(seconds)
        self.budget.spend(chat)

    async def _called(self, call: Callable[[], Awaitable[T]]) -> T | None:
        try:
            return await call()
        except Flood:
            raise
        except TelegramError as error:
            if UNCHANGED.search(str(error)):
                return None
            raise meant(error) from error


def replying(message: str) -> ReplyParameters | None:
    """In answer to a message, as long as it is there; empty: to none."""
    return ReplyParameters(int(message), allow_sending_without_reply=True) if message else None


def meant(error: TelegramError) -> Exception:
    """What an error of the library's means for the place it concerns."""
    said = str(error)
    if isinstance(error, ChatMigrated):
        return Moved(str(error.new_chat_id))
    if MUTED.search(said):
        return Later(FORBIDDEN_NOW)
    if isinstance(error, Forbidden) or GONE.search(said):
        return Gone(said)
    if isinstance(error, BadRequest):
        return error
    return Later(UNREACHED)
