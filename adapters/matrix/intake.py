"""The way in: what a sync brings, read in the order in which it came; what cannot be read yet, or ever, is kept."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

import structlog

from adapters.base import Request
from adapters.matrix.arriving import Arriving
from adapters.matrix.direct import Direct
from adapters.matrix.ghosts import PUPPET, is_bridged
from adapters.matrix.handing import Handing
from adapters.matrix.heard import NAME, Heard, Me, Place, heard
from adapters.matrix.line import LIMITED, V3, Line, Refused
from adapters.matrix.parts import Malformed
from adapters.matrix.refusing import Refusing
from adapters.matrix.rooms import Room, Rooms
from adapters.matrix.showing import Showing
from adapters.matrix.signs import meant
from adapters.matrix.synced import answers_something, arrival, events_of, mapping, removed_by, which
from adapters.matrix.undecrypted import Undecrypted

log = structlog.get_logger()

SetAside = Callable[[str], str]
Json = dict[str, Any]

PAGES = 500
"""How many pages of a hundred events are read back at most where a sync left some out."""


class Intake:
    """Takes in syncs. `take` returns once all that a sync brought is durable, or kept aside."""

    def __init__(
        self,
        line: Line,
        me: Me,
        rooms: Rooms,
        direct: Direct,
        showing: Showing,
        arriving: Arriving,
        undecrypted: Undecrypted,
        refusing: Refusing,
        handing: Handing,
        aside: SetAside,
    ) -> None:
        self._line = line
        self._me = me
        self._rooms = rooms
        self._direct = direct
        self._showing = showing
        self._arriving = arriving
        self._undecrypted = undecrypted
        self._refusing = refusing
        self._handing = handing
        self._aside = aside

    async def take(self, raw: Json, since: str) -> None:
        """Hand on what a sync brought. Raises Unreached where the homeserver had to be asked for more in vain."""
        for event in events_of(raw.get("account_data")):
            if event.get("type") == "m.direct":
                self._direct.take(event.get("content"))
        joined = mapping(raw, "rooms", "join")
        for id_, room in joined.items():
            self._rooms.take(id_, await self._state(id_, room))
        found = [one for id_, room in joined.items() for one in await self._in_room(id_, room, since)]
        self._direct.appeared()
        for id_, room in mapping(raw, "rooms", "leave").items():
            found += await self._before_we_left(id_, room, since)
        opened, readable = self._no_longer_sealed()
        await self._handing.on([*found, *readable], raw)
        self._undecrypted.drop(opened)
        await self._tell_the_sealed_out()

    # -- one room -----------------------------------------------------------------------------------------------------

    async def _in_room(self, id_: str, raw: Json, since: str) -> list[Heard]:
        """What was said and done in a room. Nothing from before we came is read."""
        timeline = mapping(raw, "timeline")
        events = list(events_of(timeline))
        came = arrival(events, self._me.id)
        if came is None and not since:
            self._rooms.take(id_, events)
            return self._without_ghosts(id_, raw)
        if came is None and timeline.get("limited"):
            events = [*await self._left_out(id_, str(timeline.get("prev_batch", "")), since), *events]
            came = arrival(events, self._me.id)
        room = self._rooms.of(id_)
        if came is None:
            found = self._without_ghosts(id_, raw)
        else:
            self._rooms.take(id_, events)
            found = await self._arriving.arrived(room, events[came])
            events = events[came + 1 :]
        for event in events:
            found += await self._one(room, event)
        return found

    def _without_ghosts(self, id_: str, raw: Json) -> list[Heard]:
        """Ghosts that the state of a room names are not there: they may have been members before it was said what ghosts
        are called. A process is told the whole state first."""
        told = {str(one.get("state_key")) for one in events_of(mapping(raw, "state"))}
        gone = None if self._direct.is_direct(id_) else self._arriving.without(self._rooms.of(id_), told)
        return [Heard(request=gone)] if gone is not None else []

    async def _state(self, id_: str, raw: Json) -> list[Json]:
        """A room's state before what a sync tells. A homeserver gives it as the first event's sender knew it, who may have
        known less than we do: what the sync does not go on to change is taken as it is now."""
        told, timeline = list(events_of(mapping(raw, "state"))), list(events_of(mapping(raw, "timeline")))
        if not told or not timeline:
            return told
        try:
            now = {which(one): one for one in await self._line.state(id_)}
        except Refused as no:
            if no.code == LIMITED:
                raise
            return told
        changed = {which(one) for one in timeline if "state_key" in one}
        return [one if which(one) in changed else now.get(which(one), one) for one in told]

    async def _before_we_left(self, id_: str, raw: Json, since: str) -> list[Heard]:
        """What was said and done in a room until we left it or were put out."""
        found: list[Heard] = []
        if since:
            self._rooms.take(id_, events_of(mapping(raw, "state")))
            found = await self._in_room(id_, raw, since)
        self._rooms.leave(id_)
        last = next((str(one.get("event_id")) for one in reversed(list(events_of(mapping(raw, "timeline"))))), since)
        gone = Request(key=f"gone:{id_}:{last}", platform=NAME, chat=id_, user="", gone=True)
        return [*found, Heard(request=gone)]

    async def _left_out(self, id_: str, before: str, since: str) -> list[Json]:
        """The events between the last sync and this one that did not fit into it, oldest first."""
        found: list[Json] = []
        for _ in range(PAGES):
            path = f"{V3}/rooms/{quote(id_)}/messages?dir=b&limit=100&from={quote(before)}&to={quote(since)}"
            try:
                page = await self._line.call("GET", path)
            except Refused as no:
                if no.code == LIMITED:  # the same sync is asked for again, later
                    raise
                log.warning("what a sync left out could not be read", room=id_, why=str(no))
                break
            chunk = [one for one in page.get("chunk", ()) if isinstance(one, dict)]
            found += chunk
            before = str(page.get("end", ""))
            if not chunk or not before:
                break
        return found[::-1]

    async def _one(self, room: Room, event: Json) -> list[Heard]:
        try:
            if "state_key" in event and not room.believes(event):
                log.warning("somebody without the power for it says where a room goes on", room=room.id)
                return []
            if "state_key" in event:
                self._rooms.take(room.id, [event])
                moved = await self._arriving.moved(room, event)
                return [Heard(request=moved)] if moved else self._read(room, event)
            self._undecrypted.removed(room.id, removed_by(event))
            return [await self._meant(room, one) for one in self._read(room, self._opened(room, event))]
        except Malformed as wrong:
            await self._set_aside(event, wrong)
        except (TypeError, ValueError, LookupError, AttributeError, RecursionError) as wrong:
            log.exception("an event could not be read")
            await self._set_aside(event, wrong)
        return []

    def _read(self, room: Room, event: Json | None) -> list[Heard]:
        if event is None:
            return []
        place = Place(id=room.id, name=room.called, direct=self._direct.is_direct(room.id), called=room.name_of)
        found = heard(event, place, self._me)
        return [self._told_of(room, found)] if found else []

    def _told_of(self, room: Room, found: Heard) -> Heard:
        """What the room's state says of whoever did it."""
        request = found.request
        if request is None or request.private:
            return found
        if request.arrivals is not None:
            admins = frozenset(user for user, _ in request.arrivals.joined if room.administers(user))
            arrivals = replace(request.arrivals, size=len(self._me.people(room.members)), admins=admins)
            request = replace(request, arrivals=arrivals)
        return replace(found, request=replace(request, admin=room.administers(request.user)))

    async def _meant(self, room: Room, found: Heard) -> Heard:
        """What it is by what it is about. A card of ours that a ghost removed is gone for everybody: anybody can tell."""
        if not (found.says or found.about):
            return await self._with_press(found)
        if found.request is None or not await self._refusing.is_meant(found):
            return Heard()
        return found if found.says else Heard(request=self._arriving.by_anybody(room, found.request))

    async def _with_press(self, found: Heard) -> Heard:
        """A reaction as the press that it stands for; one that is none of ours is let go."""
        if found.sign is None or found.request is None:
            return found
        event, sign = found.sign
        press = meant(sign, await self._showing.pairs(found.request.chat, event))
        return replace(found, request=replace(found.request, press=press) if press else None, says="")

    # -- what is sealed -----------------------------------------------------------------------------------------------

    def _opened(self, room: Room, event: Json) -> Json | None:
        """The event as it was meant; None: its key is not here yet, and it waits."""
        if event.get("type") != "m.room.encrypted":
            return event
        plain = self._decrypted(event, room.id)
        if (
            plain is None
            and event.get("sender") != self._me.id
            and self._undecrypted.add(str(event.get("event_id")), room.id, event)
        ):
            self._showing.start(self._line.ask_for_key(event, room.id))
        return plain

    def _decrypted(self, event: Json, room: str) -> Json | None:
        """The event as it was meant. Bridges mark what they post within, or without."""
        plain = self._line.decrypted(event, room)
        if plain is not None and is_bridged(mapping(event, "content")):
            plain["content"] = mapping(plain, "content") | {PUPPET: True}
        return plain

    def _no_longer_sealed(self) -> tuple[list[str], list[Heard]]:
        """What can be read by now: the events, and what they come to. They wait until that is handed on."""
        opened: list[str] = []
        found: list[Heard] = []
        for event, one in list(self._undecrypted.waiting.items()):
            plain, room = self._decrypted(one.raw, one.room), self._rooms.known(one.room)
            if plain is None or room is None:
                continue
            opened.append(event)
            try:
                found += [_late(read, one.at) for read in self._read(room, plain) if not read.about]
            except Malformed as wrong:
                log.info("an event could not be read", why=str(wrong))
        return opened, found

    async def _tell_the_sealed_out(self) -> None:
        for one in self._undecrypted.untold():
            sender = one.raw.get("sender")
            if (
                isinstance(sender, str)
                and not self._me.ghosts.has(sender)
                and (self._direct.is_direct(one.room) or answers_something(one.raw))
            ):
                self._showing.start(self._told(sender, "matrix-undecrypted"))

    async def _told(self, user: str, key: str) -> None:
        await self._showing.tell(user, self._showing.say("", key))

    async def _set_aside(self, event: Json, why: BaseException) -> None:
        reference = await asyncio.to_thread(self._aside, json.dumps(event))
        log.error("an event could not be read; it is kept aside", reference=reference, why=f"{why!r:.200}")


def _late(found: Heard, came: datetime) -> Heard:
    return replace(found, request=replace(found.request, came=came)) if found.request else found
