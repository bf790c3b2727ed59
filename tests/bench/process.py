"""Bots as processes of their own: started in a folder, and how much memory they take."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

FOLKMOOT = ("bot", "run")
"""As `folkmoot run` does."""

ROOT = Path(__file__).parents[2]

Process = subprocess.Popen[bytes]


def started(module: Sequence[str], folder: Path, settings: Mapping[str, str] | None = None) -> Process:
    """A module with its arguments, in a folder of its own, with no settings of ours but these."""
    usual = {name: value for name, value in os.environ.items() if not name.startswith("FOLKMOOT_")}
    environment = usual | dict(settings or {}) | {"PYTHONPATH": f"{ROOT}"}
    command = [sys.executable, "-m", *module]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=folder, env=environment)


def memory(process: Process) -> float:
    """MiB in memory now."""
    told = subprocess.run(["ps", "-o", "rss=", "-p", f"{process.pid}"], capture_output=True, check=True)
    return int(told.stdout) / 1024


def ended(*processes: Process) -> None:
    """Kill them, and wait until they are gone."""
    for one in processes:
        one.kill()
    for one in processes:
        one.wait()
