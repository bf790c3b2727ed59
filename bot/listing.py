"""A list of voters as people write it, CSV, read into rows; whatever is wrong with a line is named, and none is executed."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from decisions import affiliates
from decisions.listings import COLUMNS, MOST_BYTES, MOST_LINES, NOTE, Row
from decisions.refusals import BadColumns, BadWeight, EmptyList, ListTooLarge, ListTooLong, Told
from decisions.wording import line

SEPARATORS = ",;\t"
MOST_SHOWN = 40
"""How much of what was written is said back."""


@dataclass(slots=True)
class Read:
    """The rows that can be read, and what is wrong with the other lines: (number of the line, why)."""

    rows: list[Row] = field(default_factory=list)
    bad: list[tuple[int, Told]] = field(default_factory=list)


def read(text: str, own: Sequence[str] = COLUMNS) -> Read:
    """Read a list, whose columns may also go by `own` names of another language. Raises ListTooLarge, ListTooLong, EmptyList or BadColumns; a bad line is named in what is returned."""
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise ListTooLarge(MOST_BYTES)
    text = text.removeprefix("\ufeff").lstrip("\r\n")
    if not text.strip():
        raise EmptyList
    found = Read()
    lines = _lines(text, _separator(text), found)
    columns = _columns(next(lines, (0, []))[1], own)
    for number, cells in lines:
        if any(cells):
            _take(number, dict(zip(columns, cells, strict=False)), cells[len(columns) :], found)
        if len(found.rows) + len(found.bad) > MOST_LINES:
            raise ListTooLong(text.count("\n"), MOST_LINES)
    if not found.rows and not found.bad:
        raise EmptyList
    return found


def shown(written: str) -> str:
    """What was written, short enough to be said back."""
    return written if len(written) <= MOST_SHOWN else f"{written[: MOST_SHOWN - 1]}…"


def _separator(text: str) -> str:
    """The one that stands most often in the header."""
    header = text.partition("\n")[0]
    return max(SEPARATORS, key=header.count)


def _lines(text: str, separator: str, found: Read) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line, cleaned, with the number of the line on which they begin."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = rows.line_num + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            found.bad.append((number, Told("bad-quotes")))
            yield number, []
            continue
        yield number, [line(one) for one in cells]


def _columns(header: Sequence[str], own: Sequence[str]) -> list[str]:
    written = [one.casefold() for one in header]
    while written and not written[-1]:
        written.pop()
    known = dict(zip(own, COLUMNS, strict=False)) | {one: one for one in COLUMNS}
    names = [known.get(one, "") for one in written]
    if "account" not in names or "" in names or len(set(names)) < len(names):
        raise BadColumns(tuple(shown(one) for one in written[:10] if one), tuple(own))
    return names


def _take(number: int, cells: dict[str, str], surplus: Sequence[str], found: Read) -> None:
    why = next((told for check in _CHECKS if (told := check(cells)) is not None), None)
    if any(surplus):
        why = Told("bad-cells", (len(cells),))
    if why is not None:
        found.bad.append((number, why))
        return
    weight = int(cells.get("weight") or 1)
    account = _plain(cells["account"])
    affiliate, note = _plain(cells.get("affiliate", "")), _plain(cells.get("note", ""))
    found.rows.append(Row(number, account, affiliate, weight, note))


def _plain(cell: str) -> str:
    """Without the apostrophe that keeps spreadsheets from taking `@ana` for a formula, as our own exports have it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell


def _account(cells: dict[str, str]) -> Told | None:
    return None if cells.get("account") else Told("bad-account-none")


def _weight(cells: dict[str, str]) -> Told | None:
    given = cells.get("weight", "")
    try:
        affiliates.weight(given or "1")
    except BadWeight:
        return Told("bad-weight", (shown(given), affiliates.MOST_WEIGHT))
    return None


def _lengths(cells: dict[str, str]) -> Told | None:
    for name, most in (("affiliate", affiliates.NAME), ("note", NOTE)):
        if len(cells.get(name, "")) > most:
            return Told("bad-length", (name, len(cells[name]), most))
    return None


_CHECKS: tuple[Callable[[dict[str, str]], Told | None], ...] = (_account, _weight, _lengths)
