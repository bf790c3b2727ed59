"""Messages: what is shown, how it changed, and how it travels."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .markup import found_in, to_html, trimmed
from .refused import Wire

if TYPE_CHECKING:
    from .chats import Chat
    from .documents import Document
    from .people import User
    from .photos import Photo
    from .polls import Poll


@dataclass(frozen=True, slots=True)
class Key:
    """A button under a message: one of data, url or something else in `wire`."""

    wire: Wire

    @property
    def label(self) -> str:
        return str(self.wire["text"])

    @property
    def data(self) -> str:
        return str(self.wire.get("callback_data", ""))

    @property
    def url(self) -> str:
        return str(self.wire.get("url", ""))


Keyboard = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What a message shows at one time."""

    text: str = ""
    entities: tuple[Wire, ...] = ()
    keyboard: Keyboard = ()

    @property
    def html(self) -> str:
        return to_html(self.text, list(self.entities))

    @property
    def labels(self) -> list[list[str]]:
        """The buttons as people see them."""
        return [[key.label for key in row] for row in self.keyboard]


def plain(text: str) -> Content:
    """What a person typed, with what the app marks by itself."""
    shown, _ = trimmed(text, [])
    return Content(shown, tuple(found_in(shown, [])))


@dataclass(eq=False, slots=True, kw_only=True)
class Message:
    """One message. `history` begins with what was first sent; `edits` is what came after."""

    chat: "Chat" = field(repr=False)
    id: int
    date: int
    sender: "User | None"
    history: list[Content]
    reply_to: "Message | None" = field(default=None, repr=False)
    topic: int = 0
    edited: int = 0
    deleted: bool = False
    silent: bool = False
    inline: str = ""
    """The id by which the bot may edit it, where it was sent by inline mode."""
    asks: Wire = field(default_factory=dict)
    """A keyboard that is not under the message: a reply that is asked for."""
    document: "Document | None" = None
    photo: "Photo | None" = None
    poll: "Poll | None" = None
    extra: Wire = field(default_factory=dict)
    """All else that travels with it: service messages, who forwarded it."""
    reactions: dict[int, list[Wire]] = field(default_factory=dict)

    @property
    def shown(self) -> Content:
        return self.history[-1]

    @property
    def text(self) -> str:
        return self.shown.text

    @property
    def html(self) -> str:
        return self.shown.html

    @property
    def keyboard(self) -> Keyboard:
        return self.shown.keyboard

    @property
    def labels(self) -> list[list[str]]:
        return self.shown.labels

    @property
    def edits(self) -> list[Content]:
        return self.history[1:]

    @property
    def pinned(self) -> bool:
        return self in self.chat.pinned

    @property
    def talk(self) -> bool:
        """Not a service message."""
        return bool(self.text or self.file or self.poll)

    @property
    def file(self) -> "Document | Photo | None":
        """What stands above its text, which is a caption then."""
        return self.document or self.photo

    def button(self, wanted: str) -> Key:
        """A button by its data, its label, or the only one whose label holds these words."""
        keys = [key for row in self.keyboard for key in row]
        whole = [key for key in keys if wanted in (key.data, key.label)]
        found = whole or [key for key in keys if wanted.casefold() in key.label.casefold()]
        assert len(found) == 1, f"{len(found)} buttons for {wanted!r} in {self.labels}"
        return found[0]

    def becomes(self, content: Content | str) -> None:
        self.history.append(plain(content) if isinstance(content, str) else content)
        self.edited = self.chat.server.second()

    def wire(self, *, quoting: bool = True) -> Wire:
        """As it travels; a quoted message quotes nothing itself."""
        body: Wire = {"message_id": self.id, "date": self.date, "chat": self.chat.wire()}
        if self.sender:
            body["from"] = self.sender.wire()
        if self.topic:
            body["message_thread_id"] = self.topic
            body |= {"is_topic_message": True} if self.topic in self.chat.topics else {}
        if self.edited:
            body["edit_date"] = self.edited
        quoted = self.reply_to or self.chat.topics.get(self.topic)
        if quoting and quoted and quoted is not self and not quoted.deleted:
            body["reply_to_message"] = quoted.wire(quoting=False)
        return body | self._content_wire() | self.extra

    def _content_wire(self) -> Wire:
        body: Wire = {}
        if self.text:
            words, marks = ("caption", "caption_entities") if self.file else ("text", "entities")
            body[words] = self.text
            body |= {marks: [dict(one) for one in self.shown.entities]} if self.shown.entities else {}
        if self.document:
            body["document"] = self.document.wire()
        if self.photo:
            body["photo"] = self.photo.wire()
        if self.poll:
            body["poll"] = self.poll.wire()
        return body | self._keyboard_wire()

    def _keyboard_wire(self) -> Wire:
        rows = [[key.wire for key in row] for row in self.keyboard]
        return {"reply_markup": {"inline_keyboard": rows}} if rows else {}

    def accessible_wire(self) -> Wire:
        """As a press carries it: a deleted message is only named."""
        if self.deleted:
            return {"message_id": self.id, "date": 0, "chat": self.chat.wire()}
        return self.wire()
