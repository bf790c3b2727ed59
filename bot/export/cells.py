"""The cells of a CSV file: written so that no spreadsheet takes people's words for a formula."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

Cell = str | int | None

# Spaces, and what shows as nothing: a spreadsheet may drop both before it looks for a formula.
BLANK = re.compile(r"[^\S\x00-\x1f\x7f-\x9f\u2028\u2029]|[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def defused(cell: str) -> str:
    """Put an apostrophe before text that begins, blanks aside, with `=`, `+`, `-`, `@` or a control character.

    Full-width and other forms of the four count too, and so does text that is a number: numbers of ours are int.
    """
    first = next((one for one in cell if not BLANK.match(one)), "")
    risky = unicodedata.normalize("NFKC", first)[:1] in tuple("=+-@") or CONTROL.match(first)
    return f"'{cell}" if risky else cell


def write_csv(rows: Iterable[Sequence[Cell]], header: Sequence[str]) -> str:
    """Write rows as CSV (RFC 4180, lines end in CR LF), text defused, int as it is, None as an empty cell."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([_as_written(row) for row in (header, *rows)])
    return out.getvalue()


def _as_written(row: Sequence[Cell]) -> list[Cell]:
    return [defused(cell) if isinstance(cell, str) else cell for cell in row]
