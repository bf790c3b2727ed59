"""The poll methods: tables for each rule, and what must hold for every method of the register, new ones included."""

import importlib
import pkgutil
import time
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions import methods
from decisions.methods import METHODS
from decisions.methods.method import Method, Options
from decisions.methods.reading import fold
from decisions.model import Base, Marks, Result, Rules
from decisions.refusals import (
    NotAStance,
    Refusal,
    TooManyChosen,
    Word,
)

SIMPLE = Rules()
ABSOLUTE = Rules(base=Base.ELECTORATE)
SUPER = Rules(threshold=Fraction(2, 3), beyond=False)
FIVE = Rules(points=5)

every_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS.keys())


def taken(**people: int) -> list[Marks]:
    """`agree=2, block=1` -> three ballots."""
    return [{stance: 1} for stance, number in people.items() for _ in range(number)]


def keys(method: Method, number: int = 3) -> Options:
    return method.stances or tuple(str(one + 1) for one in range(number))


# -- stances: counting ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "result"),
    [
        ({}, Result.NOT_PASSED),
        ({"abstain": 3}, Result.NOT_PASSED),
        ({"agree": 1}, Result.PASSED),
        ({"agree": 1, "abstain": 9}, Result.PASSED),
        ({"agree": 2, "disagree": 2}, Result.NOT_PASSED),
        ({"agree": 3, "disagree": 2}, Result.PASSED),
        ({"disagree": 1}, Result.NOT_PASSED),
        ({"agree": 99, "block": 1}, Result.BLOCKED),
        ({"disagree": 2, "block": 1}, Result.BLOCKED),
    ],
)
def test_consensus(people: dict[str, int], result: Result) -> None:
    method = METHODS["consensus"]
    count = method.count(method.stances, SIMPLE, taken(**people), 0)
    assert count.result == result
    assert count.counts == dict.fromkeys(method.stances, 0) | people


@pytest.mark.parametrize(
    ("people", "consent", "lazy"),
    [
        ({}, Result.NOT_PASSED, Result.PASSED),
        ({"consent": 1}, Result.PASSED, Result.PASSED),
        ({"consent": 9, "object": 1}, Result.BLOCKED, Result.BLOCKED),
        ({"object": 1}, Result.BLOCKED, Result.BLOCKED),
    ],
)
def test_consent_and_lazy_consensus(people: dict[str, int], consent: Result, lazy: Result) -> None:
    for name, result in (("consent", consent), ("lazy_consensus", lazy)):
        assert METHODS[name].count(METHODS[name].stances, SIMPLE, taken(**people), 20).result == result


@pytest.mark.parametrize(
    ("rules", "people", "electorate", "passed"),
    [
        (SIMPLE, {}, 10, False),
        (SIMPLE, {"agree": 1}, 10, True),
        (SIMPLE, {"agree": 2, "disagree": 2}, 10, False),
        (SIMPLE, {"agree": 3, "disagree": 2, "abstain": 50}, 100, True),
        (ABSOLUTE, {"agree": 5}, 10, False),
        (ABSOLUTE, {"agree": 6}, 10, True),
        (ABSOLUTE, {"agree": 6, "disagree": 3, "abstain": 3}, 0, False),
        (ABSOLUTE, {"agree": 7, "disagree": 3, "abstain": 3}, 2, True),
        (SUPER, {"agree": 2, "disagree": 1}, 10, True),
        (SUPER, {"agree": 66, "disagree": 34}, 100, False),
        (SUPER, {"agree": 67, "disagree": 33}, 100, True),
        (Rules(threshold=Fraction(2, 3)), {"agree": 2, "disagree": 1}, 10, False),
        (Rules(threshold=Fraction(3, 4), beyond=False, base=Base.ELECTORATE), {"agree": 3, "disagree": 0}, 4, True),
        (Rules(threshold=Fraction(4, 5), beyond=False), {"agree": 4, "disagree": 1}, 4, True),
        (Rules(threshold=Fraction(0), beyond=False), {"disagree": 1}, 4, False),
        # Two thirds of 3 * 10**17 is exact; as a float it would not be.
        (Rules(threshold=Fraction(2 * 10**17 + 1, 3 * 10**17)), {"agree": 2, "disagree": 1}, 3, False),
        (Rules(threshold=Fraction(2 * 10**17 - 1, 3 * 10**17)), {"agree": 2, "disagree": 1}, 3, True),
    ],
)
def test_majority(rules: Rules, people: dict[str, int], electorate: int, passed: bool) -> None:
    method = METHODS["majority"]
    count = method.count(method.stances, rules, taken(**people), electorate)
    assert count.result == (Result.PASSED if passed else Result.NOT_PASSED)


