"""Updates into Requests: who said or did what where, and where the answer goes. No calls, no state."""

import re
from dataclasses import replace
from hashlib import sha256

from telegram import CallbackQuery, Chat, ChatMemberUpdated, InlineQuery, Message, PollAnswer, Update, User

from adapters.base import Arrivals, Request
from adapters.telegram.chats import inside
from adapters.telegram.heard import (
    NAME,
    Asks,
    Heard,
    Me,
    Origin,
    id_of,
    language_of,
    name_of,
    number_of,
    request_of,
    text_of,
    user_of,
)
from adapters.telegram.links import Followed, followed
from adapters.telegram.marks import Marks
from adapters.telegram.render import sound
from adapters.telegram.voices import NOT_OWN, bot_of, is_meant, no_voice

FORGED = "?"
"""Handed on for a press that carries no tag of ours: no button has it, so it is refused like any unknown one."""

KINDS = (
    "message", "edited_message", "callback_query", "poll_answer", "inline_query", "my_chat_member", "chat_member",
)  # fmt: skip
"""The updates that we ask Telegram for."""

START = "/start "
"""What an app says for whoever follows a link into the private chat."""

LONGEST_SEARCH = 100

COMMAND = re.compile(r"/(?P<word>[^\W\d_]\w*)(?:@(?P<bot>\w+))?(?P<rest>\s.*|$)", re.DOTALL)
WORD = re.compile(r"[^\W\d_][\w-]*(?:\s|$)")


def heard(update: Update, me: Me, marks: Marks) -> Heard | None:
    """What an update comes to; None: nothing that concerns us. Raises Malformed."""
    if update.callback_query is not None:
        return _pressed(update.callback_query, marks)
    if update.message is not None:
        return _message(update.message, me)
    if update.edited_message is not None:
        return _edited(update.edited_message, me)
    if update.poll_answer is not None:
        return _tapped(update.poll_answer, update.update_id)
    if update.inline_query is not None:
        return _asked(update.inline_query)
    if update.my_chat_member is not None:
        return _about_us(update.my_chat_member)
    if update.chat_member is not None:
        return _about_someone(update.chat_member)
    return None


# -- presses ----------------------------------------------------------------------------------------------------------


def _pressed(query: CallbackQuery, marks: Marks) -> Heard:
    user, press_id = user_of(query.from_user), text_of(query.id)
    if query.message is None or query.from_user.is_bot:  # a message sent inline, which is none of ours; or nobody
        return Heard(origin=Origin(chat="", user=user, press=press_id))
    chat = query.message.chat
    origin = Origin(
        chat=id_of(chat.id),
        user=user,
        message=number_of(query.message.message_id),
        private=chat.type == Chat.PRIVATE,
        language=language_of(query.from_user),
        press=press_id,
    )
    data = sound(query.data) if isinstance(query.data, str) else ""
    press = marks.press(data, origin.chat) or FORGED
    request = request_of(origin, f"press:{press_id}", query.from_user, chat, press=press)
    return Heard(origin=origin, request=request, public=bool(chat.username) and not origin.private)


def _tapped(answer: PollAnswer, update_id: int) -> Heard | None:
    """An answer in a poll of Telegram's own, which says nothing of the chat. Who answers as a group or channel is nobody."""
    user = answer.user
    if answer.voter_chat is not None:
        return _tapped_as(answer.voter_chat, answer)
    if user is None or user.is_bot:
        return None
    origin = Origin(chat="", user=user_of(user), language=language_of(user))
    request = Request(
        key=f"taps:{number_of(update_id)}",
        platform=NAME,
        chat="",
        user=origin.user,
        name=name_of(user),
        taps=tuple(number_of(one) for one in answer.option_ids),
        reply_to=f"{text_of(answer.poll_id)}:",
        language=origin.language,
    )
    return Heard(origin=origin, request=request)


def _tapped_as(voter: Chat, answer: PollAnswer) -> Heard | None:
    """A group answers in itself alone; a channel, in a group that only the poll tells."""
    if not answer.option_ids:
        return None
    chat = "" if voter.type == Chat.CHANNEL else id_of(voter.id)
    return Heard(origin=Origin(chat=chat), refuses="telegram-voter", poll=text_of(answer.poll_id))


def _asked(query: InlineQuery) -> Heard:
    user, language = user_of(query.from_user), language_of(query.from_user)
    asks = Asks(query=text_of(query.id), user=user, language=language, words=text_of(query.query)[:LONGEST_SEARCH])
    return Heard(origin=Origin(chat="", user=user, language=language), asks=asks)


# -- messages ---------------------------------------------------------------------------------------------------------


def _message(message: Message, me: Me) -> Heard | None:
    chat = message.chat
    origin = Origin(
        chat=id_of(chat.id),
        message=number_of(message.message_id),
        thread=number_of(message.message_thread_id) if message.is_topic_message and message.message_thread_id else None,
        private=chat.type == Chat.PRIVATE,
    )
    if chat.type not in (Chat.PRIVATE, Chat.GROUP, Chat.SUPERGROUP):
        return None
    if message.migrate_to_chat_id or message.migrate_from_chat_id:
        return _moved(message, origin)
    if message.new_chat_members or message.left_chat_member:
        return _service(message, origin)
    text = message.text or message.caption
    if not text or message.from_user is None:
        return None
    return _said(message, origin, message.from_user, _addressed(text_of(text), me, private=origin.private), me)


