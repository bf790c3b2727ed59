"""Score: for weighing options one by one; each gets 0 to `points`, and the highest sum is chosen."""

from collections.abc import Sequence

from decisions.methods import options as shared
from decisions.methods.method import Method, Options
from decisions.model import Marks, Rules


def press(options: Options, rules: Rules, marks: Marks, option: str, value: int) -> Marks:
    """Set the option's score; a 0 is kept, for it is a score."""
    after = {**marks, option: value}
    check(options, rules, after)
    return after


def read(options: Options, rules: Rules, labels: Sequence[str], words: str) -> tuple[Marks, str]:
    """`1=5 2=3`, `Berlin: 5, New York: 0`, or a row `5 3 0`."""
    marks, reason = shared.scores(options, labels, words)
    check(options, rules, marks)
    return marks, reason


def check(options: Options, rules: Rules, marks: Marks) -> None:
    """At least one score, none beyond `points`."""
    shared.check(options, marks, 0, rules.points)


def values(rules: Rules) -> tuple[int, ...]:
    """Every score has a button."""
    return tuple(range(rules.points + 1))


METHOD = Method(name="score", press=press, read=read, check=check, count=shared.count, values=values)
