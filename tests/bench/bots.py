"""Bots that only answer each press, to stand beside ours: `python -m tests.bench.bots KIND SERVER TOKEN`."""

import asyncio
import sys

TOAST = "Counted"


def python_telegram_bot(server: str, token: str, *, ours: bool = False) -> None:
    """As its documentation starts one; with `ours`, over the bot's own way of making calls."""
    from telegram import Update
    from telegram.ext import Application, CallbackQueryHandler, ContextTypes

    async def pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.callback_query:
            await update.callback_query.answer(TOAST)

    made = Application.builder().token(token).base_url(f"{server}/bot")
    if ours:
        from adapters.telegram.http import Http

        made = made.request(Http()).get_updates_request(Http())
    application = made.build()
    application.add_handler(CallbackQueryHandler(pressed))
    application.run_polling()


def aiogram(server: str, token: str) -> None:
    """As its documentation starts one."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import CallbackQuery

    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        await query.answer(TOAST)

    async def run() -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(server))
        await dispatcher.start_polling(Bot(token, session=session))

    asyncio.run(run())


KINDS = {
    "ptb": python_telegram_bot,
    "ptb-ours": lambda server, token: python_telegram_bot(server, token, ours=True),
    "aiogram": aiogram,
}

if __name__ == "__main__":
    KINDS[sys.argv[1]](*sys.argv[2:])
