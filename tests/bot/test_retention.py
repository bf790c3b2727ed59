"""What people sent, as it came, is let go of in time: by the clock, over restarts, and where a platform runs no more."""

import asyncio
import json
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prompt_toolkit.history import FileHistory

from adapters.base import Platform
from adapters.matrix.undecrypted import Undecrypted
from bot import running, telling
from bot.clock import SetClock
from bot.platforms import kept_aside
from bot.retention import ASIDE, EVERY, HISTORY, forget
from bot.running import Process
from storage.store import Store
from tests.house import START

LIMIT = timedelta(hours=48)
SEALED = {"sender": "@ben:here", "content": {"ciphertext": "armadillos"}}


def words(data: Path) -> str:
    """All that is in the folder."""
    return "\n".join(one.read_text("utf-8") for one in data.rglob("*") if one.is_file())


def test_what_was_set_aside_is_gone_before_two_days_are_over(tmp_path: Path) -> None:
    clock = SetClock(START)
    kept_aside(tmp_path / ASIDE, clock)("armadillos")
    clock.at += timedelta(hours=40)
    kept_aside(tmp_path / ASIDE, clock)("burlap")
    while clock.at <= START + LIMIT - EVERY:
        forget(tmp_path, clock.at, ())
        clock.at += EVERY
    assert "armadillos" not in words(tmp_path)
    assert "burlap" in words(tmp_path)


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"at": 5}', '{"at": "yesterday", "raw": "armadillos"}', "[" * 9000])
def test_what_does_not_say_when_it_was_set_aside_is_as_old_as_its_file(tmp_path: Path, broken: str) -> None:
    folder = tmp_path / ASIDE
    folder.mkdir()
    (folder / "old.json").write_text(broken)
    (folder / "young.json").write_text(broken)
    old = (START - timedelta(days=3)).timestamp()
    os.utime(folder / "old.json", (old, old))
    os.utime(folder / "young.json", (START.timestamp(), START.timestamp()))
    forget(tmp_path, START, ())
    assert [one.name for one in folder.iterdir()] == ["young.json"]


def test_where_matrix_runs_no_more_what_it_could_not_read_goes_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "matrix" / "undecrypted.json"
    Undecrypted(file, lambda: START).add("$1", "!room", SEALED)
    forget(tmp_path, START + LIMIT, ("matrix",))
    assert "armadillos" in words(tmp_path)  # a platform that runs sees to its own
    forget(tmp_path, START + timedelta(hours=1), ())
    assert "armadillos" in words(tmp_path)
    forget(tmp_path, START + LIMIT, ())
    assert "armadillos" not in words(tmp_path)


def test_what_was_typed_in_the_terminal_room_goes_entry_by_entry(tmp_path: Path) -> None:
    history = FileHistory(str(tmp_path / HISTORY))
    history.store_string("!propose armadillos\nand doldrums")
    typed = (tmp_path / HISTORY).read_text()
    now = datetime.fromisoformat(typed.splitlines()[1].removeprefix("# ")).astimezone(UTC)
    (tmp_path / HISTORY).write_text(f"\n# 2020-01-01 10:00:00.5\n+burlap\n+# filigree\n{typed}\n# no time\n+cinnabar\n")
    forget(tmp_path, now, ())
    assert list(history.load_history_strings()) == ["!propose armadillos\nand doldrums"]
    forget(tmp_path, now + LIMIT, ())
    assert words(tmp_path) == ""


def test_where_there_is_nothing_nothing_happens(tmp_path: Path) -> None:
    forget(tmp_path / "nowhere", START, ())
    assert not (tmp_path / "nowhere").exists()


async def test_the_process_looks_when_it_starts(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SetClock(START)
    kept_aside(tmp_path / ASIDE, clock)("armadillos")
    clock.at += timedelta(days=30)
    settings = telling.settings().model_copy(update={"data": tmp_path})
    monkeypatch.setattr(running, "settings", lambda: settings)
    process = Process(sqlite_store, clock, _nobody)
    tidying = asyncio.create_task(process._tidy())
    async with asyncio.timeout(10):
        while list((tmp_path / ASIDE).iterdir()):  # noqa: ASYNC110 - a file rings for nobody
            await asyncio.sleep(0.01)
    tidying.cancel()
    with suppress(asyncio.CancelledError):
        await tidying


def _nobody(process: Process) -> tuple[Platform, ...]:
    return ()


def test_what_is_set_aside_is_for_our_eyes(tmp_path: Path) -> None:
    reference = kept_aside(tmp_path / ASIDE, SetClock(START))("armadillos")
    assert (tmp_path / ASIDE).stat().st_mode & 0o077 == 0
    assert json.loads((tmp_path / ASIDE / f"{reference}.json").read_text())["at"] == START.isoformat()
