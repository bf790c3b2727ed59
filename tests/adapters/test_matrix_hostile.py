"""What a stranger or a broken client may send: nothing of it counts, nothing is lost, and the rest goes on."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest_asyncio

from decisions.model import Ballot, Poll, Status
from storage.store import Store
from tests.adapters.matrix_house import House, account_of, card, housed, in_private, native, people, says
from tests.adapters.matrix_server import Json, Synapse, User

RESPONSE, END = "org.matrix.msc3381.poll.response", "org.matrix.msc3381.poll.end"


@dataclass
class Meeting:
    """Ana's proposal is open in the room; Ben and Eve are there too."""

    house: House
    ana: User
    ben: User
    eve: User
    room: str
    card: str
    poll: str

    async def goes_on(self) -> list[dict[str, int]]:
        """What counts once Ben's vote, which comes after all the rest, is on the card."""
        await self.ben.says(self.room, "+1 all the same")
        await says(self.ana, self.room, self.house.id, "(agree): all the same")
        with self.house.app.store.reading() as work:
            return [dict(one.marks) for one in work.all(Ballot, poll_id=1)]

    async def taps(self, who: User, content: Json) -> None:
        relation = {"rel_type": "m.reference", "event_id": self.poll}
        await who.sends(self.room, RESPONSE, {"m.relates_to": relation} | content)


@pytest_asyncio.fixture
async def meeting(homeserver: Synapse, sqlite_store: Store, tmp_path: Path) -> AsyncIterator[Meeting]:
    account = account_of(homeserver)
    async with (
        people(homeserver, "Ana", "Ben", "Eve") as (ana, ben, eve),
        housed(homeserver, account, sqlite_store, tmp_path) as house,
    ):
        room = await ana.makes_room(account.user)
        await ben.joins(room)
        await eve.joins(room)
        await ana.says(room, "!propose Meet monthly")
        event, _ = await card(ana, room, house.id)
        poll = await native(ana, room, house.id)
        yield Meeting(house, ana, ben, eve, room, event, poll["event_id"])
        assert not house.aside


ONLY_BEN = [{"agree": 1}]


BAD: tuple[Any, ...] = (["0", "1"], ["9"], ["no such"], [], "0", None, [0], [["0"]], {"0": 1}, ["x"] * 5000)


async def test_answers_that_a_poll_cannot_take(meeting: Meeting) -> None:
    for answers in BAD:
        await meeting.taps(meeting.eve, {RESPONSE: {"answers": answers}})
    await meeting.taps(meeting.eve, {})
    assert await meeting.goes_on() == ONLY_BEN  # the first was a vote, and the next took it back


async def test_another_rooms_events_and_others_ends(meeting: Meeting) -> None:
    elsewhere = await meeting.eve.makes_room(name="Elsewhere")
    await meeting.eve.invites(elsewhere, meeting.house.id)
    await says(meeting.eve, elsewhere, meeting.house.id, "Hello, I am Folkmoot")
    await meeting.eve.replies(elsewhere, meeting.card, "agree from afar")
    relation = {"m.relates_to": {"rel_type": "m.reference", "event_id": meeting.poll}}
    await meeting.eve.sends(meeting.room, END, relation | {END: {}})
    await meeting.eve.edits(meeting.room, meeting.card, "P-1 · Something else")
    assert await meeting.goes_on() == ONLY_BEN
    with meeting.house.app.store.reading() as work:
        assert work.the(Poll, id=1).status is Status.OPEN


async def test_an_edit_is_no_vote_and_a_flood_of_signs_none_either(meeting: Meeting) -> None:
    said = await meeting.eve.says(meeting.room, "I like it")
    await meeting.eve.edits(meeting.room, said, "+1 I like it")
    for number in range(60):
        await meeting.eve.reacts(meeting.room, meeting.card, chr(0x1F600 + number))
    assert await meeting.goes_on() == ONLY_BEN


async def test_long_words_and_names_that_copy_others(meeting: Meeting) -> None:
    copied = "\u202eBen\u2066\u200b"
    await meeting.eve.call("PUT", f"/_matrix/client/v3/profile/{meeting.eve.id}/displayname", {"displayname": copied})
    await meeting.eve.says(meeting.room, "!propose " + "x" * 50_000)
    await in_private(meeting.eve, meeting.house.id, "Put the rest on the lines below")
    await meeting.eve.says(meeting.room, "-1 no")
    assert sorted(await meeting.goes_on(), key=str) == [{"agree": 1}, {"disagree": 1}]
    _, body = await card(meeting.ana, meeting.room, meeting.house.id)
    assert "\u202e" not in body
    assert re.search(r"agree 1: Ben #\d+$", body, re.MULTILINE)  # who is taken for whom is told apart


async def test_who_was_put_out_has_no_voice(meeting: Meeting) -> None:
    await meeting.eve.reacts(meeting.room, meeting.card, "✅")
    await says(meeting.ana, meeting.room, meeting.house.id, "agree 1: Eve")
    await meeting.ana.kicks(meeting.room, meeting.eve.id)
    private = await meeting.eve.makes_room(meeting.house.id, is_direct=True, preset="trusted_private_chat")
    await says(meeting.eve, private, meeting.house.id, "Hello, I am Folkmoot")
    await meeting.eve.says(private, "disagree P-1 from outside")
    assert {"disagree": 1} not in await meeting.goes_on()