# -- stances: reading -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words", "stance", "reason"),
    [
        ("consensus", "agree", "agree", ""),
        ("consensus", "  AGREE  we did this in 2019\nand it worked ", "agree", "we did this in 2019\nand it worked"),
        ("consensus", "Agree, because", "agree", "because"),
        ("consensus", "block: it is against our charter", "block", "it is against our charter"),
        ("consensus", "disagree - too early", "disagree", "too early"),
        ("consensus", "agree -5 degrees is fine", "agree", "-5 degrees is fine"),
        ("consensus", "+1", "agree", ""),
        ("consensus", "0 no time to read", "abstain", "no time to read"),
        ("consensus", "-1 too early", "disagree", "too early"),
        ("consensus", "−1 too early", "disagree", "too early"),
        ("consensus", "4 I was not asked", "block", "I was not asked"),
        ("consensus", "٤ لا", "block", "لا"),
        ("consensus", "ich stimme zu", "agree", ""),
        ("consensus", "ICH STIMME  NICHT zu: zu früh", "disagree", "zu früh"),
        ("consensus", "反対 早すぎる", "block", "早すぎる"),
        ("consensus", "反対。早すぎる", "block", "早すぎる"),
        ("consensus", "Enthaltung", "abstain", ""),
        ("majority", "-1", "disagree", ""),
        ("consent", "+1", "consent", ""),
        ("consent", "-1 unsafe", "object", "unsafe"),
        ("lazy_consensus", "object unsafe", "object", "unsafe"),
    ],
)
def test_reading_a_stance(name: str, words: str, stance: str, reason: str) -> None:
    method = METHODS[name]
    labels = ("Ich stimme zu", "Enthaltung", "Ich stimme nicht zu", "反対")
    assert method.read(method.stances, SIMPLE, labels, words) == ({stance: 1}, reason)


@pytest.mark.parametrize(
    ("name", "words", "named"),
    [
        ("consensus", "", ""),
        ("consensus", "agreeable to all", "agreeable"),
        ("consensus", "agree? or not", "agree?"),
        ("consensus", "5", "5"),
        ("consensus", "1.5 hours", "1.5"),
        ("consensus", "+" + "1" * 5000, "+" + "1" * 39),
        ("majority", "block", "block"),
        ("consent", "0", "0"),
        ("consent", "agree", "agree"),
    ],
)
def test_words_that_are_no_stance(name: str, words: str, named: str) -> None:
    method = METHODS[name]
    with pytest.raises(NotAStance) as refusal:
        method.read(method.stances, SIMPLE, method.stances, words)
    assert refusal.value.values() == (named, tuple(Word(f"stance-{key}") for key in method.stances))


def test_a_stance_takes_the_place_of_the_one_before() -> None:
    method = METHODS["consensus"]
    assert method.press(method.stances, SIMPLE, {"agree": 1}, "block", 1) == {"block": 1}
    with pytest.raises(NotAStance):
        method.press(method.stances, SIMPLE, {}, "object", 1)
    with pytest.raises(TooManyChosen):
        method.check(method.stances, SIMPLE, {"agree": 1, "block": 1})


@every_method
def test_hostile_text_is_read_in_no_time(method: Method) -> None:
    options = keys(method, 40)
    labels = [f"{'a ' * 99}{key}" for key in options]
    rules = Rules(most=40, points=40)
    began = time.process_time()
    for words in ("a " * 5000, "1 " * 5000, "1, " * 5000, "1=1 " * 5000, '"' * 9999, "'a" * 5000, "=" * 9999):
        with suppress(Refusal):
            method.read(options, rules, labels, words + "?\n1 and 99 = 99")
    assert time.process_time() - began < 2


# -- every method of the register -------------------------------------------------------------------------------------

Press = tuple[str, int]


def presses(options: Options) -> st.SearchStrategy[list[Press]]:
    return st.lists(st.tuples(st.sampled_from(options), st.integers(-1, 6) | st.just(1)), max_size=6)


def pressed(method: Method, options: Options, rules: Rules, acts: Sequence[Press]) -> Marks:
    marks: Marks = {}
    for option, value in acts:
        try:
            marks = method.press(options, rules, marks, option, value)
        except Refusal:
            continue
        method.check(options, rules, marks)
        assert method.press(options, rules, marks, option, value) == marks
    return marks


