"""Playing a written conversation: on its own clock, through the same door and the same way out as any other."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from adapters.base import Answer, Request, gone_on
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
from decisions.model import Account, Group, Member, Poll, Post, PostKind, Presence, Role, Room
from storage import finding, waiting
from storage.store import Store
from storage.work import Work

CARD = re.compile(r"P-\d+")


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
        rooms = [room for group in conversation.every for room in group.rooms]
        names = dict.fromkeys(room.platform for room in rooms)
        self._show = show
        self.platforms = {name: Scripted(name, self._shown, self.clock.now) for name in names}
        self.publisher = Publisher(store, self.clock, tuple(self.platforms.values()))
        self._store = store
        self._platform_of = {room.name: room.platform for room in rooms}
        self._last_seen: dict[str, str] = {}
        self._last_said: dict[tuple[str, str], str] = {}
        self._offered: dict[str, list[str]] = {}

    async def play(self) -> None:
        """Play the whole."""
        self.set_up()
        for step in self.conversation.steps:
            await self.pass_time(step.at)
            if isinstance(step, Said):
                await self.say(step)
        await self.app.close()

    def set_up(self) -> None:
        """Make the groups, their rooms, and the people who are declared."""
        with self._store.unit_of_work() as work:
            for one in self.conversation.every:
                _set_up(work, one, list(self.platforms), self.clock.now())

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
        self._meet(said)
        more = {"message": f"line-{said.line}"} | ({"reply_to": self._answered(said)} if said.reply else {}) | more
        self._last_said[said.room, said.who] = more["message"]
        request = Request(
            key=key or f"line-{said.line}",
            platform=platform,
            chat=said.room,
            user=said.who,
            name=said.who,
            text=said.text,
            press=self._pressed(said),
            private=not said.room,
            **more,
        )
        answer = await self.app.handle(request)
        self.platforms[platform].answer(said.who, answer, said.room)
        if answer.known:
            await self.app.handle(gone_on(request, answer.known))
        await self.publisher.settle()
        return answer

    def _shown(self, shown: Shown) -> None:
        if shown.kind == "private":
            self._offered.setdefault(shown.where, []).extend(one.press for row in shown.buttons for one in row)
        self._show(shown)

    def _pressed(self, said: Said) -> str:
        """In it, `*` stands for a number that is drawn by chance: of the buttons shown to them alone, the last such one."""
        like = re.compile(re.escape(said.press).replace(r"\*", r"\d+"))
        return next(filter(like.fullmatch, reversed(self._offered.get(said.who, []))), said.press)

    def _meet(self, said: Said) -> None:
        """A name is one person, on whichever platform it speaks, and a member even if it speaks to the bot alone at first."""
        platforms, now = list(self.platforms), self.clock.now()
        with self._store.unit_of_work() as work:
            person = person_for(work, platforms[0], said.who, said.who)
            _same_person(work, person.id, said.who, platforms)
            if not said.room and finding.groups_of(work, person.id):
                return
            room = self._room(work, said.room or self.conversation.rooms[0].name)
            if room is not None and work.get(Member, group_id=room.group_id, person_id=person.id) is None:
                member = join(work, work.the(Group, id=room.group_id), person, now)
                enter(work, room, member, now)

    def _room(self, work: Work, name: str) -> Room | None:
        """A room by its name; of a group that has others, it may be there no longer."""
        return work.get(Room, platform=self._platform_of.get(name, ""), chat=name)

    def _answered(self, said: Said) -> str:
        """The message that somebody replies to: a poll's card, or what another one said last; empty: there is none."""
        if not CARD.fullmatch(said.reply):
            return self._last_said.get((said.room, said.reply), "")
        with self._store.reading() as work:
            room = self._room(work, said.room)
            poll = room and work.get(Poll, group_id=room.group_id, number=int(said.reply.removeprefix("P-")))
            if room is None or poll is None:
                return ""
            cards = work.all(Post, room_id=room.id, poll_id=poll.id, kind=PostKind.CARD)
            return cards[-1].message if cards else ""


def _set_up(work: Work, conversation: Conversation, platforms: list[str], now: datetime) -> None:
    first, *others = conversation.rooms
    reader = Reader(conversation.language, conversation.zone)
    room = make_group(work, first.platform, first.name, first.name, reader, now)
    group = work.the(Group, id=room.group_id)
    work.put(replace(group, name=name_of(conversation.group, "Group")))
    for other in others:
        add_room(work, group.id, other.platform, other.name, other.name, now)
    for declared in conversation.people:
        _declare(work, group.id, platforms, declared, now)


def _declare(work: Work, group_id: int, platforms: list[str], declared: Person, now: datetime) -> None:
    """Make a declared person a member, in every room: nobody has to speak first to be counted."""
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


def _same_person(work: Work, person_id: int, name: str, platforms: list[str]) -> None:
    for platform in platforms:
        if work.get(Account, platform=platform, user=name) is None:
            work.put(Account(platform=platform, user=name, person_id=person_id))
