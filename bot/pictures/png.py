"""PNG: a picture drawn with the machine's own fonts, for chats, which show no SVG; where it has none for the words, none is drawn."""

import unicodedata
from functools import lru_cache

import structlog

from bot.pictures.sheet import FONTS, INK, PAPER, Picture

log = structlog.get_logger()

ZOOM = 2
"""Pixels of a unit: sharp on a phone."""

NO_LETTER = "\u0378"
"""A letter that is in no font, for there is no such letter."""


def drawn(picture: Picture, words: str) -> bytes | None:
    """The picture as PNG, or None where this machine cannot draw it. `words`: all that stands in it."""
    try:
        return _drawn(picture.svg, ZOOM) if all(map(_can, _letters(words))) else None
    except Exception:  # whatever is wrong with the library or the fonts, the same is said in words anyway
        log.exception("a picture could not be drawn")
        return None


def _letters(words: str) -> set[str]:
    """What has to be legible. That a sign is missing here and there is no matter."""
    return {one for one in words if unicodedata.category(one)[0] in "LN"}


@lru_cache(10_000)
def _can(letter: str) -> bool:
    """Whether there is a font with this letter: drawn, it looks other than one that is in none."""
    return _letter(letter) != _nothing()


@lru_cache(1)
def _nothing() -> bytes:
    return _letter(NO_LETTER)


def _letter(one: str) -> bytes:
    return _drawn(
        '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">'
        f'<text x="4" y="18" font-size="14" font-family="{FONTS}" fill="{INK}">{one}</text></svg>',
        1,
    )


def _drawn(svg: str, zoom: float) -> bytes:
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=svg, zoom=zoom, background=PAPER))
