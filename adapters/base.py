"""All that crosses the wall between a platform and the bot: Request and Answer one way, Card the other."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from adapters.cards import Button as Button
from adapters.cards import Card as Card
from adapters.cards import Image as Image
from adapters.cards import Part as Part
from adapters.cards import Question as Question
from adapters.cards import Rows as Rows
from adapters.cards import Style as Style
from adapters.cards import addresses as addresses
from adapters.cards import pressable as pressable
from adapters.health import Health


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """What a platform tells about who is in a chat: people as (immutable id, display name)."""

    joined: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()
    admins: frozenset[str] = frozenset()
    """Those who joined and administer the chat."""
    size: int | None = None
    """How many people are in the chat now, the bot itself left out; None: the platform does not say."""
    ours: bool = False
    """We have come into the chat ourselves, for the first time or again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing a person did: words, a press, or a coming and going.

    `key` names the act on its platform and stays the same when the platform delivers it again. `user` and `chat` are the
    platform's immutable ids. Everything in here is untrusted.
    """

    key: str
    platform: str
    chat: str
    user: str
    name: str = ""
    text: str = ""
    press: str = ""
    arrivals: Arrivals | None = None
    private: bool = False
    """Said to the bot alone."""
    admin: bool = False
    """The platform says that this person administers the chat."""
    chat_name: str = ""
    message: str = ""
    """The platform's id of the message, and of the one that it replies to."""
    reply_to: str = ""
    thread: str = ""
    """The thread or topic of the chat in which it was said, by the platform's id of it; of a thread mostly its first message."""
    language: str = ""
    """The language of the person's app, as the platform tells it."""
    moved_from: str = ""
    """The id by which the platform knew this chat until now."""
    edited: bool = False
    """`text` is what `message`, said before, reads now: never a command anew, at most other words for a reason."""
    removed: bool = False
    """`message`, said or pressed before, was taken back by whoever made it; or it is one of ours, and was removed."""
    taps: tuple[int, ...] | None = None
    """What the person has chosen in the platform's own poll: the places of its options, from 0; none, or one that it has
    not: what they had chosen is taken back. The poll's message is `reply_to`, or begins so, and then `chat` may be empty."""
    came: datetime | None = None
    """When it came in, where it could be read only later: a vote that its author cast since counts more."""
    bookmark: str = ""
    """How far the platform's stream is read: kept no sooner than all that was handed on before. Nobody's act."""
    unheard: tuple[datetime, datetime] | None = None
    """What was pressed between these instants may never arrive. Nobody's act."""
    gone: bool = False
    """We were put out of this chat, or it is no more. Nobody's act."""


class Verdict(StrEnum):
    """What became of a request."""

    NOTHING = "nothing"
    """Not meant for us, or seen before: the platform shows nothing."""
    DONE = "done"
    REFUSED = "refused"
    FAULT = "fault"


LARGEST_FILE = 1 << 20
"""Bytes of a file that we hand to anybody: every platform takes more."""


@dataclass(frozen=True, slots=True)
class File:
    """A text or an archive to be kept: `kind` is its media type, as `application/json`."""

    name: str
    content: str | bytes = field(repr=False)
    kind: str

    @property
    def raw(self) -> bytes:
        """As bytes; what no file can hold is replaced."""
        return self.content if isinstance(self.content, bytes) else self.content.encode("utf-8", "replace")

    @property
    def text(self) -> str:
        """As a text to show; of what is none, nothing."""
        return self.content if isinstance(self.content, str) else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown to the person alone: a toast, a reaction, a direct message. The act is durable by now."""

    verdict: Verdict
    text: str = ""
    buttons: Rows = ()
    looked: bool = False
    """The text is what the person asked to see: a sign that all is done would not do instead."""
    card: Card | None = None
    """What the message that was pressed shows from now on, if it was said to the person alone; the text is told besides.
    Elsewhere the card is told."""
    alone: str = ""
    """The press with which it goes on in the private chat with us, where one can be led there."""
    secret: bool = False
    """It may tell what not everybody in the chat may know: where the person cannot be told alone, a sign is all that is
    shown."""
    untold: str = ""
    """The press to be made for the person where they cannot be told alone, so that what waits for them goes on."""
    known: str = ""
    """The press to be made once the person was told, so that they are not told again."""
    file: File | None = None
    """Handed to the person in the private chat alone, with the text beside it; where there is none, neither is shown."""
    openly: bool = False
    """The file, and the text beside it, are for the whole room in which it was asked for."""

    @property
    def told(self) -> tuple[str, Rows]:
        """What is told where nothing can be changed in place."""
        if self.card is None:
            return self.text, self.buttons
        return self.text or self.card.text, self.card.buttons


NOTHING = Answer(Verdict.NOTHING)


def gone_on(request: Request, press: str) -> Request:
    """The press that is made for whoever was told, or could not be: see `Answer.known` and `Answer.untold`."""
    return replace(request, key=f"{request.key}:{press}", text="", press=press)


Handle = Callable[[Request], Awaitable[Answer]]
"""What a platform hands requests to. They are carried out in the order of the calls, so it need not wait for one Answer
before it hands on the next request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What somebody looks for, to show it somewhere: words, or an id such as D-12. Untrusted."""

    platform: str
    user: str
    language: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that may be shown: what it is called in a list, and the whole."""

    key: str
    title: str
    note: str
    card: Card


Look = Callable[[Search], Awaitable[Sequence[Found]]]
"""What a platform asks where nothing is to be changed."""

Say = Callable[..., str]
"""`say(language, key, *values)`: a text of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a platform can do, as data."""

    edits: bool = True
    buttons: bool = True
    private: bool = True
    """It can begin a private chat with a person, or has one with everybody."""
    text_limit: int = 4096
    native: int = 0
    """How many options a poll of the platform's own may have; 0: it has none."""
    pictures: bool = False
    """It can show a picture with a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a card goes: a chat, or (`chat` empty) the private chat with a user."""

    chat: str = ""
    user: str = ""


class Gone(Exception):  # noqa: N818 - a fact about a place, told by its platform
    """The place is closed to us for good: deleted, or we were put out or blocked."""


class Later(Exception):  # noqa: N818
    """The platform will not take it now. `seconds` is how long it asks us to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:g} s")
        self.seconds = seconds


class Moved(Exception):  # noqa: N818
    """The chat goes by another id from now on."""

    def __init__(self, chat: str) -> None:
        super().__init__(f"it is {chat} now")
        self.chat = chat


class Platform(Protocol):
    """One network. A new one is a folder with this and one line where platforms are started."""

    name: str
    abilities: Abilities

    @property
    def health(self) -> Health | None:
        """How the line to the network is; None: there is none that could break."""

    async def run(self, handle: Handle) -> None:
        """Take in what people do until the network or the person says that it ends. Ask `handle`, show the Answer."""

    async def send(self, place: Place, card: Card, *, key: str, reply_to: str = "") -> str:
        """Post a card and return the platform's id of the message. The same key again must not post twice, where the
        platform can see to that. Raises Gone, Later or Moved."""

    async def edit(self, place: Place, message: str, card: Card) -> None:
        """Bring a message of ours up to date; nothing to change is success. Raises Gone, Later or Moved."""
