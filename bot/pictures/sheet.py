"""The sheet on which pictures are drawn, from top to bottom: headings, bars, notes, as SVG without style or script.

What it is drawn with is attributes alone, which every policy of a page lets through, and the colour of the text around it
(`currentColor`), so that it can be read on light and on dark. What a colour says is said by a label or a sign too. All
text is drawn from left to right and isolated, and turned round by us where the reader's language is: an image has no page
around it that would say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

from bot.pictures import measure
from bot.reader import Reader
from bot.words import direction

WIDTH = 360
"""As wide as a phone: on anything wider it grows, with its letters."""

MARGIN = 16
"""Around a picture that stands alone."""

INK, PAPER = "#1b1b1b", "#ffffff"
"""Of a picture that stands alone."""

FONTS = ",".join(("Noto Sans", "DejaVu Sans", "Liberation Sans", "Arial", "Helvetica", "sans-serif"))

LARGE, TEXT, SMALL, BAR = 17, 14, 12, 14
"""Heights: of letters, of bars."""

VALUE = 84
"""What is kept beside a bar for its value."""


class Tone(StrEnum):
    """Colours that the colour-blind tell apart, and that stand out from white as from black."""

    FOR = "#2274b8"
    AGAINST = "#cc5500"
    STOP = "#b5478f"
    MAYBE = "#a87400"
    AMONG = "#787878"


class Sign(StrEnum):
    """What is drawn before a label; it says the same as the words in the text alternative."""

    NONE = ""
    CHOSEN = "M1 6l4 4 7-9"
    """A tick."""
    TIED = "M1 3.5h10M1 8.5h10"
    """An equals sign."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image, and the same in words in the reader's language. The sizes are in units of it."""

    svg: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A label, and how much there is of it. `parts`: of the whole, one after another, each in its tone."""

    label: str
    value: str
    parts: Sequence[tuple[Fraction, Tone]]
    note: str = ""
    """Small words under the label."""
    sign: Sign = Sign.NONE
    mark: Fraction | None = None
    """Where a line is drawn across: what is needed."""


class Sheet:
    """What is drawn so far, and how far down. `alone`: shown outside any page, so it brings its own colours."""

    def __init__(self, reader: Reader, *, alone: bool = False) -> None:
        self._language, self._turned = reader.language, direction(reader.language) == "rtl"
        self._alone = alone
        self._drawn: list[str] = []
        self._y = 0

    def heading(self, text: str, *, large: bool = False) -> None:
        """Words in bold."""
        self._words(text, LARGE if large else TEXT, 3, bold=True)
        self._y += 3

    def note(self, text: str) -> None:
        """Small words."""
        self._words(text, SMALL, 3)
        self._y += 4

    def bar(self, one: Bar) -> None:
        """A label above its bar, and the value beside that."""
        indent = 18 if one.sign else 0
        if one.sign:
            at = WIDTH - 13 if self._turned else 0
            self._drawn.append(
                f'<path d="{one.sign}" transform="translate({at} {self._y + 2})" fill="none" '
                'stroke="currentColor" stroke-width="2"/>'
            )
        self._words(one.label, TEXT, 2, bold=bool(one.sign), indent=indent)
        if one.note:
            self._words(one.note, SMALL, 2, indent=indent)
        self._y += 2
        self._track(one)
        self._text(one.value, TEXT, self._y + BAR - 2, WIDTH - VALUE + 8, bold=bool(one.sign))
        self._y += BAR + 10

    def gap(self, height: int = 6) -> None:
        """Room between what does not belong together."""
        self._y += height

    def picture(self, alt: str) -> Picture:
        """All that was drawn."""
        alt, margin = measure.plain(alt), MARGIN if self._alone else 0
        width, height = WIDTH + 2 * margin, max(self._y, 1) + 2 * margin
        box = f"{-margin} {-margin} {width} {height}"
        attributes = f'viewBox="{box}" width="{width}" height="{height}" role="img" aria-label={quoteattr(alt)}'
        own = f' color="{INK}" font-family="{FONTS}"' if self._alone else ""
        paper = f'<rect x="{-margin}" y="{-margin}" width="{width}" height="{height}" fill="{PAPER}"/>'
        drawn = "".join([paper if self._alone else "", *self._drawn])
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes} lang="{self._language}"{own}>'
        return Picture(f"{head}{drawn}</svg>", alt, width, height)

    # -- one piece ----------------------------------------------------------------------------------------------------

    def _track(self, one: Bar) -> None:
        whole, at = WIDTH - VALUE, Fraction(0)
        x = self._x(0, whole)
        for part, tone in one.parts:
            wide = min(part, 1 - at) * whole
            if wide > 0:
                left = self._x(float(at * whole), float(wide))
                self._drawn.append(_rect(left, self._y, float(wide), BAR, f'fill="{tone}"'))
            if at and wide > 0:  # two colours side by side are told apart by a line too
                self._drawn.append(_rect(self._x(float(at * whole) - 1, 2), self._y, 2, BAR, 'fill="currentColor"'))
            at += part
        outline = 'fill="none" stroke="currentColor" stroke-opacity="0.55"'
        self._drawn.append(_rect(x + 0.5, self._y + 0.5, whole - 1, BAR - 1, outline))
        if one.mark is not None:
            here = self._x(float(min(one.mark, Fraction(1)) * whole) - 1, 2)
            self._drawn.append(_rect(here, self._y, 2, BAR + 5, 'fill="currentColor"'))

    def _words(self, text: str, size: int, most: int, *, bold: bool = False, indent: int = 0) -> None:
        width = (WIDTH - indent) / size / (1.08 if bold else 1)
        for line in measure.lines(text, width, most):
            self._text(line, size, self._y + size - 1, indent, bold=bold)
            self._y += size + 5

    def _text(self, text: str, size: int, y: int, x: int, *, bold: bool = False) -> None:
        begin, anchor = ("\u2067", "end") if self._turned else ("\u2066", "start")
        weight = ' font-weight="bold"' if bold else ""
        self._drawn.append(
            f'<text x="{WIDTH - x if self._turned else x}" y="{y}" font-size="{size}" text-anchor="{anchor}" '
            f'direction="ltr" fill="currentColor"{weight}>{begin}{escape(text)}\u2069</text>'
        )

    def _x(self, x: float, width: float) -> float:
        return WIDTH - x - width if self._turned else x


def _rect(x: float, y: float, width: float, height: float, how: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:.4g}" height="{height:g}" {how}/>'
