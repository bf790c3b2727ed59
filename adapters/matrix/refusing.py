"""Refusing what came over a bridge: a person is told alone, a ghost in the room, each seldom, and only what was meant for us."""

import time
from collections import OrderedDict
from collections.abc import Callable

from adapters.base import Request
from adapters.matrix.heard import Heard, Me
from adapters.matrix.line import Line
from adapters.matrix.showing import Showing
from adapters.refusing import Seldom

REMEMBERED = 2000
"""Events of which it is remembered whether they are ours."""


class Refusing:
    """Says why something counts for nobody."""

    def __init__(self, line: Line, me: Me, showing: Showing, now: Callable[[], float] = time.monotonic) -> None:
        self._line = line
        self._me = me
        self._showing = showing
        self._seldom = Seldom(now)
        self._ours: OrderedDict[tuple[str, str], bool] = OrderedDict()

    async def is_meant(self, found: Heard) -> bool:
        """Whether it would have counted: a command, or something about a message of ours. Raises Unreached, or Refused
        where it has to be asked for later."""
        return found.request is not None and (not found.about or await self._is_ours(found.request.chat, found.about))

    def say(self, found: Heard) -> None:
        """Say why, without holding up what comes in."""
        request = found.request
        if request is None:
            return
        ghost = self._me.ghosts.has(request.user)
        if self._seldom.may(request.chat if ghost else request.user, found.says):
            self._showing.start(self._in_the_room(request, found.says) if ghost else self._alone(request, found.says))

    async def _in_the_room(self, request: Request, key: str) -> None:
        await self._showing.say_in(request.chat, self._showing.say("", key), reply_to=request.key)

    async def _alone(self, request: Request, key: str) -> None:
        await self._showing.tell(request.user, self._showing.say("", key))

    async def _is_ours(self, room: str, event: str) -> bool:
        if (room, event) not in self._ours:
            self._ours[room, event] = (await self._line.event(room, event)).get("sender") == self._me.id
            if len(self._ours) > REMEMBERED:
                self._ours.popitem(last=False)
        return self._ours[room, event]
