"""Codes: forty bits that people read out and type as they like, and what none of them can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.codes import ALPHABET, BITS, digest, normalise, shown

DRAWN = st.integers(0, 2**BITS - 1)


@given(DRAWN)
def test_a_code_is_eight_letters_that_cannot_be_mistaken(drawn: int) -> None:
    code = shown(drawn)
    assert len(code) == 9
    assert code[4] == "-"
    assert set(code) <= {*ALPHABET, "-"}
    assert not set(code) & set("ILOU")


@given(DRAWN, DRAWN)
def test_each_number_has_a_code_of_its_own(one: int, other: int) -> None:
    assert (digest(shown(one)) == digest(shown(other))) is (one == other)


@given(DRAWN, st.sampled_from(["", " ", "-", "\u2013", " \u2212 "]))
def test_it_may_be_typed_as_people_type(drawn: int, between: str) -> None:
    code = shown(drawn)
    typed = between.join(code.split("-")).lower().replace("0", "o").replace("1", "l")
    assert digest(typed) == digest(code)


@pytest.mark.parametrize("given", ["", "K7QF", "K7QF-2M9", "K7QF-2M9DD", "K7QF-2M9U", "K7QF-2M9\u0669", "*" * 100_000])
def test_what_can_be_no_code_is_none(given: str) -> None:
    assert normalise(given) == ""
