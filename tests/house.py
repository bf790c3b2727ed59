"""Houses to tell stories in: a bot on a real database and a set clock, and rooms where all it says is written down."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from adapters.base import Answer, Arrivals, File, Request
from adapters.console.conversation import Conversation, Person, Room, Said
from adapters.console.scripted import Shown
from bot.app import App
from bot.arriving import add_room, make_group, name_of, person_for, seat_told, seated
from bot.limits import MOST, Kind
from bot.play import Player
from bot.reader import Reader
from decisions.change import Change
from decisions.events import MemberJoined
from decisions.model import Group, Member, Presence, Role
from storage.store import Store
from storage.work import Work

CARD = re.compile(r"P-\d+ ·")
START = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
ROOMS = {"general": "matrix"}


class AnyHouse(ABC):
    """One group with its rooms. Whoever speaks is a member; the first of all is a facilitator unless one is declared."""

    shown: list[Shown]
    store: Store
    app: App

    @property
    @abstractmethod
    def now(self) -> datetime: ...

    @abstractmethod
    async def say(self, who: str, text: str, room: str = "general", *, reply_to: str = "", message: str = "") -> Answer:
        """Somebody says something in a room (`room` empty: to the bot alone). `reply_to` is a post of the bot's, or the
        name of a message; `message` is the name by which this one is meant later."""

    @abstractmethod
    async def edit(self, who: str, message: str, text: str, room: str = "general") -> Answer:
        """Somebody changes a message of their own."""

    @abstractmethod
    async def press(self, who: str, press: str, room: str = "general") -> Answer:
        """Somebody presses a button."""

    @abstractmethod
    async def elsewhere(self, who: str, text: str = "", press: str = "", chat: str = "Tea") -> Answer:
        """Somebody, who need not be one of ours, in a chat that is none of the rooms (`chat` empty: with the bot alone)."""

    @abstractmethod
    async def come(self, who: str, by: str, room: str = "general", size: int = 0) -> None:
        """Somebody is brought into a room, where so many are then."""

    @abstractmethod
    async def leave(self, who: str, room: str = "general") -> None:
        """Somebody leaves a room."""

    async def wait(self, length: timedelta) -> None:
        """Time passes, and what is due happens on the way."""
        until = self.now + length
        while (due := self.app.next_due()) is not None and due <= until:
            self.sleep(max(due - self.now, timedelta(0)))
            await self.app.sweep()
            await self.settle()
        self.sleep(max(until - self.now, timedelta(0)))

    @abstractmethod
    def sleep(self, length: timedelta) -> None:
        """Time passes while the bot is not there."""

    @abstractmethod
    async def settle(self) -> None:
        """All that is to be said is said."""

    async def whisper(self, who: str, text: str) -> Answer:
        """Somebody says something to the bot alone."""
        return await self.say(who, text, room="")

    def card(self, room: str = "general", poll: str = "P-1") -> str:
        """What the poll's card in a room says by now."""
        return self.cards(room, poll)[-1].text

    def cards(self, room: str = "general", poll: str = "P-1") -> list[Shown]:
        """Every state of a poll's card in a room."""
        return [one for one in self.shown if one.where == room and one.text.startswith(f"{poll} ·")]

    def notices(self, room: str = "general") -> list[str]:
        """Everything sent to a room that is no card."""
        sent = [one.text for one in self.shown if one.where == room and one.kind == "send"]
        return [text for text in sent if not CARD.match(text)]

    def private(self, who: str) -> list[str]:
        """Everything said to somebody alone."""
        return [one.text for one in self.shown if one.kind == "private" and one.where == who]

    def files(self, who: str) -> list[File]:
        """Every file that somebody was handed, alone."""
        return [one.file for one in self.shown if one.file and one.kind == "private" and one.where == who]


