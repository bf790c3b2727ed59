"""A bot as python-telegram-bot's documentation starts one, to be killed beside ours; it keeps each vote before it answers.

`python -m tests.adapters.telegram_stock SERVER TOKEN FILE`
"""

import sqlite3
import sys

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes


def main(server: str, token: str, file: str) -> None:
    kept = sqlite3.connect(file, isolation_level=None)
    kept.execute("CREATE TABLE IF NOT EXISTS votes (user INTEGER PRIMARY KEY)")

    async def pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is not None:
            kept.execute("INSERT OR IGNORE INTO votes VALUES (?)", (query.from_user.id,))
            await query.answer("Counted")

    application = Application.builder().token(token).base_url(f"{server}/bot").build()
    application.add_handler(CallbackQueryHandler(pressed))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
