"""Accounts as they are: each on one platform, written `ana@matrix`, and nobody yet known to be the same person as another."""

from itertools import count
from typing import Any

from sqlalchemy import select

from adapters.base import Answer, Request
from bot import erasing
from bot.app import App
from decisions.model import Ballot, Member, Person, Poll, Status
from storage import finding
from storage.store import Store
from storage.tables import Journal, table
from storage.verify import verify
from tests.house import House

ROOMS = {"general": "matrix", "side": "telegram"}
ROOM_ON = {platform: name for name, platform in ROOMS.items()}


class Accounts:
    """What accounts say to a house of two rooms on two platforms. The first to speak is its facilitator."""

    def __init__(self, store: Store) -> None:
        self.house = House(store, ROOMS)
        self.store = store
        self._keys = count(1)

    async def say(self, account: str, text: str = "", **more: Any) -> Answer:
        """In the room of its platform."""
        return await self._do(account, text=text, **more)

    async def whisper(self, account: str, text: str = "", **more: Any) -> Answer:
        """To the bot alone."""
        return await self._do(account, text=text, private=True, **more)

    async def press(self, account: str, press: str, *, private: bool = False) -> Answer:
        return await self._do(account, press=press, private=private)

    async def link(self, one: str, other: str) -> Answer:
        """All of it: a code, typed by the other, and a yes of both."""
        await self.type_code(one, other)
        await self.whisper(one, "link yes")
        return await self.whisper(other, "link yes")

    async def type_code(self, one: str, other: str) -> Answer:
        return await self.whisper(other, f"link {await self.code(one)}")

    async def code(self, account: str) -> str:
        """A new code of an account."""
        answer = await self.whisper(account, "link")
        return answer.text.removeprefix("Your code is ").partition(",")[0]

    def told(self, account: str) -> list[str]:
        """What was said to an account alone, besides answers."""
        return self.house.private(account.partition("@")[0])

    async def _do(self, account: str, *, private: bool = False, key: str = "", **more: Any) -> Answer:
        user, _, platform = account.partition("@")
        request = Request(
            key=key or f"act-{next(self._keys)}",
            platform=platform,
            chat=f"~{user}" if private else ROOM_ON[platform],
            user=user,
            name=user,
            private=private,
            **more,
        )
        answer = await self.house.app.handle(request)
        await self.house.settle()
        return answer

    def forget(self, account: str) -> None:
        """A person is forgotten, with all their accounts."""
        with self.store.unit_of_work() as work:
            person = work.the(Person, id=self.person(account))
            erasing.erase(work, person, self.house.now, self.house.app.salt, words=False)

    async def start_again(self) -> None:
        """The process ends, and another one goes on."""
        await self.house.app.close()
        self.house.app = App(self.store, self.house.player.clock)

    # -- how it stands ------------------------------------------------------------------------------------------------

    def person(self, account: str) -> int:
        user, _, platform = account.partition("@")
        with self.store.reading() as work:
            found = finding.person_of(work, platform, user)
            assert found is not None
            return found.id

    def member(self, account: str) -> Member:
        with self.store.reading() as work:
            return work.the(Member, person_id=self.person(account), group_id=1)

    def poll(self, number: int = 1) -> Poll:
        with self.store.reading() as work:
            return work.the(Poll, number=number, group_id=1)

    def ballots(self, number: int = 1) -> dict[int, str]:
        """Member -> the first of what they marked; the journal, and what the poll keeps of it, must agree."""
        poll = self.poll(number)
        with self.store.reading() as work:
            assert verify(work) == []
            found = {one.member_id: next(iter(one.marks)) for one in work.all(Ballot, poll_id=poll.id)}
        assert poll.status is not Status.OPEN or poll.turnout == len(found)
        return found

    def lines(self, event: str) -> int:
        """How often something happened, by the journal."""
        lines = table(Journal)
        with self.store.reading() as work:
            happened = work.connection.execute(select(lines.c.event).where(lines.c.event == event))
            return len(happened.all())

    def row(self, noun: type[Any], **where: Any) -> list[Any]:
        with self.store.reading() as work:
            return work.all(noun, **where)
