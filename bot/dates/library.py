"""Library: what our own grammar does not read is read by dateparser, in a process of its own that may take a second.

Nothing that it alone reads is ever certain. The process is started when first needed; one that takes longer is ended,
and another is started for the next text.
"""

import json
import os
import select
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from zoneinfo import ZoneInfo

READ_WITHIN = 1.0
"""Seconds that one text may take."""

BEGIN_WITHIN = 10.0
"""Seconds in which the process must be there; it has to load what the library knows of all languages."""

LONGEST = 4096
"""Bytes of an answer."""

CHILD = Path(__file__).with_name("apart.py")
FIRST, LAST = 1970, 9000


class Apart:
    """The process, and the line to it and back."""

    def __init__(self, child: Path = CHILD, within: float = READ_WITHIN) -> None:
        self.child = child
        self.within = within
        self.lock = Lock()
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, *asked: str) -> str | None:
        """What it answers in time, if anything."""
        with self.lock:
            try:
                said = self._asked(json.dumps(asked))
            except OSError:  # it has ended
                said = None
            if said is None:
                self.end()
                return None
            try:
                found = json.loads(said)
            except ValueError:
                return None
        return found if isinstance(found, str) else None

    def end(self) -> None:
        """End the process, if there is one."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _asked(self, line: str) -> bytes | None:
        if self.process is None:
            self.process = self._started()
            if _line(self.process, BEGIN_WITHIN) is None:
                return None
        os.write(_input(self.process), line.encode() + b"\n")
        return _line(self.process, self.within)

    def _started(self) -> subprocess.Popen[bytes]:
        # Our own file in our own Python; -P keeps its folder out of where modules are looked for.
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", str(self.child)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )


def _input(process: subprocess.Popen[bytes]) -> int:
    if process.stdin is None:
        raise BrokenPipeError
    return process.stdin.fileno()


def _line(process: subprocess.Popen[bytes], within: float) -> bytes | None:
    """The next line; None where it does not come in time."""
    said, end = b"", time.monotonic() + within
    while not said.endswith(b"\n") and len(said) < LONGEST:
        left = end - time.monotonic()
        if process.stdout is None or left <= 0 or not select.select([process.stdout], [], [], left)[0]:
            return None
        more = os.read(process.stdout.fileno(), LONGEST)
        if not more:  # it has ended
            return None
        said += more
    return said


_APART = Apart()


def read(words: str, language: str, zone: str, now: datetime) -> datetime | None:
    """The instant that the library reads, which is never certain."""
    here = ZoneInfo(zone)
    wall = now.astimezone(here).replace(tzinfo=None)
    said = _APART.ask(words, language.replace("_", "-").split("-")[0], wall.isoformat())
    if said is None:
        return None
    at = datetime.fromisoformat(said)
    at = (at if at.tzinfo else at.replace(tzinfo=here)).astimezone(UTC)
    return at if FIRST <= at.year < LAST else None
