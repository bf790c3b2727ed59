"""Events that we have no key for yet: asked for, tried again when keys come, and told of privately where none came."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

PATIENCE = timedelta(minutes=5)
"""After so long without its key, whoever sent it is told."""

EVERY = timedelta(hours=1)
"""How often it is looked at how old they are, also while the homeserver is out of reach."""

KEPT = timedelta(hours=48) - EVERY
"""After so long, no key will come; and nobody's words, sealed or not, lie here for more than 48 hours."""

MOST = 500


@dataclass(slots=True)
class Waiting:
    """One event."""

    room: str
    raw: dict[str, Any]
    at: datetime
    told: bool = False


class Undecrypted:
    """Kept in a file, so that a restart forgets none."""

    def __init__(self, file: Path, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now
        self.waiting: dict[str, Waiting] = self._read()
        self._part.unlink(missing_ok=True)  # one that was being written when we were stopped

    def add(self, event: str, room: str, raw: dict[str, Any]) -> bool:
        """Whether it is new."""
        if event in self.waiting:
            return False
        if len(self.waiting) >= MOST:
            self.waiting.pop(next(iter(self.waiting)))
        self.waiting[event] = Waiting(room, raw, self._now())
        self.keep()
        return True

    def untold(self) -> list[Waiting]:
        """Those whose key has been waited for long enough; each is told of once."""
        late = [one for one in self.waiting.values() if not one.told and self._now() - one.at >= PATIENCE]
        for one in late:
            one.told = True
        if late:
            self.keep()
        self.forget()
        return late

    def forget(self) -> None:
        """Let go of those that are too old."""
        self.drop([event for event, one in self.waiting.items() if self._now() - one.at >= KEPT])

    def drop(self, events: Iterable[str]) -> None:
        """These need not wait any more."""
        gone = [self.waiting.pop(one) for one in events if one in self.waiting]
        if gone:
            self.keep()

    def removed(self, room: str, event: str) -> None:
        """Somebody took it out of the room before we could read it."""
        if event in self.waiting and self.waiting[event].room == room:
            self.drop([event])

    def keep(self) -> None:
        """Write the file whole or not at all."""
        rows = [[event, one.room, one.raw, one.at.isoformat(), one.told] for event, one in self.waiting.items()]
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._part.write_text(json.dumps(rows), "utf-8")
        self._part.replace(self._file)

    @property
    def _part(self) -> Path:
        return self._file.with_suffix(".part")

    def _read(self) -> dict[str, Waiting]:
        try:
            rows = json.loads(self._file.read_text("utf-8"))
            return {event: Waiting(room, raw, datetime.fromisoformat(at), told) for event, room, raw, at, told in rows}
        except (OSError, ValueError, TypeError):
            return {}
