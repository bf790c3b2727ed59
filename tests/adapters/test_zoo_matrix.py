"""Everybody on Matrix who is nobody: each refused with its reason, and its twin, who is somebody, counted."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from adapters.matrix.ghosts import USUAL, Ghosts, is_bridged
from adapters.matrix.platform import Matrix
from bot.app import App
from bot.clock import SystemClock
from bot.config import Settings
from bot.platforms import ghosts, platforms
from decisions.model import Account, Ballot, Group, Member, Poll, Presence, Remark, Role, Room
from storage.store import Store
from storage.verify import verify
from tests.adapters.matrix_house import account_of, card, housed, in_private, native, says
from tests.adapters.matrix_server import V3, Json, Synapse, User, shown, until

PUPPET = {"fi.mau.double_puppet_source": "mautrix-telegram"}
OLD_PUPPET = {"net.maunium.telegram.puppet": True}
ELSEWHERE = {"external_url": "https://t.me/c/1/2"}
OVER = "That came over a bridge, so it does not count here"
IN_YOUR_NAME = "That came over a bridge in your name"


@dataclass(frozen=True)
class Zoo:
    """Ana's room with her proposal in it; a ghost that has more power than anybody, and our own."""

    bot: str
    store: Store
    room: str
    card: str
    poll: str
    """The poll of Matrix's own beside the card."""
    ana: User
    ben: User
    ghost: User
    own: User

    def kept(self) -> dict[str, object]:
        """All that anybody could have changed."""
        with self.store.reading() as work:
            assert verify(work) == []
            return {
                "accounts": {one.user for one in work.all(Account)},
                "members": [(one.role, one.joined_at) for one in work.all(Member)],
                "present": len(work.all(Presence)),
                "size": [one.size for one in work.all(Room)],
                "ballots": work.all(Ballot),
                "remarks": work.all(Remark),
                "polls": work.all(Poll),
                "lines": [one.lines for one in work.all(Group)],
            }

    async def told(self) -> list[str]:
        """What the bot has said in the room, oldest first."""
        return list(shown(await self.ana.events(self.room), self.bot).values())


@pytest.fixture
async def zoo(homeserver: Synapse, sqlite_store: Store, tmp_path: Path) -> AsyncIterator[Zoo]:
    account = account_of(homeserver)
    async with aiohttp.ClientSession() as session:
        ana, ben = [await User.registered(homeserver, session, name) for name in ("Ana", "Ben")]
        ghost, own = [
            await User.registered(homeserver, session, name, like="telegram_")
            for name in ("Ben (Telegram)", "Folkmoot")
        ]
        made = Ghosts(ours=frozenset({own.id.partition(":")[0].partition("_")[2]}))
        async with housed(homeserver, account, sqlite_store, tmp_path, ghosts=made) as house:
            powers = {"users": {ghost.id: 100, ana.id: 100}}
            room = await ana.makes_room(version="11", power_level_content_override=powers)
            for one in (ben, ghost, own):
                await one.joins(room)
            await ana.invites(room, house.id)
            await says(ana, room, house.id, "Hello, I am Folkmoot")
            await ana.says(room, "!propose Meet monthly")
            event, _ = await card(ana, room, house.id)
            poll = await native(ana, room, house.id)
            yield Zoo(house.id, sqlite_store, room, event, poll["event_id"], ana, ben, ghost, own)
        assert house.aside == []


Act = Callable[[Zoo], Awaitable[object]]


def reaction(event: str) -> Json:
    return {"m.relates_to": {"rel_type": "m.annotation", "event_id": event, "key": "✅"}}


def response(event: str) -> Json:
    given = {"org.matrix.msc3381.poll.response": {"answers": ["0"]}}
    return given | {"m.relates_to": {"rel_type": "m.reference", "event_id": event}}


@dataclass(frozen=True)
class Animal:
    """What it does, and what its twin does, that counts."""

    does: Act
    twin: Act


