"""References: which poll or concern is meant: named by its id, what a reply answers, or the one that is open."""

import re
from collections.abc import Sequence
from typing import TypeVar

from bot.turn import Standing, Turn
from decisions.methods import METHODS
from decisions.model import Concern, Poll, Post
from decisions.refusals import AmbiguousReference, NothingOpen, ReferenceNeeded, UnknownReference
from storage import discussion, polling

REFERENCE = re.compile(
    r"(?P<kind>[PDCMAL])-?(?P<number>\d{1,9})(?:@(?P<group>\d{1,9}))?(?=$|[\s,.:;!?،؛؟、。，；：])", re.IGNORECASE
)
BREAKS = " \t,.:;،؛、。，；："
"""What may stand between an id and what follows it, on the same line."""

T = TypeVar("T", Poll, Concern)
STANCE_METHODS = tuple(name for name, method in METHODS.items() if method.stances)


def named(turn: Turn, words: str, kinds: str = "PD") -> tuple[Standing, Poll, str] | None:
    """The poll whose id the words begin with, and the words after it; None if they begin with none."""
    found = REFERENCE.match(words)
    if found is None or found["kind"].upper() not in kinds:
        return None
    column = "decision" if found["kind"].upper() == "D" else "number"
    number, rest = int(found["number"]), words[found.end() :].lstrip(BREAKS)
    hits = []
    for standing in _standings(turn, found["group"]):
        poll = turn.work.get(Poll, group_id=standing.group.id, **{column: number})
        if poll is not None:
            hits.append((standing, poll))
    standing, poll = _only(found[0], hits)
    return standing, poll, rest


def check_names_none_but(turn: Turn, words: str, kinds: str, example: str) -> None:
    """Refuse what begins with the id of something else: nobody meant the one that is there anyway."""
    found = REFERENCE.match(words)
    if found is not None and found["kind"].upper() not in kinds:
        raise ReferenceNeeded(example)


def needed(turn: Turn, words: str, example: str) -> tuple[Standing, Poll, str]:
    """The poll whose id the words begin with; without one, the refusal shows the example."""
    found = named(turn, words)
    if found is None:
        raise ReferenceNeeded(example)
    return found


def poll(turn: Turn, words: str) -> tuple[Standing, Poll, str]:
    """The poll that is meant to be voted in: named by its id, or the open one put last."""
    by_id = named(turn, words)
    if by_id is not None:
        return by_id
    last = latest(turn, tuple(METHODS))
    if last is None:
        raise NothingOpen
    return *last, words


def the_poll(turn: Turn, words: str) -> tuple[Standing, Poll, str]:
    """The poll that is meant to be changed: named by its id, the one that a reply answers or whose topic this is, or the
    only one open."""
    by_id = named(turn, words)
    if by_id is not None:
        return by_id
    spoken_of = answered(turn) or in_thread(turn)
    if spoken_of is not None:
        return *spoken_of, words
    open_ = [(one, poll) for one in turn.standings for poll in _open(turn, one, tuple(METHODS))]
    if not open_:
        raise NothingOpen
    return *_only("", open_), words


def answered(turn: Turn) -> tuple[Standing, Poll] | None:
    """The poll whose card, or a notice about which, this is a reply to."""
    post = answered_post(turn)
    if turn.about is not None or post is None:
        return turn.about
    standing = next(one for one in turn.standings if one.group.id == post.group_id)
    return standing, turn.work.the(Poll, id=post.about)


def in_thread(turn: Turn) -> tuple[Standing, Poll] | None:
    """The one poll that was put in this thread or topic and is not over; None: there is none, or there are several."""
    group = turn.standings[0].group.id if turn.thread and turn.standings else 0
    found = discussion.put_in(turn.work, group, turn.thread) if group else []
    return (turn.standings[0], found[0]) if len(found) == 1 else None


def answered_post(turn: Turn) -> Post | None:
    """The message of ours about a poll that this is a reply to, in one of the groups where the person stands."""
    request = turn.request
    if not request.reply_to:
        return None
    place = {"room_id": turn.room.id} if turn.room else {"platform": request.platform, "user": request.user}
    groups = {one.group.id for one in turn.standings}
    found = turn.work.all(Post, message=request.reply_to, **place)
    return next((post for post in found if post.poll_id is not None and post.group_id in groups), None)


def latest(turn: Turn, methods: tuple[str, ...]) -> tuple[Standing, Poll] | None:
    """The poll by one of these methods that a reply answers, or whose topic this is; else the open one put last, in this
    room if there is one."""
    for about in (answered(turn), in_thread(turn)):
        if about is not None and about[1].method in methods:
            return about
    hits = []
    for standing in turn.standings:
        open_ = _open(turn, standing, methods)
        here = [poll for poll in open_ if turn.room is not None and poll.room_id == turn.room.id]
        hits += [(standing, poll) for poll in (here or open_)[:1]]
    return _only("", hits) if hits else None


def _open(turn: Turn, standing: Standing, methods: tuple[str, ...]) -> list[Poll]:
    found = polling.latest_open(turn.work, standing.group.id, methods)
    return [poll for poll in found if turn.now < poll.closes_at]


def concern(turn: Turn, words: str) -> tuple[Standing, Poll, Concern, str] | None:
    """The concern whose id the words begin with, its poll, and the words after it."""
    found = REFERENCE.match(words)
    if found is None or found["kind"].upper() != "C":
        return None
    hits = []
    for standing in _standings(turn, found["group"]):
        concern = turn.work.get(Concern, group_id=standing.group.id, number=int(found["number"]))
        if concern is not None:
            hits.append((standing, concern))
    standing, concern = _only(found[0], hits)
    return standing, turn.work.the(Poll, id=concern.poll_id), concern, words[found.end() :].lstrip(BREAKS)


def _standings(turn: Turn, group: str | None) -> tuple[Standing, ...]:
    if group is None:
        return turn.standings
    return tuple(one for one in turn.standings if one.group.id == int(group))


def _only(given: str, hits: list[tuple[Standing, T]]) -> tuple[Standing, T]:
    if not hits:
        raise UnknownReference(given)
    if len(hits) > 1:
        raise AmbiguousReference(given or hits[0][1].ref, _choices(given, hits))
    return hits[0]


def _choices(given: str, hits: Sequence[tuple[Standing, Poll | Concern]]) -> tuple[str, ...]:
    """What to write instead: ids alone where they differ, with the group where it is the groups that differ."""
    if len({one.group.id for one, _ in hits}) == 1:
        return tuple(what.ref for _, what in hits)
    return tuple(f"{given or what.ref}@{one.group.id} ({one.group.name})" for one, what in hits)
