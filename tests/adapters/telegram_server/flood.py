"""Flood limits: how much may be sent, in sliding windows of the server's own time."""

import math
from collections import deque
from dataclasses import dataclass, field

from .chats import Chat
from .refused import too_many

COUNTED = frozenset(
    {
        "sendMessage",
        "sendDocument",
        "sendPoll",
        "stopPoll",
        "editMessageText",
        "editMessageCaption",
        "editMessageReplyMarkup",
    }
)
"""What is limited. Answers to presses, reactions, pins and questions are not."""


@dataclass(slots=True)
class Window:
    """At most so many within so many seconds."""

    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """How long until one more is taken; 0: at once."""
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        return self.times[0] + self.seconds - now if len(self.times) >= self.most else 0


@dataclass(slots=True)
class Flood:
    """Sends and edits together: 20 a minute a group, one a second a chat, 30 a second in all."""

    on: bool = False
    a_group_a_minute: int = 20
    a_chat_a_second: int = 1
    all_a_second: int = 30
    refused: int = 0
    """How often it said 429."""
    _all: Window | None = None
    _chats: dict[int, tuple[Window, ...]] = field(default_factory=dict)

    def take(self, chat: Chat, now: float) -> None:
        """One more message, or 429."""
        if not self.on:
            return
        self._all = self._all or Window(self.all_a_second, 1)
        windows = (self._all, *self._chats.setdefault(chat.id, self._of(chat)))
        wait = max(window.wait(now) for window in windows)
        if wait > 0:
            self.refused += 1
            raise too_many(max(1, math.ceil(wait)))
        for window in windows:
            window.times.append(now)

    def _of(self, chat: Chat) -> tuple[Window, ...]:
        second = Window(self.a_chat_a_second, 1)
        return (second,) if chat.kind == "private" else (second, Window(self.a_group_a_minute, 60))
