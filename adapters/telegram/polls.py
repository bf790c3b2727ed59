"""Polls of Telegram's own: sent, and stopped when the poll they stand for is over. Their message is `POLL:MESSAGE`."""

import re

from telegram import Bot, ReplyParameters
from telegram.error import BadRequest

from adapters.base import Question
from adapters.telegram.sending import Sender

OVER = re.compile("already been closed")


async def send(bot: Bot, sender: Sender, chat: str, question: Question, reply: ReplyParameters | None) -> str:
    """Post one in which names are shown. Telegram tells of an answer by the poll's id alone, so that comes first."""
    sent = await sender.counted(
        chat,
        lambda: bot.send_poll(
            int(chat),
            question.text,
            list(question.options),
            is_anonymous=False,
            allows_multiple_answers=question.most > 1,
            reply_parameters=reply,
        ),
    )
    return f"{sent.poll.id}:{sent.message_id}" if sent is not None and sent.poll is not None else ""


async def update(bot: Bot, sender: Sender, chat: str, message: str, question: Question) -> None:
    """Stop it, once it is over; Telegram counts it by itself until then."""
    if not question.closed:
        return
    number = int(message.rpartition(":")[2])
    try:
        await sender.counted(chat, lambda: bot.stop_poll(int(chat), number), edit=True)
    except BadRequest as error:
        if not OVER.search(str(error)):
            raise
