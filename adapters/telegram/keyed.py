"""Calls with buttons: made again without those that lead to people, where these do not let others be led to them."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from telegram import InlineKeyboardMarkup
from telegram.error import BadRequest

from adapters.base import Rows
from adapters.telegram.links import Links
from adapters.telegram.sending import Sender

HIDDEN = re.compile("BUTTON_USER_")
"""What is said to a button that leads to somebody who does not let others be led to them."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Keyed:
    """Sends and edits what has buttons under it."""

    sender: Sender
    links: Links

    async def call(
        self,
        chat: str,
        rows: Rows,
        make: Callable[[InlineKeyboardMarkup | None], Awaitable[T]],
        *,
        edit: bool = False,
        patient: bool = False,
    ) -> T | None:
        """Make a call with the buttons; without those that lead to people, where these do not let others be led to them."""
        try:
            keys = self.links.keyboard(rows, chat)
            return await self.sender.counted(chat, lambda: make(keys), edit=edit, patient=patient)
        except BadRequest as no:
            if not HIDDEN.search(str(no)):
                raise
        fewer = self.links.keyboard(rows, chat, people=False)
        return await self.sender.counted(chat, lambda: make(fewer), edit=edit, patient=patient)
