"""Whose voice a message is: a person's own, or one that counts for nobody."""

from telegram import Message, User

from adapters.refusing import sounds_meant
from adapters.telegram.heard import Me, user_of

ANONYMOUS, CHANNEL, TELEGRAM = 1087968824, 136817688, 777000
"""The accounts behind which Telegram puts anonymous administrators, channels, and what it forwards itself."""

NOT_OWN = ("telegram-forwarded", "telegram-via")
"""A person sent it, but the words are another's."""


def no_voice(message: Message, user: User) -> str:
    """The text that says why a message is nobody's own act; empty: the person says it themselves."""
    if message.is_automatic_forward or user.id == TELEGRAM:
        return "telegram-linked"
    if message.sender_chat is not None or user.id in (ANONYMOUS, CHANNEL):
        return "telegram-anonymous"
    if user.is_bot:
        return "telegram-bot"
    if message.via_bot is not None:
        return "telegram-via"
    return "telegram-forwarded" if message.forward_origin is not None else ""


def is_meant(message: Message, text: str, me: Me, *, private: bool) -> bool:
    """Whether such words would have counted, had a person said them. What we offered inline ourselves asks nothing of us."""
    if message.via_bot is not None and message.via_bot.id == me.id:
        return False
    answered = message.reply_to_message
    ours = answered is not None and answered.from_user is not None and answered.from_user.id == me.id
    return private or ours or sounds_meant(text)


def bot_of(user: User | None) -> tuple[str, ...]:
    """Their id, if they are a bot of its own: those that stand for anonymous people and channels are none."""
    real = user is not None and user.is_bot and user.id not in (ANONYMOUS, CHANNEL)
    return (user_of(user),) if real and user is not None else ()
