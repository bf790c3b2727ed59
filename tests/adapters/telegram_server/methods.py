"""Every method the server knows."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from . import asking, writing
from .params import Parameters

if TYPE_CHECKING:
    from .server import Server

Method = Callable[["Server", Parameters], object | Awaitable[object]]

METHODS: dict[str, Method] = {
    "answerCallbackQuery": asking.answer_callback_query,
    "editMessageReplyMarkup": writing.edit_message_reply_markup,
    "editMessageText": writing.edit_message_text,
    "getMe": asking.get_me,
    "getUpdates": asking.get_updates,
    "sendMessage": writing.send_message,
}
