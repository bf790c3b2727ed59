"""A house whose rooms are supergroups: what people do comes in as updates, and what the test server shows was said."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from adapters.base import NOTHING, Answer, Handle, Request, Verdict
from adapters.console.conversation import Person
from adapters.telegram import render
from adapters.telegram.heard import NAME
from adapters.telegram.render import CAPTION
from bot.clock import SetClock
from storage.store import Store
from storage.verify import verify
from tests import house
from tests.adapters import telegram_house
from tests.adapters.telegram_house import housed
from tests.adapters.telegram_seen import Seen
from tests.adapters.telegram_server import Chat, Clock, Content, Message, Press, Server, User
from tests.adapters.telegram_server.groups import Group as Supergroup
from tests.house import START, AnyHouse

PATIENCE = 60
"""Seconds after which something that should be shown is taken as lost."""


class Answers(list[Answer]):
    """Every Answer that the platform was given to what somebody did, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.known = asyncio.Event()
        """The platform has said that somebody was told."""

    def heard(self, handle: Handle) -> Handle:
        async def listening(request: Request) -> Answer:
            answer = await handle(request)
            if request.press.endswith(":told"):
                self.known.set()
            elif not (request.bookmark or request.unheard):
                self.append(answer)
            return answer

        return listening


@asynccontextmanager
async def telegram_stories(
    store: Store,
    rooms: Mapping[str, str] | None = None,
    people: tuple[Person, ...] = (),
    zone: str = "UTC",
    start: datetime = START,
) -> AsyncIterator["TelegramHouse"]:
    """A house that stands until the `with` ends, and whose record is sound by then. On which platform a room is said to
    be is all one: it is on Telegram."""
    clock, answers = SetClock(start), Answers()
    async with (
        Server(clock=Clock(start.timestamp()), privacy=False) as server,
        housed(server, store, clock=clock, wrapped=answers.heard, publishing=False, offering=False) as bot,
    ):
        made = TelegramHouse(server, bot, clock, answers)
        made.set_up(rooms or house.ROOMS, people, zone)
        yield made
        with store.reading() as work:
            assert verify(work) == []


