"""Measuring: how wide words come out, about, and where a line of them is broken; no font is asked, for none is known."""

import re
import unicodedata

NARROW, WIDE_LATIN = frozenset("ijlftrI.,:;!|'’()[] ·"), frozenset("mwMWOQG@%—")

_OUTSIDE = {chr(one) for one in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)}
"""What no XML can hold."""

_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
"""Where a line may break."""

CUT = "…"


def ems(text: str) -> float:
    """How wide, in letters as wide as they are high. Rather too much than too little."""
    return sum(_em(one) for one in text)


def _em(one: str) -> float:
    if unicodedata.category(one) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(one) in "WF":
        return 1.0
    if one in NARROW:
        return 0.38
    if one in WIDE_LATIN or one >= "\U00010000":
        return 1.0
    return 0.72 if one.isupper() else 0.62


def plain(text: str) -> str:
    """On one line, without what XML cannot hold."""
    kept = "".join(one for one in text if one not in _OUTSIDE and not "\ud800" <= one <= "\udfff")
    return _SPACES.sub(" ", kept).strip()


def lines(text: str, width: float, most: int) -> list[str]:
    """Words broken into lines of so many ems, and cut after so many lines."""
    found: list[str] = [""]
    for word in _words(plain(text), width):
        if found[-1] and ems(found[-1] + word) > width:
            found.append("")
        found[-1] += word if found[-1] else word.lstrip()
    if len(found) > most:
        found = [*found[: most - 1], _cut(found[most - 1], width)]
    return [one.rstrip() for one in found]


def _words(text: str, width: float) -> list[str]:
    """What may be parted: words with the space before them; letters, where a word is too long for a line or has no spaces."""
    found = []
    for number, word in enumerate(text.split(" ")):
        word = f" {word}" if number else word
        found += _letters(word) if ems(word) > width or any(_ideograph(one) for one in word) else [word]
    return found


def _letters(word: str) -> list[str]:
    """Its letters, each with the marks that belong to it."""
    found: list[str] = []
    for one in word:
        if found and (
            found[-1].endswith((" ", "\u200d")) or unicodedata.category(one) in ("Mn", "Me", "Mc", "Cf", "Sk")
        ):
            found[-1] += one
        else:
            found.append(one)
    return found


def _ideograph(one: str) -> bool:
    return unicodedata.east_asian_width(one) in "WF"


def _cut(line: str, width: float) -> str:
    letters = _letters(line.rstrip())
    while letters and ems("".join(letters)) + 1 > width:
        letters.pop()
    return "".join(letters).rstrip() + CUT
