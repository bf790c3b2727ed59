"""Retention: what people sent, as it came, is on our disk for 48 hours at most, whether or not it could ever be read."""

import json
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from adapters.matrix.undecrypted import Undecrypted

log = structlog.get_logger()

EVERY = timedelta(hours=1)
"""How often it is looked at."""

KEPT = timedelta(hours=48) - EVERY
"""What is older goes: what is not yet so old is looked at again before it has lain for 48 hours."""

ASIDE = "set-aside"
HISTORY = "terminal-history"


def forget(data: Path, now: datetime, running: Collection[str]) -> None:
    """Let go of what is too old in the data folder. A platform that is `running` sees to its own."""
    try:
        _aside(data / ASIDE, now - KEPT)
        _history(data / HISTORY, now - KEPT)
        if "matrix" not in running:  # it was once, and left behind what it could not read
            Undecrypted(data / "matrix" / "undecrypted.json", lambda: now).forget()
    except OSError:
        log.exception("what is too old to be kept could not be let go of; it is tried again")


def _aside(folder: Path, before: datetime) -> None:
    for file in folder.glob("*"):
        if _since(file) <= before:
            file.unlink(missing_ok=True)


def _since(file: Path) -> datetime:
    """When it was set aside: as it says itself, or else as the disk says."""
    try:
        said = datetime.fromisoformat(json.loads(file.read_text("utf-8"))["at"])
        return said if said.tzinfo else said.replace(tzinfo=UTC)
    except (ValueError, LookupError, TypeError, RecursionError):
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _history(file: Path, before: datetime) -> None:
    """What was typed in the terminal room: each entry stands under the time at which it was typed."""
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)  # one that was being written when we were stopped
    if not file.exists():
        return
    whole = file.read_bytes()
    kept = b"".join(one for one in _entries(whole) if _typed(one) > before)
    if kept != whole:
        part.write_bytes(kept)
        part.replace(file)


def _entries(whole: bytes) -> Iterator[bytes]:
    """An entry is a blank line, a `#` line with the time, and lines that begin with `+`."""
    entry: list[bytes] = []
    for line in whole.splitlines(keepends=True):
        if line.startswith(b"#") and entry:
            yield b"".join(entry)
            entry = []
        if line.strip():
            entry.append(line)
    yield b"".join(entry)


def _typed(entry: bytes) -> datetime:
    """When it was typed, by the clock of this machine; what does not say so is old."""
    first = entry.partition(b"\n")[0].removeprefix(b"#").strip().decode("utf-8", "replace")
    try:
        return datetime.fromisoformat(first).astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC)
