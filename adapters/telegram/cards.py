"""Cards in chats: posted, kept up to date in place, and pinned for as long as they last."""

from contextlib import suppress
from dataclasses import dataclass

from telegram import Bot, ForceReply
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from adapters.base import Card, Gone, Image, Later, Place, Question, Say
from adapters.telegram import polls, render
from adapters.telegram.chats import Chats
from adapters.telegram.keyed import Keyed
from adapters.telegram.sending import FORBIDDEN_NOW, PLAIN, replying


@dataclass(frozen=True, slots=True)
class Cards:
    """Shows cards, whoever may see them."""

    bot: Bot
    keyed: Keyed
    chats: Chats
    say: Say

    async def post(self, place: Place, card: Card, reply_to: str) -> str:
        """Send a card. Raises Gone, Later or Moved."""
        chat = place.chat or place.user
        if card.question is not None:
            return await self._post_question(chat, card.question, reply_to)
        if card.picture is not None:
            return await self._post_picture(chat, card, card.picture, reply_to)
        sent = await self.keyed.call(
            chat,
            card.buttons,
            lambda keys: self.bot.send_message(
                int(chat),
                self._page(card),
                parse_mode=ParseMode.HTML,
                reply_markup=ForceReply() if card.replied else keys,
                disable_notification=card.silent,
                link_preview_options=PLAIN,
                reply_parameters=replying(reply_to),
            ),
        )
        message = str(sent.message_id) if sent is not None else ""
        if card.lasting and place.chat:
            await self._pin(chat, message)
        return message

    async def _post_question(self, chat: str, question: Question, reply_to: str) -> str:
        made = await polls.send(self.bot, self.keyed.sender, chat, question, replying(reply_to))
        poll, _, message = made.partition(":")
        if message:
            self.chats.asked_in(poll, chat, int(message))
        return made

    async def _post_picture(self, chat: str, card: Card, picture: Image, reply_to: str) -> str:
        """A picture with the card's text below it. Where the chat takes none, or not this one, it is let go."""
        try:
            sent = await self.keyed.sender.counted(
                chat,
                lambda: self.bot.send_photo(
                    int(chat),
                    picture.png,
                    filename=picture.name,
                    caption=self._page(card, render.CAPTION),
                    parse_mode=ParseMode.HTML,
                    reply_markup=self.keyed.links.keyboard(card.buttons, chat),
                    disable_notification=card.silent,
                    reply_parameters=replying(reply_to),
                ),
            )
        except BadRequest as no:
            raise Gone(str(no)) from no
        except Later as later:
            if later.seconds >= FORBIDDEN_NOW:
                raise Gone("pictures are not allowed here") from later
            raise
        return str(sent.message_id) if sent is not None else ""

    async def update(self, place: Place, message: str, card: Card) -> None:
        """Bring a card up to date. Raises Gone, Later or Moved."""
        chat = place.chat or place.user
        if card.question is not None:
            await polls.update(self.bot, self.keyed.sender, chat, message, card.question)
            return
        if card.picture is not None:
            await self._change_below(chat, message, card)
            return
        await self.change(chat, message, card)
        if not card.lasting and place.chat:
            await self._unpin(chat, message)

    async def change(self, chat: str, message: str, card: Card, *, patient: bool = False) -> None:
        """Bring one without a picture up to date."""
        await self.keyed.call(
            chat,
            card.buttons,
            lambda keys: self.bot.edit_message_text(
                self._page(card),
                chat_id=int(chat),
                message_id=int(message),
                parse_mode=ParseMode.HTML,
                reply_markup=keys,
                link_preview_options=PLAIN,
            ),
            edit=True,
            patient=patient,
        )

    async def _change_below(self, chat: str, message: str, card: Card) -> None:
        """What stands below a picture."""
        await self.keyed.sender.counted(
            chat,
            lambda: self.bot.edit_message_caption(
                chat_id=int(chat),
                message_id=int(message),
                caption=self._page(card, render.CAPTION),
                parse_mode=ParseMode.HTML,
                reply_markup=self.keyed.links.keyboard(card.buttons, chat),
            ),
            edit=True,
        )

    async def _pin(self, chat: str, message: str) -> None:
        """Where we may; where not, it is no matter."""
        if not self.chats.may_pin(chat):
            return
        try:
            await self.bot.pin_chat_message(int(chat), int(message), disable_notification=True)
        except TelegramError:
            self.chats.cannot_pin(chat)

    async def _unpin(self, chat: str, message: str) -> None:
        if not self.chats.may_pin(chat):
            return
        with suppress(TelegramError):
            await self.bot.unpin_chat_message(int(chat), int(message))

    def _page(self, card: Card, limit: int = render.LIMIT) -> str:
        return render.page(card, self.say(card.language, "telegram-cut"), limit)
