"""Everybody on Telegram who is nobody: each refused with its reason, and its twin, who is somebody, counted."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest

from adapters.telegram.budget import Limits
from decisions.model import Account, Ballot, Group, Member, Poll, Post, Presence, Room
from storage.store import Store
from storage.verify import verify
from tests.adapters.telegram_house import housed, true
from tests.adapters.telegram_server import Chat, Message, Server, User
from tests.adapters.telegram_server.groups import Group as Supergroup
from tests.adapters.telegram_server.messages import plain


@dataclass(frozen=True)
class Zoo:
    """A proposal of Ana's, who administers the group; Ben has started the private chat, Cem has not."""

    server: Server
    store: Store
    group: Supergroup
    card: Message
    ana: User
    ben: User
    cem: User
    relay: User
    """Another bot."""
    channel: Chat

    def relayed(self, text: str, **more: object) -> None:
        """The other bot says something that we hear."""
        said = self.group.new(self.relay, plain(text), **more)
        self.server.updates.add("message", said.wire(), said)

    async def until(self, condition: Callable[[], object]) -> None:
        try:
            async with asyncio.timeout(10):
                await self.server.until(condition)
        except TimeoutError:
            said = [f"{one.method} {one.values} -> {one.answer}" for one in self.server.calls[-20:]]
            raise AssertionError("\n".join(said)) from None

    def kept(self) -> dict[str, object]:
        """All that anybody could have changed."""
        with self.store.reading() as work:
            assert verify(work) == []
            return {
                "accounts": {one.user for one in work.all(Account)},
                "members": len(work.all(Member)),
                "present": len(work.all(Presence)),
                "ballots": work.all(Ballot),
                "polls": work.all(Poll),
                "lines": [one.lines for one in work.all(Group)],
            }

    def ballots(self) -> int:
        with self.store.reading() as work:
            return len(work.all(Ballot))


@pytest.fixture
async def zoo(sqlite_store: Store) -> AsyncIterator[Zoo]:
    async with Server(privacy=False) as server, housed(server, sqlite_store) as house:
        ana, ben, cem = (server.user(name) for name in ("Ana", "Ben", "Cem"))
        relay = server.user("Relay", username="relay_bot", bot=True)
        group = server.supergroup("Partnerships", ana, ben, cem, relay, admins=(ana,))
        ben.starts()
        group.says(ana, "/propose Meet monthly")
        for one in (ben, cem):
            group.joins(one)
        async with asyncio.timeout(10):
            await server.until(lambda: any("P-1 ·" in one.text for one in group.messages) and ben.messages)
        await true(lambda: posted(sqlite_store))
        await server.taken()
        card = group.message("P-1 ·")
        yield Zoo(server, sqlite_store, group, card, ana, ben, cem, relay, server.channel("News"))
        assert house.aside == []


def posted(store: Store) -> bool:
    """Whether it is kept which message each post is, and everybody is known."""
    with store.reading() as work:
        return all(one.message for one in work.all(Post)) and len(work.all(Member)) == 3


@dataclass(frozen=True)
class Animal:
    """What it does, what it is told, where; and what its twin does, that counts."""

    does: Callable[[Zoo], object]
    told: str
    twin: Callable[[Zoo], object]
    where: Callable[[Zoo], Chat] = lambda zoo: zoo.group


