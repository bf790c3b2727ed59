"""The disk: what is acknowledged is on it."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Wait until a file, or what a folder says of its files, is written."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