def _edited(message: Message, me: Me) -> Heard | None:
    """What a message says now. Nothing that was hidden in the edit is done, so nothing is said about it either."""
    found = _message(message, me)
    if found is None or found.request is None or not found.request.text or message.edit_date is None:
        return None
    now = sha256(found.request.text.encode()).hexdigest()[:4]  # tells two edits of one second apart, and no words
    key = f"edit:{found.request.key}-{message.edit_date.timestamp():.0f}-{now}"
    return replace(found, says="", request=replace(found.request, key=key, edited=True))


def _said(message: Message, origin: Origin, user: User, text: str, me: Me) -> Heard | None:
    why = no_voice(message, user)
    if not why or why in NOT_OWN:
        origin = replace(origin, user=user_of(user), language=language_of(user))
    reachable = True if origin.private else None
    if why:
        meant = bool(text) and is_meant(message, text, me, private=origin.private)
        bots = bot_of(user) if message.sender_chat is None else ()
        return Heard(origin=origin, refuses=why if meant else "", reachable=reachable, bots=bots)
    if not text:
        return None
    if text == "/start":
        return Heard(
            origin=origin, says="telegram-hello" if origin.private else "telegram-welcome", reachable=reachable
        )
    link = followed(text.removeprefix(START).strip(), me.allowed) if text.startswith(START) else Followed(words=text)
    key = f"{origin.chat}-{origin.message}"
    request = request_of(origin, key, user, message.chat, text=link.words, press=link.press)
    answered, thread = message.reply_to_message, message.message_thread_id
    if answered is not None:
        request = replace(request, reply_to=str(number_of(answered.message_id)))
    if thread and not origin.private:  # a topic, or the message that a chain of replies began with
        request = replace(request, thread=str(number_of(thread)))
    public = bool(message.chat.username) and not origin.private
    return Heard(origin=origin, request=request, reachable=reachable, public=public, visits=link.visits)


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


# -- comings and goings -----------------------------------------------------------------------------------------------


def _moved(message: Message, origin: Origin) -> Heard:
    before, after = origin.chat, origin.chat
    if message.migrate_to_chat_id:
        after = id_of(message.migrate_to_chat_id)
    else:
        before = id_of(message.migrate_from_chat_id)
    moved = Request(key=f"moved:{after}", platform=NAME, chat=after, user="", moved_from=before)
    return Heard(origin=replace(origin, chat=after), request=moved, admins_changed=True)


def _service(message: Message, origin: Origin) -> Heard:
    joined = tuple(one for one in message.new_chat_members if not one.is_bot)
    gone = message.left_chat_member
    left = (gone,) if gone is not None and not gone.is_bot else ()
    key = f"{origin.chat}-{origin.message}"
    found = _came_or_went(origin, key, message.from_user, message.chat, joined, left) or Heard(origin=origin)
    return replace(found, bots=sum(map(bot_of, message.new_chat_members), ()), bots_gone=bot_of(gone))


def _about_us(update: ChatMemberUpdated) -> Heard | None:
    origin = Origin(chat=id_of(update.chat.id), private=update.chat.type == Chat.PRIVATE)
    came = inside(update.new_chat_member)
    actor = update.from_user
    origin = replace(origin, user=user_of(actor), language=language_of(actor))
    if origin.private:
        return Heard(origin=origin, reachable=came)
    if update.chat.type == Chat.CHANNEL:
        return None
    if not came:
        return _put_out(update, origin)
    says = "" if inside(update.old_chat_member) else "telegram-welcome"
    key = f"us:{origin.chat}:{update.date.timestamp():.0f}"
    who = () if actor.is_bot else (actor,)
    found = _came_or_went(origin, key, actor, update.chat, who, (), ours=bool(says))
    return replace(found or Heard(origin=origin), says=says, admins_changed=True)


def _put_out(update: ChatMemberUpdated, origin: Origin) -> Heard:
    key = f"gone:{origin.chat}:{update.date.timestamp():.0f}"
    request = Request(key=key, platform=NAME, chat=origin.chat, user="", gone=True)
    return Heard(origin=origin, request=request, admins_changed=True)


def _about_someone(update: ChatMemberUpdated) -> Heard | None:
    who = update.new_chat_member.user
    if update.chat.type == Chat.CHANNEL:
        return None
    origin = Origin(chat=id_of(update.chat.id))
    came = inside(update.new_chat_member)
    if who.is_bot:
        return Heard(origin=origin, bots=bot_of(who) if came else (), bots_gone=() if came else bot_of(who))
    key = f"{origin.chat}-{user_of(who)}-{update.date.timestamp():.0f}"
    found = _came_or_went(origin, key, update.from_user, update.chat, (who,) if came else (), () if came else (who,))
    return replace(found or Heard(origin=origin), admins_changed=True)


def _came_or_went(
    origin: Origin,
    key: str,
    actor: User | None,
    chat: Chat,
    joined: tuple[User, ...],
    left: tuple[User, ...],
    *,
    ours: bool = False,
) -> Heard | None:
    """Told by whoever did it, or by whom it happened to where that is a bot or nobody."""
    who = next((one for one in (actor, *joined, *left) if one is not None and not one.is_bot), None)
    if who is None or not (joined or left):
        return None
    arrivals = Arrivals(
        joined=tuple((user_of(one), name_of(one)) for one in joined),
        left=tuple(user_of(one) for one in left),
        ours=ours,
    )
    return Heard(origin=origin, request=replace(request_of(origin, key, who, chat), arrivals=arrivals))
