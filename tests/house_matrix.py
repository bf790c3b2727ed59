"""A house whose rooms are on a real Matrix homeserver: people act with clients, and what the bot sends is written down."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

import aiohttp

from adapters.base import NOTHING, Answer, Button, Request
from adapters.console.conversation import Person
from adapters.console.scripted import Shown
from adapters.matrix import platform
from adapters.matrix.heard import NAME
from bot.clock import SetClock
from storage.store import Store
from storage.verify import verify
from tests import house
from tests.adapters import matrix_house
from tests.adapters.matrix_house import account_of, housed
from tests.adapters.matrix_sealed import Sealed, sealed
from tests.adapters.matrix_seen import Answers, Sent, Watched
from tests.adapters.matrix_server import Synapse, User
from tests.house import START, AnyHouse

LONGEST = 50_000
"""Bytes that somebody can say at once: no homeserver takes an event of more than 65,536."""

ENCRYPTED = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}


@dataclass(eq=False)
class Inhabitant:
    """Somebody with an account; what they say goes through `client`, which encrypts in encrypted rooms."""

    name: str
    user: User
    client: User | Sealed
    rooms: set[str] = field(default_factory=set)
    """Where they are."""
    signs: set[tuple[str, str]] = field(default_factory=set)
    """The signs that they have set, each with its message."""

    @property
    def id(self) -> str:
        return self.user.id


@asynccontextmanager
async def matrix_stories(
    homeserver: Synapse,
    store: Store,
    folder: Path,
    rooms: Mapping[str, str] | None = None,
    people: tuple[Person, ...] = (),
    zone: str = "UTC",
    start: datetime = START,
    *,
    encryption: bool = False,
) -> AsyncIterator["MatrixHouse"]:
    """A house that stands until the `with` ends, and whose record is sound by then. On which platform a room is said to
    be is all one: it is on Matrix."""
    account, clock = account_of(homeserver, encryption=encryption), SetClock(start)
    line = Watched(account, folder / "bot")
    answers = Answers(line)
    async with AsyncExitStack() as ending:
        session = await ending.enter_async_context(aiohttp.ClientSession())
        with mock.patch.object(platform, "Line", return_value=line):
            bot = await ending.enter_async_context(
                housed(homeserver, account, store, folder / "bot", clock=clock, wrapped=answers.heard, publishing=False)
            )
        made = MatrixHouse(bot, line, answers, clock, Clients(homeserver, session, folder, ending, encryption))
        await made.set_up(rooms or house.ROOMS, people, zone)
        yield made
        assert bot.aside == []
        with store.reading() as work:
            assert verify(work) == []


@dataclass
class Clients:
    """Makes accounts, and clients for them that are there until the house ends."""

    server: Synapse
    session: aiohttp.ClientSession
    folder: Path
    ending: AsyncExitStack
    encryption: bool

    async def made(self, name: str) -> Inhabitant:
        if not self.encryption:
            user = await User.registered(self.server, self.session, name)
            return Inhabitant(name, user, user)
        client = await self.ending.enter_async_context(sealed(self.server, name, self.folder))
        return Inhabitant(name, User(self.server, client.id, client.client.access_token, self.session), client)

    async def room(self, maker: User, bot: str, name: str, **more: Any) -> str:
        """A new room, to which the bot is invited."""
        state = [ENCRYPTED] if self.encryption else []
        return await maker.makes_room(bot, name=name, initial_state=state, **more)


class MatrixHouse(AnyHouse):
    """Nobody here administers a room: who made them has left before anybody came."""

    def __init__(
        self, bot: matrix_house.House, line: Watched, answers: Answers, clock: SetClock, clients: Clients
    ) -> None:
        self.shown = []
        self.app, self.store = bot.app, bot.app.store
        self._bot, self._line, self._answers, self._clock, self._clients = bot, line, answers, clock, clients
        self._rooms: dict[str, str] = {}
        self._elsewhere: dict[str, str] = {}
        self._people: dict[str, Inhabitant] = {}
        self._named: dict[str, str] = {}
        self._told = 0
        self._numbers = count(1)

    async def set_up(self, rooms: Mapping[str, str], people: tuple[Person, ...], zone: str) -> None:
        """The group, its rooms, and the people who are declared, in every room. Of all this the bot hears nothing."""
        founder = await User.registered(self._clients.server, self._clients.session, "founder")
        for name in rooms:
            self._rooms[name] = await self._clients.room(founder, self._bot.id, name)
            await self._heard(self._rooms[name], _came_here)
        declared = {}
        for one in people:
            person = await self._person(one.name)
            declared[person.id] = one
            for room in self._rooms.values():
                await self._joins(person, room)
        for room in self._rooms.values():
            await founder.leaves(room)
            await self._heard(room, _left(founder.id))
        await self._shown()
        self.shown.clear()
        with self.store.unit_of_work() as work:
            house.set_up(work, NAME, self._rooms, declared, zone, self.now)
        self._answers.open = True

    @property
    def now(self) -> datetime:
        return self._clock.at

    # -- what people do -----------------------------------------------------------------------------------------------

    async def say(
        self, who: str, text: str, room: str = "general", *, reply_to: str = "", message: str = "", thread: str = ""
    ) -> Answer:
        """`thread`: a post of the bot's or the name of a message, as whose thread it is said."""
        person = await self._met(who, room)
        to, root = self._named.get(reply_to) or reply_to, self._named.get(thread) or thread
        relation: dict[str, Any] = {"m.in_reply_to": {"event_id": to or root}} if to or root else {}
        if root:
            relation |= {"rel_type": "m.thread", "event_id": root, "is_falling_back": not to}
        more = {"m.relates_to": relation} if relation else {}
        return await self._said(person, await self._place(person, room), text, message, **more)

    async def edit(self, who: str, message: str, text: str, room: str = "general") -> Answer:
        person = await self._met(who, room)
        new = {"msgtype": "m.text", "body": text}
        relation = {"rel_type": "m.replace", "event_id": self._named[message]}
        more: dict[str, Any] = {"m.new_content": new, "m.relates_to": relation}
        return await self._said(person, await self._place(person, room), f"* {text}", **more)

    async def remove(self, who: str, message: str, room: str = "general") -> Answer:
        """Somebody redacts a message: their own, or another's, where the room lets them."""
        person = await self._met(who, room)
        return await self._answered(await person.user.redacts(await self._place(person, room), self._named[message]))

    def event(self, message: str) -> str:
        """The event id of a message."""
        return self._named[message]

    async def press(self, who: str, press: str, room: str = "general") -> Answer:
        person = await self._met(who, room)
        return await self._pressed(person, press, await self._place(person, room))

    async def elsewhere(self, who: str, text: str = "", press: str = "", chat: str = "Tea") -> Answer:
        person = await self._person(who)
        place = await self._other(person, chat) if chat else await self._private(person)
        if press:
            return await self._pressed(person, press, place)
        return await self._said(person, place, text)

    async def come(self, who: str, by: str, room: str = "general", size: int = 0) -> None:
        assert not size, "on Matrix, everybody in a room is listed"
        bringing, coming = await self._met(by, room), await self._person(who)
        await bringing.user.invites(self._rooms[room], coming.id)
        await self._joins(coming, self._rooms[room])

    async def leave(self, who: str, room: str = "general") -> None:
        person, id_ = await self._person(who), self._rooms[room]
        await person.user.leaves(id_)
        person.rooms.discard(id_)
        await self._heard(id_, _left(person.id))

    async def _person(self, name: str) -> Inhabitant:
        if name not in self._people:
            self._people[name] = await self._clients.made(name)
        return self._people[name]

    async def _met(self, name: str, room: str) -> Inhabitant:
        """Whoever does something came into the first room before, and into the room where they do it."""
        new, person = name not in self._people, await self._person(name)
        first = next(iter(self._rooms.values())) if new else ""
        for one in (first, self._rooms.get(room, "")):
            if one and one not in person.rooms:
                await self._joins(person, one)
        return person

    async def _joins(self, person: Inhabitant, room: str) -> None:
        await person.client.joins(room)
        person.rooms.add(room)
        await self._heard(room, _joined(person.id))

    async def _place(self, person: Inhabitant, room: str) -> str:
        return self._rooms[room] if room else await self._private(person)

    async def _private(self, person: Inhabitant) -> str:
        """The private chat with the bot: the one to which it has invited them, else one to which they invite it."""
        room = self._bot.matrix._direct._found(person.id)
        if not room:
            how = {"is_direct": True, "preset": "trusted_private_chat"}
            room = await self._clients.room(person.user, self._bot.id, "", **how)
            await self._line.until(lambda: any(one.room == room for one in self._line.sent), self._lost)
            self._told = len(self._line.sent)  # that it says hello is no part of a story
        if room not in person.rooms:
            await person.client.joins(room)
            person.rooms.add(room)
        return room

    async def _other(self, person: Inhabitant, name: str) -> str:
        if name not in self._elsewhere:
            made = self._elsewhere[name] = await self._clients.room(person.user, self._bot.id, name)
            person.rooms.add(made)
            await self._heard(made, _came_here)
        if self._elsewhere[name] not in person.rooms:
            await self._joins(person, self._elsewhere[name])
        return self._elsewhere[name]

    async def _said(self, person: Inhabitant, room: str, text: str, name: str = "", **more: Any) -> Answer:
        if len(text.encode()) > LONGEST:
            return NOTHING
        event = await person.client.says(room, text, **more)
        if name:
            self._named[name] = event
        return await self._answered(event)

    async def _pressed(self, person: Inhabitant, press: str, room: str) -> Answer:
        """By the sign that stands for it in the room. For what has none (no button is shown alone on Matrix, and some
        presses are stale or made up), and what its sign says already, there is no event: it is handed in as a sign is."""
        found = self._sign(room, press)
        if found is None or found in person.signs:
            return await self._handed_in(person, press, room)
        person.signs.add(found)
        return await self._answered(await person.client.reacts(room, *found))

    def _sign(self, room: str, press: str) -> tuple[str, str] | None:
        """The message, and the sign under it that stands for a press."""
        cards = [one for one in reversed(self._line.sent) if one.room == room and not one.edits]
        return next(((one.event, sign) for one in cards for sign, means in one.pairs if means == press), None)

    async def _handed_in(self, person: Inhabitant, press: str, room: str) -> Answer:
        key, private = f"$pressed-{next(self._numbers)}", self._bot.matrix._direct.is_direct(room)
        name = next((one for one, id_ in {**self._rooms, **self._elsewhere}.items() if id_ == room), "")
        request = Request(
            key=key, platform=NAME, chat=room, user=person.id, name=person.name, press=press, private=private,
            chat_name=name, message=key,
        )  # fmt: skip
        answer = await self._answers.heard(self.app.handle)(request)
        await self._bot.matrix._showing.answer(request, answer)
        await self.settle()
        return answer

    async def _answered(self, event: str) -> Answer:
        """What came of an event, once that is shown."""
        await self._line.until(lambda: event in self._answers.read, self._lost)
        await self.settle()
        return self._answers.given.get(event, NOTHING)

    async def _heard(self, room: str, what: Callable[[Request], bool]) -> None:
        """Wait until this is heard from a room; each request is waited for once."""
        await self._line.until(lambda: self._found(room, what), self._lost)
        self._answers.requests.remove(*self._found(room, what)[:1])

    def _found(self, room: str, what: Callable[[Request], bool]) -> list[Request]:
        return [one for one in self._answers.requests if one.chat == room and what(one)]

    def _lost(self) -> str:
        heard = "\n".join(map(repr, self._answers.requests[-5:]))
        sent = "\n".join(map(repr, self._line.sent[-5:]))
        return f"it never came. What was heard last:\n{heard}\nWhat was sent last:\n{sent}"

    # -- time, and what is shown --------------------------------------------------------------------------------------

    def sleep(self, length: timedelta) -> None:
        self._clock.at += length

    async def settle(self) -> None:
        await self._shown()
        await self._bot.publisher.settle()
        await self._shown()

    async def _shown(self) -> None:
        while later := set(self._bot.matrix._showing._later):
            await asyncio.wait(later)
        new, self._told = self._line.sent[self._told :], len(self._line.sent)
        for one in new:
            if one.file:  # the text before it belongs to it, as on other platforms
                self.shown[-1] = replace(self.shown[-1], file=self._line.file(one))
            elif one.kind == "m.room.message":
                self.shown.append(self._as_shown(one))

    def _as_shown(self, sent: Sent) -> Shown:
        names = {id_: name for name, id_ in {**self._rooms, **self._elsewhere}.items()}
        private = sent.room not in names
        return Shown(
            at=self.now,
            kind="private" if private else "edit" if sent.edits else "send",
            where=self._alone(sent.room) if private else names[sent.room],
            post=sent.post,
            text=sent.text,
            buttons=tuple((Button(sign, press),) for sign, press in sent.pairs),
        )

    def _alone(self, room: str) -> str:
        """Whose private chat it is."""
        chats = self._bot.matrix._direct._chats
        return next(one.name for one in self._people.values() if room in chats.get(one.id, ()))


def _came_here(request: Request) -> bool:
    return request.key.startswith("here:")


def _joined(user: str) -> Callable[[Request], bool]:
    return lambda request: request.arrivals is not None and user in dict(request.arrivals.joined)


def _left(user: str) -> Callable[[Request], bool]:
    return lambda request: request.arrivals is not None and user in request.arrivals.left
