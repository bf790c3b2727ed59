"""Command menus and what the bot says about itself, by scope and language."""

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from .chats import Chat
from .params import Parameters
from .people import User
from .refused import Wire, bad

if TYPE_CHECKING:
    from .server import Server

Menus = dict[tuple[str, str], list[Wire]]
"""By scope, as JSON, and language."""

Method = Callable[["Server", Parameters], object]

DEFAULT: Wire = {"type": "default"}


def set_my_commands(server: "Server", given: Parameters) -> object:
    commands = given.wires("commands")
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(one["command"]).removeprefix("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(one["description"])) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    server.menus[_key(server, given)] = commands
    return True


def get_my_commands(server: "Server", given: Parameters) -> object:
    return server.menus.get(_key(server, given), [])


def delete_my_commands(server: "Server", given: Parameters) -> object:
    server.menus.pop(_key(server, given), None)
    return True


def _key(server: "Server", given: Parameters) -> tuple[str, str]:
    scope, language = given.wire("scope") or DEFAULT, given.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("LANG_CODE_INVALID" if len(language) == 2 else "invalid language code specified")
    if "chat_id" in scope and scope["chat_id"] not in server.chats:
        raise bad("chat not found")
    return _written(scope), language


def _written(scope: Wire) -> str:
    return json.dumps(scope, sort_keys=True)


def seen_by(menus: Menus, user: User, chat: Chat) -> list[str]:
    """The commands that someone's app offers in a chat: the narrowest scope first, in each the own language first."""
    here: Wire = {"chat_id": chat.id}
    scopes: list[Wire] = [here | {"type": "chat"}, {"type": "all_private_chats"}, DEFAULT]
    if chat.kind != "private":
        ruling: list[Wire] = [here | {"type": "chat_administrators"}] if chat.administered_by(user) else []
        all_ruling: list[Wire] = [{"type": "all_chat_administrators"}] if ruling else []
        member: Wire = here | {"type": "chat_member", "user_id": user.id}
        scopes = [member, *ruling, here | {"type": "chat"}, *all_ruling, {"type": "all_group_chats"}, DEFAULT]
    for scope in scopes:
        for language in (user.language[:2], ""):
            if found := menus.get((_written(scope), language)):
                return [str(one["command"]) for one in found]
    return []


def set_text(name: str, limit: int) -> Method:
    """Description and short description."""

    def method(server: "Server", given: Parameters) -> object:
        if len(given.text(name)) > limit:
            raise bad(f"bot {name.replace('_', ' ')} is too long")
        server.about[name, given.text("language_code")] = given.text(name)
        return True

    return method


def get_text(name: str) -> Method:
    def method(server: "Server", given: Parameters) -> object:
        found = server.about.get((name, given.text("language_code"))) or server.about.get((name, ""), "")
        return {name: found}

    return method