GHOSTS = {
    "says a command": Animal(
        lambda zoo: zoo.ghost.says(zoo.room, "!agree P-1"), lambda zoo: zoo.ben.says(zoo.room, "!agree P-1")
    ),
    "says a sign": Animal(
        lambda zoo: zoo.ghost.says(zoo.room, "+1 gladly"), lambda zoo: zoo.ben.says(zoo.room, "+1 gladly")
    ),
    "sets a sign": Animal(
        lambda zoo: zoo.ghost.reacts(zoo.room, zoo.card, "✅"), lambda zoo: zoo.ben.reacts(zoo.room, zoo.card, "✅")
    ),
    "answers the poll": Animal(
        lambda zoo: zoo.ghost.taps(zoo.room, zoo.poll, "0"), lambda zoo: zoo.ben.taps(zoo.room, zoo.poll, "0")
    ),
    "replies to the card": Animal(
        lambda zoo: zoo.ghost.replies(zoo.room, zoo.card, "agree it worked"),
        lambda zoo: zoo.ben.replies(zoo.room, zoo.card, "agree it worked"),
    ),
}

PUPPETS = {
    "says a command": Animal(
        lambda zoo: zoo.ben.says(zoo.room, "!agree P-1", **PUPPET), lambda zoo: zoo.ben.says(zoo.room, "!agree P-1")
    ),
    "says a sign, marked as bridges did before": Animal(
        lambda zoo: zoo.ben.says(zoo.room, "+1", **OLD_PUPPET), lambda zoo: zoo.ben.says(zoo.room, "+1")
    ),
    "says a sign from elsewhere": Animal(
        lambda zoo: zoo.ben.says(zoo.room, "+1", **ELSEWHERE), lambda zoo: zoo.ben.says(zoo.room, "+1")
    ),
    "sets a sign": Animal(
        lambda zoo: zoo.ben.sends(zoo.room, "m.reaction", reaction(zoo.card) | PUPPET),
        lambda zoo: zoo.ben.replies(zoo.room, zoo.card, "+1 that settles it"),
    ),
    "answers the poll": Animal(
        lambda zoo: zoo.ben.sends(zoo.room, "org.matrix.msc3381.poll.response", response(zoo.poll) | PUPPET),
        lambda zoo: zoo.ben.taps(zoo.room, zoo.poll, "0"),
    ),
}


async def counted(zoo: Zoo) -> None:
    """Ben's own act counts."""
    await says(zoo.ana, zoo.room, zoo.bot, "agree 1: Ben")
    with zoo.store.reading() as work:
        assert len(work.all(Ballot)) == 1


@pytest.mark.parametrize("animal", GHOSTS.values(), ids=list(GHOSTS))
async def test_a_ghost_is_refused_in_the_room_and_its_twin_counts(zoo: Zoo, animal: Animal) -> None:
    before = zoo.kept()
    await animal.does(zoo)
    await says(zoo.ana, zoo.room, zoo.bot, OVER)
    assert zoo.kept() == before
    await animal.twin(zoo)
    await counted(zoo)
    assert zoo.kept()["members"] == before["members"]


@pytest.mark.parametrize("animal", PUPPETS.values(), ids=list(PUPPETS))
async def test_a_puppet_is_refused_alone_and_its_twin_counts(zoo: Zoo, animal: Animal) -> None:
    before = zoo.kept()
    await animal.does(zoo)
    await in_private(zoo.ben, zoo.bot, IN_YOUR_NAME)
    assert zoo.kept() == before
    await animal.twin(zoo)
    await counted(zoo)
    assert not [one for one in await zoo.told() if "bridge" in one]


