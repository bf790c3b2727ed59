"""Telegram: presses through the whole bot, a process of its own, beside bots that only answer; all ask one server."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import quantiles

from tests.bench.botapi import Line, Toast, serving
from tests.bench.process import FOLKMOOT, Process, ended, memory, started
from tests.bench.table import Figure, Goal, Round, figure, rounds

GROUPS, MEMBERS = 50, 10
BURST = 300
LOUD = GROUPS
"""One group more, which floods."""

OURS, PTB, AIOGRAM, CALLS = "ours", "ptb", "aiogram", "ptb-ours"
NAMES = {PTB: "no-op python-telegram-bot", AIOGRAM: "no-op aiogram"}
DONE = ("Counted", "Changed")
PACES = {20: 1.5, 100: 1.0}
"""Presses a second, and for how many seconds in a round."""


@dataclass(eq=False, slots=True)
class Bot:
    """A running bot: the line to it, and its process."""

    line: Line
    process: Process
    presses: Iterator[int]

    def press(self) -> Toast:
        """The next press. Neighbours are in different groups; everybody changes their mind in every turn."""
        number = next(self.presses)
        turn, member, group = number // (GROUPS * MEMBERS), number // GROUPS % MEMBERS, number % GROUPS
        return self.press_in(group, member, turn)

    def press_in(self, group: int, member: int, turn: int) -> Toast:
        card = self.line.cards.get(group)
        data = card["reply_markup"]["inline_keyboard"][turn % 2][0]["callback_data"] if card else "p1:0"
        return self.line.press(group, group * MEMBERS + member, data)


async def telegram(folder: Path, seconds: float) -> dict[str, list[Figure]]:
    """The tables, by their headings."""
    async with _running(folder) as bots:
        await _propose(bots[OURS].line)
        for bot in bots.values():
            await _burst(bot)  # warms up
        return {
            "Telegram, presses a second": await _durable(bots, seconds),
            "Telegram, ms from press to toast": [*await _steady(bots, seconds), await _flooded(bots[OURS], seconds)],
            "Telegram, MiB in memory": [
                figure(
                    f"after all of this; floor: {NAMES[one]}",
                    [Round(memory(bots[OURS].process), memory(bots[one].process))] * 2,
                    goal,
                )
                for one, goal in ((PTB, Goal(1.3, at_most=True)), (AIOGRAM, None))
            ],
        }


# -- how fast ---------------------------------------------------------------------------------------------------------


async def _durable(bots: dict[str, Bot], seconds: float) -> list[Figure]:
    """Many presses wait; how many a second are answered, and by us kept before that."""
    run: list[dict[str, float]] = []
    for _ in rounds(seconds):
        run.append({kind: await _burst(bot) for kind, bot in bots.items()})
    return [
        _compared(f"{GROUPS} groups of {MEMBERS}; floor: {NAMES[PTB]}", run, OURS, PTB, Goal(0.25)),
        _compared(f"{GROUPS} groups of {MEMBERS}; floor: {NAMES[AIOGRAM]}", run, OURS, AIOGRAM),
        _compared("the no-op over our way of making calls; over its own", run, CALLS, PTB),
    ]


async def _burst(bot: Bot) -> float:
    toasts = [bot.press() for _ in range(BURST)]
    await _answered(toasts)
    return BURST / (max(one.answered for one in toasts) - toasts[0].at)


# -- how soon ---------------------------------------------------------------------------------------------------------


async def _steady(bots: dict[str, Bot], seconds: float) -> list[Figure]:
    """Presses come evenly; how long each presser waits."""
    run: dict[int, list[dict[str, tuple[float, float]]]] = {pace: [] for pace in PACES}
    for _ in rounds(seconds):
        for pace, length in PACES.items():
            run[pace].append({one: _waits(await _evenly(bots[one], pace, length)) for one in (OURS, PTB, AIOGRAM)})
    figures = []
    for pace, floor, (place, percent) in _rows():
        found = [{kind: waits[place] for kind, waits in one.items()} for one in run[pace]]
        goal = Goal(3.0, at_most=True) if (pace, percent, floor) == (100, 95, PTB) else None
        figures.append(_compared(f"{pace} a second, p{percent}; floor: {NAMES[floor]}", found, OURS, floor, goal))
    return figures


def _rows() -> Iterator[tuple[int, str, tuple[int, int]]]:
    for pace in PACES:
        for floor in (PTB, AIOGRAM):
            for which in ((0, 50), (1, 95)):
                yield pace, floor, which


async def _flooded(bot: Bot, seconds: float) -> Figure:
    """One group may not be written to, and goes on; how long those in the others wait."""
    run = []
    for _ in rounds(seconds):
        unloaded = _waits(await _evenly(bot, 40, 1.0))
        bot.line.flooded.add(LOUD)
        shouting = asyncio.create_task(_shout(bot))
        loaded = _waits(await _evenly(bot, 40, 1.0))
        shouting.cancel()
        bot.line.flooded.clear()
        run.append(Round(ours=loaded[1], floor=unloaded[1]))
    return figure("40 a second, p95, one group more under flood; floor: none", run, Goal(2.0, at_most=True))


async def _shout(bot: Bot) -> None:
    for number in count():
        bot.press_in(LOUD, number % MEMBERS, number // MEMBERS)
        bot.line.says(LOUD, number % MEMBERS, "/clsoe")
        await asyncio.sleep(0.02)


async def _evenly(bot: Bot, pace: int, length: float) -> list[Toast]:
    begin = asyncio.get_running_loop().time()
    toasts = []
    for number in range(round(pace * length)):
        await asyncio.sleep(begin + number / pace - asyncio.get_running_loop().time())
        toasts.append(bot.press())
    await _answered(toasts)
    return toasts


async def _answered(toasts: Sequence[Toast]) -> None:
    async with asyncio.timeout(60):
        while not all(one.answered for one in toasts):  # noqa: ASYNC110 - looking now and then costs the server less
            await asyncio.sleep(0.02)
    assert all(one.text.startswith(DONE) and not one.alert for one in toasts), {one.text for one in toasts}


def _waits(toasts: Sequence[Toast]) -> tuple[float, float]:
    """The median and the 95th percentile, in ms."""
    cut = quantiles([1000 * one.seconds for one in toasts], n=20)
    return cut[9], cut[18]


def _compared(what: str, run: Sequence[dict[str, float]], ours: str, floor: str, goal: Goal | None = None) -> Figure:
    return figure(what, [Round(one[ours], one[floor]) for one in run], goal)


# -- the processes ----------------------------------------------------------------------------------------------------


@asynccontextmanager
async def _running(folder: Path) -> AsyncIterator[dict[str, Bot]]:
    lines = {kind: Line(f"{number}:bench") for number, kind in enumerate((OURS, PTB, AIOGRAM, CALLS), 1)}
    processes = []
    try:
        async with serving(*lines.values()) as server:
            bots = {}
            for kind, line in lines.items():
                processes.append(_started(kind, server, line.token, folder))
                bots[kind] = Bot(line, processes[-1], count())
                async with asyncio.timeout(60):
                    await line.asked.wait()
            yield bots
            for one in processes:
                one.kill()
    finally:
        ended(*processes)


def _started(kind: str, server: str, token: str, folder: Path) -> Process:
    if kind == OURS:
        settings = {"TELEGRAM_TOKEN": token, "TELEGRAM_SERVER": server, "LIMITS": "false"}
        return started(FOLKMOOT, folder, {f"FOLKMOOT_{name}": value for name, value in settings.items()})
    return started(("tests.bench.bots", kind, server, token), folder)


async def _propose(line: Line) -> None:
    """A proposal in every group, and its card. Our budget lets thirty messages out a second, so this takes a while."""
    for group in range(GROUPS + 1):
        line.says(group, 0, "/propose Meet every month")
    async with asyncio.timeout(60):
        while len(line.cards) <= GROUPS:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
