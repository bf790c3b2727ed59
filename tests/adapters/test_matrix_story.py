"""A group decides on Matrix, on a real homeserver: by command, by reaction, by its own polls, by replies, and is told alone."""

from pathlib import Path

from storage.store import Store
from tests.adapters.matrix_house import account_of, card, housed, in_private, native, people, says
from tests.adapters.matrix_server import Synapse


async def test_three_people_decide(homeserver: Synapse, sqlite_store: Store, tmp_path: Path) -> None:
    account = account_of(homeserver)
    async with (
        people(homeserver, "Ana", "Ben", "Cem") as (ana, ben, cem),
        housed(homeserver, account, sqlite_store, tmp_path) as house,
    ):
        room = await ana.makes_room(account.user)
        await ben.joins(room)
        await cem.joins(room)
        await says(ana, room, house.id, "Hello, I am Folkmoot")

        await ana.says(room, "!propose Translate the statement\ninto 12 languages")
        event, body = await card(ana, room, house.id)
        assert "into 12 languages" in body
        assert "✅ agree" in body
        await ben.reacts(room, event, "✅")
        await says(ana, room, house.id, "agree 1: Ben")

        poll = await native(ana, room, house.id)
        await cem.taps(room, poll["event_id"], "2")
        await says(ana, room, house.id, "disagree 1: Cem")
        await cem.replies(room, event, "disagree Too many at once")
        await says(ana, room, house.id, "Cem (disagree): Too many at once")

        await ana.threads(room, event, "Who checks the quality?")
        await says(ana, room, house.id, "One remark")
        await ana.says(room, f"{account.user}: agree P-1")
        await says(ana, room, house.id, "agree 2")

        await ana.says(room, "!clsoe P-1")
        await in_private(ana, house.id, "Did you mean: close")
        await ana.says(room, "!close P-1")
        result = await says(ana, room, house.id, "D-1 · Translate the statement")
        events = await ana.events(room)
        (told,) = (one for one in events if one["event_id"] == result)
        assert told["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == event
        assert any(one["type"].endswith("poll.end") for one in events)
        assert not house.aside
