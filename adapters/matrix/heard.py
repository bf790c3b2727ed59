"""What an event comes to. No calls, no state."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from adapters.base import Arrivals, Request
from adapters.matrix.ghosts import Ghosts, is_bridged
from adapters.matrix.parts import Event, answered, in_reply, mentioned, name_of, relation_of, text_of, thread_of
from adapters.refusing import sounds_meant

NAME = "matrix"

RESPONSES = ("org.matrix.msc3381.poll.response", "m.poll.response")
LONGEST = 65_536
QUOTE = re.compile(r"(?:> .*\n)+\n?")
"""How a reply quotes what it answers, for clients that know no replies."""

MOST_TAPS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """Who we are, and who is nobody to us."""

    id: str
    name: str = ""
    ghosts: Ghosts = field(default_factory=Ghosts)

    def people(self, users: Iterable[str]) -> list[str]:
        """Those among them who have a voice."""
        return [user for user in users if user != self.id and not self.ghosts.has(user)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The room in which something happened, as far as reading has to know it."""

    id: str
    name: str = ""
    direct: bool = False
    """A private chat with us."""
    called: Callable[[str], str] = lambda user: ""
    """The display name of somebody in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What an event comes to."""

    request: Request | None = None
    sign: tuple[str, str] | None = None
    """A reaction: to which event, with which sign. Which press that is, its card knows."""
    says: str = ""
    """A text of ours, by its key, that says why the request counts for nobody. It is not handed on."""
    about: str = ""
    """What it would count for, if this is a message of ours; otherwise it is nothing to us."""


def heard(event: Event, place: Place, me: Me) -> Heard | None:
    """What an event in a room comes to; None: nothing that concerns us. Raises Malformed."""
    kind, content = event.get("type"), event.get("content")
    sender = text_of(event.get("sender"))
    if sender == me.id or not isinstance(content, Mapping):
        return None
    if "state_key" in event:
        return _member(event, content, place, me) if kind == "m.room.member" else None
    if me.ghosts.has(sender):
        return None if me.ghosts.is_ours(sender) else _refused(_done(event, content, place, me), "matrix-ghost")
    if is_bridged(content) and kind != "m.room.redaction":  # what somebody takes back elsewhere is taken back
        return _refused(_done(event, content, place, me), "matrix-puppet")
    return _done(event, content, place, me)


def _done(event: Event, content: Event, place: Place, me: Me) -> Heard | None:
    kind = event.get("type")
    if kind == "m.room.message":
        return _message(event, content, place, me)
    if kind == "m.reaction":
        return _reaction(event, content, place)
    if kind in RESPONSES:
        return _response(event, content, place)
    if kind == "m.room.redaction":
        return _redaction(event, content, place)
    return None


def _refused(found: Heard | None, why: str) -> Heard | None:
    """The same for nobody. An edit would do nothing that has to be told, and talk is just talk; what is removed is gone,
    whoever removed it."""
    request = found.request if found is not None else None
    if found is None or request is None or request.edited:
        return None
    if request.removed:
        return replace(found, about=request.message)
    if request.private or sounds_meant(request.text):
        return replace(found, says=why, sign=None)
    about = found.sign[0] if found.sign else request.reply_to
    return replace(found, says=why, sign=None, about=about) if about else None


# -- words ------------------------------------------------------------------------------------------------------------


def _message(event: Event, content: Event, place: Place, me: Me) -> Heard | None:
    relation = relation_of(content)
    if relation.get("rel_type") == "m.replace":
        return _edited(event, content, relation, place, me)
    if content.get("msgtype") != "m.text":
        return None
    answers, thread = answered(relation), thread_of(relation)
    text = _words(content, place, me, reply=bool(in_reply(relation)))
    if not text:
        return None
    return Heard(request=_request(event, place, text=text, reply_to=answers, thread=thread))


def _edited(event: Event, content: Event, relation: Event, place: Place, me: Me) -> Heard | None:
    new = content.get("m.new_content")
    if not isinstance(new, Mapping) or new.get("msgtype") != "m.text":
        return None
    text = _words(new, place, me, reply=False)
    original = text_of(relation.get("event_id"))
    return Heard(request=_request(event, place, text=text, message=original, edited=True)) if text else None


