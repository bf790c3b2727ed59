"""Updates into Requests: who said or did what where, and where the answer goes. No calls, no state."""

import re
from collections.abc import Set
from dataclasses import dataclass, replace
from typing import Any

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update, User

from adapters.base import Arrivals, Request
from adapters.telegram.marks import Marks
from adapters.telegram.render import sound

NAME = "telegram"
ANONYMOUS, CHANNEL, TELEGRAM = 1087968824, 136817688, 777000
"""The accounts behind which Telegram puts anonymous administrators, channels, and what it forwards itself."""

FORGED = "?"
"""Handed on for a press that carries no tag of ours: no button has it, so it is refused like any unknown one."""

KINDS = ("message", "callback_query", "my_chat_member", "chat_member")
"""The updates that we ask Telegram for. An edit of a command is no new command, so edits are not among them."""

COMMAND = re.compile(r"/(?P<word>[^\W\d_]\w*)(?:@(?P<bot>\w+))?(?P<rest>\s.*|$)", re.DOTALL)
WORD = re.compile(r"[^\W\d_][\w-]*(?:\s|$)")
IN = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)


class Malformed(Exception):  # noqa: N818
    """An update that is not what the Bot API says it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """Who we are at Telegram, and which words a deep link may say for whoever follows it: none that changes anything."""

    id: int
    name: str
    links: Set[str] = frozenset()


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
class Heard:
    """What an update comes to: a request, or a text of ours by its key, or news about a chat."""

    origin: Origin
    request: Request | None = None
    says: str = ""
    reachable: bool | None = None
    """The person has opened (or closed) the private chat with us."""
    admins_changed: bool = False


def heard(update: Update, me: Me, marks: Marks) -> Heard | None:
    """What an update comes to; None: nothing that concerns us. Raises Malformed."""
    if update.callback_query is not None:
        return _pressed(update.callback_query, marks)
    if update.message is not None:
        return _message(update.message, me)
    if update.my_chat_member is not None:
        return _about_us(update.my_chat_member)
    if update.chat_member is not None:
        return _about_someone(update.chat_member)
    return None


# -- presses ----------------------------------------------------------------------------------------------------------


def _pressed(query: CallbackQuery, marks: Marks) -> Heard:
    user, press_id = _user(query.from_user), _text(query.id)
    if query.message is None:  # a message of another bot's, sent inline: none of ours
        return Heard(origin=Origin(chat="", user=user, press=press_id))
    chat = query.message.chat
    origin = Origin(
        chat=_id(chat.id),
        user=user,
        message=_number(query.message.message_id),
        private=chat.type == Chat.PRIVATE,
        language=_language(query.from_user),
        press=press_id,
    )
    data = sound(query.data) if isinstance(query.data, str) else ""
    press = marks.press(data, origin.chat) or FORGED
    return Heard(origin=origin, request=_request(origin, f"press-{press_id}", query.from_user, chat, press=press))


# -- messages ---------------------------------------------------------------------------------------------------------


def _message(message: Message, me: Me) -> Heard | None:
    chat = message.chat
    origin = Origin(
        chat=_id(chat.id),
        message=_number(message.message_id),
        thread=_number(message.message_thread_id) if message.is_topic_message and message.message_thread_id else None,
        private=chat.type == Chat.PRIVATE,
    )
    if chat.type not in (Chat.PRIVATE, Chat.GROUP, Chat.SUPERGROUP):
        return None
    if message.migrate_to_chat_id or message.migrate_from_chat_id:
        return _moved(message, origin)
    if message.new_chat_members or message.left_chat_member:
        return _service(message, origin)
    text = message.text or message.caption
    if not text or message.from_user is None or message.is_automatic_forward:
        return None
    return _said(message, origin, _addressed(_text(text), me, private=origin.private), me)


def _said(message: Message, origin: Origin, text: str, me: Me) -> Heard | None:
    user = message.from_user
    if user is None or not text:
        return None
    command = text[0] in "/!"
    if message.sender_chat is not None or user.id in (ANONYMOUS, CHANNEL):
        return Heard(origin=origin, says="telegram-anonymous") if command else None
    if user.is_bot or user.id == TELEGRAM or message.via_bot is not None:
        return None
    origin = replace(origin, user=_user(user), language=_language(user))
    reachable = True if origin.private else None
    if message.forward_origin is not None:
        told = "telegram-forwarded" if command and origin.private else ""
        return Heard(origin=origin, says=told, reachable=reachable)
    if text == "/start":
        return Heard(
            origin=origin, says="telegram-hello" if origin.private else "telegram-welcome", reachable=reachable
        )
    request = _request(origin, f"{origin.chat}-{origin.message}", user, message.chat, text=_followed(text, me))
    answered = message.reply_to_message
    if answered is not None:
        request = replace(request, reply_to=str(_number(answered.message_id)))
    return Heard(origin=origin, request=request, reachable=reachable)


def _addressed(text: str, me: Me, *, private: bool) -> str:
    """The text without our own name in it; empty where it speaks to another bot."""
    command = COMMAND.match(text)
    if command is not None:
        if command["bot"] and command["bot"].casefold() != me.name.casefold():
            return ""
        return f"/{command['word']}{command['rest']}"
    name = f"@{me.name}".casefold()
    if not text.casefold().startswith(name) or WORD.match(text[len(name) :]):
        return text
    rest = text[len(name) :].lstrip(" ,:\n")
    return f"/{rest}" if WORD.match(rest) and not private else rest


def _followed(text: str, me: Me) -> str:
    """What a deep link says: `/start show_P-7` is `/show P-7`, where the words may be said by a link."""
    if not text.startswith("/start "):
        return text
    word, _, rest = text.removeprefix("/start ").strip().partition("_")
    return f"/{word} {rest.replace('_', ' ')}".strip() if word in me.links else "/help"


# -- comings and goings -----------------------------------------------------------------------------------------------


def _moved(message: Message, origin: Origin) -> Heard:
    before, after = origin.chat, origin.chat
    if message.migrate_to_chat_id:
        after = _id(message.migrate_to_chat_id)
    else:
        before = _id(message.migrate_from_chat_id)
    moved = Request(key=f"moved-{after}", platform=NAME, chat=after, user="", moved_from=before)
    return Heard(origin=replace(origin, chat=after), request=moved, admins_changed=True)


def _service(message: Message, origin: Origin) -> Heard | None:
    joined = tuple(one for one in message.new_chat_members if not one.is_bot)
    gone = message.left_chat_member
    left = (gone,) if gone is not None and not gone.is_bot else ()
    key = f"{origin.chat}-{origin.message}"
    return _came_or_went(origin, key, message.from_user, message.chat, joined, left)


def _about_us(update: ChatMemberUpdated) -> Heard | None:
    origin = Origin(chat=_id(update.chat.id), private=update.chat.type == Chat.PRIVATE)
    inside = _inside(update.new_chat_member)
    actor = update.from_user
    origin = replace(origin, user=_user(actor), language=_language(actor))
    if origin.private:
        return Heard(origin=origin, reachable=inside)
    if update.chat.type == Chat.CHANNEL or not inside:
        return None
    says = "" if _inside(update.old_chat_member) else "telegram-welcome"
    key = f"us-{origin.chat}-{update.date.timestamp():.0f}"
    came = () if actor.is_bot else (actor,)
    found = _came_or_went(origin, key, actor, update.chat, came, ())
    return replace(found or Heard(origin=origin), says=says, admins_changed=True)


def _about_someone(update: ChatMemberUpdated) -> Heard | None:
    who = update.new_chat_member.user
    if update.chat.type == Chat.CHANNEL or who.is_bot:
        return None
    origin = Origin(chat=_id(update.chat.id))
    inside = _inside(update.new_chat_member)
    key = f"{origin.chat}-{_user(who)}-{update.date.timestamp():.0f}"
    found = _came_or_went(
        origin, key, update.from_user, update.chat, (who,) if inside else (), () if inside else (who,)
    )
    return replace(found or Heard(origin=origin), admins_changed=True)


def _came_or_went(
    origin: Origin, key: str, actor: User | None, chat: Chat, joined: tuple[User, ...], left: tuple[User, ...]
) -> Heard | None:
    """Told by whoever did it, or by whom it happened to where that is a bot or nobody."""
    who = next((one for one in (actor, *joined, *left) if one is not None and not one.is_bot), None)
    if who is None or not (joined or left):
        return None
    arrivals = Arrivals(
        joined=tuple((_user(one), _name(one)) for one in joined), left=tuple(_user(one) for one in left)
    )
    return Heard(origin=origin, request=replace(_request(origin, key, who, chat), arrivals=arrivals))


def _inside(member: ChatMember) -> bool:
    return member.status in IN or (member.status == ChatMember.RESTRICTED and bool(getattr(member, "is_member", False)))


# -- parts ------------------------------------------------------------------------------------------------------------


def _request(origin: Origin, key: str, user: User, chat: Chat, *, text: str = "", press: str = "") -> Request:
    return Request(
        key=key,
        platform=NAME,
        chat=origin.chat,
        user=_user(user),
        name=_name(user),
        text=text,
        press=press,
        private=origin.private,
        chat_name="" if origin.private else _text(chat.title or ""),
        message=str(origin.message or ""),
        language=_language(user),
    )


def _user(user: User) -> str:
    return _id(user.id)


def _name(user: User) -> str:
    names = (_text(one) for one in (user.first_name, user.last_name) if one is not None)
    return " ".join(one for one in names if one)


def _language(user: User) -> str:
    return _text(user.language_code or "")[:35].casefold()


def _id(value: Any) -> str:
    return str(_number(value))


def _number(value: Any) -> int:
    if type(value) is not int or abs(value) >= 1 << 62:
        raise Malformed(f"{value!r:.60} is no number")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Malformed(f"{value!r:.60} is no text")
    return sound(value)
