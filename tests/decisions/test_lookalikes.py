"""Names that look alike, and names that do not."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.lookalikes import _prototypes, _skeleton, alike, ambiguous, apart, number_in
from decisions.wording import line

ALIKE = {
    "Cyrillic": ("ana", "\u0430n\u0430"),
    "Greek": ("tom", "t\u03bfm"),
    "Armenian": ("Oscar", "\u0555scar"),
    "capitals of another script": ("BEN", "\u0412\u0415N"),
    "case": ("Ana", "aNA"),
    "width": ("ana", "\uff41\uff4e\uff41"),
    "mathematical": ("ana", "\U0001d41a\U0001d427\U0001d41a"),
    "an accent": ("Jose", "José"),
    "an accent apart": ("Jose\u0301", "Jos\u00e9"),
    "a dot below": ("ana", "a\u0323na"),
    "a stroke": ("Jorgen", "J\u00f8rgen"),
    "a small l for a capital I": ("Ilona", "llona"),
    "a digit": ("Ilona", "1lona"),
    "a nought": ("Oscar", "0scar"),
    "two letters for one": ("Emma", "Ernma"),
    "a joiner": ("ana", "a\u200dna"),
    "a left-to-right mark": ("ana", "ana\u200e"),
    "a space that does not break": ("ana b", "ana\u00a0b"),
    "Arabic vowels": ("محمد", "مُحَمَّد"),
    "a hamza": ("احمد", "أحمد"),
    "Hebrew points": ("שרה", "שָׂרָה"),
    "a number": ("ana", "ana #12"),
    "a wide number": ("ana", "ana \uff03\uff11"),
    "equal": ("ana", "ana"),
}

UNLIKE = [
    ("ana", "anna"),
    ("ben", "bea"),
    ("Иван", "Ivan"),
    ("李", "季"),
    ("か", "が"),
    ("कम", "कुम"),
    ("member 1", "member 2"),
    ("م", "ن"),
    ("\u0301", "\u0302"),
    ("#1", "#2"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE.values(), ids=ALIKE)
def test_these_look_alike(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_these_do_not(one: str, other: str) -> None:
    assert not alike(one, other)


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\u2060", "\u00ad", "\U000e0061"])
def test_what_hides_in_a_name_is_gone_before_it_is_compared(hidden: str) -> None:
    assert alike("ana", line(f"{hidden}a{hidden}na"))


def test_only_those_who_look_alike_have_their_number() -> None:
    names = {1: "ana", 2: "ben", 3: "\u0430na", 4: "cem"}
    assert ambiguous(names) == {1, 3}
    assert apart(names) == {1: "ana #1", 2: "ben", 3: "\u0430na #3", 4: "cem"}


def test_a_name_is_told_apart_from_one_that_is_not_shown() -> None:
    assert apart({3: "\u0430na"}, beside=[(1, "ana"), (2, "ben")]) == {3: "\u0430na #3"}
    assert apart({1: "ana"}, beside=[(1, "ana"), (2, "ben")]) == {1: "ana"}


@pytest.mark.parametrize("name", ["eve #1", "eve\uff03\uff11", "eve # 1"])
def test_a_name_that_ends_like_a_number_has_its_own_behind_it(name: str) -> None:
    assert apart({7: name}) == {7: f"{name} #7"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("#12", ("", 12)),
        ("ana #12", ("ana", 12)),
        ("ana#12", ("ana", 12)),
        ("Ana Maria # 3", ("Ana Maria", 3)),
        ("\uff0312", ("", 12)),
        ("#\u0661\u0662", ("", 12)),
        ("ana", None),
        ("#", None),
        ("#12 ana", None),
        ("#1234567890", None),
    ],
)
def test_a_number_is_typed_behind_a_name_or_alone(typed: str, found: tuple[str, int] | None) -> None:
    assert number_in(typed) == found


def test_whatever_stands_for_others_stands_for_itself() -> None:
    drawn = _prototypes()
    assert len(drawn) > 6000
    again = {one: text.translate(drawn) for one, text in drawn.items()}
    assert again == drawn


def test_every_character_has_a_skeleton_that_is_its_own_skeleton() -> None:
    for point in range(sys.maxunicode + 1):
        one = chr(point)
        if unicodedata.category(one) not in ("Cn", "Co", "Cs"):
            assert _skeleton(_skeleton(one)) == _skeleton(one)


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_names_can_be_compared(one: str, other: str) -> None:
    assert alike(one, one)
    assert alike(one, other) == alike(other, one)
    assert apart({1: one, 2: one}) == {1: f"{one} #1", 2: f"{one} #2"}
