"""What the doctor sees of a homeserver."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.matrix.checkup import Checkup, look
from adapters.matrix.device import Account
from storage.store import Store
from tests.adapters.matrix_house import account_of, housed, people
from tests.adapters.matrix_server import Synapse, until


async def test_before_the_first_start_nobody_is_logged_in(homeserver: Synapse, tmp_path: Path) -> None:
    account = account_of(homeserver)
    assert await look(account, tmp_path, []) == Checkup(user=account.user)


@pytest.mark.parametrize("encryption", [True, False])
async def test_what_is_well_and_which_rooms_are_shut(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path, encryption: bool
) -> None:
    account = account_of(homeserver, encryption=encryption)
    async with people(homeserver, "Ana") as (ana,):
        async with housed(homeserver, account, sqlite_store, tmp_path):
            room = await ana.makes_room(account.user)

            async def inside() -> bool:
                return (
                    bool((await look(account, tmp_path, [room])).device)
                    and not (await look(account, tmp_path, [room])).shut
                )

            await until(inside)
        found = await look(account, tmp_path, [room, "!elsewhere:localhost"])
        assert (found.user, found.signed, found.shut) == (account.user, encryption, ("!elsewhere:localhost",))
        assert found.device


async def test_a_token_that_is_not_taken(homeserver: Synapse, tmp_path: Path) -> None:
    account = replace(account_of(homeserver), token="syt_of_nobody")
    assert await look(account, tmp_path, []) == Checkup()


async def test_a_homeserver_that_is_not_there(tmp_path: Path) -> None:
    account = Account(homeserver="http://127.0.0.1:9", user="@folkmoot:localhost", password="x", encryption=False)
    with pytest.raises(ConnectionError):
        await look(account, tmp_path, [])
