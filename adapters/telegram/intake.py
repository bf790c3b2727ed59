"""The way in: each update is read by itself, those of one chat or person in order, different chats side by side."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Any

import structlog
from telegram import Bot, Update

from adapters.base import NOTHING, Answer, Arrivals, Handle, Request, Verdict, gone_on
from adapters.telegram.chats import Chats
from adapters.telegram.finding import Finding
from adapters.telegram.heard import Heard, Me
from adapters.telegram.marks import Marks
from adapters.telegram.showing import Showing
from adapters.telegram.updates import FORGED, heard

log = structlog.get_logger()

SetAside = Callable[[str], str]
"""Keeps what could not be read, and gives the reference by which it is found again."""

Turn = asyncio.Future[None]


class Intake:
    """Takes in updates. `take` returns once every one of them is durable, or kept aside."""

    def __init__(
        self,
        bot: Bot,
        me: Me,
        marks: Marks,
        chats: Chats,
        showing: Showing,
        finding: Finding,
        handle: Handle,
        aside: SetAside,
    ) -> None:
        self._bot = bot
        self._finding = finding
        self._me = me
        self._marks = marks
        self._chats = chats
        self._showing = showing
        self._handle = handle
        self._aside = aside
        self._lanes: dict[str, Turn] = {}
        self._shows: set[asyncio.Task[None]] = set()

    async def take(self, updates: Sequence[Any], *, telling_faults: bool = True) -> list[Verdict]:
        """Handle these, in their order where one has to wait for another. What will come again is not told as a fault."""
        read = [await self._read(one) for one in updates]
        taken = [self._in_lane(found, telling_faults) for found in read if found is not None]
        return [answer.verdict for answer in await asyncio.gather(*taken)]

    async def close(self, patience: float = 3.0) -> None:
        """Let the answers that are on their way arrive."""
        if self._shows:
            await asyncio.wait(self._shows, timeout=patience)
        for one in self._shows:
            one.cancel()

    async def set_aside(self, raw: str, why: BaseException) -> None:
        """Keep what cannot be read, and say so."""
        reference = await asyncio.to_thread(self._aside, raw)
        log.error("an update could not be read; it is kept aside", reference=reference, why=f"{why!r:.200}")

    async def _read(self, raw: Any) -> Heard | None:
        try:
            return heard(Update.de_json(raw, self._bot), self._me, self._marks)
        except Exception as wrong:  # whatever a stranger managed to send
            await self.set_aside(json.dumps(raw), wrong)
            return None

    # -- lanes --------------------------------------------------------------------------------------------------------

    def _in_lane(self, found: Heard, telling_faults: bool) -> Coroutine[Any, Any, Answer]:
        """Queue up behind what the same chat and the same person did before."""
        lanes = {one for one in (found.origin.chat, found.origin.user) if one}
        before = [self._lanes[one] for one in lanes if one in self._lanes]
        turn: Turn = asyncio.get_running_loop().create_future()
        self._lanes.update(dict.fromkeys(lanes, turn))
        return self._done(found, lanes, before, turn, telling_faults)

    async def _done(
        self, found: Heard, lanes: set[str], before: list[Turn], turn: Turn, telling_faults: bool
    ) -> Answer:
        try:
            for one in before:
                await one
            request = await self._prepared(found)
            if request and found.visits:
                await self._visit(found.visits, request)
            handling = asyncio.ensure_future(self._handle(request)) if request else None
        finally:  # requests are carried out in the order in which they are handed on, so the next need not wait longer
            turn.set_result(None)
            for lane in lanes:
                if self._lanes.get(lane) is turn:
                    del self._lanes[lane]
        answer = await handling if handling else NOTHING
        if telling_faults or answer.verdict is not Verdict.FAULT:
            self._show(found, answer)
        return answer

    async def _prepared(self, found: Heard) -> Request | None:
        """The request, with what has to be asked of Telegram first."""
        request, chat = found.request, found.origin.chat
        if found.reachable is not None and found.origin.user:
            self._chats.met(found.origin.user, reachable=found.reachable)
        if found.admins_changed:
            self._chats.forget(chat)
        if found.bots or found.bots_gone:
            self._chats.bots(chat, found.bots, found.bots_gone)
        if request is None or request.private or request.moved_from or request.gone or not chat:
            return request
        if found.public and not await self._chats.is_here(chat, request.user):
            return replace(request, press=FORGED, text="", private=True) if request.press else None
        if request.arrivals is not None:
            request = replace(request, arrivals=replace(request.arrivals, size=await self._chats.size(chat)))
        return replace(request, admin=await self._chats.is_admin(chat, request.user))

    async def _visit(self, chat: str, request: Request) -> None:
        """Whoever follows a link from a group that they are in is one of its members, even if they never spoke there."""
        if not await self._chats.is_surely_here(chat, request.user):
            return
        joined = Arrivals(joined=((request.user, request.name),))
        admin = await self._chats.is_admin(chat, request.user)
        key = f"visit:{request.key}"
        visit = replace(request, key=key, chat=chat, text="", press="", arrivals=joined, private=False, admin=admin)
        await self._handle(replace(visit, message="", reply_to=""))

    def _show(self, found: Heard, answer: Answer) -> None:
        if found.says:
            self._start(self._showing.tell(found.origin, found.says))
        if found.refuses:
            self._start(self._showing.refuse(found))
        if found.asks:
            self._start(self._finding.answer(found.asks))
        request = found.request
        asked = request is not None and (request.text or request.press or request.taps is not None)
        if asked or found.origin.press:
            self._start(self._shown(found, answer))

    async def _shown(self, found: Heard, answer: Answer) -> None:
        """Show an answer, and say so; where it could not be told alone, what was asked for goes on by itself."""
        press = await self._showing.answer(found, answer)
        if press and found.request is not None:
            await self._showing.answer(found, await self._handle(gone_on(found.request, press)))

    def _start(self, showing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(showing)
        self._shows.add(task)
        task.add_done_callback(self._shows.discard)
