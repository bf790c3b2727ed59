"""Methods that write into chats: sendMessage, editMessageText and their kin."""

from typing import TYPE_CHECKING

from . import photos, polls, texts
from .chats import HERE, Chat
from .documents import Document
from .markup import units
from .messages import Content, Message
from .params import Parameters
from .polls import Poll
from .refused import Wire, bad, forbidden

if TYPE_CHECKING:
    from .server import Server

DELETABLE = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


def send_message(server: "Server", given: Parameters) -> object:
    chat = place(server, given)
    made = new(server, chat, given, texts.content(given))
    if preview := given.wire("link_preview_options"):
        made.extra["link_preview_options"] = preview
    return post(made)


def send_document(server: "Server", given: Parameters) -> object:
    chat = place(server, given)
    asked = given.text("document").removeprefix("attach://")
    made = new(server, chat, given, texts.caption(given))
    made.document = server.keep(Document(*given.files[asked])) if asked in given.files else server.documents.get(asked)
    if made.document is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if not made.document.content:
        raise bad("file must be non-empty")
    return post(made)


def send_photo(server: "Server", given: Parameters) -> object:
    chat = place(server, given)
    if chat.no_photos and not chat.administered_by(server.bot, "can_manage_chat"):
        raise bad("not enough rights to send photos to the chat")
    asked = given.text("photo").removeprefix("attach://")
    made = new(server, chat, given, texts.caption(given))
    found = server.keep(Document(*given.files[asked])) if asked in given.files else server.documents.get(asked)
    if found is None:
        raise bad("wrong file identifier/HTTP URL specified")
    made.photo = photos.taken(found)
    return post(made)


def send_poll(server: "Server", given: Parameters) -> object:
    chat = place(server, given)
    question, _ = texts.words(given, "question", "question_entities", "question_parse_mode")
    options = tuple(str(one.get("text", "")).strip() for one in given.wires("options"))
    polls.checked(question, options, units(question))
    period = given.number("open_period") or max(0, given.number("close_date") - server.second())
    if "open_period" in given and not 5 <= period <= 2_628_000:
        raise bad("open period must be between 5 and 2628000 seconds")
    made = new(server, chat, given, Content(keyboard=texts.keyboard(given)))
    made.poll = Poll(
        server=server,
        id=str(5_400_000_000_000_000_000 + made.id * 1000 + abs(chat.id) % 1000),
        question=question,
        options=options,
        anonymous=given.flag("is_anonymous") or "is_anonymous" not in given,
        several=given.flag("allows_multiple_answers"),
        revoting=given.flag("allows_revoting") or "allows_revoting" not in given,
        closes=server.clock.now() + period if period else None,
        period=period,
    )
    if made.poll.closes:
        server.clock.at(made.poll.closes, made.poll.told)
    return post(made)


def stop_poll(server: "Server", given: Parameters) -> object:
    message = message_of(place(server, given), given, "with poll to stop")
    if message.poll is None or message.sender is not server.bot:
        raise bad("poll can't be stopped")
    message.poll.stop()
    return message.poll.wire()


def edit_message_text(server: "Server", given: Parameters) -> object:
    message = mine(server, given)
    if message.file or message.poll:
        raise bad("there is no text in the message to edit")
    return edit(message, texts.content(given))


def edit_message_caption(server: "Server", given: Parameters) -> object:
    message = mine(server, given)
    if not message.file:
        raise bad("there is no caption in the message to edit")
    return edit(message, texts.caption(given))


def edit_message_reply_markup(server: "Server", given: Parameters) -> object:
    message = mine(server, given)
    return edit(message, Content(message.text, message.shown.entities, texts.keyboard(given)))


def delete_message(server: "Server", given: Parameters) -> object:
    chat = place(server, given)
    delete(server, message_of(chat, given, "delete"))
    return True


def delete_messages(server: "Server", given: Parameters) -> object:
    """What is not there is passed over."""
    chat = place(server, given)
    for number in given.items("message_ids"):
        message = chat.log.get(number) if isinstance(number, int) else None
        if message and not message.deleted:
            delete(server, message)
    return True


