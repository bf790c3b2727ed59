"""A town: groups whose members press a button in one poll after the other."""

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count, cycle, islice

from adapters.base import Request
from bot.app import App
from bot.arriving import make_group
from bot.reader import Reader
from decisions.change import Change
from decisions.events import MemberJoined
from decisions.model import Account, Member, Person, Poll, Presence, Role
from storage.store import Store
from storage.work import Work
from tests.bench.pressing import carry_out
from tests.bench.search import name

PLATFORM = "bench"
_KEYS = count(1)
_TURNS = count()


@dataclass(frozen=True, slots=True)
class Town:
    """So many groups of so many members, each in one room."""

    groups: int
    members: int

    def people(self) -> Iterator[tuple[int, int]]:
        """The number of each person and of their group; neighbours are in different groups."""
        for member in range(self.members):
            for group in range(1, self.groups + 1):
                yield (group - 1) * self.members + member + 1, group

    def __str__(self) -> str:
        return f"{self.groups} groups of {self.members}" if self.groups > 1 else f"1 group of {self.members}"


def settle(store: Store, town: Town, now: datetime) -> None:
    """Make the groups, their rooms and their members; the first member of each is a facilitator."""
    with store.unit_of_work() as work:
        for group in range(1, town.groups + 1):
            make_group(work, PLATFORM, f"room {group}", f"Group {group}", Reader("en", "UTC"), now)
        for number, (person, group) in enumerate(town.people()):
            _join(work, person, group, Role.FACILITATOR if number < town.groups else Role.MEMBER, now)


class Presses:
    """Presses without end, each the first of its member in a poll; new polls are put as they are needed."""

    def __init__(self, app: App, town: Town) -> None:
        self._app = app
        self._town = town
        self._waiting: deque[Request] = deque()

    async def take(self, wanted: int) -> list[Request]:
        """The next ones."""
        while len(self._waiting) < wanted:
            polls = await propose(self._app, self._town)
            people = self._town.people()
            self._waiting += [request(person, group, press=f"p{polls[group]}:0") for person, group in people]
        return [self._waiting.popleft() for _ in range(wanted)]


async def propose(app: App, town: Town) -> dict[int, int]:
    """Put a proposal in every group: group -> the id of its poll. Nobody may put many, so each is put by the next member;
    and none is like the one before, or its author would be asked whether it is that one."""
    turn = next(_TURNS)
    people = islice(cycle(town.people()), town.groups * turn, None)
    chance = random.Random(turn)
    said = f"!propose {name(chance)} {name(chance)} {name(chance)}"
    proposals = [request(*one, text=said) for one in islice(people, town.groups)]
    await carry_out(app, proposals, at_once=32)
    with app.store.reading() as work:
        return {poll.group_id: poll.id for poll in work.all(Poll)}  # of each group the last


def request(person: int, group: int, *, text: str = "", press: str = "") -> Request:
    """What a platform makes of a member's words or press."""
    return Request(
        key=f"{next(_KEYS)}",
        platform=PLATFORM,
        chat=f"room {group}",
        user=f"user {person}",
        name=f"Member {person}",
        text=text,
        press=press,
        language="en",
    )


def _join(work: Work, person: int, group: int, role: Role, now: datetime) -> None:
    member = Member(id=person, group_id=group, person_id=person, role=role, joined_at=now)
    work.put(Person(id=person, name=f"Member {person}"))
    work.put(Account(platform=PLATFORM, user=f"user {person}", person_id=person))
    joined = MemberJoined(by=None, member=member.id, role=role.value)
    work.apply(Change(puts=(member,), events=(joined,)), group, now)
    work.put(Presence(room_id=group, member_id=member.id))
