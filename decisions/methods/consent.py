"""Consent: for what is good enough for now and safe enough to try; it passes when nobody objects."""

from collections.abc import Sequence

from decisions.methods import stances
from decisions.methods.method import Count, Method, Options
from decisions.model import Marks, Result, Rules


def count(options: Options, rules: Rules, ballots: Sequence[Marks], people: int) -> Count:
    """Any objection stops it; somebody must have consented."""
    counts = stances.totals(options, ballots)
    if counts["object"]:
        return Count(Result.BLOCKED, counts)
    return Count(Result.PASSED if counts["consent"] else Result.NOT_PASSED, counts)


METHOD = Method(
    name="consent",
    press=stances.press,
    read=stances.reader(stances.CONSENT_SIGNS),
    check=stances.check,
    count=count,
    stances=stances.CONSENT,
    signs=stances.CONSENT_SIGNS,
    blocks="object",
    against="object",
)
