"""Unrecorded: what people say is off the record is kept nowhere, in whichever language they say so."""

import re
import unicodedata
from functools import cache

from bot import words

MOST_BESIDES = 20
"""Characters beside these words in a message that says nothing else: `please keep this off the record`."""

APART = re.compile(r"[\s\u2010-\u2015\-\u0640\u200b-\u200f\u061c\u2066-\u2069]+")


def off(text: str) -> bool:
    """Whether a message says that it is not to be kept: anywhere in it, in any language that we speak."""
    folded = _folded(text)
    return any(one in folded for one in _said())


def only_off(text: str) -> bool:
    """Whether it says nothing else."""
    folded = _folded(text)
    return any(one in folded and len(folded) - len(one) <= MOST_BESIDES for one in _said())


@cache
def _said() -> tuple[str, ...]:
    """How people say it, the longest way first."""
    ways = {_folded(one) for language in words.languages() for one in words.say(language, "off-the-record").split(",")}
    return tuple(sorted(ways - {""}, key=len, reverse=True))


def _folded(text: str) -> str:
    """Without case, accents, and differences of dashes, blanks and width."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    marks = (one for one in plain if not unicodedata.combining(one))
    return APART.sub(" ", "".join(marks)).strip()
