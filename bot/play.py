"""Playing a written conversation: on its own clock, through the same door and the same way out as any other."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from adapters.base import Answer, Request
from adapters.console.conversation import Conversation, Person, Said
from adapters.console.scripted import Scripted, Shown
from bot.app import App
from bot.arriving import add_room, enter, join, make_group, name_of, person_for, seat_told, seated
from bot.clock import SetClock
from bot.limits import MOST, Kind
from bot.publisher import Publisher
from bot.reader import Reader
from decisions.change import Change
from decisions.events import MemberJoined
from decisions.model import Account, Group, Member, Presence, Role, Room
from storage import waiting
from storage.store import Store
from storage.work import Work


class Player:
    """A conversation that is being played. Salts are drawn from a fixed seed, so that it comes out the same each time."""

    def __init__(
        self,
        conversation: Conversation,
        store: Store,
        show: Callable[[Shown], None],
        limits: Mapping[Kind, int] | None = MOST,
    ) -> None:
        self.conversation = conversation
        self.clock = SetClock(conversation.steps[0].at if conversation.steps else datetime(2026, 1, 1, tzinfo=UTC))
        seeded = random.Random(0)  # noqa: S311 - a record that can be told again, not a secret
        self.app = App(store, self.clock, salt=lambda: seeded.randbytes(16).hex(), limits=limits)
        names = dict.fromkeys(room.platform for room in conversation.rooms)
        self.platforms = {name: Scripted(name, show, self.clock.now) for name in names}
        self.publisher = Publisher(store, self.clock, tuple(self.platforms.values()))
        self._store = store
        self._platform_of = {room.name: room.platform for room in conversation.rooms}
        self._last_seen: dict[str, str] = {}

    async def play(self) -> None:
        """Play the whole."""
        self.set_up()
        for step in self.conversation.steps:
            await self.pass_time(step.at)
            if isinstance(step, Said):
                await self.say(step)
        await self.app.close()

    def set_up(self) -> None:
        """Make the group, its rooms, and the people who are declared."""
        with self._store.unit_of_work() as work:
            _set_up(work, self.conversation, self.clock.now())

    async def pass_time(self, until: datetime) -> None:
        """Let the deadlines on the way happen, each at its own instant. A clock never goes back."""
        while (due := self._next()) is not None and due <= until:
            self.clock.at = max(due, self.clock.at)
            await self.app.sweep()
            await self.publisher.settle()
        self.clock.at = max(until, self.clock.at)

    def _next(self) -> datetime | None:
        """When the clock or the way out has something to do next."""
        with self._store.reading() as work:
            waits = waiting.next_post(work, self.clock.now())
        return min((at for at in (self.app.next_due(), waits) if at is not None), default=None)

    async def say(self, said: Said, key: str = "", **more: Any) -> Answer:
        """Hand in what somebody says or presses, and show what comes of it. `more`: what else the Request has."""
        platform = self._platform_of.get(said.room) or self._last_seen.get(said.who) or next(iter(self.platforms))
        self._last_seen[said.who] = platform
        _meet(self._store, self.conversation, said.who, self.clock.now())
        request = Request(
            key=key or f"line-{said.line}",
            platform=platform,
            chat=said.room,
            user=said.who,
            name=said.who,
            text=said.text,
            press=said.press,
            private=not said.room,
            **more,
        )
        answer = await self.app.handle(request)
        self.platforms[platform].answer(said.who, answer, said.room)
        await self.publisher.settle()
        return answer


def _set_up(work: Work, conversation: Conversation, now: datetime) -> None:
    first, *others = conversation.rooms
    reader = Reader(conversation.language, conversation.zone)
    room = make_group(work, first.platform, first.name, first.name, reader, now)
    group = work.the(Group, id=room.group_id)
    work.put(replace(group, name=name_of(conversation.group, "Group")))
    for other in others:
        add_room(work, group.id, other.platform, other.name, other.name, now)
    for declared in conversation.people:
        _declare(work, group.id, conversation, declared, now)


def _declare(work: Work, group_id: int, conversation: Conversation, declared: Person, now: datetime) -> None:
    """Make a declared person a member, in every room: nobody has to speak first to be counted."""
    platforms = list(dict.fromkeys(room.platform for room in conversation.rooms))
    person = person_for(work, platforms[0], declared.name, declared.name)
    work.put(replace(person, zone=declared.zone, language=declared.language))
    _same_person(work, person.id, declared.name, platforms)
    role = Role(declared.role or "member")
    affiliate, seat = seated(work, group_id, declared.affiliate, now)
    member = Member(
        id=work.next_id(Member),
        group_id=group_id,
        person_id=person.id,
        role=role,
        affiliate_id=affiliate,
        seat=seat,
        joined_at=now,
    )
    joined = MemberJoined(by=None, member=member.id, role=role.value)
    work.apply(Change(puts=(member,), events=(joined, *seat_told(member))), group_id, now)
    for room in work.all(Room, group_id=group_id):
        work.put(Presence(room_id=room.id, member_id=member.id))


def _meet(store: Store, conversation: Conversation, name: str, now: datetime) -> None:
    """A name is one person, on whichever platform it speaks, and a member even if it speaks to the bot alone at first."""
    platforms = list(dict.fromkeys(room.platform for room in conversation.rooms))
    with store.unit_of_work() as work:
        person = person_for(work, platforms[0], name, name)
        _same_person(work, person.id, name, platforms)
        rooms = work.all(Room, platform=platforms[0], chat=conversation.rooms[0].name)
        if rooms and work.get(Member, group_id=rooms[0].group_id, person_id=person.id) is None:
            member = join(work, work.the(Group, id=rooms[0].group_id), person, now)
            enter(work, rooms[0], member, now)


def _same_person(work: Work, person_id: int, name: str, platforms: list[str]) -> None:
    for platform in platforms:
        if work.get(Account, platform=platform, user=name) is None:
            work.put(Account(platform=platform, user=name, person_id=person_id))
