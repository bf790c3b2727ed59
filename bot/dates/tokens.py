"""Tokens: the words, numbers and signs of a text, folded so that case, accents and digits of any script do not matter."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from decisions.wording import DASHES

ALONE = ("CJK", "HIRAGANA", "KATAKANA")
"""Scripts that leave no space between words: each of their letters is a token."""

SAME = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "ـ": None})


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word, number or sign, and where it stands in the text."""

    text: str
    begin: int
    end: int

    @property
    def number(self) -> bool:
        return self.text.isascii() and self.text.isdigit()


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order."""
    found: list[Token] = []
    for begin, one in _letters(text):
        glued = found and _one_word(found[-1], one, begin)
        if glued:
            found[-1] = Token(found[-1].text + one, found[-1].begin, begin + 1)
        else:
            found.append(Token(one, begin, begin + 1))
    return [one for one in found if one.text.strip()]


def folded(text: str) -> tuple[str, ...]:
    """The bare tokens of a phrase."""
    return tuple(one.text for one in tokens(text))


def _letters(text: str) -> list[tuple[int, str]]:
    """Each letter that counts, folded, with its place; what is only a mark goes with the letter before it."""
    return [(place, one) for place, letter in enumerate(text) for one in [_folded(letter)] if one]


@lru_cache(4096)
def _folded(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter.translate(DASHES)).casefold().translate(SAME)
    kept = (one for one in plain if unicodedata.category(one) not in ("Mn", "Cf"))
    return "".join(str(unicodedata.decimal(one, one)) for one in kept) or ("" if letter.strip() else " ")


def _one_word(before: Token, one: str, begin: int) -> bool:
    if not one.strip() or not before.text.strip() or before.end > begin:
        return False
    if one.isascii() and one.isdigit():
        return before.number
    return one[0].isalpha() and before.text[-1].isalpha() and not (_alone(one[0]) or _alone(before.text[-1]))


@lru_cache(4096)
def _alone(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(ALONE)
