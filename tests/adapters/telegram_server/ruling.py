"""Methods about chats and their members, pins and reactions."""

from typing import TYPE_CHECKING

from . import writing
from .messages import Content
from .params import Parameters
from .refused import Wire, bad

if TYPE_CHECKING:
    from .server import Server

REACTIONS = frozenset(
    [
        "❤",
        "👍",
        "👎",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "❤\u200d🔥",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨\u200d💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "🤷\u200d♂",
        "🤷",
        "🤷\u200d♀",
        "😡",
    ]
)
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat(server: "Server", given: Parameters) -> object:
    chat = writing.chat_of(server, given)
    if chat.kind != "private":
        writing.place(server, given)
    body: Wire = chat.wire() | {"accent_color_id": 0, "max_reaction_count": 11}
    body["accepted_gift_types"] = dict.fromkeys(GIFTS, False)
    return body | ({"pinned_message": chat.pinned[-1].wire(quoting=False)} if chat.pinned else {})


def get_chat_member(server: "Server", given: Parameters) -> object:
    chat = writing.place(server, given)
    user = server.users.get(given.number("user_id"))
    if user is None:
        raise bad("PARTICIPANT_ID_INVALID" if chat.kind == "supergroup" else "user not found")
    if chat.hidden and user is not server.bot and not chat.administered_by(server.bot):
        raise bad("member list is inaccessible")
    return chat.member_wire(user)


def get_chat_administrators(server: "Server", given: Parameters) -> object:
    chat = writing.place(server, given)
    if chat.kind == "private":
        raise bad("there are no administrators in the private chat")
    shown = [one for one in chat.administrators if not one.bot or one is server.bot or given.flag("return_bots")]
    return [chat.member_wire(one) for one in shown]


def get_chat_member_count(server: "Server", given: Parameters) -> object:
    return len(writing.place(server, given).members)


def leave_chat(server: "Server", given: Parameters) -> object:
    chat = writing.place(server, given)
    if chat.kind == "private":
        raise bad("chat member status can't be changed in private chats")
    chat.changes(server.bot, server.bot, "left")
    return True


def send_chat_action(server: "Server", given: Parameters) -> object:
    writing.place(server, given)
    return True


def pin_chat_message(server: "Server", given: Parameters) -> object:
    """In a group the pin is told to everybody, the bot included."""
    chat = writing.place(server, given)
    message = writing.message_of(chat, given, "pin")
    may_pin(server, given)
    if message not in chat.pinned:
        chat.pinned.append(message)
        chat.add(
            chat.new(server.bot, Content(), topic=message.topic, extra={"pinned_message": message.wire(quoting=False)})
        )
    return True


def unpin_chat_message(server: "Server", given: Parameters) -> object:
    chat = writing.place(server, given)
    may_pin(server, given)
    wanted = chat.log.get(given.number("message_id")) if "message_id" in given else next(reversed(chat.pinned), None)
    if wanted is None or wanted not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(wanted)
    return True


def may_pin(server: "Server", given: Parameters) -> None:
    """In private chats and basic groups everybody; else administrators who have the right."""
    chat = writing.chat_of(server, given)
    if chat.kind == "supergroup" and not chat.administered_by(server.bot, "can_pin_messages"):
        raise bad("not enough rights to manage pinned messages in the chat")


def set_message_reaction(server: "Server", given: Parameters) -> object:
    message = writing.message_of(writing.place(server, given), given, "react")
    wanted = given.wires("reaction")
    if len(wanted) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if any(one.get("type") != "emoji" or one.get("emoji") not in REACTIONS for one in wanted):
        raise bad("REACTION_INVALID")
    message.reactions[server.bot.id] = wanted
    return True
