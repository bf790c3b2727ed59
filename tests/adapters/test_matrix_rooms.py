"""Matrix rooms of every version in use: who may what, upgrades, and what becomes of cards where we or they were put out."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from adapters.base import Answer, Handle, Request, Verdict
from adapters.matrix.line import Line
from decisions.model import Group, Post, Presence, Room
from storage.store import Store
from storage.verify import verify
from tests.adapters.matrix_house import House, account_of, card, housed, native, people, says
from tests.adapters.matrix_server import V3, Json, Synapse, User, shown, until

FIRST = "12"
VERSIONS = (*(pytest.param(one, marks=pytest.mark.long) for one in ("10", "11")), FIRST)
POWERS = "m.room.power_levels"
TOMBSTONE = "m.room.tombstone"
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")


class Answers(dict[str, Answer]):
    """What came of each request, by its key."""

    def __call__(self, handle: Handle) -> Handle:
        async def handled(request: Request) -> Answer:
            self[request.key] = answer = await handle(request)
            return answer

        return handled


@dataclass
class Scene:
    """A room that Ana made, with the bot and the others in it."""

    house: House
    room: str
    answers: Answers
    people: list[User]

    async def asks(self, user: User, text: str) -> Verdict:
        """What comes of somebody's words in the room."""
        event = await user.says(self.room, text)

        async def answered() -> Answer | None:
            return self.answers.get(event)

        answer: Answer = await until(answered)
        return answer.verdict

    async def inside(self, room: str, user: str) -> None:
        async def there() -> bool:
            members = await self.people[0].call("GET", f"{V3}/rooms/{room}/joined_members")
            return user in members["joined"]

        await until(there)

    async def power(self, of: User, number: int) -> None:
        """Ana gives somebody so much power."""
        powers = await self.powers()
        await self.people[0].sets(self.room, POWERS, powers | {"users": powers["users"] | {of.id: number}})

    async def powers(self) -> Json:
        return await self.people[0].call("GET", f"{V3}/rooms/{self.room}/state/{POWERS}")


@asynccontextmanager
async def scene(
    server: Synapse, store: Store, folder: Path, *names: str, version: str = FIRST, powers: dict[str, int], **more: Any
) -> AsyncIterator[Scene]:
    """Ana's room, into which the others come before the bot. `powers`: who has how much; in older rooms Ana has 150."""
    account, answers = account_of(server), Answers()
    async with (
        people(server, *names) as everybody,
        housed(server, account, store, folder, wrapped=answers) as house,
    ):
        ana, *others = everybody
        named = {one.id: powers[name] for one, name in zip(everybody, names, strict=True) if name in powers}
        given = named if version == FIRST else named | {ana.id: 150}
        room = await ana.makes_room(version=version, power_level_content_override={"users": given}, **more)
        made = Scene(house, room, answers, everybody)
        for one in others:
            await ana.invites(room, one.id)
            await one.joins(room)
        await ana.invites(room, account.user)
        await made.inside(room, account.user)
        yield made


MakeScene = Callable[..., Any]


@pytest.fixture
def make_scene(homeserver: Synapse, sqlite_store: Store, tmp_path: Path) -> MakeScene:
    def made(*names: str, powers: dict[str, int] | None = None, **more: Any) -> Any:
        return scene(homeserver, sqlite_store, tmp_path, *names, powers=powers or {}, **more)

    return made


