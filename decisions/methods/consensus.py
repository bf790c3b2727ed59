"""Consensus: for what the whole group has to live with; most agree, and nobody has to block."""

from collections.abc import Sequence

from decisions.methods import stances
from decisions.methods.method import Count, Method, Options
from decisions.model import Marks, Result, Rules


def count(options: Options, rules: Rules, ballots: Sequence[Marks], people: int) -> Count:
    """Any block stops it; otherwise enough must agree."""
    counts = stances.totals(options, ballots)
    if counts["block"]:
        return Count(Result.BLOCKED, counts)
    return Count(Result.PASSED if stances.carried(rules, counts, people) else Result.NOT_PASSED, counts)


METHOD = Method(
    name="consensus",
    press=stances.press,
    read=stances.reader(stances.VOTING_SIGNS),
    check=stances.check,
    count=count,
    stances=("agree", "abstain", "disagree", "block"),
    signs=stances.VOTING_SIGNS,
    blocks="block",
    against="disagree",
)
