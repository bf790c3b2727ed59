"""Methods that take updates in and answer them, and by which the bot tells about itself."""

from typing import TYPE_CHECKING

from .markup import units
from .params import Parameters
from .refused import Wire, bad
from .updates import LIVES

if TYPE_CHECKING:
    from .server import Server

TOAST_LIMIT = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def get_me(server: "Server", given: Parameters) -> object:
    abilities: Wire = {
        "can_join_groups": True,
        "can_read_all_group_messages": not server.privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return server.bot.wire() | abilities


async def get_updates(server: "Server", given: Parameters) -> object:
    server.updates.allow(given.items("allowed_updates") if "allowed_updates" in given else None)
    limit = min(max(given.number("limit", 100), 1), 100)
    seconds = min(max(given.number("timeout"), 0), 50)
    return await server.updates.poll(given.number("offset"), limit, seconds)


def answer_callback_query(server: "Server", given: Parameters) -> object:
    press = server.presses.get(given.text("callback_query_id"))
    if press is None or press.answered or server.clock.now() > press.at + LIVES["callback_query"]:
        raise bad(TOO_OLD)
    if units(given.text("text")) > TOAST_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    url = given.text("url")
    if url and not url.startswith((f"https://t.me/{server.bot.username}?", f"t.me/{server.bot.username}?", "tg:")):
        raise bad("URL_INVALID")
    press.answered = True
    press.toast, press.alert, press.url = given.text("text"), given.flag("show_alert"), url
    return True


def get_file(server: "Server", given: Parameters) -> object:
    found = server.documents.get(given.text("file_id"))
    if found is None:
        raise bad("invalid file_id")
    if len(found.content) > 20 * 2**20:
        raise bad("file is too big")
    return found.file_wire() | {"file_path": found.path}


async def set_webhook(server: "Server", given: Parameters) -> object:
    if not given.text("url"):
        return await delete_webhook(server, given)
    server.updates.allow(given.items("allowed_updates") if "allowed_updates" in given else None)
    server.webhook.set(given.text("url"), given.text("secret_token"), given.number("max_connections", 40))
    return _dropped(server, given)


async def delete_webhook(server: "Server", given: Parameters) -> object:
    await server.webhook.remove()
    return _dropped(server, given)


def _dropped(server: "Server", given: Parameters) -> object:
    if given.flag("drop_pending_updates"):
        server.updates.waiting.clear()
    server.clock.ring()
    return True


def get_webhook_info(server: "Server", given: Parameters) -> object:
    return server.webhook.info()
