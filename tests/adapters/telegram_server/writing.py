"""Methods that write into chats: sendMessage, editMessageText and their kin."""

from typing import TYPE_CHECKING

from .chats import HERE, Chat
from .markup import found_in, from_html, trimmed, units
from .messages import Content, Key, Keyboard, Message
from .params import Parameters
from .refused import Wire, bad, forbidden

if TYPE_CHECKING:
    from .server import Server

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


def send_message(server: "Server", given: Parameters) -> object:
    chat = place(server, given)
    text, entities = words(given)
    if not text:
        raise bad("message text is empty")
    if units(text) > TEXT_LIMIT:
        raise bad("message is too long")
    return post(server, chat, given, Content(text, tuple(entities), keyboard(given))).wire()


def edit_message_text(server: "Server", given: Parameters) -> object:
    message = mine(server, given)
    text, entities = words(given)
    if not text:
        raise bad("message text is empty")
    if units(text) > TEXT_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    return edit(server, message, Content(text, tuple(entities), keyboard(given))).wire()


def edit_message_reply_markup(server: "Server", given: Parameters) -> object:
    message = mine(server, given)
    return edit(server, message, Content(message.text, message.shown.entities, keyboard(given))).wire()


def chat_of(server: "Server", given: Parameters, name: str = "chat_id") -> Chat:
    """The chat that a request names, followed nowhere: a group that became a supergroup says so."""
    if name not in given:
        raise bad("chat_id is empty")
    chat = server.chats.get(given.number(name))
    if chat is None:
        raise bad("chat not found")
    if chat.became:
        raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.became.id)
    return chat


def place(server: "Server", given: Parameters) -> Chat:
    """The chat, if the bot may write there."""
    chat = chat_of(server, given)
    if chat.kind == "private":
        user = server.users[chat.id]
        if user.deactivated:
            raise forbidden("user is deactivated")
        if user.blocked:
            raise forbidden("bot was blocked by the user")
        if not user.started:
            raise forbidden("bot can't initiate conversation with a user")
    elif (status := chat.status(server.bot)) not in HERE:
        raise forbidden(f"bot {'was kicked from' if status == 'kicked' else 'is not a member of'} the {chat.kind} chat")
    return chat


def words(
    given: Parameters, name: str = "text", entities: str = "entities", mode: str = "parse_mode"
) -> tuple[str, list[Wire]]:
    """A text and its entities, as they will be shown."""
    source = given.text(name)
    try:
        source.encode()
    except UnicodeEncodeError:
        raise bad("strings must be encoded in UTF-8") from None
    parsing = given.text(mode).lower()
    if parsing not in ("", "html"):
        raise NotImplementedError(f"parse mode {parsing}")
    text, marked = from_html(source) if parsing else (source, given.wires(entities))
    text, marked = trimmed(text, marked)
    return trimmed(text, marked + found_in(text, marked))


def keyboard(given: Parameters) -> Keyboard:
    """The buttons under a message, each checked."""
    rows = given.wire("reply_markup").get("inline_keyboard", [])
    assert isinstance(rows, list)
    keys = tuple(tuple(_key(one) for one in row) for row in rows)
    return tuple(row for row in keys if row)


def _key(wire: Wire) -> Key:
    if not wire.get("text"):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in wire and not 1 <= len(str(wire["callback_data"]).encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if len(wire) < 2:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    return Key(wire)


def post(server: "Server", chat: Chat, given: Parameters, content: Content, extra: Wire | None = None) -> Message:
    """A new message of the bot's."""
    answered = replied(chat, given)
    topic = given.number("message_thread_id")
    if topic and topic not in chat.topics:
        raise bad("message thread not found")
    if not topic and answered:
        topic = answered.topic
    made = Message(
        chat=chat,
        id=server.message_id(chat),
        date=server.second(),
        sender=server.bot,
        history=[content],
        reply_to=answered,
        topic=topic,
        silent=given.flag("disable_notification"),
        extra=extra or {},
    )
    chat.log.append(made)
    chat.last_bot = server.bot
    return made


def replied(chat: Chat, given: Parameters) -> Message | None:
    """The message that is replied to, if it is there."""
    asked = given.wire("reply_parameters")
    wanted = asked.get("message_id")
    if wanted is None:
        return None
    for one in chat.log:
        if one.id == wanted and not one.deleted:
            return one
    if asked.get("allow_sending_without_reply") is True:
        return None
    raise bad("message to be replied not found")


def message_of(chat: Chat, given: Parameters, doing: str) -> Message:
    """A message that still stands."""
    for one in reversed(chat.log):
        if one.id == given.number("message_id") and not one.deleted:
            return one
    raise bad(f"message to {doing} not found")


def mine(server: "Server", given: Parameters) -> Message:
    """A message that the bot may edit."""
    message = message_of(place(server, given), given, "edit")
    if message.sender is not server.bot:
        raise bad("message can't be edited")
    return message


def edit(server: "Server", message: Message, content: Content) -> Message:
    if content.same(message.shown):
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the same as a current "
            "content and reply markup of the message"
        )
    message.history.append(content)
    message.edited = server.second()
    return message
