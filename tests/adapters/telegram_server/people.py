"""People, and what they do to the bot directly."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .refused import Wire

if TYPE_CHECKING:
    from .chats import Chat
    from .inline import Query
    from .messages import Message
    from .server import Server


@dataclass(eq=False, slots=True)
class Press:
    """A press on a button and what became of it."""

    id: str
    user: "User"
    data: str
    message: "Message | None"
    at: float
    answered: bool = False
    toast: str = ""
    alert: bool = False
    url: str = ""

    def wire(self) -> Wire:
        body: Wire = {
            "id": self.id,
            "from": self.user.wire(),
            "data": self.data,
            "chat_instance": "-7700000000000000001",
        }
        if self.message and self.message.inline:
            body["inline_message_id"] = self.message.inline
        elif self.message:
            body |= {"message": self.message.accessible_wire(), "chat_instance": str(self.message.chat.id * 31)}
        return body


@dataclass(eq=False, slots=True)
class User:
    """Someone with an account. Made by `server.user(...)`."""

    server: "Server" = field(repr=False)
    id: int
    name: str
    username: str = ""
    language: str = ""
    bot: bool = False
    started: bool = False
    """Has begun a private chat with the bot, so that it may write."""
    blocked: bool = False
    deactivated: bool = False
    """Has deleted the account."""
    presses_made: list[Press] = field(default_factory=list, repr=False)

    def wire(self) -> Wire:
        body: Wire = {"id": self.id, "is_bot": self.bot, "first_name": self.name}
        body |= {"username": self.username} if self.username else {}
        return body | ({"language_code": self.language} if self.language else {})

    @property
    def private(self) -> "Chat":
        """The private chat with the bot."""
        return self.server.private(self)

    @property
    def messages(self) -> "list[Message]":
        """What the bot has told this person alone."""
        return self.private.messages

    @property
    def toasts(self) -> list[str]:
        """What answers to this person's presses said, in order of the presses."""
        return [press.toast for press in self.presses_made if press.answered]

    def starts(self, payload: str = "") -> "Message":
        """Opens the private chat, by the Start button or a deep link `t.me/bot?start=payload`."""
        return self.writes(f"/start {payload}".strip())

    def opens(self, link: str) -> "Message":
        """Follows a deep link to the bot, as a button or a text carries it."""
        address, _, payload = link.partition("?start=")
        assert address.removeprefix("https://").removeprefix("t.me/") == self.server.bot.username, link
        return self.starts(payload)

    def writes(self, text: str, *, reply_to: "Message | None" = None) -> "Message":
        """Says something to the bot alone."""
        self.started, self.blocked = True, False
        return self.private.says(self, text, reply_to=reply_to)

    def presses(self, message: "Message", button: str) -> Press:
        """Presses a button of a message: by its data, or by its label or a part of it."""
        assert not message.deleted, "nobody can press what is deleted; `forges` can"
        key = message.button(button)
        assert key.data, f"the button {key.label!r} sends nothing"
        return self.forges(message, key.data)

    def forges(self, message: "Message | None", data: str) -> Press:
        """Sends button data that need not stand under the message: what a changed app can do."""
        return self.server.press(self, data, message)

    def edits(self, message: "Message", text: str) -> None:
        """Changes an own message."""
        assert message.sender is self
        message.becomes(text)
        if message.chat.heard_by_bot(message):
            self.server.updates.add("edited_message", message.wire(), message)

    def reacts(self, message: "Message", *emoji: str) -> None:
        """Sets own reactions; none takes them away. The bot hears of it in private or as administrator, if it asked."""
        old = message.reactions.get(self.id, [])
        message.reactions[self.id] = [{"type": "emoji", "emoji": one} for one in emoji]
        body: Wire = {
            "chat": message.chat.wire(),
            "message_id": message.id,
            "user": self.wire(),
            "date": self.server.second(),
        }
        body |= {"old_reaction": old, "new_reaction": message.reactions[self.id]}
        if message.chat.kind == "private" or message.chat.administered_by(self.server.bot):
            self.server.updates.add("message_reaction", body, message)

    def votes(self, message: "Message", *options: int) -> None:
        """Answers a native poll, by the numbers of its options; none takes the answer back."""
        assert message.poll, "there is no poll in this message"
        message.poll.answered_by(self, options)

    def asks_inline(self, query: str, chat: "Chat | None" = None) -> "Query":
        """Writes `@bot query` somewhere; what is offered comes into `.results`."""
        return self.server.inline.asked(self, query, chat)

    def blocks(self) -> None:
        """Blocks the bot: it is told, and can't write any more."""
        self.blocked = True
        self.private.changes(self, self.server.bot, "kicked")

    def unblocks(self) -> None:
        self.blocked = False
        self.private.changes(self, self.server.bot, "member")
