"""What an update comes to, and the parts of it that are taken only if they are what they should be."""

from dataclasses import dataclass, field
from typing import Any

from telegram import Chat, User

from adapters.base import Request
from adapters.telegram.links import Allowed
from adapters.telegram.render import sound

NAME = "telegram"


class Malformed(Exception):  # noqa: N818
    """An update that is not what the Bot API says it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """Who we are at Telegram, and what a link may do for whoever follows it."""

    id: int
    name: str
    allowed: Allowed = field(default_factory=Allowed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where something was said or pressed."""

    chat: str
    user: str = ""
    message: int | None = None
    thread: int | None = None
    private: bool = False
    language: str = ""
    press: str = ""
    """The id by which a press is answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What somebody looks for in inline mode, and the id by which it is answered."""

    query: str
    user: str
    language: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What an update comes to: a request, a search, a text of ours by its key, or news about a chat."""

    origin: Origin
    request: Request | None = None
    asks: Asks | None = None
    says: str = ""
    reachable: bool | None = None
    """The person has opened (or closed) the private chat with us."""
    admins_changed: bool = False
    visits: str = ""
    """They followed a link from this group: if they are in it, they are one of its members."""
    public: bool = False
    """Said where anybody can look in, so that it has to be asked who is in the chat."""
    refuses: str = ""
    """A text of ours, by its key, that says why it counts for nobody."""
    poll: str = ""
    """The poll of Telegram's own in which it was answered, where that is all that tells the chat."""
    bots: tuple[str, ...] = ()
    """Other bots that are in the chat by now."""
    bots_gone: tuple[str, ...] = ()


def request_of(origin: Origin, key: str, user: User, chat: Chat, *, text: str = "", press: str = "") -> Request:
    return Request(
        key=key,
        platform=NAME,
        chat=origin.chat,
        user=user_of(user),
        name=name_of(user),
        text=text,
        press=press,
        private=origin.private,
        chat_name="" if origin.private else text_of(chat.title or ""),
        message=str(origin.message or ""),
        language=language_of(user),
    )


def user_of(user: User) -> str:
    return id_of(user.id)


def name_of(user: User) -> str:
    names = (text_of(one) for one in (user.first_name, user.last_name) if one is not None)
    return " ".join(one for one in names if one)


def language_of(user: User) -> str:
    return text_of(user.language_code or "")[:35].casefold()


def id_of(value: Any) -> str:
    return str(number_of(value))


def number_of(value: Any) -> int:
    if type(value) is not int or abs(value) >= 1 << 62:
        raise Malformed(f"{value!r:.60} is no number")
    return value


def text_of(value: Any) -> str:
    if not isinstance(value, str):
        raise Malformed(f"{value!r:.60} is no text")
    return sound(value)
