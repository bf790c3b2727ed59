"""What a sync is made of, read with care: all of it may be anything, and what is not as it should be is left out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = dict[str, Any]


def mapping(raw: Any, *names: str) -> Json:
    """What lies there, going down by these names; empty where it is no mapping."""
    for name in names:
        raw = raw.get(name) if isinstance(raw, Mapping) else None
    return dict(raw) if isinstance(raw, Mapping) else {}


def events_of(raw: Any) -> Iterator[Json]:
    """The events in one part of a sync."""
    found = raw.get("events") if isinstance(raw, Mapping) else None
    return (one for one in found if isinstance(one, dict)) if isinstance(found, list) else iter(())


def which(state: Json) -> tuple[str, str]:
    """What a state event sets."""
    return str(state.get("type")), str(state.get("state_key"))


def arrival(events: Sequence[Json], me: str) -> int | None:
    """Where in these events we came into the room; None: we were there before."""
    for place in reversed(range(len(events))):
        event = events[place]
        if event.get("type") == "m.room.member" and event.get("state_key") == me:
            before = mapping(event, "unsigned", "prev_content").get("membership")
            joined = mapping(event, "content").get("membership") == "join"
            if joined and before == "join":  # a new name, no coming
                continue
            return place if joined else None
    return None


def removed_by(raw: Json) -> str:
    """The event that a redaction takes away; empty: it is none."""
    redacted = raw.get("redacts") or mapping(raw, "content").get("redacts")
    return redacted if raw.get("type") == "m.room.redaction" and isinstance(redacted, str) else ""


def answers_something(raw: Json) -> bool:
    """Whether an event relates to another; that can be read though it is encrypted."""
    return bool(mapping(raw, "content", "m.relates_to"))
