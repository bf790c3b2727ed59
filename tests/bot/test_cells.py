"""No cell becomes a formula, and nothing else is changed."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.export.cells import Cell, defused, write_csv

TEXTS = st.text() | st.text(" =+-@\t\r\n\",;'＝\ufeff\x00a1", max_size=6)
CELLS = st.one_of(TEXTS, st.integers(), st.none())


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\x00=1",
        "  =1",
        "  \tx",
        "\u00a0=1",
        "\u3000＝1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "﹦1",
        "\ufeff=1",
        "\u200b=1",
        "\u2068=1",
        "-",
    ],
)
def test_defused(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["", " ", "a", "1", "3.5", "a=1", "1-2", "'=1", '"=1"', "−1", "é", "A\nB", "  b", "🙂"]
)
def test_left_alone(cell: str) -> None:
    assert defused(cell) == cell


def test_csv() -> None:
    rows: list[list[Cell]] = [["Ana", -3, None, "=1"], ['say "hi"', 0, "a,b", "x\ny"]]
    assert write_csv(rows, ["member", "marks", "by", "-"]) == (
        "member,marks,by,'-\r\nAna,-3,,'=1\r\n" + '"say ""hi""",0,"a,b","x\ny"\r\n'
    )


def test_csv_of_nothing_is_its_header() -> None:
    assert write_csv([], ["a", "b"]) == "a,b\r\n"


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=4))
def test_round_trip(rows: list[list[Cell]]) -> None:
    read = list(csv.reader(io.StringIO(write_csv(rows, ["head"]), newline="")))
    assert read == [["head"], *([as_read(cell) for cell in row] for row in rows)]


def as_read(cell: Cell) -> str:
    return defused(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


@given(TEXTS)
def test_a_defused_cell_is_no_formula_and_stays_as_it_is(cell: str) -> None:
    safe = defused(cell)
    assert safe in (cell, f"'{cell}")
    assert safe.strip()[:1] not in ("=", "+", "-", "@", "＝", "＋", "－", "＠")
    assert defused(safe) == safe
