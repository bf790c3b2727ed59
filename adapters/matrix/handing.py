"""Handing on what was heard: all of it in order, and only then how far we have read."""

import asyncio
from collections.abc import Sequence
from typing import Any

from adapters.base import Answer, Handle, Request, Verdict, gone_on
from adapters.matrix.arriving import Arriving
from adapters.matrix.heard import NAME, Heard
from adapters.matrix.refusing import Refusing
from adapters.matrix.showing import Showing
from adapters.matrix.synced import events_of, mapping
from adapters.trying import Sleep

Json = dict[str, Any]

TRIES = 3
"""How often a request may be at fault before it is told so, and the rest goes on."""

AGAIN = 2.0


class Handing:
    """Hands requests to the bot, and shows what came of them."""

    def __init__(self, handle: Handle, showing: Showing, arriving: Arriving, refusing: Refusing, sleep: Sleep) -> None:
        self._handle = handle
        self._showing = showing
        self._arriving = arriving
        self._refusing = refusing
        self._sleep = sleep

    async def on(self, found: Sequence[Heard], raw: Json) -> None:
        """Everything in order; then how far we are. What is at fault is tried again, and all of it while nothing can be kept."""
        bookmark = str(raw.get("next_batch", ""))
        for one in found:
            if one.says:
                self._refusing.say(one)
        waiting = [one.request for one in found if one.request is not None and not one.says]
        tries = 0
        while True:
            tries += 1
            waiting = await self._try(waiting, last=tries >= TRIES)
            if waiting and tries < TRIES:
                await self._sleep(AGAIN)
                continue
            await self._follow_invitations(raw)
            kept = await self._handle(
                Request(key=f"bookmark:{bookmark}", platform=NAME, chat="", user="", bookmark=bookmark)
            )
            if kept.verdict is not Verdict.FAULT:
                return
            tries = 0  # it is the database that is at fault, and nothing that anybody did
            await self._sleep(AGAIN)

    async def _follow_invitations(self, raw: Json) -> None:
        """No later sync tells of them again, so they come before the bookmark."""
        for id_, invited in mapping(raw, "rooms", "invite").items():
            await self._arriving.invited(id_, list(events_of(mapping(invited, "invite_state"))))

    async def _try(self, requests: Sequence[Request], *, last: bool) -> list[Request]:
        """Those that were at fault."""
        handling = [asyncio.ensure_future(self._handle(one)) for one in requests]
        answers: list[Answer] = await asyncio.gather(*handling)
        faulty: list[Request] = []
        for request, answer in zip(requests, answers, strict=True):
            if answer.verdict is Verdict.FAULT:
                faulty.append(request)
            if answer.verdict is not Verdict.FAULT or last:
                self._showing.start(self._shown(request, answer))
        return faulty

    async def _shown(self, request: Request, answer: Answer) -> None:
        """Show an answer, and say so; where it could not be told alone, what was asked for goes on by itself."""
        press = await self._showing.answer(request, answer)
        if press:
            await self._showing.answer(request, await self._handle(gone_on(request, press)))
