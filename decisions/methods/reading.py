"""How typed marks are found: the longest known name that a text begins with, whatever its case, width or digits."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import takewhile

ENDS = re.compile(r"(?=\s|\Z|[,;&،、，；—]|[.:!)=…。：！＝](?!\d))")
"""Where a name may end. `1.5`, `10:30` and `C++` hold no name of one character."""

AFTER = re.compile(r"[.:!)…。：！]*\s*[,;&،、，；]?\s*")
"""What stands between a name and what follows it."""

_DASH = re.compile(r"(?:[-–]\s+|—\s*)")
_OTHER_DIGITS = re.compile(r"[^\D0-9]")
_DASHES = str.maketrans("\N{MINUS SIGN}–", "--")
_LONGEST_GIVEN = 40


def fold(text: str) -> str:
    """A text without what people do not tell apart: case, width, spacing, script of the digits."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)
    return " ".join(_OTHER_DIGITS.sub(lambda digit: str(int(digit[0])), plain).split())


def names(keys: Iterable[str], called: Iterable[str]) -> dict[str, str]:
    """Folded name -> key. The first of two equal names stands."""
    found: dict[str, str] = {}
    for key, name in zip(keys, called, strict=False):
        found.setdefault(fold(name), key)
    found.pop("", None)
    return found


def leading(text: str, known: Mapping[str, str], ends: re.Pattern[str] = ENDS) -> tuple[str, int] | None:
    """What the longest known name that the text begins with stands for, and where it ends."""
    # Text typed in decomposed letters is longer than its folded name; far behind that no name can end.
    limit = 2 * max(map(len, known), default=0) + 8
    found = None
    for end in takewhile(lambda end: end <= limit, (match.start() for match in ends.finditer(text))):
        if key := known.get(fold(text[:end])):
            found = key, end
    return found


def skip(text: str, end: int) -> str:
    """What follows a name that ends there."""
    return AFTER.sub("", text[end:], count=1)


def reason(text: str) -> str:
    """The words that are left over."""
    dash = _DASH.match(text)
    return text[dash.end() if dash else 0 :].strip()


def given(text: str) -> str:
    """What to name of a text that was not understood."""
    return text.strip()[:_LONGEST_GIVEN]
