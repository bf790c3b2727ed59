"""The race: presses through `App.handle` and raw commits in turns, so that both meet the same noise of the machine."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from sqlalchemy import func, select

from adapters.base import Abilities, Card, Handle, Place, Request
from bot.app import App
from bot.clock import SystemClock
from bot.publisher import Publisher
from decisions.model import Ballot
from storage.store import Store
from storage.tables import TABLES
from storage.verify import verify
from tests.bench.floor import Floor
from tests.bench.pressing import carry_out
from tests.bench.table import Figure, Goal, Round, figure, quickest, rounds
from tests.bench.town import PLATFORM, Presses, Town, settle

COMMITS = 50
"""How many raw commits are made before a round's presses, and again after them."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many members press at once, and how often in a round."""

    at_once: int
    presses: int
    goal: Goal | None = None


async def race(
    store: Store, floor: Floor, town: Town, paces: Sequence[Pace], seconds: float, *, publishing: bool = False
) -> list[Figure]:
    """Run rounds of every pace in turns for some time."""
    app = App(store, SystemClock(), limits=None)
    settle(store, town, app.clock.now())
    waiting = Presses(app, town)
    run: dict[Pace, list[Round]] = {one: [] for one in paces}
    async with _published(app) if publishing else _alone():
        for _ in rounds(seconds):
            for pace in paces:
                run[pace].append(await _round(app, floor, pace, await waiting.take(pace.presses)))
    await app.close()
    _check_kept(store, sum(pace.presses * len(run[pace]) for pace in paces))
    # the first round has warmed up
    beside = ", publisher running" if publishing else ""
    return [figure(f"{town}, {one.at_once} at a time{beside}", quickest(run[one][1:]), one.goal) for one in paces]


async def _round(app: App, floor: Floor, pace: Pace, presses: Sequence[Request]) -> Round:
    before = floor(COMMITS)
    seconds = await carry_out(app, presses, pace.at_once)
    return Round(ours=len(presses) / seconds, floor=2 * COMMITS / (before + floor(COMMITS)))


def _check_kept(store: Store, acknowledged: int) -> None:
    with store.reading() as work:
        kept = work.connection.execute(select(func.count()).select_from(TABLES[Ballot])).scalar()
        assert kept == acknowledged, f"{acknowledged} ballots acknowledged, {kept} kept"
        assert verify(work) == []


# -- a publisher beside it --------------------------------------------------------------------------------------------


class Silent:
    """A platform that takes everything at once and shows it to nobody."""

    name = PLATFORM
    abilities = Abilities()
    health = None

    async def run(self, handle: Handle) -> None: ...

    async def send(self, place: Place, card: Card, *, key: str, reply_to: str = "") -> str:
        return key

    async def edit(self, place: Place, message: str, card: Card) -> None: ...


@asynccontextmanager
async def _published(app: App) -> AsyncIterator[None]:
    publisher = Publisher(app.store, app.clock, (Silent(),))
    app.after_commit.append(publisher.wake)
    running = asyncio.create_task(publisher.run())
    yield
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


@asynccontextmanager
async def _alone() -> AsyncIterator[None]:
    yield
