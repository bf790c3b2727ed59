"""People, and what they do to the bot directly."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .refused import Wire

if TYPE_CHECKING:
    from .chats import Chat
    from .messages import Message
    from .server import Server

ANONYMOUS, CHANNEL, LINKED = 1087968824, 136817688, 777000
"""Whose messages anonymous administrators, channels and linked channels send, as `from` says."""


@dataclass(eq=False, slots=True)
class Press:
    """A press on a button and what became of it."""

    id: str
    user: "User"
    data: str
    message: "Message | None"
    at: float
    inline: str = ""
    """The id of a message sent by inline mode, where the press is on one."""
    answered: bool = False
    toast: str = ""
    alert: bool = False
    url: str = ""

    def wire(self) -> Wire:
        body: Wire = {"id": self.id, "from": self.user.wire(), "data": self.data, "chat_instance": "-77"}
        if self.message:
            body |= {"message": self.message.accessible_wire(), "chat_instance": str(self.message.chat.id * 31)}
        return body | ({"inline_message_id": self.inline} if self.inline else {})


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
    presses_made: list[Press] = field(default_factory=list)

    def wire(self) -> Wire:
        body: Wire = {"id": self.id, "is_bot": self.bot, "first_name": self.name}
        body |= {"username": self.username} if self.username else {}
        return body | ({"language_code": self.language} if self.language else {})

    @property
    def private(self) -> "Chat":
        """The private chat with the bot."""
        return self.server.private(self)

    @property
    def toasts(self) -> list[str]:
        """What answers to this person's presses said, in order."""
        return [press.toast for press in self.presses_made if press.answered]

    def starts(self, payload: str = "") -> "Message":
        """Opens the private chat, by the Start button or a deep link `t.me/bot?start=payload`."""
        return self.writes(f"/start {payload}".strip())

    def writes(self, text: str, *, reply_to: "Message | None" = None) -> "Message":
        """Says something to the bot alone."""
        self.started = True
        return self.private.says(self, text, reply_to=reply_to)

    def presses(self, message: "Message", button: str) -> Press:
        """Presses a button of a message: by its data, or by its label or a part of it."""
        assert not message.deleted, "nobody can press what is deleted; `forges` can"
        key = message.button(button)
        assert key.data, f"the button {key.label!r} sends nothing"
        return self.forges(message, key.data)

    def forges(self, message: "Message", data: str) -> Press:
        """Sends button data that need not stand under the message: what a changed app can do."""
        return self.server.press(self, data, message=message)

    def blocks(self) -> None:
        """Blocks the bot: it is told, and can't write any more."""
        self.blocked = True
        self.private.changes(self, self.server.bot, "member", "kicked")

    def unblocks(self) -> None:
        self.blocked = False
        self.private.changes(self, self.server.bot, "kicked", "member")
