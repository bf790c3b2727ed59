"""The houses in which stories are told: on the console's pages, on Telegram, and on Matrix."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, closing
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.console.conversation import Person
from storage.store import Store
from tests.conftest import KINDS, NewDatabase
from tests.house import AnyHouse, House
from tests.house_matrix import matrix_stories
from tests.house_telegram import telegram_stories

MakeHouse = Callable[..., Awaitable[AnyHouse]]
"""`await make_house(rooms, people, zone)`: as House is made, there until the test ends."""

PLACES = {"console": "sqlite", "postgresql": "postgresql", "telegram": "sqlite"}
"""Where the same stories are told, and on which database."""

ON_MATRIX, ENCRYPTED = (pytest.param(one, marks=pytest.mark.long) for one in ("matrix", "matrix-encrypted"))
"""A homeserver takes its time. Encryption changes how a message travels and is answered, not what it does to the group:
the stories of replies, buttons and private messages are told in encrypted rooms too."""

ON_POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.long)
"""Most stories are about people, not about the database; the eventful conversation of tests/storage happens on both."""

ON_BOTH = pytest.mark.parametrize("database_url", KINDS, indirect=True)
"""For stories of transactions and of what a database refuses, told on both databases each time."""

ON_TELEGRAM = pytest.param("telegram", marks=pytest.mark.long)
"""There a story takes twice as long as on the console, and most are about what the group does, not about where."""

ALSO_ON_TELEGRAM = pytest.mark.parametrize(
    "make_house", ["console", "telegram", ON_POSTGRESQL, ON_MATRIX, ENCRYPTED], indirect=True
)
"""For stories of replies, buttons, private messages and who is there, which each platform has its own way for."""

ON_THE_CONSOLE = pytest.mark.parametrize("make_house", ["console", ON_TELEGRAM, ON_MATRIX], indirect=True)
"""For long tables of what is said and answered, of which other platforms show no more."""

ON_ANY_DATABASE = pytest.mark.parametrize("make_house", ["console", "telegram", ON_MATRIX], indirect=True)
"""For stories that do not depend on the database."""

NOT_ON_MATRIX = pytest.mark.parametrize("make_house", ["console", "telegram", ON_POSTGRESQL], indirect=True)
"""For stories of what Matrix has not."""

ALSO_ON_MATRIX = pytest.mark.parametrize(
    "make_house",
    [
        "console",
        "telegram",
        ON_POSTGRESQL,
        "matrix",
        ENCRYPTED,
    ],
    indirect=True,
)
"""For the few stories that are told on Matrix each time."""


@pytest.fixture(params=["sqlite", ON_POSTGRESQL])
def database_url(request: pytest.FixtureRequest, new_database: NewDatabase) -> Iterator[str]:
    """A migrated database for a story; on PostgreSQL by `make test-long`, where it is not marked ON_BOTH."""
    with new_database(request.param) as url:
        yield url


@pytest_asyncio.fixture(params=["console", ON_TELEGRAM, ON_POSTGRESQL, ON_MATRIX])
async def make_house(
    request: pytest.FixtureRequest, new_database: NewDatabase, tmp_path: Path
) -> AsyncIterator[MakeHouse]:
    """Makes houses of one kind."""
    async with AsyncExitStack() as ending:

        async def made(
            rooms: Mapping[str, str] | None = None, people: tuple[Person, ...] = (), zone: str = "UTC"
        ) -> AnyHouse:
            url = ending.enter_context(new_database(PLACES.get(request.param, "sqlite")))
            store = ending.enter_context(closing(Store(url)))
            if request.param == "telegram":
                return await ending.enter_async_context(telegram_stories(store, rooms, people, zone))
            if request.param not in PLACES:
                homeserver, encryption = request.getfixturevalue("homeserver"), request.param == "matrix-encrypted"
                told = matrix_stories(homeserver, store, tmp_path, rooms, people, zone, encryption=encryption)
                return await ending.enter_async_context(told)
            house = House(store, rooms, people, zone)
            ending.push_async_callback(house.app.close)
            return house

        yield made
