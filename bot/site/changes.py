"""Changes: what one revision of some words changed of the one before, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from adapters.web.blocks import Piece

TOKENS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|\w+|\s+|[^\w\s]")
"""A word, or a letter where words are written without spaces between them."""

MOST = 3000
"""Words of a text that are compared; a longer one is shown as it is."""


def between(before: str, after: str) -> tuple[Piece, ...]:
    """The later words, with what is new in them and what is gone from them."""
    one, other = TOKENS.findall(before), TOKENS.findall(after)
    if max(len(one), len(other)) > MOST:
        return (Piece(after),)
    return tuple(_joined(_pieces(one, other)))


def _pieces(one: list[str], other: list[str]) -> Iterator[Piece]:
    for how, start, end, to_start, to_end in SequenceMatcher(None, one, other, autojunk=True).get_opcodes():
        if how == "equal":
            yield Piece("".join(other[to_start:to_end]))
        else:
            yield Piece("".join(one[start:end]), "gone")
            yield Piece("".join(other[to_start:to_end]), "new")


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """A single blank between two changes is a part of both, so that a changed sentence reads as one."""
    gone, new = "", ""
    for one in (piece for piece in pieces if piece.text):
        if one.how == "same" and (one.text.strip() or not (gone or new)):
            yield from _changed(gone, new)
            gone, new = "", ""
            yield one
        else:
            gone += "" if one.how == "new" else one.text
            new += "" if one.how == "gone" else one.text
    yield from _changed(gone, new)


def _changed(gone: str, new: str) -> Iterator[Piece]:
    common = len(new) - len(new.rstrip()) if new.rstrip() != new and gone.endswith(new[len(new.rstrip()) :]) else 0
    tail = new[len(new) - common :] if common else ""
    kept_gone, kept_new = gone.removesuffix(tail), new.removesuffix(tail)
    if kept_gone:
        yield Piece(kept_gone, "gone")
    if kept_new:
        yield Piece(kept_new, "new")
    if tail:
        yield Piece(tail)
