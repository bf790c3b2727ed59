"""Who and what there is: people, chats, files, menus."""

from itertools import count
from typing import TYPE_CHECKING, cast

from . import menus, rights
from .chats import Chat, Kind
from .documents import Document
from .groups import Group
from .messages import Message
from .people import Press, User

if TYPE_CHECKING:
    from .server import Server

FIRST_SUPERGROUP = -1_000_000_000_000
FIRST_PRESS = 4_382_000_000_000_000_000


class World:
    """The part of the server that a test fills."""

    def __init__(self) -> None:
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.documents: dict[str, Document] = {}
        self.menus: menus.Menus = {}
        self.about: dict[tuple[str, str], str] = {}
        self._numbers = count(1001)
        self._messages: dict[int, count[int]] = {}
        self.bot = User(self._server, 700_000_001, "Folkmoot", "folkmoot_bot", bot=True)
        self.users[self.bot.id] = self.bot

    def user(self, name: str, *, language: str = "en", username: str = "", bot: bool = False) -> User:
        """Somebody with an account."""
        number = next(self._numbers)
        made = User(self._server, number, name, username or f"user_{number}", language, bot)
        self.users[number] = made
        return made

    def group(self, title: str, *people: User, admins: tuple[User, ...] = (), bot: bool = True) -> Group:
        """A basic group, owned by the first administrator, or else the first of all. The bot is in it, unless told otherwise."""
        return self._group("group", -next(self._numbers), title, people, admins, bot)

    def supergroup(
        self, title: str, *people: User, admins: tuple[User, ...] = (), bot: bool = True, forum: bool = False
    ) -> Group:
        """A supergroup, with topics if it is a forum."""
        made = self._group("supergroup", self.supergroup_id(), title, people, admins, bot)
        made.forum = forum
        return made

    def channel(self, title: str) -> Chat:
        """A channel in whose name people can speak in groups; the bot is not in it."""
        made = Chat(self._server, self.supergroup_id(), "channel", title)
        self.chats[made.id] = made
        return made

    def private(self, user: User) -> Chat:
        if user.id not in self.chats:
            self.chats[user.id] = Chat(
                self._server, user.id, "private", statuses={user.id: "member", self.bot.id: "member"}
            )
        return self.chats[user.id]

    def press(self, user: User, data: str, message: Message | None) -> Press:
        """A press by someone, on whatever."""
        made = Press(self.press_id(), user, data, message, self._server.clock.now())
        self.presses[made.id] = made
        user.presses_made.append(made)
        self._server.updates.add("callback_query", made.wire(), made)
        return made

    def menu(self, user: User, chat: Chat) -> list[str]:
        """The commands that someone's app offers in a chat."""
        return menus.seen_by(self.menus, user, chat)

    # what the rest of the server asks

    def second(self) -> int:
        return int(self._server.clock.now())

    def message_id(self, chat: Chat) -> int:
        """Supergroups number their own messages; all other chats share one row of numbers."""
        return next(self._messages.setdefault(chat.id if chat.kind == "supergroup" else 0, count(1)))

    def supergroup_id(self) -> int:
        return FIRST_SUPERGROUP - next(self._numbers)

    def keep(self, document: Document) -> Document:
        return self.documents.setdefault(document.id, document)

    def press_id(self) -> str:
        return str(FIRST_PRESS + next(self._numbers))

    @property
    def _server(self) -> "Server":
        return cast("Server", self)

    def _group(
        self, kind: Kind, number: int, title: str, people: tuple[User, ...], admins: tuple[User, ...], bot: bool
    ) -> Group:
        everybody = (*people, *admins, *([self.bot] if bot else []))
        made = Group(self._server, number, kind, title, statuses={one.id: "member" for one in everybody})
        made.statuses |= {one.id: "administrator" for one in admins}
        made.rights |= {one.id: rights.USUAL for one in admins}
        if people or admins:
            made.statuses[(admins or people)[0].id] = "creator"
        self.chats[number] = made
        return made