async def test_mere_talk_notices_edits_and_our_own_copy_are_left_alone(zoo: Zoo) -> None:
    before = zoo.kept()
    talk = await zoo.ana.says(zoo.room, "Shall we?")
    for one in (zoo.ghost, zoo.own):
        await one.says(zoo.room, "We should meet")
        said = await one.replies(zoo.room, talk, "agree with Ana")
        await one.edits(zoo.room, said, "!agree P-1")
        await one.reacts(zoo.room, talk, "✅")
        await one.says(zoo.room, "!agree P-1", msgtype="m.notice")
        await one.redacts(zoo.room, said)
    await zoo.own.says(zoo.room, "!agree P-1")
    await zoo.own.says(zoo.room, (await zoo.told())[-1])
    await zoo.own.reacts(zoo.room, zoo.card, "✅")
    await zoo.own.replies(zoo.room, zoo.card, "agree it worked")
    await zoo.ben.says(zoo.room, "We should meet", **PUPPET)
    await zoo.ben.says(zoo.room, "!agree P-1", msgtype="m.notice")
    await zoo.ana.says(zoo.room, "!help")
    await in_private(zoo.ana, zoo.bot, "propose")
    assert zoo.kept() == before
    assert not [one for one in await zoo.told() if "bridge" in one]
    invited = await zoo.ben.invitations()
    assert not invited


async def test_a_ghost_that_writes_to_us_alone_is_told_there(zoo: Zoo) -> None:
    before = zoo.kept()
    alone = await zoo.ghost.makes_room(zoo.bot, is_direct=True, preset="trusted_private_chat")
    await says(zoo.ghost, alone, zoo.bot, "Hello, I am Folkmoot")
    await zoo.ghost.says(alone, "agree P-1")
    await says(zoo.ghost, alone, zoo.bot, OVER)
    assert zoo.kept() == before


async def test_who_is_refused_again_and_again_fills_no_room(zoo: Zoo) -> None:
    for number in range(15):
        await zoo.ghost.says(zoo.room, f"!propose Idea {number}")
        await zoo.ben.says(zoo.room, f"+1 {number}", **PUPPET)
    await zoo.ben.says(zoo.room, "+1 myself")
    await counted(zoo)
    alone = await in_private(zoo.ben, zoo.bot, IN_YOUR_NAME)
    await zoo.ben.says(alone, "show P-1")
    await says(zoo.ben, alone, zoo.bot, "P-1 ·")
    assert len([one for one in await zoo.told() if OVER in one]) == 1
    told = shown(await zoo.ben.events(alone), zoo.bot).values()
    assert len([one for one in told if IN_YOUR_NAME in one]) == 1


async def test_what_somebody_deletes_elsewhere_is_taken_back(zoo: Zoo) -> None:
    said = await zoo.ben.says(zoo.room, "+1")
    await counted(zoo)
    path = f"{V3}/rooms/{zoo.room}/redact/{said}/by-a-bridge"
    await zoo.ben.call("PUT", path, PUPPET)
    await says(zoo.ana, zoo.room, zoo.bot, "agree 0")


async def test_a_card_that_a_ghost_removes_is_posted_again_and_nobodys_words_are_taken_back(zoo: Zoo) -> None:
    said = await zoo.ana.replies(zoo.room, zoo.card, "+1 it worked")
    await says(zoo.ana, zoo.room, zoo.bot, "agree 1: Ana")
    await zoo.ghost.redacts(zoo.room, said)
    await zoo.ghost.redacts(zoo.room, zoo.card)
    event, body = await card(zoo.ana, zoo.room, zoo.bot)
    assert event != zoo.card
    assert "agree 1: Ana" in body
    assert zoo.ghost.id not in str(zoo.kept()["accounts"])


async def test_ghosts_are_no_members_are_not_counted_and_look_after_nothing(zoo: Zoo) -> None:
    with zoo.store.reading() as work:
        assert {one.user for one in work.all(Account)} == {zoo.ana.id, zoo.ben.id}
        assert [one.role for one in work.all(Member)] == [Role.FACILITATOR, Role.MEMBER]
        assert work.the(Room, id=1).size == 2
    await zoo.ghost.leaves(zoo.room)
    await zoo.ghost.joins(zoo.room)
    await zoo.ben.leaves(zoo.room)

    async def alone() -> bool:
        with zoo.store.reading() as work:
            return work.the(Room, id=1).size == 1

    await until(alone)
    with zoo.store.reading() as work:
        assert len(work.all(Account)) == 2
        assert len(work.all(Presence)) == 1


