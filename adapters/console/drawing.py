"""Drawing: a card, what changed on it, and an answer, as lines of plain text for a terminal."""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from adapters.base import Answer, Button, Card, File, Rows, Style, addresses, pressable

BAR = "│ "
"""Before what is posted in the room."""

ALONE = "→ "
"""Before what is said to one person alone."""

INDENT = "  "

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")
"""What a terminal would act on, or can't show."""

MOST_BUTTONS = 3
"""A longer row, as of points, is shown by its first and last button."""

BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_LOOKS = {Style.TITLE: BOLD, Style.NOTE: DIM}


@dataclass(frozen=True, slots=True)
class Look:
    """What the screen can do. `width` 0: lines are left as long as they are."""

    bright: bool = False
    width: int = 0


def clean(text: str) -> str:
    """Without anything that a terminal would act on."""
    return UNPRINTABLE.sub("", text)


def plain(text: str, look: Look) -> list[str]:
    """Words of the terminal itself."""
    return [line for one in clean(text).split("\n") for line in _drawn("", one, Style.LINE, look)]


def whole(card: Card, look: Look) -> list[str]:
    """All of a card, its buttons as hints below."""
    return [line for one, style in _parts(card) for line in _drawn(BAR, one, style, look)]


def changed(before: Card, card: Card, look: Look) -> list[str]:
    """Only what a card says now that it did not say before, under its title."""
    known = set(clean(before.text).split("\n"))
    title, *rest = [(line, part.style) for part in card.parts for line in clean(part.text).split("\n")]
    new = [(line, style) for line, style in rest if line not in known]
    if not new and title[0] in known:
        return []
    lines = _drawn(BAR, *title, look)
    return [*lines, *(drawn for line, style in new for drawn in _drawn(BAR + INDENT, line, style, look))]


def alone(answer: Answer, look: Look) -> list[str]:
    """What is said to whoever just spoke."""
    said, buttons = answer.told
    text = [(line, Style.LINE) for line in clean(said).split("\n")] if said else []
    file = _file(answer.file) if answer.file else ()
    return _said(ALONE, [*text, *file, *((line, Style.NOTE) for line in _hints(buttons))], look)


def letter(name: str, card: Card, look: Look) -> list[str]:
    """What is sent to one person alone, later than anything they said."""
    return _said(f"{ALONE}{clean(name)}: ", list(_parts(card)), look)


def _said(mark: str, lines: list[tuple[str, Style]], look: Look) -> list[str]:
    if not lines:
        return []
    first, *rest = lines
    drawn = _drawn(mark, *first, look, INDENT)
    return [*drawn, *(one for line, style in rest for one in _drawn(INDENT, line, style, look))]


def _file(file: File) -> Iterable[tuple[str, Style]]:
    yield clean(file.name), Style.TITLE
    for line in clean(file.text).split("\n"):
        yield line, Style.LINE


def _parts(card: Card) -> Iterable[tuple[str, Style]]:
    for part in card.parts:
        for line in clean(part.text).split("\n"):
            yield line, part.style
    for line in _hints(card.buttons):
        yield line, Style.NOTE


def _hints(rows: Rows) -> Iterable[str]:
    """Single buttons side by side; a row of several on a line of its own; addresses on one each."""
    yield from (clean(one) for one in addresses(rows))
    rows = pressable(rows)
    singles = [_hint(row[0]) for row in rows if len(row) == 1]
    yield from [" ".join(singles)] if singles else []
    for row in rows:
        if len(row) > MOST_BUTTONS:
            yield f"{_hint(row[0])} … {_hint(row[-1])}"
        elif len(row) > 1:
            yield " ".join(map(_hint, row))


def _hint(button: Button) -> str:
    return f"[{clean(button.label)} · {button.press}]"


def _drawn(mark: str, line: str, style: Style, look: Look, more: str | None = None) -> list[str]:
    """A line behind its mark, wrapped to the screen; the lines it goes on in stand behind `more`."""
    more = mark if more is None else more
    room = look.width - max(len(mark), len(more))
    cut = textwrap.wrap(line, room, drop_whitespace=True, break_on_hyphens=False) if room > len(INDENT) else [line]
    return [f"{more if number else mark}{_look(one, style, look)}" for number, one in enumerate(cut or [""])]


def _look(line: str, style: Style, look: Look) -> str:
    return f"{_LOOKS[style]}{line}{PLAIN}" if look.bright and style in _LOOKS and line else line
