"""Approve: for finding what most can live with; mark any number of options, and the most approved is chosen."""

from collections.abc import Sequence

from decisions.methods import options as shared
from decisions.methods.method import Method, Options
from decisions.model import Marks, Rules


def press(options: Options, rules: Rules, marks: Marks, option: str, value: int) -> Marks:
    """One more option is approved."""
    after = {**marks, option: 1}
    check(options, rules, after)
    return after


def read(options: Options, rules: Rules, labels: Sequence[str], words: str) -> tuple[Marks, str]:
    """`1 3 because both are near`, `Berlin, New York`."""
    marks, reason = shared.choices(options, labels, words, len(options))
    check(options, rules, marks)
    return marks, reason


def check(options: Options, rules: Rules, marks: Marks) -> None:
    """At least one option, each marked 1."""
    shared.check(options, marks, 1, 1)


def most(options: Options, rules: Rules) -> int:
    """All of them."""
    return len(options)


METHOD = Method(name="approve", press=press, read=read, check=check, count=shared.count, most=most)
