"""Methods that take updates in and answer them: getUpdates, answerCallbackQuery."""

from typing import TYPE_CHECKING

from .markup import units
from .params import Parameters
from .refused import Wire, bad

if TYPE_CHECKING:
    from .server import Server

TOAST_LIMIT = 200


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
    return [one.wire() for one in await server.updates.poll(given.number("offset"), limit, seconds)]


def answer_callback_query(server: "Server", given: Parameters) -> object:
    press = server.presses.get(given.text("callback_query_id"))
    if press is None or press.answered or server.clock.now() > press.at + 150:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if units(given.text("text")) > TOAST_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    press.answered = True
    press.toast, press.alert, press.url = given.text("text"), given.flag("show_alert"), given.text("url")
    return True
