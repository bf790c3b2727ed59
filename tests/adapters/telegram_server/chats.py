"""Private chats, groups, supergroups and their forum topics; what people do there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from .markup import found_in, trimmed
from .messages import Content, Message
from .people import User
from .refused import Wire

if TYPE_CHECKING:
    from .server import Server

Kind = Literal["private", "group", "supergroup", "channel"]
HERE = ("creator", "administrator", "member")


@dataclass(eq=False, slots=True)
class Chat:
    """Made by `server.group(...)`, `server.supergroup(...)` and `user.private`."""

    server: "Server" = field(repr=False)
    id: int
    kind: Kind
    title: str
    forum: bool = False
    statuses: dict[int, str] = field(default_factory=dict)
    """What each person is here: creator, administrator, member, left, kicked."""
    rights: dict[int, frozenset[str]] = field(default_factory=dict)
    log: list[Message] = field(default_factory=list, repr=False)
    pinned: list[Message] = field(default_factory=list, repr=False)
    became: "Chat | None" = field(default=None, repr=False)
    topics: dict[int, str] = field(default_factory=dict)
    last_bot: User | None = field(default=None, repr=False)

    # what there is to see

    @property
    def messages(self) -> list[Message]:
        """What the bot has sent here and still stands, oldest first."""
        return [one for one in self.log if one.sender is self.server.bot and not one.deleted and _talk(one)]

    @property
    def last(self) -> Message:
        """The bot's latest message."""
        return self.messages[-1]

    @property
    def members(self) -> list[User]:
        return [self.server.users[one] for one, status in self.statuses.items() if status in HERE]

    def message(self, words: str) -> Message:
        """The bot's only message with these words in it."""
        found = [one for one in self.messages if words in one.text]
        assert len(found) == 1, f"{len(found)} messages with {words!r} among {[one.text for one in self.messages]}"
        return found[0]

    def status(self, user: User) -> str:
        return self.statuses.get(user.id, "left")

    def wire(self) -> Wire:
        body: Wire = {"id": self.id, "type": self.kind}
        if self.kind == "private":
            someone = self.server.users[self.id].wire()
            return body | {name: someone[name] for name in ("first_name", "username") if name in someone}
        return body | {"title": self.title} | ({"is_forum": True} if self.forum else {})

    # what people do

    def says(
        self, user: User, text: str, *, reply_to: Message | None = None, topic: int = 0, **extra: object
    ) -> Message:
        """Someone says something; the bot hears it if it may. `extra` is added to the message as it travels."""
        assert self.kind == "private" or self.status(user) in HERE, f"{user.name} is not in {self.title}"
        shown, entities = trimmed(text, [])
        content = Content(shown, tuple(found_in(shown, entities)))
        return self.add(
            Message(**self._new(user), history=[content], reply_to=reply_to, topic=topic, extra=dict(extra))
        )

    def joins(self, *people: User, by: User | None = None) -> Message:
        """People come in, by themselves or added by someone."""
        for one in people:
            self.statuses[one.id] = "member"
        return self._service(by or people[0], {"new_chat_members": [one.wire() for one in people]})

    def add(self, message: Message) -> Message:
        """A message of a person, or a service message: kept, and told to the bot if it may see it."""
        self.log.append(message)
        if message.sender and message.sender.bot:
            self.last_bot = message.sender
        if self.heard_by_bot(message):
            self.server.updates.add("message", message.wire())
        return message

    def changes(self, who: User, whom: User, old: str, new: str) -> None:
        """Someone's place in the chat changes; the bot is told of its own, and as an administrator of others'."""
        self.statuses[whom.id] = new
        mine = whom is self.server.bot
        body: Wire = {"chat": self.wire(), "from": who.wire(), "date": self.server.second()}
        body |= {"old_chat_member": self.member_wire(whom, old), "new_chat_member": self.member_wire(whom, new)}
        if mine or self.status(self.server.bot) == "administrator":
            self.server.updates.add("my_chat_member" if mine else "chat_member", body)

    # how it is put together

    def heard_by_bot(self, message: Message) -> bool:
        """Privacy mode: commands, replies to itself and service messages; everything as an administrator."""
        here = self.statuses.get(self.server.bot.id)
        if self.kind == "private" or here == "administrator":
            return True
        if here not in HERE or message.sender is self.server.bot or (message.sender and message.sender.bot):
            return False
        if not self.server.privacy or not _talk(message):
            return True
        return bool(message.reply_to and message.reply_to.sender is self.server.bot) or self._commanded(message)

    def _commanded(self, message: Message) -> bool:
        """A command for this bot by name, or for whichever bot spoke last."""
        name, _, whom = message.text.split(maxsplit=1)[0].partition("@") if message.text else ("", "", "")
        general = not whom and self.last_bot in (None, self.server.bot)
        return name.startswith("/") and (general or whom.lower() == self.server.bot.username.lower())

    def member_wire(self, user: User, status: str) -> Wire:
        body: Wire = {"status": status, "user": user.wire()}
        return body | ({"until_date": 0} if status == "kicked" else {})

    def _new(self, sender: User | None) -> "_New":
        return {"chat": self, "id": self.server.message_id(self), "date": self.server.second(), "sender": sender}

    def _service(self, sender: User, extra: Wire) -> Message:
        return self.add(Message(**self._new(sender), history=[Content()], extra=extra))


from typing import TypedDict  # noqa: E402


class _New(TypedDict):
    chat: Chat
    id: int
    date: int
    sender: User | None


WORDS = frozenset(
    {"document", "poll", "forward_origin", "via_bot", "sender_chat", "photo", "sticker", "author_signature"}
)


def _talk(message: Message) -> bool:
    """Not a service message."""
    return bool(message.text) or bool(WORDS & message.extra.keys())


def named(people: Iterable[User]) -> list[str]:
    return [one.name for one in people]
