"""Private chats with people: found or made once for each, and kept where Matrix keeps them, in our account's `m.direct`."""

import asyncio
from collections.abc import Mapping
from typing import Any

from adapters.base import Gone, Later
from adapters.matrix.line import LIMITED, V3, Line, Refused
from adapters.matrix.rooms import Rooms

APPEARS = 15.0
"""Seconds in which a room that we made must come by the sync; before, we could not encrypt in it."""

AGAIN = 5.0


class Direct:
    """User -> the private chat with them."""

    def __init__(self, line: Line, rooms: Rooms) -> None:
        self._line = line
        self._rooms = rooms
        self._chats: dict[str, list[str]] = {}
        self._making: dict[str, asyncio.Lock] = {}
        self._appeared = asyncio.Event()
        self._new: list[tuple[str, str]] = []
        """(user, room): the chats that our account was told of, and has not told us of in turn."""

    def is_direct(self, room: str) -> bool:
        """Whether a room is a private chat with us. Where a third is, or is asked in, nothing is private."""
        known = self._rooms.known(room)
        alone = known is None or len({*known.members, *known.invited}) <= 2
        return alone and (self.is_ours(room) or any(room in chats for chats in self._chats.values()))

    def is_ours(self, room: str) -> bool:
        """Whether we made a room: we make none but private chats, and a sync may tell of one before our account does."""
        known = self._rooms.known(room)
        return known is not None and known.maker == self._line.user

    def take(self, content: Any) -> None:
        """What our account says by now; a chat that we made just now it may not know of yet."""
        if isinstance(content, Mapping):
            told = {
                user: [one for one in chats if isinstance(one, str)]
                for user, chats in content.items()
                if isinstance(chats, list)
            }
            self._chats = {str(user): chats for user, chats in told.items()}
            self._new = [(user, room) for user, room in self._new if room not in self._chats.get(user, [])]
            for user, room in self._new:
                self._chats.setdefault(user, []).append(room)

    async def load(self) -> None:
        """Ask what our account says. Raises Unreached."""
        try:
            self.take(await self._line.call("GET", self._path()))
        except Refused:  # it says nothing yet
            self._chats = {}

    async def add(self, user: str, room: str) -> None:
        """A room is the private chat with this user from now on. Raises Unreached or Refused."""
        if room not in self._chats.get(user, []):
            self._chats.setdefault(user, []).append(room)
            self._new.append((user, room))
            await self._line.call("PUT", self._path(), dict(self._chats))

    def appeared(self) -> None:
        """The sync brought rooms."""
        self._appeared.set()
        self._appeared = asyncio.Event()

    async def room(self, user: str) -> str:
        """The private chat with a user, made if there is none. Raises Unreached, Gone or Later."""
        async with self._making.setdefault(user, asyncio.Lock()):
            found = self._found(user)
            return found or await self._made(user)

    def _found(self, user: str) -> str:
        for id_ in reversed(self._chats.get(user, [])):
            room = self._rooms.known(id_)
            if room is not None and self.is_direct(id_) and (user in room.members or user in room.invited):
                return id_
        return ""

    async def _made(self, user: str) -> str:
        body: dict[str, Any] = {"is_direct": True, "invite": [user], "preset": "trusted_private_chat"}
        if self._line.account.encryption:
            how = {"algorithm": "m.megolm.v1.aes-sha2"}
            body["initial_state"] = [{"type": "m.room.encryption", "state_key": "", "content": how}]
        try:
            made = str((await self._line.call("POST", f"{V3}/createRoom", body))["room_id"])
            await self.add(user, made)
        except Refused as no:
            if no.code == LIMITED:
                raise Later(no.seconds or AGAIN) from no
            raise Gone(str(no)) from no
        await self._wait_for(made, user)
        return made

    async def _wait_for(self, room: str, user: str) -> None:
        """A sync may tell of a new room before it tells who is asked into it: they would not get its key."""
        try:
            async with asyncio.timeout(APPEARS):
                while not self._is_in(room, user):
                    await self._appeared.wait()
        except TimeoutError as late:
            raise Later(AGAIN) from late

    def _is_in(self, room: str, user: str) -> bool:
        known = self._rooms.known(room)
        return known is not None and (user in known.members or user in known.invited)

    def _path(self) -> str:
        return f"{V3}/user/{self._line.user}/account_data/m.direct"
