"""Arriving: invitations that we may follow, what a room is told when we come, and rooms that go on as others."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import structlog

from adapters.base import Arrivals, Request
from adapters.matrix.direct import Direct
from adapters.matrix.heard import NAME, Heard, Me
from adapters.matrix.line import LIMITED, V3, Line, Refused
from adapters.matrix.parts import name_of
from adapters.matrix.rooms import Room, Rooms
from adapters.matrix.showing import Showing
from adapters.matrix.synced import mapping

log = structlog.get_logger()

Json = dict[str, Any]


class Arriving:
    """Comes into rooms."""

    def __init__(
        self,
        line: Line,
        me: Me,
        rooms: Rooms,
        direct: Direct,
        showing: Showing,
        allowed: Sequence[str],
        say: Callable[..., str],
    ) -> None:
        self._line = line
        self._me = me
        self._rooms = rooms
        self._direct = direct
        self._showing = showing
        self._allowed = allowed
        self.say = say
        self._invited: dict[str, tuple[str, bool]] = {}
        """Room -> who invited us, and whether to a private chat."""

    async def invited(self, room: str, state: Sequence[Json]) -> None:
        """Follow an invitation by whom we may follow; turn the others down. Raises Unreached."""
        asked = next(
            (one for one in state if one.get("type") == "m.room.member" and one.get("state_key") == self._me.id), {}
        )
        sender, content = asked.get("sender"), asked.get("content")
        sender = sender if isinstance(sender, str) else ""
        if not (self.may_invite(sender) or self._goes_on_here(room, state)):
            log.warning(
                "an invitation was turned down; FOLKMOOT_MATRIX_ALLOWED says whom we follow", by=sender, room=room
            )
            await self._try("POST", f"{V3}/rooms/{quote(room)}/leave")
            return
        direct = isinstance(content, Mapping) and content.get("is_direct") is True
        self._invited[room] = (sender, direct)
        if direct:
            await self._direct.add(sender, room)
        await self._try("POST", f"{V3}/rooms/{quote(room)}/join")

    def _goes_on_here(self, room: str, state: Sequence[Json]) -> bool:
        """Whether a room that we are in goes on as this one, whoever asks us to come along."""
        made = next((one.get("content") for one in state if one.get("type") == "m.room.create"), None)
        return self._before(room, made) is not None

    def _before(self, room: str, made: Any) -> Room | None:
        """The room that goes on as this one, by what this one's creation says: both rooms say so."""
        old = mapping(made, "predecessor").get("room_id")
        known = self._rooms.known(old) if isinstance(old, str) else None
        return known if known is not None and known.replaced_by == room else None

    def may_invite(self, user: str) -> bool:
        """Whether we follow this person's invitations."""
        server = user.partition(":")[2]
        return bool({"*", user, server} & set(self._allowed)) if user else False

    async def arrived(self, room: Room, event: Json) -> list[Heard]:
        """We have just come into a room: what it is told, and who is there."""
        inviter, direct = self._invited.pop(room.id, ("", False))
        if self._direct.is_ours(room.id):  # what we made it for is said there at once
            return []
        if direct or self._direct.is_direct(room.id):
            self._showing.start(self._showing.say_in(room.id, self.say("", "matrix-hello")))
            return []
        moved = await self._moved_here(room)
        if moved is None:
            self._showing.start(self._showing.say_in(room.id, self.say("", "matrix-welcome")))
        there = self._here(room, inviter, str(event.get("event_id", "")))
        return [Heard(request=one) for one in (moved, there) if one is not None]

    async def moved(self, room: Room, event: Json) -> Request | None:
        """A room says that it goes on as another: we follow, and it stays the room it was, once the other is known."""
        if event.get("type") != "m.room.tombstone":
            return None
        content, sender = event.get("content"), str(event.get("sender", ""))
        new = content.get("replacement_room") if isinstance(content, Mapping) else None
        if not isinstance(new, str):
            return None
        via = quote(sender.partition(":")[2])
        if not await self._try("POST", f"{V3}/join/{quote(new)}?via={via}&server_name={via}"):
            return None  # we follow once we are invited there
        there = self._rooms.known(new)
        return await self._moved_here(there) if there is not None else None

    async def _moved_here(self, room: Room) -> Request | None:
        """This room is what another went on as, if both say so."""
        try:
            made = await self._line.call("GET", f"{V3}/rooms/{quote(room.id)}/state/m.room.create")
        except Refused:
            return None
        before = self._before(room.id, made)
        if before is None:
            return None
        return Request(key=f"moved:{room.id}", platform=NAME, chat=room.id, user="", moved_from=before.id)

    def without(self, room: Room, users: Iterable[str]) -> Request | None:
        """Those of these who are ghosts, as if they had left; None: there are none, or nobody to tell it of."""
        ghosts = tuple(user for user in users if user in room.members and self._me.ghosts.has(user))
        people = self._people(room)
        if not (ghosts and people):
            return None
        told = self._there(room, people[0], f"ghosts:{room.id}")
        return replace(told, arrivals=Arrivals(left=ghosts, size=len(people)))

    def by_anybody(self, room: Room, request: Request) -> Request | None:
        """A removal that nobody did, as if one of those in the room had; None: there is nobody."""
        people = self._people(room)
        if not people:
            return None
        return replace(self._there(room, people[0], request.key), message=request.message, removed=True)

    def _people(self, room: Room, inviter: str = "") -> list[str]:
        """Everybody in the room who has a voice, those first who administer it."""
        return sorted(self._me.people(room.members), key=lambda user: (not room.administers(user), user != inviter))

    def _here(self, room: Room, inviter: str, key: str) -> Request | None:
        """Everybody in the room; None: there is nobody."""
        people = self._people(room, inviter)
        first = next(iter(people or self._me.people([inviter] if inviter else [])), "")
        if not first:
            return None
        joined = tuple((user, name_of(room.name_of(user), user)) for user in people)
        admins = frozenset(user for user in people if room.administers(user))
        arrivals = Arrivals(joined=joined, size=len(people), admins=admins, ours=True)
        return replace(self._there(room, first, f"here:{key}"), arrivals=arrivals)

    def _there(self, room: Room, user: str, key: str) -> Request:
        """Told by one of those in the room."""
        return Request(
            key=key,
            platform=NAME,
            chat=room.id,
            user=user,
            name=name_of(room.name_of(user), user),
            chat_name=room.called,
            admin=room.administers(user),
        )

    async def _try(self, method: str, path: str) -> bool:
        try:
            await self._line.call(method, path, {})
        except Refused as no:
            if no.code == LIMITED:  # the invitation comes again with the same sync
                raise
            log.warning("a room could not be come into, or left", path=path, why=str(no))
            return False
        return True
