"""Methods whose ballots mark options: tables of how these are counted, pressed, checked and read."""

import pytest

from decisions.methods import METHODS
from decisions.methods.method import Options
from decisions.model import Marks, Result, Rules
from decisions.refusals import (
    AmbiguousReference,
    ChoiceNeeded,
    MarkOutOfRange,
    Refusal,
    TooFewChosen,
    TooManyChosen,
    TooManyDots,
    UnknownOption,
)

THREE = ("1", "2", "3")
CITIES = ("Berlin", "New York", "Kraków")
SIMPLE = Rules()
FIVE = Rules(points=5)


# -- counting ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["choose", "approve", "score", "dots"])
@pytest.mark.parametrize(
    ("ballots", "counts", "chosen", "tied"),
    [
        ([], (0, 0, 0), (), ()),
        ([{"2": 1}], (0, 1, 0), ("2",), ()),
        ([{"2": 1}, {"3": 1}, {"2": 1}], (0, 2, 1), ("2",), ()),
        ([{"3": 1}, {"1": 1}], (1, 0, 1), (), ("1", "3")),
        ([{"1": 1, "2": 1, "3": 1}], (1, 1, 1), (), ("1", "2", "3")),
    ],
)
def test_the_most_marked_option_is_chosen(
    name: str, ballots: list[Marks], counts: tuple[int, ...], chosen: Options, tied: Options
) -> None:
    count = METHODS[name].count(THREE, FIVE, ballots, 9)
    assert count.result == (Result.CHOSEN if chosen else Result.NOT_PASSED)
    assert (tuple(count.counts.items()), count.chosen, count.tied) == (
        tuple(zip(THREE, counts, strict=True)),
        chosen,
        tied,
    )


def test_scores_are_summed_and_nothing_but_zeros_chooses_nothing() -> None:
    count = METHODS["score"].count
    assert count(THREE, FIVE, [{"1": 5, "2": 3}, {"2": 3, "3": 0}], 2).chosen == ("2",)
    assert count(THREE, FIVE, [{"1": 0}, {"2": 0}], 2).result == Result.NOT_PASSED
    assert count(THREE, FIVE, [{"1": 0}, {"2": 0}], 2).tied == ()


# -- pressing and checking --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "rules", "before", "option", "value", "after"),
    [
        ("choose", Rules(), {"1": 1}, "2", 1, {"2": 1}),
        ("choose", Rules(most=2), {"1": 1}, "2", 1, {"1": 1, "2": 1}),
        ("approve", Rules(), {"1": 1, "3": 1}, "2", 1, {"1": 1, "2": 1, "3": 1}),
        ("score", FIVE, {"1": 5}, "2", 0, {"1": 5, "2": 0}),
        ("score", FIVE, {"1": 5}, "1", 2, {"1": 2}),
        ("dots", FIVE, {"1": 3}, "2", 2, {"1": 3, "2": 2}),
        ("dots", FIVE, {"1": 3, "2": 2}, "2", 0, {"1": 3}),
    ],
)
def test_press(name: str, rules: Rules, before: Marks, option: str, value: int, after: Marks) -> None:
    assert METHODS[name].press(THREE, rules, before, option, value) == after


@pytest.mark.parametrize(
    ("name", "rules", "marks", "refusal"),
    [
        ("choose", Rules(), {"1": 1, "2": 1}, TooManyChosen(2, 1)),
        ("choose", Rules(least=2, most=3), {"1": 1}, TooFewChosen(1, 2)),
        ("choose", Rules(), {"1": 2}, MarkOutOfRange(2, 1)),
        ("approve", Rules(), {"1": 0}, MarkOutOfRange(0, 1)),
        ("score", FIVE, {"1": 6}, MarkOutOfRange(6, 5)),
        ("dots", FIVE, {"1": 3, "2": 3}, TooManyDots(6, 5)),
        ("dots", FIVE, {"1": 0}, ChoiceNeeded(3)),
        ("dots", FIVE, {"4": 1}, UnknownOption("4", 3)),
    ],
)
def test_what_a_ballot_may_not_be(name: str, rules: Rules, marks: Marks, refusal: Refusal) -> None:
    with pytest.raises(type(refusal)) as raised:
        METHODS[name].check(THREE, rules, marks)
    assert raised.value.values() == refusal.values()


