"""Chats: who is there, what was said, and what the bot hears of it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from . import rights
from .documents import Document
from .messages import Content, Message, plain
from .people import User
from .refused import Wire

if TYPE_CHECKING:
    from .groups import Group
    from .server import Server

Kind = Literal["private", "group", "supergroup", "channel"]
HERE = ("creator", "administrator", "member", "restricted")


@dataclass(eq=False, slots=True)
class Chat:
    """A private chat; groups are more, see `Group`."""

    server: "Server" = field(repr=False)
    id: int
    kind: Kind
    title: str = ""
    forum: bool = False
    statuses: dict[int, str] = field(default_factory=dict)
    """What each person is here: creator, administrator, member, left, kicked."""
    rights: dict[int, frozenset[str]] = field(default_factory=dict)
    """What each administrator may do."""
    log: dict[int, Message] = field(default_factory=dict, repr=False)
    """Every message ever, by its id."""
    pinned: list[Message] = field(default_factory=list, repr=False)
    topics: dict[int, Message] = field(default_factory=dict, repr=False)
    """By their id: the message with which a topic was opened."""
    closed: set[int] = field(default_factory=set)
    became: "Group | None" = field(default=None, repr=False)
    last_bot: User | None = field(default=None, repr=False)
    deleted: bool = False
    hidden: bool = False
    """Members are hidden from all but administrators."""
    no_photos: bool = False
    """Nobody but administrators may send pictures."""

    @property
    def messages(self) -> list[Message]:
        """What the bot has sent here and still stands, oldest first; service messages left out."""
        return [one for one in self.log.values() if one.sender is self.server.bot and not one.deleted and one.talk]

    @property
    def last(self) -> Message:
        """The bot's latest message."""
        return self.messages[-1]

    @property
    def members(self) -> list[User]:
        return [self.server.users[one] for one, status in self.statuses.items() if status in HERE]

    @property
    def administrators(self) -> list[User]:
        return [one for one in self.members if self.statuses[one.id] in ("creator", "administrator")]

    def message(self, words: str) -> Message:
        """The bot's only message with these words in it."""
        found = [one for one in self.messages if words in one.text]
        assert len(found) == 1, f"{len(found)} messages with {words!r} among {[one.text for one in self.messages]}"
        return found[0]

    def status(self, user: User) -> str:
        return self.statuses.get(user.id, "left")

    def administered_by(self, user: User, right: str = "") -> bool:
        status = self.status(user)
        return status == "creator" or (
            status == "administrator" and (not right or right in self.rights.get(user.id, ()))
        )

    def wire(self) -> Wire:
        body: Wire = {"id": self.id, "type": self.kind}
        if self.kind == "private":
            someone = self.server.users[self.id].wire()
            return body | {name: someone[name] for name in ("first_name", "username") if name in someone}
        return body | {"title": self.title} | ({"is_forum": True} if self.forum else {})

    def member_wire(self, user: User, status: str = "") -> Wire:
        """Someone's place here, as ChatMember has it."""
        return rights.wire(user, status or self.status(user), self.rights.get(user.id, rights.USUAL))

    # what people do

    def says(
        self, user: User, text: str, *, reply_to: Message | None = None, topic: int = 0, **extra: object
    ) -> Message:
        """Someone says something; the bot hears it if it may. `extra` is added to the message as it travels."""
        self._present(user)
        return self.add(self.new(user, plain(text), reply_to=reply_to, topic=topic, extra=dict(extra)))

    def sends(self, user: User, name: str, content: bytes, *, caption: str = "", topic: int = 0) -> Message:
        """Someone sends a file."""
        self._present(user)
        made = self.new(user, plain(caption), topic=topic)
        made.document = self.server.keep(Document(name, content))
        return self.add(made)

    def forwards(self, user: User, text: str, *, of: User) -> Message:
        """Someone forwards what another one said elsewhere."""
        origin = {"type": "user", "date": self.server.second() - 60, "sender_user": of.wire()}
        return self.says(user, text, forward_origin=origin)

    def changes(self, who: User, whom: User, status: str) -> None:
        """Someone's place in the chat changes; the bot is told of its own, and as an administrator of others'."""
        old, mine = self.member_wire(whom), whom is self.server.bot
        watching = mine or self.administered_by(self.server.bot)
        self.statuses[whom.id] = status
        body: Wire = {"chat": self.wire(), "from": who.wire(), "date": self.server.second()}
        body |= {"old_chat_member": old, "new_chat_member": self.member_wire(whom)}
        if watching:
            self.server.updates.add("my_chat_member" if mine else "chat_member", body)

    # how it is put together

    def new(self, sender: User | None, content: Content, **more: object) -> Message:
        """A message, not yet said."""
        number, now = self.server.message_id(self), self.server.second()
        return Message(chat=self, id=number, date=now, sender=sender, history=[content], **more)  # type: ignore[arg-type]

    def add(self, message: Message) -> Message:
        """A message of a person, or a service message: kept, and told to the bot if it may see it."""
        self.log[message.id] = message
        replied = message.reply_to
        if replied and not message.topic and self.kind == "supergroup":
            message.topic = replied.topic or replied.id  # replies are threads there, forum or not
        if self.heard_by_bot(message):
            self.server.updates.add("message", message.wire(), message)
        if message.sender and message.sender.bot and "sender_chat" not in message.extra:
            self.last_bot = message.sender
        return message

    def heard_by_bot(self, message: Message) -> bool:
        return self.kind == "private" and not (message.sender is self.server.bot and message.talk)

    def _present(self, user: User) -> None:
        assert self.kind == "private" or self.status(user) in HERE, f"{user.name} is not in {self.title}"