def _words(content: Event, place: Place, me: Me, *, reply: bool) -> str:
    body = text_of(content.get("body"))[:LONGEST]
    if reply:
        body = QUOTE.sub("", body, count=1)
    body = body.strip()
    meant = me.id in mentioned(content)
    for name in (me.id, me.name, me.id.partition(":")[0], me.id.partition(":")[0].removeprefix("@")):
        rest = _addressed(body, name, meant or name == me.id)
        if rest is not None:
            return rest if place.direct or rest[:1] in "!/+-0" else f"!{rest}"
    return body


def _addressed(body: str, name: str, meant: bool) -> str | None:
    """What follows our name at the beginning; None: it is not addressed to us by this name. A name may be a word of the
    language, so where we are not `meant` for certain, a colon or a comma has to follow it."""
    if not name or not body.casefold().startswith(name.casefold()):
        return None
    rest = body[len(name) :]
    if rest and rest[0] not in (" :,\n" if meant else ":,"):
        return None
    return rest.lstrip(" :,\n") or None


# -- taps -------------------------------------------------------------------------------------------------------------


def _reaction(event: Event, content: Event, place: Place) -> Heard | None:
    relation = relation_of(content)
    if relation.get("rel_type") != "m.annotation":
        return None
    target, key = text_of(relation.get("event_id")), text_of(relation.get("key"))
    return Heard(request=_request(event, place), sign=(target, key[:20]))


def _response(event: Event, content: Event, place: Place) -> Heard | None:
    """A tap in a poll. What cannot be read spoils it, and takes back what was tapped before, as the standard says."""
    relation = relation_of(content)
    if relation.get("rel_type") != "m.reference":
        return None
    poll = text_of(relation.get("event_id"))
    given = content.get("org.matrix.msc3381.poll.response", content.get("m.selections"))
    answers = given.get("answers") if isinstance(given, Mapping) else given
    taps = tuple(_place(one) for one in answers[:MOST_TAPS]) if isinstance(answers, list) else ()
    return Heard(request=_request(event, place, taps=taps, reply_to=poll))


def _place(answer: Any) -> int:
    """The place of an answer by its id; one that the poll cannot have is -1, and spoils the whole."""
    return int(answer) if isinstance(answer, str) and re.fullmatch(r"\d{1,2}", answer, re.ASCII) else -1


def _redaction(event: Event, content: Event, place: Place) -> Heard:
    redacted = text_of(event.get("redacts") or content.get("redacts"))
    return Heard(request=_request(event, place, message=redacted, removed=True))


# -- comings and goings -----------------------------------------------------------------------------------------------


def _member(event: Event, content: Event, place: Place, me: Me) -> Heard | None:
    user, now = text_of(event.get("state_key")), content.get("membership")
    before = event.get("unsigned")
    before = before.get("prev_content") if isinstance(before, Mapping) else None
    was = before.get("membership") if isinstance(before, Mapping) else None
    if user == me.id or place.direct or now == was or me.ghosts.has(user):
        return None
    name = content.get("displayname")
    if now == "join":
        arrivals = Arrivals(joined=((user, name_of(name, user)),))
    elif now in ("leave", "ban") and was in ("join", None):
        arrivals = Arrivals(left=(user,))
    else:
        return None
    request = _request(event, place, arrivals=arrivals)
    return Heard(request=_as(request, user, name_of(name, user)))


def _as(request: Request, user: str, name: str) -> Request:
    """Told by whom it happened to: whoever put them out, or let them in, need not be anybody we know."""
    return Request(
        key=request.key,
        platform=NAME,
        chat=request.chat,
        user=user,
        name=name,
        chat_name=request.chat_name,
        arrivals=request.arrivals,
    )


# -- parts ------------------------------------------------------------------------------------------------------------


def _request(
    event: Event,
    place: Place,
    *,
    text: str = "",
    message: str = "",
    reply_to: str = "",
    thread: str = "",
    taps: tuple[int, ...] | None = None,
    arrivals: Arrivals | None = None,
    edited: bool = False,
    removed: bool = False,
) -> Request:
    key, sender = text_of(event.get("event_id")), text_of(event.get("sender"))
    return Request(
        key=key,
        platform=NAME,
        chat=place.id,
        user=sender,
        name=name_of(place.called(sender), sender),
        text=text,
        private=place.direct,
        chat_name="" if place.direct else place.name,
        message=message or key,
        reply_to=reply_to,
        thread=thread,
        taps=taps,
        arrivals=arrivals,
        edited=edited,
        removed=removed,
    )
