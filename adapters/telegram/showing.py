"""Showing answers: a toast for a press; a private message, a sign or a short reply for what was said in a group."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import structlog
from telegram import Bot
from telegram.constants import ParseMode, ReactionEmoji
from telegram.error import TelegramError

from adapters.base import Answer, Button, File, Gone, Later, Moved, Rows, Say, Verdict
from adapters.refusing import Seldom
from adapters.telegram import render
from adapters.telegram.cards import Cards
from adapters.telegram.chats import Chats
from adapters.telegram.heard import Heard, Origin
from adapters.telegram.keyed import Keyed
from adapters.telegram.sending import PLAIN, replying

log = structlog.get_logger()

TOAST = 200
"""Characters of the answer to a press."""

SOON = 15.0
"""Seconds that a reply in a group is worth waiting for; after that a sign has to do."""


@dataclass(frozen=True, slots=True)
class Showing:
    """Shows people what came of what they did."""

    bot: Bot
    keyed: Keyed
    chats: Chats
    cards: Cards
    say: Say
    seldom: Seldom

    async def answer(self, heard: Heard, answer: Answer) -> str:
        """Show what came of a request to whoever made it. What cannot be shown is logged: the act is durable. The press
        to be made for whoever was told by now, or had to be told alone and cannot be; empty: none."""
        try:
            answer = await self._without_file(heard.origin, answer)
            if heard.origin.press:
                await self._pressed(heard.origin, answer)
            elif heard.request is not None and heard.request.taps is not None:
                await self._tapped(heard.origin, answer)
            elif answer.verdict is not Verdict.NOTHING and answer.told[0]:
                return await self._told(heard.origin, answer)
            return answer.known
        except (TelegramError, Gone, Later, Moved) as error:
            log.info("an answer could not be shown", chat=heard.origin.chat, why=repr(error))
        except Exception:
            log.exception("an answer could not be shown", chat=heard.origin.chat)
        return answer.untold

    async def tell(self, origin: Origin, key: str) -> None:
        """Say a text of ours where something was said."""
        text = self.say(origin.language, key, self.bot.username)
        try:
            await self._write(origin.chat, text, (), origin)
        except (TelegramError, Gone, Later, Moved) as error:
            log.info("a text could not be said", chat=origin.chat, why=repr(error))

    async def refuse(self, heard: Heard) -> None:
        """Say why something counts for nobody: to whoever did it alone, where that can be told; else where it was done.
        The same is said to one person, and in one chat, once a minute."""
        origin, key = self._where(heard), heard.refuses
        if not origin.chat:
            log.info("a refusal has no place to be said in", key=key)
        try:
            if not await self._refused_alone(origin, key) and origin.chat and self.seldom.may(origin.chat, key):
                await self._refused_there(origin, key)
        except (TelegramError, Gone, Later, Moved) as error:
            log.info("a refusal could not be said", chat=origin.chat, why=repr(error))

    def _where(self, heard: Heard) -> Origin:
        """Where it was done; an answer in a poll tells no chat, but we may know where we asked."""
        chat, message = self.chats.polls.get(heard.poll, (heard.origin.chat, heard.origin.message))
        return replace(heard.origin, chat=chat, message=message)

    async def _refused_alone(self, origin: Origin, key: str) -> bool:
        """Whether the person knows, by now or from a moment ago."""
        if not origin.user or self.chats.reachable.get(origin.user) is False:
            return False
        if not self.seldom.may(origin.user, key):
            return True
        return await self._told_alone(origin, Answer(Verdict.REFUSED, self.say(origin.language, key)))

    async def _refused_there(self, origin: Origin, key: str) -> None:
        if self.keyed.sender.budget.wait(origin.chat) > SOON:
            await self._react(origin, ReactionEmoji.SHRUG)
        else:
            await self._write(origin.chat, self.say(origin.language, key), (), origin)

    async def _pressed(self, origin: Origin, answer: Answer) -> None:
        """A toast; then the message that was pressed in private shows what it shows from now on."""
        if answer.alone and not origin.private:  # the app opens the private chat, and it goes on there
            link = self.keyed.links.alone(answer.alone, origin.chat)
            await self.keyed.sender.free(lambda: self.bot.answer_callback_query(origin.press, url=link))
            return
        await self._toast(origin, answer)
        if answer.card is not None and origin.private and origin.message:
            await self.cards.change(origin.chat, str(origin.message), answer.card, patient=True)

    async def _tapped(self, origin: Origin, answer: Answer) -> None:
        """A tap shows itself; only a no has to be told, alone."""
        if answer.verdict in (Verdict.REFUSED, Verdict.FAULT):
            await self._told_alone(origin, answer)

    async def _toast(self, origin: Origin, answer: Answer) -> None:
        said = answer.text if origin.private else answer.told[0]
        text = render.sound(said)
        whole = render.units(text) <= TOAST
        shown = text if whole else f"{render.cut(text, TOAST - 2)[0]} …"
        alert = not whole or answer.verdict in (Verdict.REFUSED, Verdict.FAULT)
        await self.keyed.sender.free(
            lambda: self.bot.answer_callback_query(origin.press, text=shown or None, show_alert=alert)
        )

    async def _told(self, origin: Origin, answer: Answer) -> str:
        if origin.private:
            await self._write(origin.chat, *answer.told, None)
        elif not await self._told_alone(origin, answer):
            if answer.untold:
                return answer.untold
            await self._told_there(origin, answer)
        return answer.known

    async def _told_alone(self, origin: Origin, answer: Answer) -> bool:
        """Whether the person could be written to."""
        return await self._alone(origin, lambda: self._write(origin.user, *answer.told, None))

    async def _alone(self, origin: Origin, write: Callable[[], Awaitable[None]]) -> bool:
        if self.chats.reachable.get(origin.user) is False:
            return False
        try:
            await write()
        except Gone:
            self.chats.met(origin.user, reachable=False)
            return False
        self.chats.met(origin.user, reachable=True)
        return True

    async def _without_file(self, origin: Origin, answer: Answer) -> Answer:
        """Hand over the file, if there is one; what is left to be told."""
        file = answer.file
        if file is None:
            return answer
        if answer.openly and not origin.private:
            await self._hand(origin.chat, answer, file, origin)
            return Answer(answer.verdict)
        if await self._alone(origin, lambda: self._hand(origin.user, answer, file)):
            return Answer(answer.verdict)
        return Answer(Verdict.REFUSED, self.say(origin.language, "telegram-file-alone"))

    async def _hand(self, chat: str, answer: Answer, file: File, origin: Origin | None = None) -> None:
        """A file, and the text under it, or before it where it is too long for that. `origin`: in answer to that, there."""
        text, rows = answer.told
        fits = render.units(render.sound(text)) <= render.CAPTION
        if not fits:
            await self._write(chat, text, (), origin)
        try:
            await self._send_file(chat, file, next(render.pages(text), None) if fits else None, rows, origin)
        except (TelegramError, Later) as no:
            log.warning("telegram does not take a file", bytes=len(file.raw), why=repr(no))
            await self._write(chat, self.say("", "file-untaken"), (), origin)

    async def _send_file(self, chat: str, file: File, caption: str | None, rows: Rows, origin: Origin | None) -> None:
        await self.keyed.sender.counted(
            chat,
            lambda: self.bot.send_document(
                int(chat),
                file.raw,
                filename=render.sound(file.name),
                caption=caption,
                parse_mode=ParseMode.HTML,
                reply_markup=self.keyed.links.keyboard(rows, chat),
                reply_parameters=replying(str(origin.message or "")) if origin else None,
                message_thread_id=origin.thread if origin else None,
            ),
            patient=True,
        )

    async def _told_there(self, origin: Origin, answer: Answer) -> None:
        """In the group: a sign where all is done, words where the person has to know more."""
        if answer.verdict is Verdict.DONE and (answer.secret or not answer.looked):
            await self._react(origin, ReactionEmoji.THUMBS_UP)
        elif self.keyed.sender.budget.wait(origin.chat) > SOON:
            await self._react(origin, ReactionEmoji.SHRUG)
        else:
            alone = Button(self.say(origin.language, "telegram-alone"), url=self.keyed.links.start("help"))
            text, rows = answer.told
            await self._write(origin.chat, text, (*rows, (alone,)), origin)

    async def _react(self, origin: Origin, sign: str) -> None:
        message = origin.message
        if message is not None:
            await self.keyed.sender.free(lambda: self.bot.set_message_reaction(int(origin.chat), message, sign))

    async def _write(self, chat: str, text: str, rows: Rows, origin: Origin | None) -> None:
        """Plain text, in as many messages as it takes; the buttons are under the last."""
        pages = list(render.pages(text))
        for number, page in enumerate(pages, 1):
            last = number == len(pages)
            await self._write_page(chat, page, rows if last else (), origin)

    async def _write_page(self, chat: str, page: str, rows: Rows, origin: Origin | None) -> None:
        await self.keyed.call(
            chat,
            rows,
            lambda keys: self.bot.send_message(
                int(chat),
                page,
                parse_mode=ParseMode.HTML,
                reply_markup=keys,
                disable_notification=origin is not None,
                link_preview_options=PLAIN,
                reply_parameters=replying(str(origin.message or "")) if origin else None,
                message_thread_id=origin.thread if origin else None,
            ),
            patient=True,
        )
