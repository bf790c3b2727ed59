"""The one send path: within the budget, and with every no of Telegram's said in our own terms."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from adapters.base import Gone, Later, Moved
from adapters.telegram.budget import Budget
from adapters.telegram.http import Flood

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[object]]

UNREACHED = 5.0
"""Seconds to wait where Telegram could not be reached or failed."""

FORBIDDEN_NOW = 600.0
"""Seconds to wait where the chat lets nobody, or not us, write: that is often undone."""

UNCHANGED = "message is not modified"
GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message to be replied not found",
    "group chat was deactivated",
    "user is deactivated",
)
MUTED = (
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
    "chat_restricted",
    "topic_closed",
    "need administrator rights",
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
        while (seconds := self.budget.wait(chat, edit=edit)) > 0:
            if not patient:
                raise Later(seconds)
            await self.sleep(seconds)
        self.budget.spend(chat)
        try:
            return await call()
        except Flood as flood:
            self.budget.hold(chat, flood.seconds)
            raise Later(flood.seconds) from flood
        except TelegramError as error:
            if UNCHANGED in str(error).lower():
                return None
            raise meant(error) from error


def meant(error: TelegramError) -> Exception:
    """What an error of the library's means for the place it concerns."""
    said = str(error).lower()
    if isinstance(error, ChatMigrated):
        return Moved(str(error.new_chat_id))
    if any(one in said for one in MUTED):
        return Later(FORBIDDEN_NOW)
    if isinstance(error, Forbidden) or any(one in said for one in GONE):
        return Gone(said)
    if isinstance(error, BadRequest):
        return error
    return Later(UNREACHED)
