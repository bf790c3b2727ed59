"""The pulse of the running bot: a small file in the data folder that says how each line is, for whoever looks from outside."""

import asyncio
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from adapters.base import Platform
from adapters.health import Health, State
from bot.clock import Clock

log = structlog.get_logger()

EVERY = timedelta(seconds=30)
"""A beat comes at least so often, and whenever a line changes."""

LOOK = 1.0
"""Seconds between two looks at the lines."""

STILL = timedelta(minutes=2)
"""A file older than this is what a bot left behind that no longer runs."""


@dataclass(frozen=True, slots=True)
class Beat:
    """The last sign of life."""

    at: datetime
    lines: dict[str, Health]


def file(data: Path) -> Path:
    """Where it is kept."""
    return data / "health.json"


async def beating(data: Path, platforms: Sequence[Platform], clock: Clock) -> None:
    """Beat until cancelled; the file goes with us. Nothing beats where there is no line that could break."""
    told, at = None, clock.now() - EVERY
    try:
        while any(one.health is not None for one in platforms):
            lines = [one.health for one in platforms]
            if lines != told or clock.now() - at >= EVERY:
                told, at = lines, clock.now()
                await asyncio.to_thread(_beat_or_log, data, platforms, at)
            await asyncio.sleep(LOOK)
    finally:
        file(data).unlink(missing_ok=True)


def _beat_or_log(data: Path, platforms: Sequence[Platform], now: datetime) -> None:
    try:
        beat(data, platforms, now)
    except OSError as error:
        log.warning("the health could not be written", why=str(error))


def beat(data: Path, platforms: Sequence[Platform], now: datetime) -> None:
    """Write it whole or not at all."""
    lines = {one.name: one.health for one in platforms}
    told = {
        name: {"state": health.state.value, "since": health.since.isoformat(), "why": health.why}
        for name, health in lines.items()
        if health is not None
    }
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file(data).with_suffix(".part")
    part.write_text(json.dumps({"at": now.isoformat(), "pid": os.getpid(), "platforms": told}), "utf-8")
    part.replace(file(data))


def last(data: Path, now: datetime) -> Beat | None:
    """What the running bot said last; None: none runs, or it cannot be read."""
    try:
        told = json.loads(file(data).read_text("utf-8"))
        at = datetime.fromisoformat(told["at"])
        lines = {
            name: Health(State(one["state"]), datetime.fromisoformat(one["since"]), one["why"])
            for name, one in told["platforms"].items()
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    return Beat(at, lines) if now - at < STILL else None