async def test_once_it_is_said_what_ghosts_are_called_they_are_members_no_more(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path
) -> None:
    account = account_of(homeserver)
    async with aiohttp.ClientSession() as session:
        ana = await User.registered(homeserver, session, "Ana")
        ghost = await User.registered(homeserver, session, "Ben (elsewhere)", like="xy_")

        async def there(present: int) -> bool:
            with sqlite_store.reading() as work:
                return [one.size for one in work.all(Room)] == [len(work.all(Presence))] == [present]

        async with housed(homeserver, account, sqlite_store, tmp_path):
            room = await ana.makes_room()
            await ghost.joins(room)
            await ana.invites(room, account.user)
            await until(lambda: there(2))
            await ghost.says(room, "!propose Meet monthly")
            await card(ana, room, account.user)
        async with housed(homeserver, account, sqlite_store, tmp_path, ghosts=Ghosts(("xy_*",))):
            await until(lambda: there(1))
            await ghost.says(room, "+1")
            await says(ana, room, account.user, OVER)
            await ana.says(room, "+1")
            await says(ana, room, account.user, "agree 1: Ana")


# -- who is one -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "user",
    ["@telegram_123:here", "@_discord_1:here", "@_irc_ana:here", "@whatsapp_4930:here", "@slack_t1-u2:here", "@TELEGRAM_1:here",
     "@signal_0a-1b:here", "@_xmpp_ana=40here:here", "@gitter_ana:here", "@telegrambot:here", "@matterbridge:here"],
)  # fmt: skip
def test_usual_ghosts(user: str) -> None:
    assert Ghosts().has(user)


@pytest.mark.parametrize(
    "user",
    ["@ana:here", "@ana:telegram_1", "@telegram:here", "@my_telegram_1:here", "@talbot:here", "@irca:here", "", "@"],
)
def test_people_are_none(user: str) -> None:
    assert not Ghosts().has(user)


def test_a_setting_says_what_ghosts_are_called() -> None:
    made = ghosts(Settings(_env_file=None, matrix_ghosts=" tg-*,@*:irc.example.org ,", telegram_token="42:secret"))
    assert [made.has(one) for one in ("@tg-1:here", "@ana:irc.example.org", "@telegram_1:here")] == [True, True, False]
    assert not made.is_ours("@tg-42:here")
    usual = ghosts(Settings(_env_file=None, telegram_token="42:secret"))
    assert usual.globs == USUAL
    assert [usual.is_ours(one) for one in ("@telegram_42:here", "@telegram_142:here", "@folk_42:here")] == [
        True,
        False,
        False,
    ]
    assert not ghosts(Settings(_env_file=None)).is_ours("@telegram_:here")


def test_the_platform_knows_the_setting(sqlite_store: Store) -> None:
    settings = Settings(
        _env_file=None, matrix_homeserver="https://here", matrix_token="secret", matrix_ghosts="tg-*", telegram_token=""
    )
    (made,) = platforms(settings, App(sqlite_store, SystemClock()))
    assert isinstance(made, Matrix)
    assert made._wiring.ghosts.has("@tg-1:here")


@pytest.mark.parametrize(
    ("content", "bridged"),
    [(PUPPET, True), (OLD_PUPPET, True), ({"com.beeper.linkedin.puppet": True}, True), (ELSEWHERE, True),
     ({"net.maunium.telegram.puppet": False}, False), ({"net.maunium.puppet": True}, False), ({"body": "puppet"}, False), ({}, False)],
)  # fmt: skip
def test_what_bridges_post_in_somebodys_name_is_known_by_its_marks(content: Json, bridged: bool) -> None:
    assert is_bridged(content) is bridged
