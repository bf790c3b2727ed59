"""The running bot's health as others see it: written on every change, gone with the bot, and told by the doctor."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.console.scripted import Scripted
from adapters.health import Health, Pulse, State
from bot import doctor, pulse, telling
from bot.clock import SetClock, SystemClock
from tests.house import START


class Net(Scripted):
    """A platform with a line."""

    def __init__(self, clock: SetClock) -> None:
        super().__init__("telegram", lambda shown: None, clock.now)
        self.pulse = Pulse("telegram", clock.now)

    @property
    def health(self) -> Health:  # type: ignore[override]
        return self.pulse.health


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - nothing rings for a file
            await asyncio.sleep(0.01)


async def test_it_is_written_on_every_change_and_goes_with_the_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "LOOK", 0.01)
    clock = SetClock(START)
    net = Net(clock)

    def state() -> State | None:
        beat = pulse.last(tmp_path, clock.now())
        return beat.lines["telegram"].state if beat else None

    beating = asyncio.create_task(pulse.beating(tmp_path, [net], clock))
    await until(lambda: state() is State.STARTING)
    net.pulse.is_(State.ALARM, "Conflict")
    await until(lambda: state() is State.ALARM)
    net.pulse.is_(State.WELL)
    await until(lambda: state() is State.WELL)
    beating.cancel()
    await asyncio.gather(beating, return_exceptions=True)
    assert not pulse.file(tmp_path).exists()


async def test_nothing_is_written_where_there_is_no_line(tmp_path: Path) -> None:
    clock = SetClock(START)
    await pulse.beating(tmp_path, [Scripted("matrix", lambda shown: None, clock.now)], clock)
    assert not pulse.file(tmp_path).exists()


def test_an_old_beat_or_a_broken_one_is_none(tmp_path: Path) -> None:
    pulse.beat(tmp_path, [Net(SetClock(START))], START)
    assert pulse.last(tmp_path, START + timedelta(minutes=1)) is not None
    assert pulse.last(tmp_path, START + timedelta(minutes=3)) is None
    for broken in ("", "[]", "{}", '{"at": 5}', '{"at": "2026-03-02T18:00:00+00:00", "platforms": {"x": {}}}', "\x00"):
        pulse.file(tmp_path).write_text(broken, "utf-8")
        assert pulse.last(tmp_path, START) is None


@pytest.mark.parametrize(
    ("state", "well", "said"),
    [
        (State.WELL, True, "telegram is reached"),
        (State.UNREACHED, False, "telegram cannot be reached since"),
        (State.ALARM, False, "telegram refuses me since"),
    ],
)
def test_the_doctor_tells_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: State, well: bool, said: str
) -> None:
    monkeypatch.setenv("FOLKMOOT_DATA", str(tmp_path))
    telling.settings.cache_clear()
    net = Net(SetClock(SystemClock().now()))
    net.pulse.is_(state, "Conflict")
    pulse.beat(tmp_path, [net], SystemClock().now())
    found, told = doctor.LOOKS["running"]()
    telling.settings.cache_clear()
    assert (found, said in told) == (well, True), told
