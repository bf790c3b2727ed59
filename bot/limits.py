"""Limits: how much one account may ask in a minute, so that nobody's flood keeps the others waiting."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from decisions.refusals import Refusal, TooManyCommands, TooManyNotes, TooManyPresses

MINUTE = timedelta(minutes=1)


class Kind(StrEnum):
    """What is counted, each on its own: what is asked for by words, what is pressed, and what is noted."""

    COMMAND = "command"
    PRESS = "press"
    NOTE = "note"
    """What is noted in a meeting: whoever keeps its minutes writes fast."""


MOST: Mapping[Kind, int] = {Kind.COMMAND: 20, Kind.PRESS: 60, Kind.NOTE: 60}
"""How many in any minute."""

TOO_MANY: Mapping[Kind, Callable[[int, int], Refusal]] = {
    Kind.COMMAND: TooManyCommands,
    Kind.PRESS: TooManyPresses,
    Kind.NOTE: TooManyNotes,
}

Account = tuple[str, str]
"""A platform, and its id of the user."""


@dataclass(slots=True)
class Minute:
    """One account's acts in the last minute (key -> when, the oldest first), and the last warning it was given."""

    acts: dict[str, datetime] = field(default_factory=dict)
    warned: tuple[str, datetime] | None = None

    def pass_to(self, now: datetime) -> None:
        """Let go of what is no longer of this minute, and of what a clock that was put back had in its future."""
        self.acts = {key: at for key, at in self.acts.items() if _lately(at, now)}
        if self.warned is not None and not _lately(self.warned[1], now):
            self.warned = None


class Limits:
    """Remembers the last minute of whoever acts; whoever is quiet for a minute is let go of."""

    def __init__(self, most: Mapping[Kind, int]) -> None:
        """A kind that is not in `most` has no limit."""
        self._most = most
        self._minutes: OrderedDict[tuple[Account, Kind], Minute] = OrderedDict()

    def __len__(self) -> int:
        """Of how many accounts anything is remembered, once for each kind."""
        return len(self._minutes)

    def over(self, account: Account, kind: Kind, key: str, now: datetime) -> bool:
        """Whether this act would be one too many. Acts that were counted already never are."""
        minute = self._minutes.get((account, kind))
        if minute is None or kind not in self._most:
            return False
        minute.pass_to(now)
        return key not in minute.acts and len(minute.acts) >= self._most[kind]

    def count(self, account: Account, kind: Kind, key: str, now: datetime) -> None:
        """An act is carried out: it counts, however often it is delivered."""
        if kind not in self._most:
            return
        minute = self._minutes.setdefault((account, kind), Minute())
        minute.acts.setdefault(key, now)
        self._minutes.move_to_end((account, kind))
        self._let_go(now)

    def warning(self, account: Account, kind: Kind, key: str, now: datetime) -> Refusal | None:
        """What the first act that is too many is told; None: they were told within the minute."""
        minute = self._minutes[account, kind]
        if minute.warned is None:
            minute.warned = (key, now)
        if minute.warned[0] != key:
            return None
        seconds = ceil((next(iter(minute.acts.values())) + MINUTE - now).total_seconds())
        return TOO_MANY[kind](self._most[kind], seconds)

    def _let_go(self, now: datetime) -> None:
        while self._minutes:
            first = next(iter(self._minutes.values()))
            if any(_lately(at, now) for at in reversed(first.acts.values())):
                return
            self._minutes.popitem(last=False)


def _lately(at: datetime, now: datetime) -> bool:
    return abs(now - at) < MINUTE
