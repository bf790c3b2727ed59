"""Cards as Telegram shows them: HTML in which people's words are never markup, cut or split to what a message holds."""

import html
from collections.abc import Iterator

from adapters.base import Card, Part, Style

LIMIT = 4096
"""UTF-16 units of a message, its markup not counted."""

CAPTION = 1024
"""The same of what stands under a file or a picture."""

LONG = 360
"""Words longer than this, or of more lines than LINES, are folded away until a reader opens them."""

LINES = 6


def units(text: str) -> int:
    """How long Telegram finds a text."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def sound(text: str) -> str:
    """A text that can be sent: without lone surrogates and without the one character that no message holds."""
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def page(card: Card, note: str, limit: int = LIMIT) -> str:
    """A card as one message. Where it is too long, the longest paragraphs are cut, and `note` says so."""
    parts = [Part(one.style, sound(one.text).strip("\n")) for one in card.parts]
    parts = [one for one in parts if one.text.strip()]
    if sum(units(one.text) + 2 for one in parts) > limit:
        parts = [*_fitted(parts, limit - units(note) - 2), Part(Style.NOTE, note)]
    return "".join(_apart(before, one) + _shown(one) for before, one in zip([None, *parts], parts, strict=False))


def pages(text: str) -> Iterator[str]:
    """Plain text as messages, split where a reader would."""
    rest = sound(text).strip()
    while rest:
        head, rest = cut(rest, LIMIT)
        yield html.escape(head, quote=False)


def cut(text: str, limit: int) -> tuple[str, str]:
    """As much of a text as fits, and the rest: at a paragraph, a line, a sentence or a word, where there is one."""
    end = _fits(text, limit)
    if end == len(text):
        return text, ""
    for mark in ("\n\n", "\n", ". ", " "):
        place = text.rfind(mark, end // 2, end)
        if place > 0:
            end = place + len(mark)
            break
    return text[:end].rstrip(), text[end:].lstrip()


def _apart(before: Part | None, part: Part) -> str:
    """Between two parts: lines of the record stand by themselves, a quote is a block anyway, the rest is close."""
    if before is None:
        return ""
    return (
        "\n\n" if Style.LINE in (before.style, part.style) and Style.WORDS not in (before.style, part.style) else "\n"
    )


def _shown(part: Part) -> str:
    text = html.escape(part.text, quote=False)
    match part.style:
        case Style.TITLE:
            return f"<b>{text}</b>"
        case Style.NOTE:
            return f"<i>{text}</i>"
        case Style.WORDS:
            long = len(part.text) > LONG or part.text.count("\n") >= LINES
            return f"<blockquote{' expandable' if long else ''}>{text}</blockquote>"
        case _:
            return text


def _fitted(parts: list[Part], room: int) -> list[Part]:
    """The same paragraphs, the longest cut until all fit: each keeps at least an even share."""
    lengths = [units(one.text) + 2 for one in parts]
    share = room // max(len(parts), 1)
    while sum(min(one, share) for one in lengths) < room and share < max(lengths):
        spare = room - sum(min(one, share) for one in lengths)
        over = sum(one > share for one in lengths)
        if spare < over:
            break
        share += spare // over
    return [one if long <= share else _shortened(one, share) for one, long in zip(parts, lengths, strict=True)]


def _shortened(part: Part, share: int) -> Part:
    return Part(part.style, f"{cut(part.text, max(share - 4, 1))[0]} …")


def _fits(text: str, limit: int) -> int:
    """How many characters of a text are at most so many units."""
    if units(text) <= limit:
        return len(text)
    used = 0
    for count, letter in enumerate(text):
        used += 2 if letter > "\uffff" else 1
        if used > limit:
            return count
    return len(text)
