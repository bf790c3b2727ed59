"""Choose: for picking one of several options, or a few where the rules allow; the most marked is chosen."""

from collections.abc import Sequence

from decisions.methods import options as shared
from decisions.methods.method import Method, Options
from decisions.model import Marks, Rules
from decisions.refusals import TooFewChosen, TooManyChosen


def press(options: Options, rules: Rules, marks: Marks, option: str, value: int) -> Marks:
    """A single choice moves; where several may be chosen, one more is added."""
    after = {option: 1} if rules.most == 1 else {**marks, option: 1}
    check(options, rules, after)
    return after


def read(options: Options, rules: Rules, labels: Sequence[str], words: str) -> tuple[Marks, str]:
    """`2 because it is near`, `1, 3`, `Berlin`."""
    marks, reason = shared.choices(options, labels, words, rules.most)
    check(options, rules, marks)
    return marks, reason


def check(options: Options, rules: Rules, marks: Marks) -> None:
    """As many options as the rules allow, each marked 1."""
    shared.check(options, marks, 1, 1)
    if len(marks) < rules.least:
        raise TooFewChosen(len(marks), rules.least)
    if len(marks) > rules.most:
        raise TooManyChosen(len(marks), rules.most)


METHOD = Method(name="choose", press=press, read=read, check=check, count=shared.count)
