"""What is kept of what people write."""

import sys
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions import wording
from decisions.refusals import OptionTooLong, ReasonTooLong, Refusal, TextTooLong, TitleTooLong
from decisions.wording import body, clean, line, option, reason, same, title

# Among all characters the ones that matter here are too rare to be met.
ODD = "a é\u0301\u0316\u0344\u200b\u200c\u200d\u200e\u202e\u2066\u00ad\u212a\ud800\ufffe\r\n\t\x00\u2028\u1100\u1161👩\ufe0f"
TEXTS = st.text() | st.text(ODD, max_size=40) | st.text(st.characters(categories=["Mn", "Me", "Cf", "Cs", "Zs", "Cc"]))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("plain words", "plain words"),
        ("e\u0301", "é"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("a\tb", "a b"),
        ("a\x00\x07\x1bb\x7f\x9f", "ab"),
        ("a\u202eb\u202c \u2066c\u2069", "ab c"),
        ("א\u200f!", "א\u200f!"),
        ("a\u200bb\u2060c\ufeffd\u00ade\u180ef\u3164g\u115fh", "abcdefgh"),
        ("hi\U000e0068\U000e0069", "hi"),
        ("a\u200db", "ab"),
        ("a\u200d é", "a é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("می\u200c\u200c\u200bخواهم", "می\u200cخواهم"),
        ("\u200cمی\u200c می\u200c", "می می"),
        ("र\u094d\u200dक", "र\u094d\u200dक"),
        ("👩\u200d🚀 👁\ufe0f\u200d🗨\ufe0f ❤\ufe0f", "👩\u200d🚀 👁\ufe0f\u200d🗨\ufe0f ❤\ufe0f"),
        ("a\u200d\u0301", "á"),
        ("a\ud800b", "a\ufffdb"),
        ("a\ufffe\ufdd0\U0010ffffb", "a\ufffd\ufffd\ufffdb"),
        ("  a  b  ", "a  b"),
        ("a \nb", "a\nb"),
        ("a\n\n\nb", "a\n\n\nb"),
        ("a\n\n \n\n\t\nb", "a\n\n\nb"),
        ("\n\n a\n", "a"),
        ("\u200e\u2800\ufe0f \u200b\n\u061c", ""),
        ("", ""),
    ],
)
def test_clean(text: str, kept: str) -> None:
    assert clean(text) == kept


def test_a_tall_stack_of_marks_is_cut() -> None:
    assert clean("a" + "\u0316" * 100 + "b") == "a" + "\u0316" * 8 + "b"
    assert clean("a" + "\u0316\u200d" * 100 + "b").count("\u0316") <= 8
    assert clean("a" + "\U0001d165\U0001d16d" * 100) == "a" + "\U0001d165" * 4 + "\U0001d16d" * 4
    tibetan = "\u0f67\u0f90\u0fb5\u0fa8\u0fb3\u0fba\u0fbc\u0fbb\u0f82"
    assert clean(tibetan) == tibetan


def test_all_marks_are_known() -> None:
    _, stack = wording._stacks()
    marks = [
        one for one in map(chr, range(sys.maxunicode)) if unicodedata.category(one) in ("Mn", "Me")
        or unicodedata.combining(one)
    ]  # fmt: skip
    assert all(stack.fullmatch(mark * 9) for mark in marks)
    assert len(marks) == sum(ord(last) - ord(first) + 1 for first, last in wording._mark_ranges())


def test_line() -> None:
    assert line(" a\r\n\n b\u00a0\u3000 c\t") == "a b c"
    assert clean("a\n\nb  c", lines=False) == "a b  c"


@given(TEXTS)
def test_cleaning_again_changes_nothing(text: str) -> None:
    for tidied in (clean, line, lambda text: clean(text, lines=False)):
        once = tidied(text)
        assert tidied(once) == once