class House(AnyHouse):
    """A house on the console's pages."""

    def __init__(
        self,
        store: Store,
        rooms: Mapping[str, str] | None = None,
        people: tuple[Person, ...] = (),
        zone: str = "UTC",
        limits: Mapping[Kind, int] | None = MOST,
    ) -> None:
        self._rooms = rooms or ROOMS
        named = tuple(Room(name=name, platform=on) for name, on in self._rooms.items())
        self.shown = []
        self.store = store
        self.player = Player(
            Conversation(group="Partnerships", zone=zone, rooms=named, people=people), store, self.shown.append, limits
        )
        self.player.clock.at = START
        self.player.set_up()
        self.app = self.player.app
        self._lines = count(1)

    @property
    def now(self) -> datetime:
        return self.player.clock.at

    async def say(self, who: str, text: str, room: str = "general", key: str = "", **more: Any) -> Answer:
        """`more`: what else the Request has."""
        return await self._do(Said(at=self.now, line=0, who=who, room=room, text=text), key, **more)

    async def edit(self, who: str, message: str, text: str, room: str = "general") -> Answer:
        return await self.say(who, text, room, message=message, edited=True)

    async def remove(self, who: str, message: str, room: str = "general") -> Answer:
        """Somebody deletes a message of their own, on a platform that tells of it."""
        return await self.say(who, "", room, message=message, removed=True)

    async def press(self, who: str, press: str, room: str = "general", key: str = "", **more: Any) -> Answer:
        """`more`: what else the Request has."""
        return await self._do(Said(at=self.now, line=0, who=who, room=room, press=press), key, **more)

    async def elsewhere(
        self, who: str, text: str = "", press: str = "", chat: str = "Tea", platform: str = "", **more: Any
    ) -> Answer:
        """`platform`: the first room's, if none is named. `more`: what else the Request has."""
        asked = Request(
            key=f"elsewhere-{next(self._lines)}",
            platform=platform or next(iter(self._rooms.values())),
            chat=chat and f"!{chat}",
            user=who,
            name=who,
            text=text,
            press=press,
            private=not chat,
            chat_name=chat,
            **more,
        )
        return await self.app.handle(asked)

    async def come(self, who: str, by: str, room: str = "general", size: int = 0) -> None:
        await self._arrivals(by, room, Arrivals(joined=((who, who),), size=size))

    async def leave(self, who: str, room: str = "general") -> None:
        await self._arrivals(who, room, Arrivals(left=(who,)))

    async def gone(self, room: str = "general", key: str = "") -> None:
        """We are put out of a room."""
        platform = self._rooms.get(room, "matrix")
        key = key or f"gone-{next(self._lines)}"
        await self.app.handle(Request(key=key, platform=platform, chat=room, user="", gone=True))

    async def wait(self, length: timedelta) -> None:
        await self.player.pass_time(self.now + length)

    def sleep(self, length: timedelta) -> None:
        self.player.clock.at += length

    async def settle(self) -> None:
        await self.player.publisher.settle()

    async def _do(self, said: Said, key: str, **more: Any) -> Answer:
        return await self.player.say(replace(said, line=next(self._lines)), key, **more)

    async def _arrivals(self, who: str, room: str, arrivals: Arrivals) -> None:
        key = f"arrivals-{next(self._lines)}"
        request = Request(key=key, platform=self._rooms[room], chat=room, user=who, arrivals=arrivals)
        await self.app.handle(request)


def set_up(
    work: Work, platform: str, rooms: Mapping[str, str], people: Mapping[str, Person], zone: str, now: datetime
) -> None:
    """The group, its rooms (name -> chat), and the people who are declared (user -> who), in every room."""
    (name, chat), *others = rooms.items()
    room = make_group(work, platform, chat, name, Reader("en", zone), now)
    group = replace(work.the(Group, id=room.group_id), name=name_of("Partnerships", ""))
    work.put(group)
    all_rooms = [room, *(add_room(work, group.id, platform, other, name, now) for name, other in others)]
    for user, declared in people.items():
        person = replace(
            person_for(work, platform, user, declared.name), zone=declared.zone, language=declared.language
        )
        affiliate, seat = seated(work, group.id, declared.affiliate, now)
        member = Member(
            id=work.next_id(Member),
            group_id=group.id,
            person_id=person.id,
            role=Role(declared.role or "member"),
            affiliate_id=affiliate,
            seat=seat,
            joined_at=now,
        )
        work.put(person)
        joined = MemberJoined(by=None, member=member.id, role=member.role.value)
        work.apply(Change(puts=(member,), events=(joined, *seat_told(member))), group.id, now)
        work.put(*(Presence(room_id=one.id, member_id=member.id) for one in all_rooms))