ANIMALS = {
    "an anonymous administrator": Animal(
        lambda zoo: zoo.group.says_anonymously(zoo.ana, "/agree P-1"),
        "You write as the group or a channel",
        lambda zoo: zoo.ana.presses(zoo.card, "agree 0"),
    ),
    "an anonymous administrator's sign": Animal(
        lambda zoo: zoo.group.says_anonymously(zoo.ana, "+1"),
        "You write as the group or a channel",
        lambda zoo: zoo.group.says(zoo.ana, "+1"),
    ),
    "a channel": Animal(
        lambda zoo: zoo.group.says_as_channel(zoo.channel, "/agree P-1"),
        "You write as the group or a channel",
        lambda zoo: zoo.group.says(zoo.ben, "/agree P-1"),
    ),
    "the linked channel": Animal(
        lambda zoo: zoo.group.says_as_channel(zoo.channel, "RESOLVED: Meet monthly", linked=True),
        "That came from the channel",
        lambda zoo: zoo.group.says(zoo.ben, "+1 as the channel says"),
    ),
    "another bot": Animal(
        lambda zoo: zoo.relayed("/agree P-1"),
        "A bot said that",
        lambda zoo: zoo.group.says(zoo.ben, "/agree P-1"),
    ),
    "a bot that passes on what people say": Animal(
        lambda zoo: zoo.relayed("agree says Eve on IRC", reply_to=zoo.card),
        "A bot said that",
        lambda zoo: zoo.group.says(zoo.ben, "agree says Eve on IRC", reply_to=zoo.card),
    ),
    "words by another bot": Animal(
        lambda zoo: zoo.group.says(zoo.ben, "+1", via_bot=zoo.relay.wire()),
        "Another bot wrote that for you",
        lambda zoo: zoo.group.says(zoo.ben, "+1"),
        lambda zoo: zoo.ben.private,
    ),
    "a forwarded sign": Animal(
        lambda zoo: zoo.group.forwards(zoo.ben, "+1", of=zoo.cem),
        "That was forwarded",
        lambda zoo: zoo.group.says(
            zoo.ben, "+1 as it says", reply_to=zoo.card, quote={"text": "Meet monthly", "position": 6}
        ),
        lambda zoo: zoo.ben.private,
    ),
    "what somebody forwards whom we cannot write to": Animal(
        lambda zoo: zoo.group.forwards(zoo.cem, "/agree P-1", of=zoo.ben),
        "That was forwarded",
        lambda zoo: zoo.group.says(zoo.cem, "/agree P-1"),
    ),
    "what is forwarded to us alone": Animal(
        lambda zoo: zoo.ben.private.forwards(zoo.ben, "agree P-1", of=zoo.cem),
        "That was forwarded",
        lambda zoo: zoo.ben.writes("agree P-1"),
        lambda zoo: zoo.ben.private,
    ),
}


@pytest.mark.parametrize("animal", ANIMALS.values(), ids=list(ANIMALS))
async def test_each_is_refused_with_its_reason_and_its_twin_counts(zoo: Zoo, animal: Animal) -> None:
    before, place = zoo.kept(), animal.where(zoo)
    animal.does(zoo)
    await zoo.until(lambda: any(animal.told in one.text for one in place.messages))
    assert zoo.kept() == before
    animal.twin(zoo)
    await true(lambda: zoo.ballots() == 1)
    assert zoo.kept()["accounts"] == before["accounts"]
    assert len([one for chat in (zoo.group, zoo.ben.private) for one in chat.messages if animal.told in one.text]) == 1


SILENT: dict[str, Callable[[Zoo], object]] = {
    "an anonymous administrator talks": lambda zoo: zoo.group.says_anonymously(zoo.ana, "We should meet"),
    "a channel talks": lambda zoo: zoo.group.says_as_channel(zoo.channel, "We should meet"),
    "the linked channel posts": lambda zoo: zoo.group.says_as_channel(zoo.channel, "We should meet", linked=True),
    "a bot talks": lambda zoo: zoo.relayed("<Eve> we should meet"),
    "a bot repeats our card": lambda zoo: zoo.relayed(zoo.card.text),
    "our card is shown by inline mode": lambda zoo: zoo.group.says(
        zoo.ben, "D-1", reply_to=zoo.card, via_bot=zoo.server.bot.wire()
    ),
    "talk is forwarded": lambda zoo: zoo.group.forwards(zoo.ben, "We should meet", of=zoo.cem),
}