@given(TEXTS)
def test_what_is_clean_can_be_kept_and_shown(text: str) -> None:
    kept = clean(text)
    assert unicodedata.is_normalized("NFC", kept)
    kept.encode()
    assert not any(unicodedata.category(one) in ("Cc", "Cs") for one in kept.replace("\n", ""))
    assert not set(kept) & set("\u200b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad")
    assert "\n" not in line(text)


@given(
    st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="\u115f\u1160\u3164\uffa0\ufffc\u2800"))
)
def test_words_are_left_alone(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Translate it", "translate  IT."),
        ("Translate it!", "Translate it"),
        ("Don’t “wait” – go…", 'Don\'t "wait" - go...'),
        ("a -- b", "a — b"),
        ("straße", "STRASSE"),
        ("ﬁne １２", "fine 12"),
        ("cafe\u0301", "CAFÉ"),
        ("می\u200cخواهم", "میخواهم"),
        ("a\u200eb", "ab"),
        ("好的。", "好的"),
        ("क्या?", "क्या"),
        ("a\nb", "a b"),
        ("Oui !", "oui"),
        ("👍\ufe0f", "👍"),
    ],
)
def test_same(a: str, b: str) -> None:
    assert same(a, b)
    assert same(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("yes", "no"),
        ("C", "C++"),
        ("C", "C#"),
        ("+1", "-1"),
        ("!", "?"),
        ("", "."),
        ("a b", "ab"),
        (":)", ":("),
        ("é", "e"),
    ],
)
def test_not_the_same(a: str, b: str) -> None:
    assert not same(a, b)


@given(TEXTS)
def test_a_text_says_the_same_as_what_is_kept_of_it(text: str) -> None:
    assert same(text, clean(text))
    assert same(line(text), text)


FIELDS = pytest.mark.parametrize(
    ("field", "limit", "too_long"),
    [
        (title, wording.TITLE, TitleTooLong),
        (option, wording.OPTION, OptionTooLong),
        (reason, wording.REASON, ReasonTooLong),
        (body, wording.TEXT, TextTooLong),
    ],
)
Field = Callable[[str], str]


@FIELDS
def test_limits(field: Field, limit: int, too_long: type[Refusal]) -> None:
    assert field("e\u0301" * limit + " \u200b" * 50) == "é" * limit
    with pytest.raises(too_long) as refused:
        field("é" * (limit + 1))
    assert refused.value.values()[-2:] == (limit + 1, limit)


@FIELDS
def test_a_million_characters_are_refused_at_once(field: Field, limit: int, too_long: type[Refusal]) -> None:
    for text in ("x" * 1_000_000, "\u0301\u0316" * 500_000, "\u200b" * 1_000_000):
        started = time.perf_counter()
        with pytest.raises(too_long) as refused:
            field(text)
        assert time.perf_counter() - started < 0.5
        assert refused.value.values()[-2:] == (1_000_000, limit)


def test_lines_are_kept_in_what_has_lines() -> None:
    assert title("a\nb") == option("a\nb") == "a b"
    assert reason("a\nb") == body("a\nb") == "a\nb"


def test_an_option_too_long_is_named_shortly() -> None:
    with pytest.raises(OptionTooLong) as refused:
        option("Tuesday " * 100)
    assert refused.value.option == "Tuesday Tuesday Tuesday Tuesday Tuesday…"
    assert len(refused.value.option) == 40


@pytest.mark.parametrize(
    "text",
    [
        "héllo wörld\n", "\u200b", "a\u200b", "\u0301\u0316", "é\u200d", "\u200d", " ", "\n", " \n", "سلام ", "\r\n",
        "\ud800", "\u1100\u1161", "\U0001d165\U0001d16d", "👩\u200d",
    ],
)  # fmt: skip
def test_a_million_characters_are_cleaned_in_a_moment(text: str) -> None:
    long = text * (1_000_000 // len(text)) + "x"
    clean(long)  # one that is not linear takes minutes, and the test is stopped
    line(long)
