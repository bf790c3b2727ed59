"""Inline mode: `@bot D-12` written anywhere offers what the person's groups let be shown there."""

import structlog
from telegram import (
    Bot,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from adapters.base import Found, Look, Say, Search
from adapters.telegram import render
from adapters.telegram.heard import NAME, Asks
from adapters.telegram.sending import PLAIN

log = structlog.get_logger()

FRESH = 10
"""Seconds for which an app may show the same again without asking."""


class Finding:
    """Answers what people ask for in inline mode."""

    def __init__(self, bot: Bot, look: Look, say: Say) -> None:
        self._bot = bot
        self._look = look
        self.say = say

    async def answer(self, asks: Asks) -> None:
        """Offer what is found, to this person alone. What cannot be offered is logged: nothing depends on it."""
        search = Search(platform=NAME, user=asks.user, language=asks.language, words=asks.words)
        try:
            found = await self._look(search)
            await self._bot.answer_inline_query(
                asks.query,
                [self._offered(one) for one in found],
                cache_time=FRESH,
                is_personal=True,
                button=None if found else self._nothing(asks),
            )
        except TelegramError as error:
            log.info("what was asked inline could not be answered", why=repr(error))
        except Exception:
            log.exception("what was asked inline could not be answered")

    def _nothing(self, asks: Asks) -> InlineQueryResultsButton:
        return InlineQueryResultsButton(self.say(asks.language, "telegram-inline-none"), start_parameter="help")

    def _offered(self, one: Found) -> InlineQueryResultArticle:
        text = render.page(one.card, self.say(one.card.language, "telegram-cut"))
        return InlineQueryResultArticle(
            one.key,
            render.sound(one.title)[:128],
            InputTextMessageContent(text, parse_mode=ParseMode.HTML, link_preview_options=PLAIN),
            description=render.sound(one.note)[:256],
        )
