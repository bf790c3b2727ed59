"""The server itself: it is started by a test, holds the world, and is what the test drives it by."""

from collections.abc import Callable
from itertools import count
from types import TracebackType
from typing import Self

from aiohttp import web

from . import wire
from .chats import Chat, Kind
from .clock import Clock
from .messages import Message
from .people import Press, User
from .updates import Updates

TOKEN = "700000001:AAtest-token_of-nobody-0123456789abc"


class Server:
    """`async with Server() as server:`; `server.url` is where the Bot API is.

    Leaving the `with` fails if any request, answer or update was not as the published API has it.
    """

    def __init__(self, *, clock: Clock | None = None, privacy: bool = True, checking: bool = True) -> None:
        self.clock = clock or Clock()
        self.token = TOKEN
        self.privacy = privacy
        self.checking = checking
        self.url = ""
        self.faults: list[str] = []
        """What was not as the published API has it."""
        self.calls: list[wire.Call] = []
        """Every request, in the order of the answers."""
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.updates = Updates(self.clock, self.faults, checking)
        self._numbers = count(1001)
        self._messages: dict[int, count[int]] = {}
        self.bot = User(self, 700_000_001, "Folkmoot", "folkmoot_bot", bot=True)
        self.users[self.bot.id] = self.bot

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(
            wire.application(self), access_log=None, handler_cancellation=True, shutdown_timeout=1
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.updates.closing = True
        self.clock.ring()
        await self._runner.cleanup()
        if kind is None:
            assert not self.faults, "\n".join(self.faults)

    # the world

    def user(self, name: str, *, language: str = "en", username: str = "", bot: bool = False) -> User:
        """Somebody with an account."""
        number = next(self._numbers)
        made = User(self, number, name, username or f"{name.lower()}_{number}", language, bot)
        self.users[number] = made
        return made

    def group(self, title: str, *people: User, admins: tuple[User, ...] = ()) -> Chat:
        """A basic group with the bot in it."""
        return self._chat("group", -next(self._numbers), title, people, admins)

    def supergroup(self, title: str, *people: User, admins: tuple[User, ...] = (), forum: bool = False) -> Chat:
        """A supergroup with the bot in it, with topics if it is a forum."""
        made = self._chat("supergroup", -1_000_000_000_000 - next(self._numbers), title, people, admins)
        made.forum = forum
        return made

    def private(self, user: User) -> Chat:
        if user.id not in self.chats:
            self.chats[user.id] = Chat(
                self, user.id, "private", "", statuses={user.id: "member", self.bot.id: "member"}
            )
        return self.chats[user.id]

    def press(self, user: User, data: str, *, message: Message | None = None, inline: str = "") -> Press:
        """A press by someone, on whatever."""
        made = Press(
            str(4_382_000_000_000_000_000 + next(self._numbers)), user, data, message, self.clock.now(), inline
        )
        self.presses[made.id] = made
        user.presses_made.append(made)
        self.updates.add("callback_query", made.wire())
        return made

    # what tests wait for

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something holds, looking again whenever anything happens here."""
        await self.clock.until(condition)

    async def answered(self, press: Press) -> str:
        """The toast of a press, once it is there."""
        await self.until(lambda: press.answered)
        return press.toast

    # what the rest of the server asks

    def second(self) -> int:
        return int(self.clock.now())

    def message_id(self, chat: Chat) -> int:
        """Supergroups number their own messages; all other chats share one row of numbers."""
        return next(self._messages.setdefault(chat.id if chat.kind == "supergroup" else 0, count(1)))

    def _chat(self, kind: Kind, number: int, title: str, people: tuple[User, ...], admins: tuple[User, ...]) -> Chat:
        statuses = {one.id: "member" for one in (*people, self.bot)} | {one.id: "administrator" for one in admins}
        self.chats[number] = Chat(self, number, kind, title, statuses=statuses)
        return self.chats[number]
