"""Every method the server knows."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from . import asking, inline, menus, ruling, writing
from .params import Parameters

if TYPE_CHECKING:
    from .server import Server

Method = Callable[["Server", Parameters], object | Awaitable[object]]

METHODS: dict[str, Method] = {
    "answerCallbackQuery": asking.answer_callback_query,
    "answerInlineQuery": inline.answer_inline_query,
    "deleteMessage": writing.delete_message,
    "deleteMessages": writing.delete_messages,
    "deleteMyCommands": menus.delete_my_commands,
    "deleteWebhook": asking.delete_webhook,
    "editMessageCaption": writing.edit_message_caption,
    "editMessageReplyMarkup": writing.edit_message_reply_markup,
    "editMessageText": writing.edit_message_text,
    "getChat": ruling.get_chat,
    "getChatAdministrators": ruling.get_chat_administrators,
    "getChatMember": ruling.get_chat_member,
    "getChatMemberCount": ruling.get_chat_member_count,
    "getFile": asking.get_file,
    "getMe": asking.get_me,
    "getMyCommands": menus.get_my_commands,
    "getMyDescription": menus.get_text("description"),
    "getMyShortDescription": menus.get_text("short_description"),
    "getUpdates": asking.get_updates,
    "getWebhookInfo": asking.get_webhook_info,
    "leaveChat": ruling.leave_chat,
    "pinChatMessage": ruling.pin_chat_message,
    "sendChatAction": ruling.send_chat_action,
    "sendDocument": writing.send_document,
    "sendMessage": writing.send_message,
    "sendPhoto": writing.send_photo,
    "sendPoll": writing.send_poll,
    "setMessageReaction": ruling.set_message_reaction,
    "setMyCommands": menus.set_my_commands,
    "setMyDescription": menus.set_text("description", 512),
    "setMyShortDescription": menus.set_text("short_description", 120),
    "setWebhook": asking.set_webhook,
    "stopPoll": writing.stop_poll,
    "unpinChatMessage": ruling.unpin_chat_message,
}
