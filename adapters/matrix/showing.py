"""Showing: cards and polls in rooms, edits in place, and answers to the person alone - one queue a room."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any, TypeVar
from uuid import uuid4

import structlog

from adapters.base import Answer, Button, Card, File, Gone, Image, Later, Moved, Place, Request, Say, Verdict, addresses
from adapters.matrix import content
from adapters.matrix.direct import Direct
from adapters.matrix.files import Files
from adapters.matrix.line import LIMITED, Line, Refused, Unreached
from adapters.matrix.rooms import Rooms
from adapters.matrix.signs import signed

log = structlog.get_logger()

UNREACHED = 5.0
"""Seconds to wait where the homeserver could not be reached."""

MUTED = 600.0
"""Seconds to wait where the room lets us say nothing: that is often undone."""

PATIENCE = 300.0
"""Seconds for which an answer is tried again, which nobody else would try again: a homeserver is down for minutes."""

PAUSE = 1.0
"""Seconds between two edits of one message. Each is an event that every server in the room keeps, and that stands in
the way of votes and their acknowledgements; one of them shows all that came before it."""

REMEMBERED = 2000
"""Cards whose signs are remembered; those of older ones are asked for."""

LABEL = re.compile(r"[\u200e\u200f]?(?:\d+\. )?(?P<words>.+?)(?: ·)? \d+", re.DOTALL)

DONE, UNTOLD = "✅", "❔"
T = TypeVar("T")
Pairs = Sequence[Sequence[str]]


class Showing:
    """Writes to rooms and people."""

    def __init__(self, line: Line, rooms: Rooms, direct: Direct, say: Say, pause: float) -> None:
        self._line = line
        self._rooms = rooms
        self._direct = direct
        self.say = say
        self._files = Files(line, rooms)
        self._pause = pause
        self._edited: dict[str, float] = {}
        self._queues: dict[str, asyncio.Lock] = {}
        self._pairs: OrderedDict[tuple[str, str], Pairs] = OrderedDict()
        self._later: set[asyncio.Task[None]] = set()

    # -- cards --------------------------------------------------------------------------------------------------------

    async def post(self, place: Place, card: Card, key: str, reply_to: str) -> str:
        """Send a card; the same key again gives the same event. Raises Gone or Later."""
        room = await self._room(place)
        txn = f"folkmoot-{key}"
        if card.question is not None:
            made = content.in_reply(content.of_question(card.question), reply_to)
            return await self._sent(room, content.POLL, made, txn)
        if card.picture is not None:
            made = content.in_reply(await self._pictured(room, card, card.picture), reply_to)
            return await self._sent(room, "m.room.message", made, txn)
        signs = signed(card.buttons) if place.chat else {}
        event = await self._sent(room, "m.room.message", content.in_reply(self._made(card, signs), reply_to), txn)
        self._remember(room, event, [[sign, one.press] for sign, one in signs.items()])
        if signs:
            self.start(self._seed(room, event, list(signs), txn))
        return event

    async def update(self, place: Place, event: str, card: Card) -> None:
        """Bring a message of ours up to date. A poll of Matrix's own is never edited, and ended once. Raises Gone or
        Later."""
        room = await self._room(place)
        if card.question is not None:
            if card.question.closed:
                await self._sent(room, content.POLL_END, content.of_end(event, card.text), f"folkmoot-end-{event}")
            return
        self._check_paused(event)
        if card.picture is not None:
            made = await self._pictured(room, card, card.picture)
        else:
            made = self._made(card, signed(card.buttons) if place.chat else {})
        await self._sent(room, "m.room.message", content.edit(event, made), uuid4().hex)
        self._edited[event] = asyncio.get_running_loop().time()

    async def _pictured(self, room: str, card: Card, picture: Image) -> content.Content:
        """A picture with the card's text below it. Where the homeserver does not take it, it is let go."""
        try:
            return await self._files.put_picture(room, picture, content.isolated(card.text))
        except Refused as no:
            log.info("the homeserver does not take a picture", bytes=len(picture.png), why=str(no))
            raise Gone(str(no)) from no

    def _check_paused(self, event: str) -> None:
        now = asyncio.get_running_loop().time()
        self._edited = {one: at for one, at in self._edited.items() if at + self._pause > now}
        if event in self._edited:
            raise Later(self._edited[event] + self._pause - now)

    async def pairs(self, room: str, event: str) -> Pairs:
        """The signs of a card of ours, each with its press; none: it is no card of ours. Raises Unreached, or
        Refused where it has to be asked for later."""
        if (room, event) not in self._pairs:
            self._remember(room, event, self._read_pairs(await self._line.event(room, event), room))
        return self._pairs[room, event]

    def _read_pairs(self, raw: dict[str, Any], room: str) -> Pairs:
        if raw.get("type") == "m.room.encrypted":
            raw = self._line.decrypted(raw, room) or {}
        told = raw.get("content")
        if raw.get("sender") != self._line.user or not isinstance(told, Mapping):
            return []
        pairs = told.get(content.PRESSES)
        return pairs if isinstance(pairs, list) else []

    def _made(self, card: Card, signs: Mapping[str, Button]) -> content.Content:
        hint = ""
        if signs:
            listed = ", ".join(f"{sign} {_plain(one.label)}" for sign, one in signs.items())
            hint = self.say(card.language, "matrix-signs", listed)
        return content.of_card(card, signs, hint, self.say(card.language, "matrix-cut"))

    async def _seed(self, room: str, event: str, signs: Sequence[str], txn: str) -> None:
        """Set the signs ourselves, so that a tap is enough."""
        for number, sign in enumerate(signs):
            await self._patiently(room, "m.reaction", content.reaction(event, sign), f"{txn}-{number}")

    # -- answers ------------------------------------------------------------------------------------------------------

    async def answer(self, request: Request, answer: Answer) -> str:
        """Show what came of a request to whoever made it. What cannot be shown is logged: the act is durable. The press
        to be made for whoever was told by now, or had to be told alone and cannot be; empty: none."""
        try:
            return await self._answered(request, answer)
        except (Gone, Later, Moved, Unreached, Refused) as error:
            log.info("an answer could not be shown", room=request.chat, why=repr(error))
        except Exception:
            log.exception("an answer could not be shown", room=request.chat)
        return answer.untold

    async def _answered(self, request: Request, answer: Answer) -> str:
        text, buttons = answer.told
        text = "\n".join(filter(None, (text, *addresses(buttons))))
        if answer.verdict is Verdict.NOTHING or not (text or answer.file):
            return ""
        tapped = bool(request.press or request.removed or request.edited or request.taps is not None)
        if answer.file is not None:
            if not await self._hand(request, text, answer.file, openly=answer.openly):
                await self._patiently(
                    request.chat, "m.reaction", content.reaction(request.message, UNTOLD), uuid4().hex
                )
        elif request.private:
            await self.say_in(request.chat, text)
        elif answer.verdict is Verdict.DONE and not answer.looked:
            if not tapped:  # a tap shows itself
                await self._patiently(request.chat, "m.reaction", content.reaction(request.message, DONE), uuid4().hex)
        elif not await self.tell(request.user, text) and not request.removed:
            if answer.untold:
                return answer.untold
            sign = DONE if answer.secret and answer.verdict is Verdict.DONE else UNTOLD
            await self._patiently(request.chat, "m.reaction", content.reaction(request.message, sign), uuid4().hex)
            return ""
        return answer.known

    async def tell(self, user: str, text: str) -> bool:
        """Whether a person could be told something alone."""
        try:
            room = await self._patient(lambda: self._room(Place(user=user)))
            await self.say_in(room, text)
        except (Gone, Refused) as no:
            log.info("somebody could not be written to", why=str(no))
            return False
        return True

    async def _hand(self, request: Request, text: str, file: File, *, openly: bool) -> bool:
        """Whether a file, and the text before it, could be handed to whoever asked for it, alone, or `openly` to the room."""
        there = openly or self._direct.is_direct(request.chat)
        try:
            room = request.chat if there else await self._patient(lambda: self._room(Place(user=request.user)))
            await self._handed(room, text, file)
        except (Gone, Refused) as no:
            log.info("a file could not be handed over", why=str(no))
            return False
        return True

    async def _handed(self, room: str, text: str, file: File) -> None:
        try:
            made = await self._patient(lambda: self._files.put(room, file))
        except Refused as no:
            log.warning("the homeserver does not take a file", bytes=len(file.raw), why=str(no))
            await self.say_in(room, self.say("", "file-untaken"))
            return
        if text:
            await self.say_in(room, text)
        await self._patiently(room, "m.room.message", made, uuid4().hex)

    async def say_in(self, room: str, text: str, reply_to: str = "") -> None:
        """Say a text of ours in a room. Raises Gone or Later."""
        made = content.in_reply(content.of_text(text, self.say("", "matrix-cut")), reply_to)
        await self._patiently(room, "m.room.message", made, uuid4().hex)

    async def close(self, patience: float = 3.0) -> None:
        """Let what is on its way arrive."""
        if self._later:
            await asyncio.wait(self._later, timeout=patience)
        for one in self._later:
            one.cancel()

    # -- the way out --------------------------------------------------------------------------------------------------

    async def _patiently(self, room: str, kind: str, made: content.Content, txn: str) -> None:
        await self._patient(lambda: self._sent(room, kind, made, txn))

    async def _patient(self, call: Callable[[], Awaitable[T]]) -> T:
        waited = 0.0
        while True:
            try:
                return await call()
            except Later as later:
                waited += max(later.seconds, 1.0)
                if waited > PATIENCE:
                    raise
                await asyncio.sleep(later.seconds)

    async def _sent(self, room: str, kind: str, made: content.Content, txn: str) -> str:
        known = self._rooms.known(room)
        if known is None:
            raise Gone(f"we are not in {room}")
        async with self._turn(room, kind):
            try:
                return await self._line.send(room, kind, made, txn, encrypted=known.encrypted)
            except Unreached as unreached:
                raise Later(UNREACHED) from unreached
            except Refused as no:
                raise self._meant(no, known.id) from no

    def _turn(self, room: str, kind: str) -> AbstractAsyncContextManager[None]:
        """Messages go out one after another. A reaction is in nobody's way: an acknowledgement does not wait for cards."""
        return nullcontext() if kind == "m.reaction" else self._queues.setdefault(room, asyncio.Lock())

    def _meant(self, no: Refused, room: str) -> Exception:
        if no.code == LIMITED:
            return Later(no.seconds or UNREACHED)
        if no.code in ("M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"):
            return Later(UNREACHED)
        if no.code == "M_FORBIDDEN":
            known = self._rooms.known(room)
            return Later(MUTED) if known and self._line.user in known.members else Gone(str(no))
        return Gone(str(no)) if no.code in ("M_NOT_FOUND", "M_UNKNOWN") else no

    async def _room(self, place: Place) -> str:
        try:
            return place.chat or await self._direct.room(place.user)
        except Unreached as unreached:
            raise Later(UNREACHED) from unreached

    def start(self, showing: Coroutine[Any, Any, None]) -> None:
        """Show something without holding up what comes in."""
        task = asyncio.create_task(_logged(showing))
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    def _remember(self, room: str, event: str, pairs: Pairs) -> None:
        self._pairs[room, event] = pairs
        if len(self._pairs) > REMEMBERED:
            self._pairs.popitem(last=False)


async def _logged(showing: Coroutine[Any, Any, None]) -> None:
    try:
        await showing
    except (Gone, Later, Refused, Unreached) as error:
        log.info("something could not be shown", why=repr(error))


def _plain(label: str) -> str:
    """What a button stands for, without the number before it and the count behind it."""
    found = LABEL.fullmatch(label)
    return found["words"] if found else label