rulings = st.builds(
    Rules,
    threshold=st.fractions(0, 1, max_denominator=5),
    beyond=st.booleans(),
    base=st.sampled_from(Base),
    most=st.integers(1, 4),
    points=st.integers(1, 8),
)


@every_method
@given(data=st.data(), rules=rulings, number=st.integers(1, 5), people=st.integers(0, 9))
def test_the_order_of_ballots_never_matters(
    method: Method, data: st.DataObject, rules: Rules, number: int, people: int
) -> None:
    options = keys(method, number)
    drawn = [pressed(method, options, rules, acts) for acts in data.draw(st.lists(presses(options), max_size=6))]
    ballots = [marks for marks in drawn if marks]
    count = method.count(options, rules, ballots, people)
    assert method.count(options, rules, data.draw(st.permutations(ballots)), people) == count
    assert tuple(count.counts) == options
    assert (count.result == Result.CHOSEN) == bool(count.chosen)
    assert not (count.chosen and count.tied)
    assert {*count.chosen, *count.tied} <= set(options)


def written(method: Method, rules: Rules, marks: Marks, name: dict[str, str]) -> str:
    """A ballot as people would type it."""
    several = method.values(rules) != (1,)
    return ", ".join(f"{name[key]}={mark}" if several else name[key] for key, mark in marks.items())


LABELS = st.text(st.characters(exclude_characters="\"“”„«»'‘’", codec="utf-8"), min_size=1, max_size=20)


@every_method
@given(data=st.data(), rules=rulings)
def test_a_ballot_typed_is_the_ballot_pressed(method: Method, data: st.DataObject, rules: Rules) -> None:
    options = keys(method, 4)
    labels = data.draw(st.lists(LABELS.filter(fold), min_size=4, max_size=4, unique_by=fold))
    marks = pressed(method, options, rules, data.draw(presses(options)))
    ways = [(options, {key: key for key in options})]
    if not method.stances:
        ways += [
            (options, {key: f"#{key}" for key in options}),
            (tuple(labels), {key: f'"{label}"' for key, label in zip(options, labels, strict=True)}),
        ]
    for called, name in ways:
        words = written(method, rules, marks, name)
        if marks:
            assert method.read(options, rules, called, words) == (marks, "")
            assert method.read(options, rules, called, f"{words} — so: it's near, I think") == (
                marks,
                "so: it's near, I think",
            )


TYPED = st.text() | st.lists(
    st.sampled_from([*"0123459", "a", "b", "c", " ", " ", ",", ";", "=", ":", "#", "+1", "-", '"', "'", ".", "agree"])
).map("".join)


@every_method
@given(
    words=TYPED, labels=st.lists(TYPED, max_size=6), rules=rulings, number=st.integers(1, 12), pressed_=st.integers()
)
def test_whatever_is_typed_or_pressed_is_a_ballot_or_refused(
    method: Method, words: str, labels: list[str], rules: Rules, number: int, pressed_: int
) -> None:
    options = keys(method, number)
    with suppress(Refusal):
        marks, reason = method.read(options, rules, labels, words)
        method.check(options, rules, marks)
        assert reason == reason.strip()
        assert reason in words
    with suppress(Refusal):
        method.check(options, rules, method.press(options, rules, {}, words, pressed_))


@every_method
@pytest.mark.parametrize("wrong", [{}, {"none": 1}, {"": 1}, {0: 1}, -1, True, 1.0, "1", None, 10**400])
def test_what_no_ballot_may_be(method: Method, wrong: Any) -> None:
    options = keys(method)
    marks = wrong if isinstance(wrong, dict) else {options[0]: wrong}
    with pytest.raises(Refusal):
        method.check(options, FIVE, marks)


@every_method
def test_what_a_method_says_of_itself(method: Method) -> None:
    assert METHODS[method.name] is method
    assert {*method.signs.values()} <= {*method.stances}
    assert {method.blocks, method.against} <= {*method.stances, ""}
    assert method.signs.keys() <= {"+1", "0", "-1"}
    for sign, stance in method.signs.items():
        assert method.read(method.stances, SIMPLE, method.stances, sign) == ({stance: 1}, "")
    assert all(type(value) is int for value in method.values(FIVE))


def test_every_method_is_in_the_register() -> None:
    modules = [
        importlib.import_module(f"decisions.methods.{one.name}") for one in pkgutil.iter_modules(methods.__path__)
    ]
    found = {module.METHOD.name: module.METHOD for module in modules if hasattr(module, "METHOD")}
    assert found == METHODS