class TelegramHouse(AnyHouse):
    """Nobody here is an administrator but whom Telegram makes the owner: who comes first. Everybody has pressed Start."""

    def __init__(self, server: Server, bot: telegram_house.House, clock: SetClock, answers: Answers) -> None:
        self.shown = []
        self.app, self.store = bot.app, bot.app.store
        self._server, self._bot, self._clock, self._answers = server, bot, clock, answers
        self._rooms: dict[str, Supergroup] = {}
        self._people: dict[str, User] = {}
        self._named: dict[str, Message] = {}
        self._first: Supergroup
        self._seen = Seen(server)

    def set_up(self, rooms: Mapping[str, str], people: tuple[Person, ...], zone: str) -> None:
        """The group, its rooms, and the people who are declared, in every room."""
        users = [self._user(one.name) for one in people]
        self._rooms = {name: self._server.supergroup(name, *users) for name in rooms}
        self._first = next(iter(self._rooms.values()))
        with self.store.unit_of_work() as work:
            chats = {name: str(one.id) for name, one in self._rooms.items()}
            declared = {str(user.id): one for user, one in zip(users, people, strict=True)}
            house.set_up(work, NAME, chats, declared, zone, self.now)

    @property
    def now(self) -> datetime:
        return self._clock.at

    # -- what people do -----------------------------------------------------------------------------------------------

    async def say(self, who: str, text: str, room: str = "general", *, reply_to: str = "", message: str = "") -> Answer:
        user = await self._met(who, room)
        chat = self._rooms.get(room, user.private)
        to = (self._named.get(reply_to) or chat.log[int(reply_to)]) if reply_to else None
        return await self._said(user, text, chat, reply_to=to, name=message)

    async def edit(self, who: str, message: str, text: str, room: str = "general") -> Answer:
        user = await self._met(who, room)
        return await self._answered(user, lambda: user.edits(self._named[message], text))

    async def press(self, who: str, press: str, room: str = "general") -> Answer:
        user = await self._met(who, room)
        return await self._pressed(user, press, self._rooms.get(room, user.private))

    async def elsewhere(self, who: str, text: str = "", press: str = "", chat: str = "Tea") -> Answer:
        user = self._user(who)
        place = self._elsewhere(user, chat) if chat else None
        if press:
            return await self._pressed(user, press, place or user.private)
        return await self._said(user, text, place or user.private)

    async def come(self, who: str, by: str, room: str = "general", size: int = 0) -> None:
        bringing, coming = await self._met(by, room), self._user(who)
        group = self._rooms[room]
        while len(group.members) < size:  # ourselves among them, and not yet who comes
            group.statuses[self._server.user("somebody").id] = "member"
        await self._did(lambda: group.joins(coming, by=bringing))

    async def leave(self, who: str, room: str = "general") -> None:
        await self._did(lambda: self._rooms[room].leaves(self._user(who)))

    def _user(self, name: str) -> User:
        if name not in self._people:
            self._people[name] = made = self._server.user(name, language="")
            self._server.private(made)  # opened, so that they are answered there
            made.started = True
        return self._people[name]

    async def _met(self, name: str, room: str) -> User:
        """Whoever does something came into the first room before, and into the room where they do it."""
        new, user = name not in self._people, self._user(name)
        for group in (self._first if new else None, self._rooms.get(room)):
            if group is not None and user not in group.members:
                await self._did(lambda group=group: group.joins(user))  # type: ignore[misc]
        return user

    def _elsewhere(self, user: User, title: str) -> Supergroup:
        found = [one for one in self._server.chats.values() if isinstance(one, Supergroup) and one.title == title]
        return found[0] if found else self._server.supergroup(title, user)

    async def _said(
        self, user: User, text: str, chat: Chat, *, reply_to: Message | None = None, name: str = ""
    ) -> Answer:
        def act() -> None:
            alone = chat is user.private
            said = user.writes(text, reply_to=reply_to) if alone else chat.says(user, text, reply_to=reply_to)
            self._named[name] = said

        return await self._answered(user, act)

    async def _answered(self, user: User, act: Callable[[], object]) -> Answer:
        """What came of what somebody said, once it was shown."""
        answer = await self._did(act)
        messages = _messages(answer)
        await self._until(lambda: self._seen.told(user) >= messages)
        await self.settle()
        return answer

    async def _pressed(self, user: User, press: str, chat: Chat) -> Answer:
        made: list[Press] = []
        answer = await self._did(lambda: made.append(self._press(user, press, chat)))
        await self._until(lambda: made[0].answered)
        await self.settle()
        return answer

    def _press(self, user: User, press: str, chat: Chat) -> Press:
        """On the keyboard that has the button: in the chat, else under what the person was told alone.

        What stands on none (stale, another's, made up) is sent all the same, as a changed app can. It gets a tag of the
        bot's own, so that it is the bot, and not the tag alone, that has to refuse it.
        """
        for place in (chat, user.private):
            for message in reversed(place.messages):
                for data in (key.data for row in message.keyboard for key in row):
                    if data.rpartition("~")[0] == press:
                        return user.presses(message, data)
        under = chat.messages[-1] if chat.messages else _lost(chat)
        return user.forges(under, self._tagged(press, str(chat.id)))

    def _tagged(self, press: str, chat: str) -> str:
        return self._bot.telegram._marks.marked(press, chat)

    async def _did(self, act: Callable[[], object]) -> Answer:
        """What came of an act by the time that the bot has taken it."""
        self._answers.clear()
        self._answers.known.clear()
        act()
        await self._until(lambda: not self._server.updates.ready(1))
        return self._answers[-1] if self._answers else NOTHING

    # -- time ---------------------------------------------------------------------------------------------------------

    def sleep(self, length: timedelta) -> None:
        self._clock.at += length
        self._server.clock.advance(length.total_seconds())

    async def _until(self, condition: Callable[[], object]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._server.until(condition)
        except TimeoutError:
            said = [f"{one.method} {one.values} -> {one.answer}" for one in self._seen.calls]
            raise AssertionError("\n".join(["never shown; what was called:", *said])) from None

    # -- what is shown ------------------------------------------------------------------------------------------------

    async def settle(self) -> None:
        if any(one.known for one in self._answers):
            await asyncio.wait_for(self._answers.known.wait(), PATIENCE)
        await self._bot.publisher.settle()
        self.shown += self._seen.since(self.now)


def _messages(answer: Answer) -> int:
    """How many messages tell it."""
    if answer.verdict is Verdict.NOTHING:
        return 0
    pages = len(list(render.pages(answer.told[0])))
    under = answer.file is not None and render.units(answer.told[0]) <= CAPTION
    return 1 if under else pages + (answer.file is not None)


def _lost(chat: Chat) -> Message:
    """A message of the bot's that Telegram has no more: who saw it before can still press its buttons."""
    made = chat.new(chat.server.bot, Content())
    made.deleted = True
    return made