def chat_of(server: "Server", given: Parameters, name: str = "chat_id") -> Chat:
    """The chat that a request names, followed nowhere: a group that became a supergroup says so."""
    chat = server.chats.get(given.number(name))
    if chat is None:
        raise bad("chat not found")
    if chat.became:
        raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.became.id)
    return chat


def place(server: "Server", given: Parameters) -> Chat:
    """The chat, if the bot may write there."""
    chat = chat_of(server, given)
    status = chat.status(server.bot)
    if chat.kind == "private":
        user = server.users[chat.id]
        if user.deactivated:
            raise forbidden("user is deactivated")
        if user.blocked:
            raise forbidden("bot was blocked by the user")
        if not user.started:
            raise forbidden("bot can't initiate conversation with a user")
    elif chat.deleted:
        raise forbidden(f"the {chat.kind} chat was deleted")
    elif status not in HERE:
        raise forbidden(f"bot {'was kicked from' if status == 'kicked' else 'is not a member of'} the {chat.kind} chat")
    elif status == "restricted" and shows(given):
        raise bad("not enough rights to send text messages to the chat")
    return chat


def shows(given: Parameters) -> bool:
    """Whether a request shows something, rather than looking."""
    return any(name in given for name in ("text", "question", "document", "photo", "caption"))


def new(server: "Server", chat: Chat, given: Parameters, content: Content) -> Message:
    """A message of the bot's, not yet shown."""
    answered = replied(chat, given)
    topic = given.number("message_thread_id") or (answered.topic if answered else 0)
    if "message_thread_id" in given and topic not in chat.topics:
        raise bad("message thread not found")
    if topic in chat.closed and not chat.administered_by(server.bot, "can_manage_topics"):
        raise bad("TOPIC_CLOSED")
    asks = {} if "inline_keyboard" in given.wire("reply_markup") else given.wire("reply_markup")
    silent = given.flag("disable_notification")
    return chat.new(server.bot, content, reply_to=answered, topic=topic, silent=silent, asks=asks)


def post(message: Message) -> Wire:
    message.chat.add(message)
    return message.wire()


def replied(chat: Chat, given: Parameters) -> Message | None:
    """The message that is replied to, if it is there."""
    asked = given.wire("reply_parameters")
    wanted = asked.get("message_id")
    found = chat.log.get(wanted) if isinstance(wanted, int) else None
    if wanted is None or (found and not found.deleted):
        return found
    if asked.get("allow_sending_without_reply") is True:
        return None
    raise bad("message to be replied not found")


def message_of(chat: Chat, given: Parameters, doing: str) -> Message:
    """A message that still stands."""
    found = chat.log.get(given.number("message_id"))
    if found is None or found.deleted:
        raise bad(f"message {doing} not found" if doing.startswith("with") else f"message to {doing} not found")
    return found


def mine(server: "Server", given: Parameters) -> Message:
    """A message that the bot may edit: its own, or one sent by its inline mode."""
    if "inline_message_id" in given:
        found = server.inline.sent.get(given.text("inline_message_id"))
        if found is None or found.deleted:
            raise bad("MESSAGE_ID_INVALID")
        return found
    message = message_of(place(server, given), given, "edit")
    if message.sender is not server.bot or not message.talk:
        raise bad("message can't be edited")
    return message


def edit(message: Message, content: Content) -> object:
    if content == message.shown:
        raise bad(NOT_MODIFIED)
    message.becomes(content)
    return True if message.inline else message.wire()


def delete(server: "Server", message: Message) -> None:
    """Its own within two days, those of others as an administrator."""
    chat = message.chat
    young = message.date > server.second() - DELETABLE
    ruling = chat.administered_by(server.bot, "can_delete_messages")
    if not (young and (message.sender is server.bot or chat.kind == "private")) and not ruling:
        raise bad("message can't be deleted for everyone")
    message.deleted = True
    chat.pinned = [one for one in chat.pinned if one is not message]
