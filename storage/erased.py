"""Erased: the file of those who were forgotten, beside the database, so that a restored copy does not bring them back.

One line each: the token, which says nothing of the person, the instant, and `words` where the words of their proposals
went too. It is only ever added to.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from errno import ENOSPC
from pathlib import Path

from storage.disk import sync

NAME = "erased"
WORDS = "words"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A person who is being forgotten."""

    token: str
    at: datetime
    words: bool


def read(file: Path | None) -> dict[str, bool]:
    """Token -> whether the words of their proposals went too. A last line that a crash cut off says nothing."""
    found: dict[str, bool] = {}
    if file is None or not file.is_file():
        return found
    for line in file.read_text("ascii", errors="replace").splitlines():
        token, *rest = line.split() or [""]
        if len(rest) in (1, 2) and _instant(rest[0]):
            found[token] = found.get(token, False) or rest[1:] == [WORDS]
    return found


def add(file: Path, forgotten: Iterable[Forgotten]) -> None:
    """Add those who are not in it yet. They are on the disk when this returns."""
    known = read(file)
    new = [one for one in forgotten if one.token and (one.token not in known or (one.words and not known[one.token]))]
    if new:
        _append(file, "".join(_line(one) for one in new))


def take_over(file: Path, other: Path) -> None:
    """Add all who stand in another such file."""
    if not other.is_file():
        return
    known: Mapping[str, bool] = read(file)
    lines = [line for line in other.read_text("ascii", errors="replace").splitlines() if line.split()]
    new = [line for line in lines if known.get(line.split()[0]) is not (line.split()[2:] == [WORDS])]
    if new:
        _append(file, "".join(f"{line}\n" for line in new))


def beside(backup: Path) -> Path:
    """Where the file stands that belongs to a backup."""
    return backup.with_name(f"{backup.name}.{NAME}")


def _line(one: Forgotten) -> str:
    return " ".join((one.token, one.at.isoformat(), *((WORDS,) if one.words else ()))) + "\n"


def _append(file: Path, lines: str) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = not file.exists()
    handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        raw = (lines if _ends_whole(handle) else f"\n{lines}").encode("ascii")
        if os.write(handle, raw) < len(raw):
            raise OSError(ENOSPC, os.strerror(ENOSPC), str(file))
        os.fsync(handle)
    finally:
        os.close(handle)
    if new:
        sync(file.parent)


def _ends_whole(handle: int) -> bool:
    """Whether the last line was written to its end."""
    size = os.lseek(handle, 0, os.SEEK_END)
    return size == 0 or os.pread(handle, 1, size - 1) == b"\n"


def _instant(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
