"""Which invitations are followed, and what is read of the time before."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from decisions.model import Poll
from storage.store import Store
from tests.adapters.matrix_house import account_of, card, housed, people, says
from tests.adapters.matrix_server import V3, Synapse, User, until


async def place_of(user: User, room: str, who: str) -> str:
    """What somebody is in a room: invite, join, leave."""
    members = await user.call("GET", f"{V3}/rooms/{room}/members")
    found = [one["content"]["membership"] for one in members["chunk"] if one["state_key"] == who]
    return str(found[0]) if found else ""


async def becomes(user: User, room: str, who: str, wanted: str) -> None:
    async def there() -> bool:
        return await place_of(user, room, who) == wanted

    await until(there)


@pytest.mark.parametrize(
    ("allowed", "followed"),
    [((), True), (("localhost",), True), (("*",), True), (("elsewhere.org",), False), (("@eve:localhost",), False)],
    ids=["own server", "server", "all", "another server", "another person"],
)
async def test_whose_invitations_are_followed(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path, allowed: Sequence[str], followed: bool
) -> None:
    account = account_of(homeserver)
    async with (
        people(homeserver, "Ana") as (ana,),
        housed(homeserver, account, sqlite_store, tmp_path, allowed=allowed),
    ):
        room = await ana.makes_room(account.user)
        await becomes(ana, room, account.user, "join" if followed else "leave")


async def test_one_person_may_be_allowed(homeserver: Synapse, sqlite_store: Store, tmp_path: Path) -> None:
    account = account_of(homeserver)
    async with (
        people(homeserver, "Ana", "Eve") as (ana, eve),
        housed(homeserver, account, sqlite_store, tmp_path, allowed=(ana.id,)),
    ):
        theirs, ours = await eve.makes_room(account.user), await ana.makes_room(account.user)
        await becomes(eve, theirs, account.user, "leave")
        await becomes(ana, ours, account.user, "join")


async def test_nothing_from_before_the_invitation_is_read(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path
) -> None:
    account = account_of(homeserver)
    async with people(homeserver, "Ana") as (ana,):
        room = await ana.makes_room()
        await ana.says(room, "!propose Long ago")
        async with housed(homeserver, account, sqlite_store, tmp_path) as house:
            await ana.invites(room, account.user)
            await says(ana, room, house.id, "Hello, I am Folkmoot")
            await ana.says(room, "!propose Now")
            await card(ana, room, house.id, "P-1 · Now")
    with sqlite_store.reading() as work:
        assert len(work.all(Poll)) == 1
