"""What we know of rooms from their state: who made them, who may do what, who is in them, what they are called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Event = Mapping[str, Any]

UNLIMITED = 1 << 60
USUAL_STATE, USUAL_CREATOR = 50, 100


@dataclass(slots=True)
class Room:
    """One room, as its state says. Everything in it was sent by somebody, and is taken only if it is what it should be."""

    id: str
    name: str = ""
    alias: str = ""
    version: str = "1"
    maker: str = ""
    creators: frozenset[str] = frozenset()
    powers: Event = field(default_factory=dict)
    has_powers: bool = False
    encrypted: bool = False
    replaced_by: str = ""
    """The room that this one goes on as."""
    members: dict[str, str] = field(default_factory=dict)
    """Who is in it -> their display name."""
    invited: set[str] = field(default_factory=set)

    def take(self, event: Event) -> None:
        """Go on by one state event."""
        content = event.get("content")
        taken = _TAKEN.get(str(event.get("type")))
        if taken is not None and isinstance(content, Mapping):
            taken(self, event, content)

    @property
    def called(self) -> str:
        """What people call it."""
        return self.name or self.alias

    def name_of(self, user: str) -> str:
        """The display name of somebody in it."""
        return self.members.get(user, "")

    def power(self, user: str) -> int:
        """How much power somebody has."""
        if user in self.creators and (self._creators_rule or not self.has_powers):
            return UNLIMITED if self._creators_rule else USUAL_CREATOR
        users = self.powers.get("users")
        given = users.get(user) if isinstance(users, Mapping) else None
        return _number(given, _number(self.powers.get("users_default"), 0))

    def needed(self, kind: str) -> int:
        """How much power it takes to set a kind of state."""
        events = self.powers.get("events")
        usual = _number(self.powers.get("state_default"), USUAL_STATE if self.has_powers else 0)
        return _number(events.get(kind), usual) if isinstance(events, Mapping) else usual

    def may(self, user: str, kind: str) -> bool:
        """Whether somebody may set a kind of state."""
        return self.power(user) >= self.needed(kind)

    def believes(self, event: Event) -> bool:
        """Whether a state event can be true: that a room goes on as another, only whoever has the power for it can say."""
        kind = str(event.get("type"))
        return kind != "m.room.tombstone" or self.may(str(event.get("sender")), kind)

    def administers(self, user: str) -> bool:
        """Whether somebody may change what the room is: who may do what in it."""
        return user in self.members and self.power(user) >= max(self.needed("m.room.power_levels"), USUAL_STATE)

    @property
    def _creators_rule(self) -> bool:
        """In rooms from version 12 on, whoever made the room has more power than any number says."""
        return self.version.isdecimal() and int(self.version) >= 12


class Rooms:
    """Every room that we are in."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}

    def of(self, id_: str) -> Room:
        """What we know of a room; at first nothing."""
        return self._rooms.setdefault(id_, Room(id_))

    def known(self, id_: str) -> Room | None:
        """The room, if we are in it."""
        return self._rooms.get(id_)

    def take(self, id_: str, events: Iterable[Event]) -> None:
        """Go on by several state events."""
        room = self.of(id_)
        for event in events:
            if "state_key" in event:
                room.take(event)

    def leave(self, id_: str) -> None:
        """We are no longer in it."""
        self._rooms.pop(id_, None)


def _create(room: Room, event: Event, content: Event) -> None:
    more = content.get("additional_creators")
    named = [one for one in more if isinstance(one, str)] if isinstance(more, list) else []
    room.version = str(content.get("room_version", "1"))
    sender = event.get("sender")
    room.maker = sender if isinstance(sender, str) else ""
    room.creators = frozenset([*([room.maker] if room.maker else []), *named])


def _powers(room: Room, event: Event, content: Event) -> None:
    room.powers, room.has_powers = content, True


def _name(room: Room, event: Event, content: Event) -> None:
    name = content.get("name")
    room.name = name[:200] if isinstance(name, str) else ""


def _alias(room: Room, event: Event, content: Event) -> None:
    alias = content.get("alias")
    room.alias = alias[:200] if isinstance(alias, str) else ""


def _encryption(room: Room, event: Event, content: Event) -> None:
    room.encrypted = True


def _tombstone(room: Room, event: Event, content: Event) -> None:
    new = content.get("replacement_room")
    room.replaced_by = new if isinstance(new, str) else ""


def _member(room: Room, event: Event, content: Event) -> None:
    user, membership, name = event.get("state_key"), content.get("membership"), content.get("displayname")
    if not isinstance(user, str):
        return
    room.members.pop(user, None)
    room.invited.discard(user)
    if membership == "join":
        room.members[user] = name[:200] if isinstance(name, str) else ""
    elif membership == "invite":
        room.invited.add(user)


_TAKEN = {
    "m.room.create": _create,
    "m.room.power_levels": _powers,
    "m.room.name": _name,
    "m.room.canonical_alias": _alias,
    "m.room.encryption": _encryption,
    "m.room.tombstone": _tombstone,
    "m.room.member": _member,
}


def _number(value: Any, otherwise: int) -> int:
    return value if type(value) is int and abs(value) < UNLIMITED else otherwise
