"""Codes in texts: wherever one stands, however it is written, it is seen."""

import pytest

from decisions.codes import normalise, windows

CODE = "K7QF-2M9D"


@pytest.mark.parametrize(
    "text",
    [CODE, "k7qf 2m9d", "K7QF2M9D", "(K7QF-2M9D)", "my code:K7QF-2M9D!", "K 7 Q F 2 M 9 D", "K7QF\n2M9D", "K7QF.2M9D",
     "K7QF\u200b2M9D", "\uff2b7QF-2M9D", "abcK7QF-2M9Dxyz", "é K7QF-2M9D é", "*K7QF*-_2M9D_"],
)  # fmt: skip
def test_a_code_in_a_text_is_seen(text: str) -> None:
    assert normalise(CODE) in set(windows(text))


@pytest.mark.parametrize("text", ["", "K7QF", "K7QF-2M9", "K7QFé2M9D", "ل" * 20, "UUUUUUUUUU"])
def test_nothing_else_is(text: str) -> None:
    assert normalise(CODE) not in set(windows(text))


def test_a_long_text_is_looked_through_once() -> None:
    assert sum(1 for _ in windows("a" * 20_000)) == 20_000 - 7