def test_values_of_buttons() -> None:
    assert METHODS["score"].values(Rules(points=3)) == (0, 1, 2, 3)
    assert METHODS["dots"].values(Rules(points=8)) == (0, 1, 2, 3, 5, 8)
    assert METHODS["dots"].values(Rules(points=4)) == (0, 1, 2, 3)
    assert METHODS["choose"].values(Rules()) == (1,)


# -- reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("most", "words", "chosen", "reason"),
    [
        (1, "2", "2", ""),
        (1, "#2", "2", ""),
        (1, "２", "2", ""),
        (1, "٢ لأنها قريبة", "2", "لأنها قريبة"),
        (1, "2 because it is near", "2", "because it is near"),
        (1, "2: near", "2", "near"),
        (1, "2 3 weeks is enough", "2", "3 weeks is enough"),
        (1, "1, 3 good places", "1", "3 good places"),
        (1, "2 9 people live there", "2", "9 people live there"),
        (1, "1. Berlin", "1", ""),
        (1, "berlin", "1", ""),
        (1, "NEW  york, of course", "2", "of course"),
        (1, "'New York' — near", "2", "near"),
        (1, "„Kraków“, tam", "3", "tam"),
        (1, "KRAKO\u0301W", "3", ""),
        (1, "Berlin because New York is far", "1", "because New York is far"),
        (3, "1 3", "13", ""),
        (3, "1,3", "13", ""),
        (3, "3، 1", "13", ""),
        (3, "1, 3 good places", "13", "good places"),
        (3, "#1 #1 & #3", "13", ""),
        (3, "1 9 people live there", "1", "9 people live there"),
        (3, "new york, berlin - both near", "12", "both near"),
        (3, '"Kraków" "Berlin"', "13", ""),
        (2, "1 2 3 weeks is enough", "12", "3 weeks is enough"),
    ],
)
def test_reading_choices(most: int, words: str, chosen: str, reason: str) -> None:
    marks = dict.fromkeys(chosen, 1)
    assert METHODS["choose"].read(THREE, Rules(most=most), CITIES, words) == (marks, reason)
    if most == len(THREE):
        assert METHODS["approve"].read(THREE, Rules(), CITIES, words) == (marks, reason)


@pytest.mark.parametrize(
    ("rules", "words", "refusal"),
    [
        (Rules(), "", ChoiceNeeded(3)),
        (Rules(), " \n", ChoiceNeeded(3)),
        (Rules(), "1 3", TooManyChosen(2, 1)),
        (Rules(), "Berlin, New York", TooManyChosen(2, 1)),
        (Rules(most=2), "1 2 3", TooManyChosen(3, 2)),
        (Rules(least=2, most=3), "1 is best", TooFewChosen(1, 2)),
        (Rules(), "0", UnknownOption("0", 3)),
        (Rules(), "4 is best", UnknownOption("4", 3)),
        (Rules(), "9" * 5000, UnknownOption("9" * 40, 3)),
        (Rules(), "1-3", UnknownOption("1-3", 3)),
        (Rules(), "1.5 hours", UnknownOption("1.5 hours", 3)),
        (Rules(), "Bern", UnknownOption("Bern", 3)),
        (Rules(), "Berlin-Mitte", UnknownOption("Berlin-Mitte", 3)),
        (Rules(), '"New Jersey" is near', UnknownOption("New Jersey", 3)),
        (Rules(most=3), "1, 9", UnknownOption("9", 3)),
        (Rules(most=3), "1, 9 are good", UnknownOption("9 are good", 3)),
        (Rules(most=3), "1 - 3", UnknownOption("- 3", 3)),
        (Rules(most=3), "1 and 3", UnknownOption("and 3", 3)),
        (Rules(most=3), "Berlin not New York", UnknownOption("not New York", 3)),
    ],
)
def test_words_that_are_no_choice(rules: Rules, words: str, refusal: Refusal) -> None:
    with pytest.raises(type(refusal)) as raised:
        METHODS["choose"].read(THREE, rules, CITIES, words)
    assert raised.value.values() == refusal.values()


