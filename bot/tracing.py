"""Tracing: what a log says of an exception: its kinds and the lines it came through, never words or marks of people."""

import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TextIO

from sqlalchemy.exc import OperationalError

LIBRARIES = "site-packages"


def without_words(out: TextIO, exc_info: tuple[type[BaseException], BaseException, TracebackType | None]) -> None:
    """Write an exception, as structlog's renderer asks for it. Messages are left out: they quote what somebody said,
    and those of a database whole rows."""
    for fault in _causes(exc_info[1]):
        out.write(f"{type(fault).__name__}{_safe(fault)}\n")
        for line in _lines(fault):
            out.write(f"  {line}\n")


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)


def _safe(fault: BaseException) -> str:
    """The messages that are about the machine: a full disk, a lost connection."""
    if isinstance(fault, OSError) and fault.strerror:
        return f": {fault.strerror}"
    if isinstance(fault, OperationalError):
        return f": {str(fault.orig).partition(chr(10))[0]}"
    return ""


def _lines(fault: BaseException) -> Iterator[str]:
    """The lines of ours, and the last of all."""
    frames = traceback.extract_tb(fault.__traceback__)
    for frame in frames:
        if LIBRARIES not in frame.filename or frame is frames[-1]:
            yield f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
