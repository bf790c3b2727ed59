"""Dots: for setting priorities; everyone hands out `points` dots, and the option with the most is chosen."""

from collections.abc import Sequence

from decisions.methods import options as shared
from decisions.methods.method import Method, Options
from decisions.model import Marks, Rules
from decisions.refusals import ChoiceNeeded, TooManyDots

_BUTTONS = (0, 1, 2, 3, 5, 8)


def press(options: Options, rules: Rules, marks: Marks, option: str, value: int) -> Marks:
    """Set the option's dots."""
    after = {**marks, option: value}
    check(options, rules, after)
    return _given_out(after)


def read(options: Options, rules: Rules, labels: Sequence[str], words: str) -> tuple[Marks, str]:
    """`1=5 2=3`, `Berlin: 5, New York: 3`, or a row `5 3 0`."""
    marks, reason = shared.scores(options, labels, words)
    check(options, rules, marks)
    return _given_out(marks), reason


def check(options: Options, rules: Rules, marks: Marks) -> None:
    """At least one dot, and no more than everyone has."""
    shared.check(options, marks, 0, rules.points)
    total = sum(marks.values())
    if total > rules.points:
        raise TooManyDots(total, rules.points)
    if total == 0:
        raise ChoiceNeeded(len(options))


def values(rules: Rules) -> tuple[int, ...]:
    """Numbers far apart where they are high, so that the buttons stay few."""
    return tuple(value for value in _BUTTONS if value <= rules.points)


def _given_out(marks: Marks) -> Marks:
    return {option: dots for option, dots in marks.items() if dots}


METHOD = Method(name="dots", press=press, read=read, check=check, count=shared.count, values=values)