@pytest.mark.parametrize("name", ["score", "dots"])
@pytest.mark.parametrize(
    ("words", "marks", "reason"),
    [
        ("1=5 2=3", {"1": 5, "2": 3}, ""),
        ("1:5, 2:3", {"1": 5, "2": 3}, ""),
        ("1 = 5; #2 = 3 near", {"1": 5, "2": 3}, "near"),
        ("5 3 0", {"1": 5, "2": 3, "3": 0}, ""),
        ("5, 3, 0 because 2 is enough", {"1": 5, "2": 3, "3": 0}, "because 2 is enough"),
        ("5 3 0 2 weeks is enough", {"1": 5, "2": 3, "3": 0}, "2 weeks is enough"),
        ("٥ ٣ ٠", {"1": 5, "2": 3, "3": 0}, ""),
        ("berlin=5 New York: 3", {"1": 5, "2": 3}, ""),
        ('"New York" = 3, Kraków=0: far', {"2": 3, "3": 0}, "far"),
        ("1=5 see https://example.org/?a=1", {"1": 5}, "see https://example.org/?a=1"),
    ],
)
def test_reading_marks(name: str, words: str, marks: dict[str, int], reason: str) -> None:
    wanted = marks if name == "score" else {key: mark for key, mark in marks.items() if mark}
    assert METHODS[name].read(THREE, Rules(points=9), CITIES, words) == (wanted, reason)


@pytest.mark.parametrize(
    ("name", "words", "refusal"),
    [
        ("score", "", ChoiceNeeded(3)),
        ("score", "Berlin is best", ChoiceNeeded(3)),
        ("score", "Bern is best", UnknownOption("Bern is best", 3)),
        ("score", "4=5", UnknownOption("4", 3)),
        ("score", "1=5, New Yrok=3", UnknownOption("New Yrok", 3)),
        ("score", "1=5 2=", ChoiceNeeded(3)),
        ("score", "1=1.5", ChoiceNeeded(3)),
        ("score", "1=5 3", ChoiceNeeded(3)),
        ("score", "1=1 1=2", ChoiceNeeded(3)),
        ("score", "5 3", TooFewChosen(2, 3)),
        ("score", "5,3,0,1", TooManyChosen(4, 3)),
        ("score", "1=6", MarkOutOfRange(6, 5)),
        ("score", "1=-1", MarkOutOfRange(-1, 5)),
        ("score", "1=" + "9" * 5000, MarkOutOfRange(10**9, 5)),
        ("dots", "1=4 2=4", TooManyDots(8, 5)),
        ("dots", "0 0 0", ChoiceNeeded(3)),
    ],
)
def test_words_that_are_no_marks(name: str, words: str, refusal: Refusal) -> None:
    with pytest.raises(type(refusal)) as raised:
        METHODS[name].read(THREE, FIVE, CITIES, words)
    assert raised.value.values() == refusal.values()


def test_a_number_that_is_another_options_label_is_never_guessed() -> None:
    choose, score = METHODS["choose"], METHODS["score"]
    labels = ("2", "3", "3 weeks")
    for method, words in ((choose, "2"), (choose, "3 at most"), (score, "2=5")):
        with pytest.raises(AmbiguousReference):
            method.read(THREE, FIVE, labels, words)
    for words, key in (("#2", "2"), ('"2"', "1"), ("1", "1"), ("3 weeks", "3"), ("3 weeks are best", "3")):
        assert choose.read(THREE, SIMPLE, labels, words)[0] == {key: 1}
    assert score.read(THREE, FIVE, labels, "2 3 0")[0] == {"1": 2, "2": 3, "3": 0}
    assert choose.read(THREE, SIMPLE, ("10:30", "10:00", "1"), "10:00 suits me")[0] == {"2": 1}
