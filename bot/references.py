"""References: what ids name; and which poll or concern is meant: by its id, by what a reply answers, or the open one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.turn import Standing, Turn
from decisions.methods import METHODS
from decisions.model import Action, Concern, Meeting, Poll, Post
from decisions.refusals import AmbiguousReference, NothingOpen, ReferenceNeeded, Refusal, UnknownReference
from decisions.wording import DASHES
from storage import discussion, polling

KINDS = "PDCMAL"
LETTERS = f"{KINDS}{KINDS.lower()}"
WIDE = {ord(one) + 0xFEE0: one for one in f"{LETTERS}@"}
"""As wide as Chinese letters, as an input method may leave them; digits of all scripts are digits anyway."""

FOLDED = WIDE | DASHES
"""One character each: what is found in a folded text stands in the same place of the text itself."""

LONGEST = 64
"""More of a text than any id takes."""

REFERENCE = re.compile(
    rf"(?P<kind>[{KINDS}])-?(?P<number>\d{{1,9}})(?:@(?P<group>\d{{1,9}}))?(?=$|[\s,.:;!?،؛؟、。，；：])", re.IGNORECASE
)
BREAKS = " \t,.:;،؛、。，；："
"""What may stand between an id and what follows it, on the same line."""

BEGINS = rf"[{LETTERS}{''.join(chr(ord(one) + 0xFEE0) for one in LETTERS)}][-{''.join(map(chr, DASHES))}]?\d"
"""How an id begins, in a pattern."""

STANCE_METHODS = tuple(name for name, method in METHODS.items() if method.stances)

Meant = TypeVar("Meant", Poll, Concern, Meeting, Action)


# -- ids --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Id:
    """An id as somebody wrote it, `D-12`, or `D-12@3` of the group with that number; and the words after it."""

    given: str
    kind: str
    number: int
    group: int | None
    rest: str

    @property
    def ref(self) -> str:
        """As we write it ourselves."""
        return f"{self.kind}-{self.number}"


def folded(words: str) -> str:
    """The words with the letters and the dash of an id as we write them, however they were typed or pasted."""
    return words.translate(FOLDED)


def id_in(words: str, kinds: str = KINDS) -> Id | None:
    """The id that words begin with; None: they begin with none of these kinds."""
    found = REFERENCE.match(folded(words[:LONGEST]))
    if found is None or found["kind"].upper() not in kinds:
        return None
    group = int(found["group"]) if found["group"] else None
    return Id(found[0], found["kind"].upper(), int(found["number"]), group, words[found.end() :].lstrip(BREAKS))


def meant(
    turn: Turn, one: Id, noun: type[Meant], unknown: Callable[[str], Refusal] = UnknownReference
) -> tuple[Standing, Meant]:
    """What an id names in one of the groups where the person stands. Raises AmbiguousReference, or what is unknown."""
    column = {"decision" if one.kind == "D" else "number": one.number}
    standings = [standing for standing in turn.standings if one.group in (None, standing.group.id)]
    found = [(standing, turn.work.get(noun, group_id=standing.group.id, **column)) for standing in standings]
    hits = [(standing, hit) for standing, hit in found if hit is not None]
    if not hits:
        raise unknown(one.given)
    return only(hits, one)


def only(hits: Sequence[tuple[Standing, Meant]], named: Id | None = None) -> tuple[Standing, Meant]:
    """The one of them that there is. Raises AmbiguousReference where there are several, and says what to write instead:
    ids alone where they differ, with the group where it is the groups that differ."""
    if len(hits) == 1:
        return hits[0]
    if len({standing.group.id for standing, _ in hits}) == 1:
        choices = tuple(what.ref for _, what in hits)
    else:
        refs = [(one.group, named.ref if named else what.ref) for one, what in hits]
        choices = tuple(f"{ref}@{group.id} ({group.name})" for group, ref in refs)
    raise AmbiguousReference(named.given if named else hits[0][1].ref, choices)


# -- polls and concerns -----------------------------------------------------------------------------------------------


def named(turn: Turn, words: str, kinds: str = "PD") -> tuple[Standing, Poll, str] | None:
    """The poll whose id the words begin with, and the words after it; None if they begin with none."""
    one = id_in(words, kinds)
    return None if one is None else (*meant(turn, one, Poll), one.rest)


def check_names_none_but(turn: Turn, words: str, kinds: str, example: str) -> None:
    """Refuse what begins with the id of something else: nobody meant the one that is there anyway."""
    if id_in(words) and not id_in(words, kinds):
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
    return *only(open_), words


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
    return only(hits) if hits else None


def _open(turn: Turn, standing: Standing, methods: tuple[str, ...]) -> list[Poll]:
    found = polling.latest_open(turn.work, standing.group.id, methods)
    return [poll for poll in found if turn.now < poll.closes_at]


def concern(turn: Turn, words: str) -> tuple[Standing, Poll, Concern, str] | None:
    """The concern whose id the words begin with, its poll, and the words after it."""
    one = id_in(words, "C")
    if one is None:
        return None
    standing, found = meant(turn, one, Concern)
    return standing, turn.work.the(Poll, id=found.poll_id), found, one.rest
