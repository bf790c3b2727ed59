"""Events that wait for their key: kept over restarts, and for two days at most, also while the homeserver is away."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.base import NOTHING, Answer, Request
from adapters.matrix.device import Account
from adapters.matrix.platform import Matrix, Wiring
from adapters.matrix.undecrypted import EVERY, MOST, PATIENCE, Undecrypted, Waiting
from bot.clock import SetClock
from tests.house import START

LIMIT = timedelta(hours=48)
RAW = {"sender": "@ben:here", "content": {"ciphertext": "armadillos"}}


@pytest.fixture
def clock() -> SetClock:
    return SetClock(START)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "undecrypted.json"


def test_what_waits_is_known_again_after_a_restart(file: Path, clock: SetClock) -> None:
    assert Undecrypted(file, clock.now).add("$1", "!room", RAW)
    again = Undecrypted(file, clock.now)
    assert not again.add("$1", "!room", RAW)
    assert again.untold() == []
    clock.at += PATIENCE
    assert [one.raw for one in again.untold()] == [RAW]
    assert Undecrypted(file, clock.now).untold() == []


def test_it_is_let_go_of_before_two_days_are_over_and_on_the_disk_too(file: Path, clock: SetClock) -> None:
    one = Undecrypted(file, clock.now)
    one.add("$1", "!room", RAW)
    clock.at = START + LIMIT - EVERY - timedelta(seconds=1)
    one.untold()
    assert "armadillos" in file.read_text()
    clock.at = START + LIMIT - EVERY
    one.untold()
    assert "armadillos" not in file.read_text()
    assert not one.waiting


def test_what_was_being_written_when_we_were_stopped_does_not_stay(file: Path, clock: SetClock) -> None:
    file.with_suffix(".part").write_text("armadillos")
    Undecrypted(file, clock.now)
    assert not file.with_suffix(".part").exists()


def test_no_more_wait_than_can_be_kept(file: Path, clock: SetClock) -> None:
    one = Undecrypted(file, clock.now)
    one.waiting = {f"${number}": Waiting("!room", RAW, START) for number in range(MOST)}
    one.add("$more", "!room", RAW)
    assert len(one.waiting) == MOST
    assert "$0" not in one.waiting
    assert "$more" in Undecrypted(file, clock.now).waiting


async def test_old_ones_go_also_where_the_homeserver_is_out_of_reach(file: Path, clock: SetClock) -> None:
    Undecrypted(file, clock.now).add("$1", "!room", RAW)
    clock.at = START + timedelta(days=3)
    account = Account(homeserver="http://127.0.0.1:9", user="@folkmoot:here", password="secret", encryption=False)
    wiring = Wiring(account=account, folder=file.parent, say=lambda *_: "", set_aside=lambda raw: raw, clock=clock.now)
    looked = asyncio.Event()

    async def sleep(seconds: float) -> None:
        if seconds == EVERY.total_seconds():
            looked.set()
        await asyncio.Event().wait()

    async def handle(request: Request) -> Answer:
        return NOTHING

    running = asyncio.create_task(Matrix(wiring, sleep=sleep).run(handle))
    await asyncio.wait_for(looked.wait(), 10)
    assert not Undecrypted(file, lambda: START).waiting
    running.cancel()
    await asyncio.wait([running])
