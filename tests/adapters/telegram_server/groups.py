"""Groups, supergroups and forums: who comes and goes, who rules, topics, and the change from one kind to the other."""

from dataclasses import dataclass

from . import rights
from .chats import HERE, Chat
from .messages import Content, Message, plain
from .people import User
from .refused import Wire

ANONYMOUS, CHANNEL, TELEGRAM = 1087968824, 136817688, 777000
"""Whom `from` names in messages of anonymous administrators, of channels, and of the channel linked to the group."""


@dataclass(eq=False, slots=True)
class Group(Chat):
    """Made by `server.group(...)` and `server.supergroup(...)`."""

    def joins(self, *people: User, by: User | None = None) -> None:
        """People come in, by themselves or added by someone; the bot may be among them."""
        who = by or people[0]
        for one in people:
            self.changes(who, one, "member")
        self._service(who, new_chat_members=[one.wire() for one in people])

    def leaves(self, user: User) -> None:
        self.changes(user, user, "left")
        self._service(user, left_chat_member=user.wire())

    def removes(self, user: User, *, by: User) -> None:
        """Someone is put out; the bot may be the one."""
        self.changes(by, user, "kicked")
        self._service(by, left_chat_member=user.wire())

    def promotes(self, user: User, *, by: User | None = None, may: frozenset[str] = rights.USUAL) -> None:
        """Someone becomes an administrator; the bot may be the one."""
        self.rights[user.id] = may
        self.changes(by or self.administrators[0], user, "administrator")

    def demotes(self, user: User, *, by: User | None = None) -> None:
        self.changes(by or self.administrators[0], user, "member")

    def is_renamed(self, user: User, title: str) -> None:
        self.title = title
        self._service(user, new_chat_title=title)

    def says_anonymously(self, user: User, text: str, *, topic: int = 0) -> Message:
        """An administrator speaks as the group itself."""
        assert self.administered_by(user)
        return self._as(ANONYMOUS, "Group", "GroupAnonymousBot", text, topic, sender_chat=self.wire())

    def says_as_channel(self, channel: Chat, text: str, *, linked: bool = False) -> Message:
        """Someone speaks as a channel, or a post of the group's own channel comes in by itself."""
        if not linked:
            return self._as(CHANNEL, "Channel", "Channel_Bot", text, 0, sender_chat=channel.wire())
        origin: Wire = {"type": "channel", "date": self.server.second(), "chat": channel.wire(), "message_id": 5}
        more: Wire = {"sender_chat": channel.wire(), "forward_origin": origin, "is_automatic_forward": True}
        return self._as(TELEGRAM, "Telegram", "", text, 0, **more)

    def opens_topic(self, user: User, name: str) -> int:
        """A new forum topic; its id."""
        assert self.forum, f"{self.title} is no forum"
        made = self.new(user, Content(), extra={"forum_topic_created": {"name": name, "icon_color": 7322096}})
        made.topic = made.id
        self.topics[made.id] = made
        return self.add(made).id

    def closes_topic(self, user: User, topic: int) -> None:
        self.closed.add(topic)
        self._service(user, topic, forum_topic_closed={})

    def becomes_supergroup(self, user: User | None = None) -> "Group":
        """The group goes on as a supergroup with another id; both are told so."""
        assert self.kind == "group"
        who = user or self.members[0]
        new = Group(self.server, self.server.supergroup_id(), "supergroup", self.title)
        new.statuses, new.rights = dict(self.statuses), dict(self.rights)
        self.server.chats[new.id] = new
        self._service(who, migrate_to_chat_id=new.id)
        self.became = new
        new._service(who, migrate_from_chat_id=self.id)
        return new

    def heard_by_bot(self, message: Message) -> bool:
        """Privacy mode: commands, replies to itself and service messages; everything as an administrator."""
        mine = message.sender is self.server.bot
        if self.status(self.server.bot) not in HERE or (mine and message.talk) or self._of_a_bot(message):
            return False
        if self.administered_by(self.server.bot) or not self.server.privacy or not message.talk:
            return True
        replied = message.reply_to
        return (
            message.extra.get("via_bot") is not None
            or bool(replied and replied.sender is self.server.bot)
            or self._called(message)
        )

    def _of_a_bot(self, message: Message) -> bool:
        """Said by another bot; those that stand for anonymous people and channels are none."""
        who = message.sender
        return bool(who and who.bot and who is not self.server.bot and "sender_chat" not in message.extra)

    def _called(self, message: Message) -> bool:
        """A command for this bot by name, or one for all while no other bot has spoken since."""
        name, _, whom = (message.text.split(maxsplit=1) or [""])[0].partition("@")
        general = not whom and self.last_bot in (None, self.server.bot)
        return name.startswith("/") and (general or whom.lower() == self.server.bot.username.lower())

    def _as(self, number: int, name: str, username: str, text: str, topic: int, **extra: object) -> Message:
        whom = User(self.server, number, name, username, bot=number != TELEGRAM)
        return self.add(self.new(whom, plain(text), topic=topic, extra=dict(extra)))

    def _service(self, sender: User, topic: int = 0, /, **extra: object) -> Message:
        return self.add(self.new(sender, Content(), topic=topic, extra=dict(extra)))
