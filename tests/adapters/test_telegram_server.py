"""The Bot API server for tests, as a story with python-telegram-bot; its parts are tested beside them."""

import asyncio

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from .telegram_server import Server


async def test_a_vote_from_command_to_toast() -> None:
    async with asyncio.timeout(20), Server() as server, telegram.Bot(server.token, base_url=server.base_url) as bot:
        ana, ben = server.user("Ana", language="fr"), server.user("Ben")
        group = server.group("Partnerships", ana, ben)

        group.says(ana, "/propose Translate the statement")
        (update,) = await bot.get_updates(timeout=10)
        assert update.message
        assert update.message.text == "/propose Translate the statement"
        assert update.message.from_user
        assert update.message.from_user.language_code == "fr"

        keys = InlineKeyboardMarkup([[InlineKeyboardButton("Agree · 0", callback_data="p1:0")]])
        await bot.send_message(group.id, "<b>P-1</b> Translate &amp; more", parse_mode="HTML", reply_markup=keys)
        card = group.last
        assert card.text == "P-1 Translate & more"
        assert card.html == "<b>P-1</b> Translate &amp; more"
        assert card.labels == [["Agree · 0"]]

        press = ben.presses(card, "agree")
        (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=10)
        assert update.callback_query
        assert update.callback_query.data == "p1:0"
        await update.callback_query.answer("Agreed")
        assert await server.answered(press) == "Agreed"
        assert ben.toasts == ["Agreed"]

        await bot.edit_message_text("P-1: 1", group.id, card.id)
        assert (card.text, card.labels, len(card.edits)) == ("P-1: 1", [], 1)
        with pytest.raises(telegram.error.BadRequest, match="not modified"):
            await bot.edit_message_text("P-1: 1", group.id, card.id)
