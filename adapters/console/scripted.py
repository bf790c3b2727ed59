"""The platform of written conversations: one instance for each network that a conversation names, all on one page."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.base import Abilities, Answer, Card, File, Handle, Place, Rows, Verdict, pressable


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One thing the bot did."""

    at: datetime
    kind: str
    """`send`, `edit` or `private`."""
    where: str
    """The room, or the member it was said to alone."""
    post: str
    text: str
    buttons: Rows = ()
    file: File | None = None

    def line(self) -> str:
        """As `INSTANT ROOM> text`; more lines of the same are indented, and so are a file's name and what is in it."""
        mark = {"send": f"{self.where}>", "edit": f"{self.where}*", "private": f"~{self.where}>"}[self.kind]
        file = [self.file.name, *self.file.text.split("\n")] if self.file else []
        first, *rest = [*self.text.split("\n"), *file]
        return "\n".join([f"{stamp(self.at)} {mark} {first}", *(f"  {one}" for one in rest)])

    def json(self) -> str:
        """As one object on one line."""
        place = "member" if self.kind == "private" else "room"
        found: dict[str, Any] = {"at": stamp(self.at), "kind": self.kind, place: self.where}
        buttons = [{"label": one.label, "press": one.press} for row in pressable(self.buttons) for one in row]
        found |= {"post": self.post, "text": self.text, "buttons": buttons}
        if self.file:
            found["file"] = {"name": self.file.name} | _content(self.file)
        return json.dumps(found, ensure_ascii=False)


def _content(file: File) -> dict[str, str]:
    """What is in a file; of one that is no text, as base64."""
    if isinstance(file.content, str):
        return {"content": file.content}
    return {"base64": b64encode(file.content).decode()}


def stamp(at: datetime) -> str:
    """An instant as the format writes it: UTC, with a Z, no more precise than it is."""
    whole, _, part = at.isoformat().removesuffix("+00:00").partition(".")
    return f"{whole}.{part.rstrip('0')}Z" if part else f"{whole}Z"


class Scripted:
    """A network in which every message is handed to `show` instead of sent."""

    abilities = Abilities()
    health = None

    def __init__(self, name: str, show: Callable[[Shown], None], now: Callable[[], datetime]) -> None:
        self.name = name
        self._show = show
        self._now = now

    async def run(self, handle: Handle) -> None:
        """Nothing comes in by itself: whoever plays the conversation hands it in."""

    async def send(self, place: Place, card: Card, *, key: str, reply_to: str = "") -> str:
        self._say("private" if place.user else "send", place, card, key)
        return key

    async def edit(self, place: Place, message: str, card: Card) -> None:
        self._say("edit" if place.chat else "private", place, card, message)

    def answer(self, user: str, answer: Answer, room: str = "") -> None:
        """Show what was said to one person alone, or handed to the whole room."""
        if answer.verdict is not Verdict.NOTHING:
            text, buttons = answer.told
            kind, where = ("send", room) if answer.openly and room else ("private", user)
            shown = Shown(at=self._now(), kind=kind, where=where, post="", text=text, buttons=buttons, file=answer.file)
            self._show(shown)

    def _say(self, kind: str, place: Place, card: Card, post: str) -> None:
        where = place.user or place.chat
        self._show(Shown(at=self._now(), kind=kind, where=where, post=post, text=card.text, buttons=card.buttons))
