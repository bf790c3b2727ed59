"""Bots that only answer, to stand beside ours: `python -m tests.bench.bots KIND`, and what a bot of that kind is given."""

import asyncio
import sys
from collections.abc import Callable

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


def nio(server: str, user: str, password: str) -> None:
    """As its documentation starts one; it answers in a task, so that the next sync waits for no answer."""
    from nio import AsyncClient, InviteMemberEvent, MatrixRoom, RoomMessageText

    client = AsyncClient(server, user)
    answering = set()

    async def said(room: MatrixRoom, event: RoomMessageText) -> None:
        relation = {"m.in_reply_to": {"event_id": event.event_id}}
        answer = {"msgtype": "m.notice", "body": TOAST, "m.relates_to": relation}
        task = asyncio.create_task(client.room_send(room.room_id, "m.room.message", answer))
        answering.add(task)
        task.add_done_callback(answering.discard)

    async def invited(room: MatrixRoom, _: InviteMemberEvent) -> None:
        await client.join(room.room_id)

    async def run() -> None:
        client.add_event_callback(said, RoomMessageText)
        client.add_event_callback(invited, InviteMemberEvent)
        await client.login(password)
        await client.sync_forever(timeout=30000)

    asyncio.run(run())


def echo(server: str, token: str, homeserver: str, user: str, password: str) -> None:
    """What is pressed on Telegram or said on Matrix is what its message on each of the two says then."""
    from nio import AsyncClient, InviteMemberEvent, MatrixRoom, RoomMessageText
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
    from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

    client, application = (
        AsyncClient(homeserver, user),
        Application.builder().token(token).base_url(f"{server}/bot").build(),
    )
    cards: dict[str, tuple[str, str]] = {}
    passing = set()

    async def passed(text: str) -> None:
        room, event = cards["matrix"]
        chat, message = cards["telegram"]
        new = {"msgtype": "m.notice", "body": text}
        edit = new | {"m.new_content": new, "m.relates_to": {"rel_type": "m.replace", "event_id": event}}
        await asyncio.gather(
            client.room_send(room, "m.room.message", edit),
            application.bot.edit_message_text(text, chat, int(message)),
        )

    async def pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.callback_query:
            await asyncio.gather(update.callback_query.answer(TOAST), passed(str(update.callback_query.data)))

    async def asked(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.effective_chat:
            button = InlineKeyboardMarkup.from_button(InlineKeyboardButton("Vote", callback_data="vote"))
            sent = await update.effective_chat.send_message("Card", reply_markup=button)
            cards["telegram"] = f"{sent.chat_id}", f"{sent.message_id}"

    async def said(room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender != client.user_id:
            task = asyncio.create_task(passed(event.body))
            passing.add(task)
            task.add_done_callback(passing.discard)

    async def invited(room: MatrixRoom, _: InviteMemberEvent) -> None:
        await client.join(room.room_id)
        sent = await client.room_send(room.room_id, "m.room.message", {"msgtype": "m.notice", "body": "Card"})
        cards["matrix"] = room.room_id, sent.event_id

    async def run() -> None:
        application.add_handlers([CallbackQueryHandler(pressed), CommandHandler("card", asked)])
        client.add_event_callback(said, RoomMessageText)
        client.add_event_callback(invited, InviteMemberEvent)
        await client.login(password)
        async with application:
            await application.start()
            assert application.updater is not None
            await application.updater.start_polling()
            await client.sync_forever(timeout=30000)

    asyncio.run(run())


KINDS: dict[str, Callable[..., None]] = {
    "ptb": python_telegram_bot,
    "ptb-ours": lambda server, token: python_telegram_bot(server, token, ours=True),
    "aiogram": aiogram,
    "nio": nio,
    "echo": echo,
}

if __name__ == "__main__":
    KINDS[sys.argv[1]](*sys.argv[2:])