@pytest.mark.parametrize("does", SILENT.values(), ids=list(SILENT))
async def test_mere_talk_of_nobody_is_left_alone(zoo: Zoo, does: Callable[[Zoo], object]) -> None:
    before = zoo.kept()
    does(zoo)
    await zoo.server.taken()
    assert zoo.kept() == before
    zoo.ben.writes("agree P-1")
    await zoo.until(lambda: any("Counted on P-1" in one.text for one in zoo.ben.messages))
    await zoo.until(lambda: "agree 1: Ben" in zoo.card.text)
    assert zoo.group.messages == [zoo.card]
    assert len(zoo.ben.messages) == 2  # hello, and counted


@pytest.mark.parametrize("voter", ["group", "channel"])
async def test_an_answer_in_a_native_poll_by_a_chat_is_refused_under_it_and_a_persons_counts(
    zoo: Zoo, voter: str
) -> None:
    zoo.group.says(zoo.ana, '/poll --native "Tea or coffee?" "Tea" "Coffee"')
    await zoo.until(lambda: any(one.poll for one in zoo.group.messages))
    message = next(one for one in zoo.group.messages if one.poll)
    assert message.poll
    await true(lambda: posted(zoo.store))
    before, chat = zoo.kept(), zoo.group if voter == "group" else zoo.channel
    for _ in range(5):
        message.poll.answered_anonymously(chat.wire(), 0)
    message.poll.answered_anonymously(chat.wire())
    await zoo.until(lambda: any("as a group or a channel" in one.text for one in zoo.group.messages))
    assert zoo.group.message("as a group or a channel").reply_to is message
    assert zoo.kept() == before
    zoo.ben.votes(message, 1)
    await true(lambda: zoo.ballots() == 1)
    assert zoo.group.message("as a group or a channel").text


async def test_who_is_refused_again_and_again_fills_no_room(zoo: Zoo) -> None:
    known = len(zoo.ben.messages)
    for number in range(20):
        zoo.group.says_anonymously(zoo.ana, f"/propose Idea {number}")
        zoo.relayed("/agree P-1")
        zoo.group.forwards(zoo.ben, f"+1 {number}", of=zoo.cem)
        zoo.group.forwards(zoo.cem, f"-1 {number}", of=zoo.ben)
    zoo.group.says(zoo.ben, "+1 myself")
    await zoo.until(lambda: any("Counted on P-1" in one.text for one in zoo.ben.messages))
    await zoo.until(lambda: len(zoo.group.messages) == 4)
    assert len(zoo.ben.messages) == known + 2
    assert zoo.ballots() == 1


async def test_in_a_busy_minute_a_sign_says_that_it_did_not_count(sqlite_store: Store) -> None:
    async with Server(privacy=False) as server, housed(server, sqlite_store, limits=Limits(a_minute=1)):
        ana = server.user("Ana")
        group = server.supergroup("Partnerships", ana, admins=(ana,))
        group.says(ana, "/propose Meet monthly")
        async with asyncio.timeout(10):
            await server.until(lambda: group.messages)
            said = group.says_anonymously(ana, "+1")
            await server.until(lambda: said.reactions)
        assert len(group.messages) == 1


async def test_bots_are_no_members_and_are_not_counted(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store):
        ana, ben, cem, dia = (server.user(name) for name in ("Ana", "Ben", "Cem", "Dia"))
        bridge, late, brief = (server.user(name, bot=True) for name in ("Bridge", "Late", "Brief"))
        group = server.supergroup("Partnerships", ana, ben, bridge, admins=(ana, bridge))
        group.joins(late, brief, by=ana)
        group.leaves(brief)  # nobody is told of it
        group.joins(cem)
        await true(lambda: size(sqlite_store) == 3)
        group.removes(late, by=ana)
        group.joins(dia)
        await true(lambda: size(sqlite_store) == 4)
        with sqlite_store.reading() as work:
            assert {one.user for one in work.all(Account)} == {str(one.id) for one in (cem, dia)}


def size(store: Store) -> int | None:
    """How many people are said to be in the room."""
    with store.reading() as work:
        return next((one.size for one in work.all(Room)), None)
