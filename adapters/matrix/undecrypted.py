"""Events that we have no key for yet: asked for, tried again when keys come, and told of privately where none came."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

PATIENCE = timedelta(minutes=5)
"""After so long without its key, whoever sent it is told."""

KEPT = timedelta(days=2)
"""After so long, no key will come."""

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
        self.waiting = {event: one for event, one in self.waiting.items() if self._now() - one.at < KEPT}
        if late:
            self.keep()
        return late

    def drop(self, events: Iterable[str]) -> None:
        """These need not wait any more."""
        gone = [self.waiting.pop(one) for one in events if one in self.waiting]
        if gone:
            self.keep()

    def keep(self) -> None:
        """Write the file whole or not at all."""
        rows = [[event, one.room, one.raw, one.at.isoformat(), one.told] for event, one in self.waiting.items()]
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps(rows), "utf-8")
        part.replace(self._file)

    def _read(self) -> dict[str, Waiting]:
        try:
            rows = json.loads(self._file.read_text("utf-8"))
            return {event: Waiting(room, raw, datetime.fromisoformat(at), told) for event, room, raw, at, told in rows}
        except (OSError, ValueError, TypeError):
            return {}
