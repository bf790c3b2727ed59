"""Lazy consensus: for small things that one person will do anyway; silence is consent, and one objection stops it."""

from collections.abc import Sequence

from decisions.methods import stances
from decisions.methods.method import Count, Method, Options
from decisions.model import Marks, Result, Rules


def count(options: Options, rules: Rules, ballots: Sequence[Marks], people: int) -> Count:
    """Any objection stops it; nobody has to say anything."""
    counts = stances.totals(options, ballots)
    return Count(Result.BLOCKED if counts["object"] else Result.PASSED, counts)


METHOD = Method(
    name="lazy_consensus",
    press=stances.press,
    read=stances.reader(stances.CONSENT_SIGNS),
    check=stances.check,
    count=count,
    stances=stances.CONSENT,
    signs=stances.CONSENT_SIGNS,
    blocks="object",
    against="object",
)