# -- who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
async def test_who_may_change_the_room_may_close_anothers_poll(make_scene: MakeScene, version: str) -> None:
    async with make_scene("Ana", "Ben", "Cem", "Dia", "Eve", version=version, powers={"Ben": 50, "Cem": 100}) as made:
        ana, ben, cem, dia, eve = made.people
        for number in (1, 2, 3):
            assert await made.asks(dia, f"!propose Idea {number}") is Verdict.DONE
        assert await made.asks(eve, "!close P-1") is Verdict.REFUSED
        assert await made.asks(ben, "!close P-1") is Verdict.REFUSED
        assert await made.asks(cem, "!close P-1") is Verdict.DONE
        assert await made.asks(ana, "!close P-2") is Verdict.DONE
        powers = await made.powers()
        assert (ana.id in powers["users"]) is (version != FIRST)
        await ana.sets(made.room, POWERS, powers | {"events": powers["events"] | {POWERS: 50}})
        assert await made.asks(eve, "!close P-3") is Verdict.REFUSED
        assert await made.asks(ben, "!close P-3") is Verdict.DONE


@pytest.mark.parametrize("version", VERSIONS)
async def test_power_counts_as_it_is_when_somebody_acts(make_scene: MakeScene, version: str) -> None:
    async with make_scene("Ana", "Ben", version=version) as made:
        ana, ben = made.people
        for number in (1, 2):
            assert await made.asks(ana, f"!propose Idea {number}") is Verdict.DONE
        assert await made.asks(ben, "!close P-1") is Verdict.REFUSED
        await made.power(ben, 100)
        assert await made.asks(ben, "!close P-1") is Verdict.DONE
        await made.power(ben, 0)
        assert await made.asks(ben, "!close P-2") is Verdict.REFUSED


