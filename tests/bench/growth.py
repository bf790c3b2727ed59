"""Growth: what a ballot costs where few were cast in its poll before, and where many were."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from adapters.base import Request
from bot.app import App
from bot.clock import SystemClock
from storage.store import Store
from tests.bench.pressing import carry_out
from tests.bench.table import Figure, Goal, Round, figure, rounds
from tests.bench.town import Town, propose, request, settle

FEW, MANY = 100, 10_000
PRESSES = 96
MOST_ROUNDS = 50
GOAL = Goal(0.9)
TOGETHER = 32


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll of the only group."""

    id: int

    def presses(self, people: Sequence[int], option: int) -> list[Request]:
        return [request(one, 1, press=f"p{self.id}:{option}") for one in people]


async def growth(store: Store, seconds: float) -> list[Figure]:
    """A ballot's time with few before it and with many, in turns; then the same for ballots that are changed."""
    app = App(store, SystemClock(), limits=None)
    town = Town(groups=1, members=MANY + PRESSES * MOST_ROUNDS)
    settle(store, town, app.clock.now())
    many = await _cast(app, town, MANY)
    new, changed = [], []
    for number in islice(rounds(seconds), MOST_ROUNDS):
        few = await _cast(app, town, FEW)
        at = number * PRESSES
        new.append(await _round(app, few.presses(_after(FEW), 0), many.presses(_after(MANY + at), 0)))
        changed.append(await _round(app, few.presses(_after(0), 2), many.presses(_after(at), 2)))
    await app.close()
    return [
        figure(f"a ballot after {MANY:,} others; floor: after {FEW}", new, GOAL),
        figure(f"one changed among {MANY:,}; floor: among {FEW}", changed, GOAL),
    ]


async def _cast(app: App, town: Town, ballots: int) -> Poll:
    poll = Poll((await propose(app, town))[1])
    await carry_out(app, poll.presses(_after(0, ballots), 0), TOGETHER)
    return poll


def _after(people: int, how_many: int = PRESSES) -> range:
    return range(people + 1, people + 1 + how_many)


async def _round(app: App, few: Sequence[Request], many: Sequence[Request]) -> Round:
    """Few, many, many, few: a machine that gets slower meanwhile is fair to both."""
    half = len(few) // 2
    seconds = [await carry_out(app, part, TOGETHER) for part in (few[:half], many[:half], many[half:], few[half:])]
    return Round(ours=len(many) / (seconds[1] + seconds[2]), floor=len(few) / (seconds[0] + seconds[3]))
