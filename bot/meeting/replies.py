"""Replies: what people write of the times they are asked about - `1 yes, 2 no, rest if need be`, `all yes`, `none`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from bot.meeting.spans import folded, typed
from decisions.choosing import IF_NEED_BE, NO, YES
from decisions.refusals import BadMarks, MarkedTwice, Word
from decisions.wording import line

SUITS: Mapping[int, Word] = {YES: Word("suits-yes"), IF_NEED_BE: Word("suits-need"), NO: Word("suits-no")}
"""How a mark is said."""

MARKS = {"yes": YES, "need": IF_NEED_BE, "no": NO}
KINDS = (*MARKS, "all", "rest", "none", "and")
"""What may be typed, each in the words of every language: the texts `typed-KIND`."""

SIGNS = {"✅": YES, "✔": YES, "✓": YES, "👍": YES, "🆗": IF_NEED_BE, "❌": NO, "✗": NO, "✘": NO, "👎": NO}
LONGEST, WIDEST = 400, 50
"""Characters of a reply; slots in a range."""

RANGE = re.compile(r"(?<!\w)(\d{1,4}) ?[-\u2013\u2014] ?(\d{1,4})(?!\w)")
BETWEEN = re.compile(r"[\s,.;:=()\u2192\u060c\u061b\u3001\uff0c\u3002\uff1b]+")

Target = int | str
"""A slot's number, `all`, or `rest`."""


def read(given: str, slots: Sequence[int], ref: str) -> dict[int, int]:
    """Slot number -> mark. `slots` are those there are. Raises BadMarks, MarkedTwice."""
    example = f"slots {ref} 1 yes, 2 no"
    said = list(_said(given))
    if said == ["none"]:
        return dict.fromkeys(slots, NO)
    pairs = _paired(said, slots)
    if not pairs or len(given) > LONGEST:
        raise BadMarks(line(given[:100])[:40], example)
    return _agreeing(pairs, slots)


def _agreeing(pairs: Sequence[tuple[Target, int]], slots: Sequence[int]) -> dict[int, int]:
    """One mark a slot. Raises MarkedTwice."""
    named = {target for target, _ in pairs}
    others = [one for one in slots if one not in named]
    marks: dict[int, set[int]] = {}
    for target, mark in pairs:
        meant = [target] if isinstance(target, int) else slots if target == "all" else others
        for number in meant:
            marks.setdefault(number, set()).add(mark)
    for number, several in sorted(marks.items()):
        if len(several) > 1:
            raise MarkedTwice(number, tuple(SUITS[one] for one in sorted(several, reverse=True)))
    return {number: min(several) for number, several in marks.items()}


def _paired(said: Sequence[str | int | None], slots: Sequence[int]) -> list[tuple[Target, int]]:
    """What is marked, and how: `1 3 yes` or `yes 1 3`. Nothing where it cannot be told, or where anything is left over."""
    marks = [one in MARKS for one in said]
    if None in said or "none" in said or not any(marks):
        return []
    if all(marks):
        return [(slots[0], MARKS[str(said[0])])] if len(said) == len(slots) == 1 else []
    ordered = list(reversed(said)) if marks[0] else list(said)
    return _by_mark(ordered)


def _by_mark(said: Sequence[str | int | None]) -> list[tuple[Target, int]]:
    """Each mark belongs to what stands before it."""
    pairs: list[tuple[Target, int]] = []
    waiting: list[Target] = []
    for one in said:
        if one not in MARKS and one is not None:
            waiting.append(one)
        elif not waiting:
            return []
        else:
            pairs += [(target, MARKS[str(one)]) for target in waiting]
            waiting = []
    return [] if waiting else pairs


def _said(given: str) -> Iterator[str | int | None]:
    """What was typed, one after the other; None: something that says nothing."""
    kinds = _kinds()
    for sign, mark in SIGNS.items():
        given = given[: LONGEST + 1].replace(sign, f" {_word(mark)} ")
    plain = " ".join(BETWEEN.split(RANGE.sub(_all_between, folded(given, LONGEST)))).strip()
    while plain:
        phrase = next((one for one in kinds if plain == one or plain.startswith(f"{one} ")), plain.partition(" ")[0])
        plain = plain[len(phrase) :].strip()
        if phrase.isdecimal() and len(phrase) <= len("9999"):
            yield int(phrase)
        elif kinds.get(phrase) != "and":
            yield kinds.get(phrase)


def _all_between(found: re.Match[str]) -> str:
    first, last = int(found[1]), int(found[2])
    return " ".join(str(one) for one in range(first, last + 1)) if 0 <= last - first < WIDEST else found[0]


def _word(mark: int) -> str:
    return next(word for word, one in MARKS.items() if one == mark)


@cache
def _kinds() -> Mapping[str, str]:
    """What may be typed -> what it is; the longest first, as `la` is the beginning of others."""
    found = {phrase: kind for kind in KINDS for phrase in typed(kind)} | {word: word for word in MARKS}
    return dict(sorted(found.items(), key=lambda one: -len(one[0])))