async def test_a_homeserver_that_tells_old_state_gives_no_power_back(
    make_scene: MakeScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does so where somebody sent an event before they knew of the change: our own reactions are enough for that."""
    async with make_scene("Ana", "Ben", powers={"Ben": 50}) as made:
        ana, ben = made.people
        await made.asks(ana, "!propose Meet monthly")
        old = await made.powers()
        await ana.sets(made.room, POWERS, old | {"events": old["events"] | {POWERS: 50}})
        await made.asks(ben, "+1")
        before = await made.powers()
        await ana.sets(made.room, POWERS, old)
        await made.asks(ben, "-1")
        stale = {"type": POWERS, "state_key": "", "sender": ana.id, "event_id": "$stale", "content": before}
        once(monkeypatch, made.room, "state", stale)
        assert await made.asks(ben, "!close P-1") is Verdict.REFUSED


# -- upgrades ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "preset"),
    [
        ("10", "public_chat"),
        pytest.param("10", "private_chat", marks=pytest.mark.long),
        pytest.param("11", "public_chat", marks=pytest.mark.long),
        pytest.param("11", "private_chat", marks=pytest.mark.long),
        pytest.param("12", "public_chat", marks=pytest.mark.long),
        pytest.param("12", "private_chat", marks=pytest.mark.long),
    ],
)
async def test_an_upgraded_room_stays_the_room_it_was(
    make_scene: MakeScene, sqlite_store: Store, version: str, preset: str
) -> None:
    async with make_scene("Ana", "Ben", version=version, preset=preset) as made:
        (ana, ben), bot = made.people, made.house.id
        await made.asks(ana, "!propose Meet monthly")
        assert await made.asks(ben, "+1 it worked before") is Verdict.DONE
        old, _ = await card(ana, made.room, bot)
        upgraded = await ana.call("POST", f"{V3}/rooms/{made.room}/upgrade", {"new_version": "12"})
        made.room = new = upgraded["replacement_room"]
        await ana.invites(new, ben.id)
        await ben.joins(new)
        if preset == "private_chat":
            await ana.invites(new, bot)
        event, body = await card(ana, new, bot)
        assert event != old
        assert "agree 1: Ben" in body
        await ana.reacts(new, event, "✅")
        await says(ana, new, bot, "agree 2: ")
        assert await made.asks(ana, "!close P-1") is Verdict.DONE
        await says(ana, new, bot, "D-1 · Meet monthly")
        assert not [one for one in shown(await ana.events(new), bot).values() if one.startswith("Hello")]
        with sqlite_store.reading() as work:
            assert [one.chat for one in work.all(Room)] == [new]
            assert len(work.all(Group)) == 1


async def test_without_the_power_for_it_nobody_says_where_a_room_goes_on(
    make_scene: MakeScene, sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with make_scene("Ana", "Ben") as made:
        (ana, ben), bot = made.people, made.house.id
        await made.asks(ana, "!propose Meet monthly")
        pretended = await ben.makes_room(creation_content={"predecessor": {"room_id": made.room, "event_id": "$x"}})
        forged = {"replacement_room": pretended, "body": "over there"}
        with pytest.raises(AssertionError, match="M_FORBIDDEN"):
            await ben.sets(made.room, TOMBSTONE, forged)
        event = {"type": TOMBSTONE, "state_key": "", "sender": ben.id, "event_id": "$forged", "content": forged}
        once(monkeypatch, made.room, "timeline", event)
        await made.asks(ben, "+1")
        await made.asks(ben, "-1")
        await ben.invites(pretended, bot)
        await says(ben, pretended, bot, "Hello, I am Folkmoot")
        assert await made.asks(ana, "!close P-1") is Verdict.DONE
        with sqlite_store.reading() as work:
            assert work.the(Room, id=1).chat == made.room


def once(monkeypatch: pytest.MonkeyPatch, room: str, part: str, event: Json) -> None:
    """A homeserver that lets through what it should not, in the last place of what it next tells of a room."""
    real, told = Line.sync, list[Json]()

    async def sync(self: Line, *more: Any, **named: Any) -> Json:
        raw = await real(self, *more, **named)
        found = raw.get("rooms", {}).get("join", {}).get(room)
        if found and not told:
            told.append(event)
            found[part]["events"].append(event)
        return raw

    monkeypatch.setattr(Line, "sync", sync)


# -- put out ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["kick", "ban"])
async def test_put_out_and_invited_again_the_card_is_posted_anew_and_goes_on(
    make_scene: MakeScene, sqlite_store: Store, how: str
) -> None:
    async with make_scene("Ana", "Ben") as made:
        (ana, ben), bot = made.people, made.house.id
        await made.asks(ana, "!propose Meet monthly")
        event, _ = await card(ana, made.room, bot)
        alone = await ben.makes_room(bot, is_direct=True, preset="trusted_private_chat")
        await says(ben, alone, bot, "Folkmoot")
        await ana.call("POST", f"{V3}/rooms/{made.room}/{how}", {"user_id": bot})
        await until(lambda: asyncio.to_thread(gone, sqlite_store))
        with sqlite_store.reading() as work:
            assert work.all(Presence) == []
            assert not any(one.live for one in work.all(Post, room_id=1))
        if how == "ban":
            await ana.call("POST", f"{V3}/rooms/{made.room}/unban", {"user_id": bot})
        await ana.invites(made.room, bot)
        again = await newer(ana, made.room, bot, event)
        await ana.reacts(made.room, event, "✅")  # on the old card: its signs mean what they meant
        assert await says(ana, made.room, bot, "agree 1: Ana") == again
        assert not await asyncio.to_thread(gone, sqlite_store)


async def test_a_room_without_a_successor_that_we_can_follow_is_not_gone(
    make_scene: MakeScene, sqlite_store: Store
) -> None:
    async with make_scene("Ana") as made:
        (ana,), bot = made.people, made.house.id
        await made.asks(ana, "!propose Meet monthly")
        await ana.sets(made.room, TOMBSTONE, {"body": "over", "replacement_room": "!nowhere:localhost"})
        await made.asks(ana, "!rooms")
        assert not await asyncio.to_thread(gone, sqlite_store)
        await made.asks(ana, "!agree P-1")
        await says(ana, made.room, bot, "agree 1: Ana")


def gone(store: Store) -> bool:
    """Whether the bot knows that it is in its first room no longer."""
    with store.reading() as work:
        return work.the(Room, id=1).gone_at is not None


async def newer(user: User, room: str, bot: str, than: str) -> str:
    """The card, once there is another."""

    async def found() -> str:
        events = shown(await user.events(room), bot)
        return next((one for one, body in events.items() if body.startswith("P-1 ·") and one != than), "")

    return str(await until(found))


async def test_a_card_that_a_moderator_redacts_is_posted_again(make_scene: MakeScene) -> None:
    async with make_scene("Ana", "Ben", powers={"Ben": 50}) as made:
        (ana, ben), bot = made.people, made.house.id
        await made.asks(ana, "!propose Meet monthly")
        event, _ = await card(ana, made.room, bot)
        await ben.redacts(made.room, event)
        again, _ = await card(ana, made.room, bot)
        assert again != event
        await ben.reacts(made.room, again, "✅")
        assert await says(ana, made.room, bot, "agree 1: Ben") == again


# -- rooms of a group -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_room_joins_by_whoever_may_change_it(make_scene: MakeScene, sqlite_store: Store, version: str) -> None:
    """Whoever made a room of version 12 stands in no list of powers, and may."""
    async with make_scene("Ana", "Ben", "Dia", version=version, powers={"Ben": 50}) as made:
        ana, ben, dia = made.people
        other = await dia.makes_room(version=version)
        await dia.invites(other, ben.id)
        await ben.joins(other)
        await dia.invites(other, made.house.id)
        await says(dia, other, made.house.id, "Hello, I am Folkmoot.")
        assert await made.asks(ana, "!propose Meet monthly") is Verdict.DONE
        assert await made.asks(ben, "!setup") is Verdict.REFUSED
        assert await made.asks(ana, "!setup") is Verdict.DONE
        shown_in = await says(ana, made.room, made.house.id, "To let another room join")
        code = CODE.findall(shown(await ana.events(made.room), made.house.id)[shown_in])[0]

        there = Scene(made.house, other, made.answers, made.people)
        assert await there.asks(ben, f"!setup {code}") is Verdict.REFUSED
        assert await there.asks(dia, f"!setup {code}") is Verdict.DONE
        assert await made.asks(ben, "!rooms yes") is Verdict.REFUSED
        assert await made.asks(ana, "!rooms yes") is Verdict.DONE
        await card(dia, other, made.house.id)
        assert await there.asks(dia, "!agree P-1") is Verdict.DONE
        with sqlite_store.reading() as work:
            assert [one.chat for one in work.all(Room, group_id=1)] == [made.room, other]
            assert len(work.all(Group)) == 1
            assert verify(work) == []


async def test_a_poll_of_matrix_itself_ends_where_things_are_only_told(make_scene: MakeScene) -> None:
    async with make_scene("Ana") as made:
        (ana,) = made.people
        other = await ana.makes_room()
        await ana.invites(other, made.house.id)
        await says(ana, other, made.house.id, "Hello, I am Folkmoot.")
        there = Scene(made.house, other, made.answers, made.people)
        await made.asks(ana, "!setup")
        shown_in = await says(ana, made.room, made.house.id, "To let another room join")
        code = CODE.findall(shown(await ana.events(made.room), made.house.id)[shown_in])[0]
        assert await there.asks(ana, f"!setup {code}") is Verdict.DONE
        assert await made.asks(ana, '!poll "Where?" "Berlin" "Oslo"') is Verdict.DONE
        await native(ana, other, made.house.id)
        assert await there.asks(ana, "!rooms announce on") is Verdict.DONE
        await says(ana, other, made.house.id, "Here it is only told.")

        async def ended() -> bool:
            return any(one["type"].endswith("poll.end") for one in await ana.events(other))

        assert await until(ended)
        assert not any(one["type"].endswith("poll.end") for one in await ana.events(made.room))
        assert await there.asks(ana, "!vote P-1 1") is Verdict.REFUSED
        assert await made.asks(ana, "!vote P-1 1") is Verdict.DONE
