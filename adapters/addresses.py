"""Addresses of messages and people: what a browser or an app opens, made from the ids by which platforms know them."""

import re
from urllib.parse import quote

MATRIX, TELEGRAM = "matrix", "telegram"
MATRIX_TO = "https://matrix.to/#/"
IN_MATRIX = re.compile(r"(?P<room>![^\s:]+(?::(?P<server>\S+?))?):(?P<event>\$\S+)")
IN_TELEGRAM = re.compile(r"-100(?P<chat>\d{1,18}):(?P<message>\d{1,18})", re.ASCII)
"""Of chats whose ids begin otherwise, no message has an address: private chats, and groups as they are made."""

MATRIX_USER = re.compile(r"@[^\s:]+:\S+")
TELEGRAM_USER = re.compile(r"[1-9]\d{0,18}", re.ASCII)


def message(origin: str) -> str:
    """Where a message stands, from `platform:chat:message`; empty: it has no address. It opens for those in the chat."""
    platform, _, rest = origin.partition(":")
    if platform == TELEGRAM and (told := IN_TELEGRAM.fullmatch(rest)):
        return f"https://t.me/c/{told['chat']}/{told['message']}"
    if platform == MATRIX and (found := IN_MATRIX.fullmatch(rest)):
        via = f"?via={quote(found['server'], safe=':')}" if found["server"] else ""
        return f"{MATRIX_TO}{_quoted(found['room'])}/{_quoted(found['event'])}{via}"
    return ""


def person(platform: str, user: str) -> str:
    """Where somebody is written to; empty: there is no address for it. Telegram opens it for whom that person's settings
    let."""
    if platform == TELEGRAM and TELEGRAM_USER.fullmatch(user):
        return f"tg://user?id={user}"
    if platform == MATRIX and MATRIX_USER.fullmatch(user):
        return f"{MATRIX_TO}{_quoted(user)}"
    return ""


def _quoted(id_: str) -> str:
    return quote(id_, safe="!@")
