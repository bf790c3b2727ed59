"""Finding: what somebody may see that looks like what they are about to put - what failed first, then the closest."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.alike.naming import Named, named
from bot.turn import Standing, Turn
from decisions.likeness import Weights, close, likeness, rarity, words
from decisions.model import Lesson, Meeting, Poll, Thing
from decisions.wording import same
from storage import resembling, search
from storage.resembling import Put
from storage.seeing import visible
from storage.work import Work

MOST = 4
"""So many are shown."""

APART = timedelta(days=3)
"""Two meetings whose times lie so far apart are two, whatever they are about."""

HABIT = 2
"""What a group has put so often in the very same words, it puts again on purpose: `Do we approve the minutes?`."""

OLDER = 40
"""How many of those are looked at that a search finds, however long ago they were put."""

BESIDE: dict[Thing, tuple[Thing, ...]] = {
    Thing.POLL: (Thing.POLL, Thing.LESSON),
    Thing.LESSON: (Thing.LESSON,),
    Thing.MEETING: (Thing.MEETING,),
}
"""What something is held beside."""

PUT: dict[Thing, Callable[[Work, Collection[int], Collection[int]], list[Put]]] = {
    Thing.POLL: resembling.polls,
    Thing.LESSON: resembling.lessons,
    Thing.MEETING: resembling.meetings,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is about to be put. `at`: when a meeting begins, where that is said."""

    thing: Thing
    title: str
    text: str = ""
    at: datetime | None = None


def found(turn: Turn, standing: Standing, sought: Sought) -> tuple[Named, ...]:
    """What looks like it, at most `MOST`; the same words that are still open in the same group come first."""
    groups = seen(turn)
    hints = search.near(turn.work, sought.title, groups, limit=OLDER, languages=(turn.reader.language,))
    known = [
        one
        for thing in BESIDE[sought.thing]
        for one in PUT[thing](turn.work, groups, [hint.key for hint in hints if hint.thing is thing])
    ]
    weights = rarity(one.title for one in known)
    hits: list[tuple[tuple[bool, bool, float], Named]] = []
    for put, much in _close(sought, known, weights):
        one = named(turn.work, put.thing, put.key)
        if one is not None and _matters(sought, one, standing):
            hits.append(((not (one.open and _again(sought, one, standing)), not one.failed, -much), one))
    kept = _unless_habit([one for _, one in sorted(hits, key=lambda hit: hit[0])], sought, standing)
    return tuple(kept[:MOST])


def _again(sought: Sought, one: Named, standing: Standing) -> bool:
    """Whether it is put again in the same group, word for word."""
    return one.group.id == standing.group.id and same(sought.title, one.title)


def _unless_habit(hits: Sequence[Named], sought: Sought, standing: Standing) -> list[Named]:
    """Without what was put over and over and is over by now."""
    over = [one for one in hits if _is_over(one) and _again(sought, one, standing)]
    return [one for one in hits if len(over) < HABIT or one not in over]


def _is_over(one: Named) -> bool:
    return isinstance(one.noun, Poll) and not one.open and not one.failed


def seen(turn: Turn) -> frozenset[int]:
    """The groups whose records whoever asks may see."""
    return visible(turn.work, (one.group.id for one in turn.everywhere() if one.present))


def _close(sought: Sought, known: Sequence[Put], weights: Weights) -> list[tuple[Put, float]]:
    """Those whose words are close, with how much."""
    own = words(sought.title) | words(sought.text)
    near = [one for one in known if own & words(one.title) or same(one.title, sought.title)]
    return [(one, much) for one in near if (much := _much(sought, one, weights))]


def _much(sought: Sought, put: Put, weights: Weights) -> float:
    """How alike they are, by their titles or by all their words; 0: too little to be shown."""
    if same(sought.title, put.title):
        return 1.0
    pairs = [(sought.title, put.title)]
    if sought.text and put.text:
        pairs.append((f"{sought.title}\n{sought.text}", f"{put.title}\n{put.text}"))
    return max((likeness(*pair, weights) for pair in pairs if close(*pair, weights)), default=0.0)


def _matters(sought: Sought, one: Named, standing: Standing) -> bool:
    """Whether it is worth being shown. A title of few words tells something only where it is put again, word for word,
    while the first is still open in the same group."""
    noun = one.noun
    if isinstance(noun, Meeting) and noun.starts_at and sought.at and abs(noun.starts_at - sought.at) > APART:
        return False
    if close(sought.title, one.title) or not same(sought.title, one.title):
        return True
    waits = isinstance(noun, Lesson) or one.open or (isinstance(noun, Meeting) and noun.starts_at == sought.at)
    return waits and one.group.id == standing.group.id


def here(turn: Turn) -> int | None:
    """The group whose ids say enough in the private chat: the only one that whoever asks is in."""
    groups = {one.group.id for one in turn.everywhere()}
    return groups.pop() if len(groups) == 1 else None


def is_seen(turn: Turn, one: Named) -> bool:
    """Whether whoever asks may see it."""
    return one.group.id in seen(turn)


def member_in(turn: Turn, one: Named) -> Standing | None:
    """Where whoever asks is a member of its group."""
    return next((standing for standing in turn.everywhere() if standing.group.id == one.group.id), None)


def author(one: Named) -> int | None:
    """The member who put it."""
    noun: Poll | Meeting | Lesson | object = one.noun
    return getattr(noun, "by", None)
