"""The houses in which stories are told: on the console's pages, and on Telegram."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, closing

import pytest
import pytest_asyncio

from adapters.console.conversation import Person
from storage.store import Store
from tests.conftest import NewDatabase
from tests.house import AnyHouse, House
from tests.house_telegram import telegram_stories

MakeHouse = Callable[..., Awaitable[AnyHouse]]
"""`await make_house(rooms, people, zone)`: as House is made, there until the test ends."""

PLACES = {"console": "sqlite", "postgresql": "postgresql", "telegram": "sqlite"}
"""Where the same stories are told, and on which database."""

ON_ANY_DATABASE = pytest.mark.parametrize("make_house", ["console", "telegram"], indirect=True)
"""For stories that do not depend on the database."""


@pytest_asyncio.fixture(params=PLACES)
async def make_house(request: pytest.FixtureRequest, new_database: NewDatabase) -> AsyncIterator[MakeHouse]:
    """Makes houses of one kind."""
    async with AsyncExitStack() as ending:

        async def made(
            rooms: Mapping[str, str] | None = None, people: tuple[Person, ...] = (), zone: str = "UTC"
        ) -> AnyHouse:
            url = ending.enter_context(new_database(PLACES[request.param]))
            store = ending.enter_context(closing(Store(url)))
            if request.param == "telegram":
                return await ending.enter_async_context(telegram_stories(store, rooms, people, zone))
            house = House(store, rooms, people, zone)
            ending.push_async_callback(house.app.close)
            return house

        yield made
