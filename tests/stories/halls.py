"""A house with chats beside it, which may join its group: who administers them, what is said there, and what is kept."""

import re

from adapters.base import Answer
from adapters.console.conversation import Person
from decisions.model import Group, Room
from storage.store import Store
from storage.verify import verify
from tests.house import House

ANA = Person(name="ana", role="facilitator")
BEN = Person(name="ben")
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")


class Hall(House):
    """A group with a room on Matrix and one on Telegram; Tea is a chat on Telegram that none of it knows yet."""

    def __init__(self, store: Store, *people: Person) -> None:
        super().__init__(store, {"general": "matrix", "partners": "telegram"}, people or (ANA, BEN), limits=None)

    async def tea(self, who: str, text: str = "", *, chat: str = "Tea", press: str = "", admin: bool = False) -> Answer:
        """Somebody says or presses something in the other chat."""
        answer = await self.elsewhere(who, text, press, chat, "telegram", admin=admin)
        await self.settle()
        return answer

    async def alone(self, who: str, text: str = "", *, press: str = "") -> Answer:
        """Somebody on Telegram, who need not be one of ours, speaks to the bot alone."""
        return await self.tea(who, text, chat="", press=press)

    async def code(self) -> str:
        """A new code for a room of the house's group."""
        await self.say("ana", "!setup")
        return code_in(self.notices()[-1])

    def told(self, chat: str = "!Tea") -> list[str]:
        """Everything sent to the other chat."""
        return [one.text for one in self.shown if one.where == chat and one.kind == "send"]

    def whole(self) -> bool:
        """Whether the journals prove all that is kept."""
        with self.store.reading() as work:
            return verify(work) == []

    def groups(self) -> list[str]:
        with self.store.reading() as work:
            return [one.name for one in work.all(Group)]

    def rooms(self, group_id: int = 1) -> list[str]:
        """The names of the rooms that are in a group."""
        with self.store.reading() as work:
            return [one.name for one in work.all(Room, group_id=group_id) if one.left_at is None]


def code_in(text: str) -> str:
    found = CODE.search(text)
    assert found is not None, text
    return found[0]
