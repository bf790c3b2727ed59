"""Look-alikes: names that a reader may take for each other, after Unicode's skeletons of confusable texts (UTS 39).

They are never taken for the same: whoever is shown beside a look-alike is shown with their number.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from decisions.wording import IGNORED

# Marks that are left out or put in without making another name: accents, Hebrew points, Arabic vowel signs and hamza.
# Those of other scripts are letters of their own, such as the vowels of India.
MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06ed]+"
)
NUMBERED = re.compile(r"(?P<name>.*?)\s*#\s*(?P<number>\d{1,9})", re.DOTALL)
"""How a member is told from a look-alike, `ana #12`; and `#12` alone."""


def alike(a: str, b: str) -> bool:
    """Whether two names look alike: case, width, marks and look-alike letters of other scripts aside."""
    return not _skeletons(a).isdisjoint(_skeletons(b))


def looks(name: str) -> frozenset[str]:
    """What a name looks like: two names look alike that have one of these in common."""
    return _skeletons(name)


def ambiguous(names: Mapping[int, str]) -> frozenset[int]:
    """Of these people, those whose name looks like another's, or like one with a number."""
    found = {one for one, name in names.items() if NUMBERED.fullmatch(_plain(name))}
    looking: defaultdict[str, set[int]] = defaultdict(set)
    for one, name in names.items():
        for skeleton in _skeletons(name):
            looking[skeleton].add(one)
    return frozenset(found.union(*(people for people in looking.values() if len(people) > 1)))


def numbered(name: str, number: int) -> str:
    """A name that is not taken for another: `ana #12`."""
    return f"{name} #{number}"


def number_in(typed: str) -> tuple[str, int] | None:
    """The name (or nothing) and the number that were typed for a member; None where no number was."""
    found = NUMBERED.fullmatch(_plain(typed))
    return (found["name"], int(found["number"])) if found else None


def apart(names: Mapping[int, str], beside: Iterable[tuple[int, str]] = ()) -> dict[int, str]:
    """The names as they can be told apart, from each other and from those of the people beside them."""
    doubtful = ambiguous(dict(beside) | dict(names))
    return {one: numbered(name, one) if one in doubtful else name for one, name in names.items()}


@lru_cache(8192)
def _skeletons(name: str) -> frozenset[str]:
    """A name's skeleton as it is written, and as it is in small letters: `Ilona` looks like `llona` and like `ilona`."""
    plain = _plain(name)
    found = NUMBERED.fullmatch(plain)
    plain = (found and found["name"]) or plain
    return frozenset((_skeleton(plain).casefold(), _skeleton(_plain(plain.casefold()))))


def _skeleton(text: str) -> str:
    if not text.isascii():
        text = MARKS.sub("", unicodedata.normalize("NFKD", text)) or text
    text = text.translate(_prototypes())
    return text if text.isascii() else MARKS.sub("", text) or text


def _plain(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", IGNORED.sub("", text)) or text


@cache
def _prototypes() -> dict[int, str]:
    """Each character that looks like another, and what stands for all that look like it.

    The table names for every character, and for some pairs of them, all that look like it. Whatever looks like one thing
    alone is drawn as that; where two look like each other alone, the first in Unicode stands for both.
    """
    raw = json.loads((files("homoglyphs_fork") / "confusables.json").read_text("utf-8"))
    table = {_unmarked(one): [_unmarked(other) for other in others] for one, others in raw.items()}
    single = {one: others[0] for one, others in table.items() if len(one) == 1 and len(others) == 1}
    drawn = {one: other for one, other in single.items() if single.get(other) != one or other < one}
    return {ord(one): _drawn(other, drawn) for one, other in drawn.items()}


def _drawn(text: str, drawn: Mapping[str, str]) -> str:
    for _ in range(8):  # more than any of them needs
        text = "".join(drawn.get(one, one) for one in unicodedata.normalize("NFKD", text))
    return text


def _unmarked(text: str) -> str:
    return text.replace("\u200e", "")  # the table has one around letters that are written from right to left
