"""How much may be sent when: Telegram's flood limits, kept on our side before it has to say so."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What Telegram lets a bot send. Sends and edits count together; answers to presses count nowhere."""

    a_second: int = 30
    pause: float = 1.0
    """Seconds between two in one chat."""
    a_minute: int = 20
    """In one group."""
    kept: int = 5
    """Of those, what edits leave for messages: a live card must not use up what its result needs."""


class Budget:
    """Counts what was sent. `now` gives seconds that only grow."""

    def __init__(self, now: Callable[[], float], limits: Limits | None = None) -> None:
        self._now = now
        self._limits = limits or Limits()
        self._all: deque[float] = deque()
        self._chats: dict[str, deque[float]] = {}
        self._held: dict[str, float] = {}

    def wait(self, chat: str, *, edit: bool = False) -> float:
        """Seconds until something may be sent to this chat; 0: now."""
        now = self._now()
        sent = self._chats.get(chat, deque())
        waits = [self._held.get(chat, now) - now]
        waits.append(_until(self._all, self._limits.a_second, 1.0, now))
        if sent:
            waits.append(sent[-1] + self._limits.pause - now)
        if chat.startswith("-"):
            waits.append(_until(sent, self._limits.a_minute - (self._limits.kept if edit else 0), 60.0, now))
        return max(0.0, *waits)

    def spend(self, chat: str) -> None:
        """Something goes to this chat now."""
        now = self._now()
        self._all.append(now)
        _forget(self._all, now - 1.0)
        sent = self._chats.setdefault(chat, deque())
        sent.append(now)
        _forget(sent, now - 60.0)
        if len(self._chats) > 10_000:
            self._tidy(now)

    def hold(self, chat: str, seconds: float) -> None:
        """Telegram asks us to leave this chat alone for so long."""
        self._held[chat] = max(self._held.get(chat, 0.0), self._now() + seconds)

    def _tidy(self, now: float) -> None:
        self._chats = {chat: sent for chat, sent in self._chats.items() if sent[-1] > now - 60.0}
        self._held = {chat: until for chat, until in self._held.items() if until > now}


def _until(sent: deque[float], limit: int, span: float, now: float) -> float:
    return sent[-limit] + span - now if len(sent) >= limit else 0.0


def _forget(sent: deque[float], before: float) -> None:
    while sent and sent[0] <= before:
        sent.popleft()
