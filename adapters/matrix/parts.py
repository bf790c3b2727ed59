"""Parts of an event, taken only if they are what they should be: texts, names, and what it relates to."""

from collections.abc import Mapping
from typing import Any

Event = Mapping[str, Any]

LONGEST_NAME = 200


class Malformed(Exception):  # noqa: N818
    """An event that is not what the standard says it is."""


def name_of(name: Any, user: str) -> str:
    """A display name, or the first part of the id."""
    return (
        text_of(name)[:LONGEST_NAME]
        if isinstance(name, str) and name.strip()
        else user.partition(":")[0].removeprefix("@")
    )


def text_of(value: Any) -> str:
    """A text; lone surrogates and the one character that no message holds are taken out of it. Raises Malformed."""
    if not isinstance(value, str):
        raise Malformed(f"{value!r:.60} is no text")
    if value.isascii():
        return value.replace("\0", "")
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def relation_of(content: Event) -> Event:
    """What ties an event to another; empty: nothing does."""
    found = content.get("m.relates_to")
    return found if isinstance(found, Mapping) else {}


def answered(relation: Event) -> str:
    """The event that a message answers: the one it replies to, or the root of its thread."""
    replied, root = in_reply(relation), thread_of(relation)
    return root if root and (not replied or relation.get("is_falling_back")) else replied


def thread_of(relation: Event) -> str:
    """The root of the thread in which a message stands."""
    return text_of(relation.get("event_id")) if relation.get("rel_type") == "m.thread" else ""


def in_reply(relation: Event) -> str:
    """The event that a message replies to, or seems to."""
    replied = relation.get("m.in_reply_to")
    return text_of(replied.get("event_id", "")) if isinstance(replied, Mapping) else ""


def mentioned(content: Event) -> tuple[Any, ...]:
    """Whom a message names."""
    mentions = content.get("m.mentions")
    users = mentions.get("user_ids") if isinstance(mentions, Mapping) else None
    return tuple(users) if isinstance(users, list) else ()
