"""Majority: for when a group has to come to an end and some may be outvoted; the rules say how many must agree."""

from collections.abc import Sequence

from decisions.methods import stances
from decisions.methods.method import Count, Method, Options
from decisions.model import Marks, Result, Rules


def count(options: Options, rules: Rules, ballots: Sequence[Marks], people: int) -> Count:
    """Simple, absolute and super majority differ by the threshold and its base alone."""
    counts = stances.totals(options, ballots)
    return Count(Result.PASSED if stances.carried(rules, counts, people) else Result.NOT_PASSED, counts)


METHOD = Method(
    name="majority",
    press=stances.press,
    read=stances.reader(stances.VOTING_SIGNS),
    check=stances.check,
    count=count,
    stances=("agree", "abstain", "disagree"),
    signs=stances.VOTING_SIGNS,
    against="disagree",
)
