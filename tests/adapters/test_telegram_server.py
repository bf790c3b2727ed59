"""The Bot API server for tests, driven by python-telegram-bot and by plain HTTP."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from .telegram_server import Server


@pytest_asyncio.fixture
async def server() -> AsyncIterator[Server]:
    async with asyncio.timeout(20), Server() as started:
        yield started


@pytest_asyncio.fixture
async def bot(server: Server) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(server.token, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot") as made:
        yield made


async def test_a_vote_from_command_to_toast(server: Server, bot: telegram.Bot) -> None:
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

    press = ben.presses(card, "agree")
    (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=10)
    assert update.callback_query
    assert update.callback_query.data == "p1:0"
    await update.callback_query.answer("Agreed")
    assert await server.answered(press) == "Agreed"
    assert ben.toasts == ["Agreed"]

    await bot.edit_message_text("P-1: 1", group.id, card.id)
    assert card.text == "P-1: 1"
    assert len(card.edits) == 1
    with pytest.raises(telegram.error.BadRequest, match="not modified"):
        await bot.edit_message_text("P-1: 1", group.id, card.id)
