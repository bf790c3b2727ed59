"""Codes: what is shown at one place to be typed at another, forty bits that people can read out; kept as a digest alone."""

import re
from collections.abc import Iterator
from hashlib import sha256
from unicodedata import normalize

BITS = 40
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter in it that could be read as a digit."""

LENGTH = BITS // 5
MOST_TYPED = 40
READ_AS = str.maketrans("ILO", "110")
BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
APART = re.compile(r"[\W_]+")
RUN = re.compile(f"[{ALPHABET}]{{{LENGTH},}}")


def shown(drawn: int) -> str:
    """A drawn number as people read it: `K7QF-2M9D`."""
    letters = "".join(ALPHABET[drawn >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return f"{letters[:4]}-{letters[4:]}"


def normalise(given: str) -> str:
    """What was typed, as the code it stands for; empty: it can be none."""
    code = BETWEEN.sub("", given[:MOST_TYPED]).upper().translate(READ_AS)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def digest(code: str) -> str:
    """What is kept of a code, however it is typed."""
    return sha256(normalise(code).encode()).hexdigest()


def windows(text: str) -> Iterator[str]:
    """Every code that may stand in a text, however it is written in it."""
    read = APART.sub("", normalize("NFKC", text)).upper().translate(READ_AS)
    for run in RUN.findall(read):
        yield from (run[start : start + LENGTH] for start in range(len(run) - LENGTH + 1))
