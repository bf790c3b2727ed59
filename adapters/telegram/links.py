"""Links into the private chat and back to a message, and the keyboards that hold them beside the buttons."""

import re
from collections.abc import Set
from dataclasses import dataclass, field

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from adapters.addresses import TELEGRAM, message
from adapters.base import Button, Rows
from adapters.telegram.marks import Marks
from adapters.telegram.render import sound

LABEL = 64
"""Characters of a button's label: more is cut by every client."""

PERSON = "tg://user"
"""How the address of somebody begins; not everybody lets others be led to them."""

NOTHING = re.compile("(?!)")
PRESS = re.compile(r"(?P<press>\w+-\w+?)(?:-c(?P<chat>\d{1,18}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a link may do for whoever follows it: looking and asking, never voting."""

    words: Set[str] = frozenset()
    presses: re.Pattern[str] = NOTHING


@dataclass(slots=True)
class Links:
    """Writes links and keyboards. `name` is our user name, known once we have started."""

    marks: Marks
    name: str = field(default="")

    def start(self, payload: str) -> str:
        """Opens the private chat with us."""
        return f"https://t.me/{self.name}?start={payload}"

    def alone(self, press: str, chat: str) -> str:
        """Makes a press in the private chat with us, for somebody who comes from this group."""
        from_where = f"-c{chat.removeprefix('-')}" if chat.startswith("-") else ""
        return self.start(press.replace(":", "-").replace("=", "_") + from_where)

    def keyboard(self, rows: Rows, chat: str, *, people: bool = True) -> InlineKeyboardMarkup | None:
        """The buttons under a message; those that lead nowhere are left out, and without `people` those that lead to
        somebody."""
        shown = ([one for one in row if people or not one.url.startswith(PERSON)] for row in rows)
        made = [[key for one in row if (key := self._key(one, chat))] for row in shown]
        kept = [row for row in made if row]
        return InlineKeyboardMarkup(kept) if kept else None

    def _key(self, button: Button, chat: str) -> InlineKeyboardButton | None:
        label = _label(button.label)
        if button.press and not button.alone:
            return InlineKeyboardButton(label, callback_data=self.marks.marked(button.press, chat))
        there = message(":".join((TELEGRAM, *button.message)))
        url = button.url or (self.alone(button.press, chat) if button.press else there)
        return InlineKeyboardButton(label, url=url) if url else None


@dataclass(frozen=True, slots=True)
class Followed:
    """What a followed link does: a press or words. `visits`: the group that it came from."""

    press: str = ""
    words: str = ""
    visits: str = ""


def followed(payload: str, allowed: Allowed) -> Followed:
    """What a link does. One that does nothing we allow asks for help."""
    pressed = PRESS.fullmatch(payload)
    if pressed is not None:
        press = pressed["press"].replace("-", ":", 1).replace("_", "=", 1)
        if allowed.presses.fullmatch(press):
            return Followed(press=press, visits=f"-{pressed['chat']}" if pressed["chat"] else "")
    word, _, rest = payload.partition("_")
    return Followed(words=f"/{word} {rest.replace('_', ' ')}".strip() if word in allowed.words else "/help")


def _label(text: str) -> str:
    shown = sound(text)
    return (shown if len(shown) <= LABEL else f"{shown[: LABEL - 1].rstrip()}…") or "…"
