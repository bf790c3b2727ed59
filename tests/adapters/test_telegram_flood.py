"""Under flood: one group that may not be written to holds up nobody, and forged presses by the thousand count nothing."""

import asyncio
import random

import pytest

from adapters.telegram.budget import Limits
from decisions.model import Ballot
from storage.store import Store
from tests.adapters.telegram_house import FREELY, housed
from tests.adapters.telegram_server import Chat, Message, Server, User


async def proposed(server: Server, title: str, people: int) -> tuple[Chat, list[User], Message]:
    members = [server.user(f"{title} {number}") for number in range(people)]
    group = server.supergroup(title, *members, admins=(members[0],))
    group.says(members[0], "/propose Meet monthly")
    async with asyncio.timeout(20):
        await server.until(lambda: group.messages)
    return group, members, group.messages[0]


async def test_a_group_under_flood_control_holds_up_nobody(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store, limits=Limits()):
        _, calm, card = await proposed(server, "Calm", 40)
        await asyncio.sleep(1)
        loud, shouting, other = await proposed(server, "Loud", 60)
        server.down("flood", retry_after=30, methods=("sendMessage", "editMessageText"))
        for one in shouting:
            one.forges(other, other.keyboard[0][0].data)
            loud.says(one, "/clsoe")
        async with asyncio.timeout(20):
            await server.until(lambda: all(press.answered for one in shouting for press in one.presses_made))
        await answered(server, calm, card)
        assert server.trouble is not None  # to the loud group nothing could be sent yet
        server.up()


async def answered(server: Server, members: list[User], card: Message) -> None:
    """Each presses, one after another, and waits less long than a flooded group has to."""
    for one in members:
        press = one.forges(card, card.keyboard[0][0].data)
        async with asyncio.timeout(20):
            await server.answered(press)


async def test_a_burst_of_votes_is_a_few_edits_of_one_card(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store, limits=Limits(pause=0.3)):
        group, members, card = await proposed(server, "Partnerships", 40)
        for one in members:
            one.forges(card, card.keyboard[0][0].data)
        async with asyncio.timeout(20):
            await server.until(lambda: "agree 40" in card.text)
        assert len(card.edits) < 10
        assert len(group.messages) == 1


async def test_an_answer_that_fails_is_tried_again(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store):
        group, members, card = await proposed(server, "Partnerships", 2)
        server.down("error", "cut", methods=("answerCallbackQuery",), times=2)
        press = members[1].forges(card, card.keyboard[0][0].data)
        async with asyncio.timeout(20):
            assert (await server.answered(press)).startswith("Counted on P-1")
        server.down("flood", methods=("sendMessage",), times=1)
        group.says(members[1], "/clsoe")
        async with asyncio.timeout(20):
            await server.until(lambda: "Did you mean" in group.last.text)


async def test_who_presses_too_fast_is_told_once_and_no_press_is_left_waiting(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store):
        _, members, card = await proposed(server, "Partnerships", 2)
        presses = [members[1].forges(card, card.keyboard[number % 2][0].data) for number in range(63)]
        async with asyncio.timeout(20):
            await server.until(lambda: all(one.answered for one in presses))
        told = [one.toast or "" for one in presses]
        assert all("P-1" in one for one in told[:60])
        assert told[60].startswith("That is more than 60 presses in a minute, so this one does not count.")
        assert told[61:] == ["", ""]


async def forge(store: Store, presses: int) -> None:
    chance = random.Random(5)
    async with Server(checking=False) as server, housed(server, store, limits=FREELY, fast=True):
        group, members, card = await proposed(server, "Partnerships", 5)
        _, _, elsewhere = await proposed(server, "Others", 2)
        group.says(members[0], "/propose Long gone")
        async with asyncio.timeout(20):
            await server.until(lambda: len(group.messages) == 2)
        closed = group.messages[1]
        group.says(members[0], f"/close {closed.text.split(' ')[0]}")
        async with asyncio.timeout(20):
            await server.until(lambda: not closed.keyboard)
        stranger = server.user("Eve")
        gone = closed.history[0].keyboard[0][0].data
        good = card.keyboard[0][0].data
        made = []
        for _ in range(presses):
            place = chance.randrange(len(good))
            data = chance.choice(
                [
                    good[:place] + chr(chance.randrange(33, 127)).replace(good[place], "!") + good[place + 1 :],
                    elsewhere.keyboard[0][0].data,
                    gone,
                    good.replace("p1", "p3"),
                    "".join(chr(chance.randrange(1, 0x250)) for _ in range(chance.randrange(1, 30))),
                ]
            )
            if data != good:
                made.append(chance.choice([*members, stranger]).forges(card, data))
        async with asyncio.timeout(300):
            await server.until(lambda: all(one.answered for one in made))
        assert all(one.alert and one.toast for one in made)
        with store.reading() as work:
            assert work.all(Ballot) == []


async def test_forged_presses(sqlite_store: Store) -> None:
    await forge(sqlite_store, 150)


@pytest.mark.long
async def test_five_thousand_forged_presses(sqlite_store: Store) -> None:
    await forge(sqlite_store, 5000)
