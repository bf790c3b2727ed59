"""Why: an outcome in one sentence, in the reader's language."""

from bot.reader import Reader
from decisions import polls
from decisions.model import Base, Outcome, Poll, Result

_KEYS = {result: f"result-{result.value.replace(' ', '-')}" for result in Result}


def result(outcome: Outcome, reader: Reader) -> str:
    """The result in a word or two."""
    return reader.say(_KEYS[outcome.result])


def sentence(poll: Poll, outcome: Outcome, reader: Reader) -> str:
    """`Passed: 7 agree, 1 abstain; quorum 5 of 12 reached; no block`."""
    if outcome.result is Result.WITHDRAWN:
        return result(outcome, reader)
    clauses = [*_chosen(poll, outcome, reader), counted(poll, outcome, reader), *_threshold(poll, outcome, reader)]
    clauses += [*_quorum(outcome, reader), *_blocks(poll, outcome, reader)]
    return reader.say("why", result(outcome, reader), reader.say("clause-break").join(clauses))


def counted(poll: Poll, outcome: Outcome, reader: Reader) -> str:
    """`7 agree, 1 abstain`, or the options with their totals; what nobody marked is left out."""
    stances = polls.method(poll).stances
    totals = [(key, outcome.counts[key]) for key in polls.keys(poll) if outcome.counts.get(key)]
    if not stances:
        totals.sort(key=lambda one: -one[1])
    parts = [reader.say(f"count-{key}", n) if stances else f"{polls.label(poll, key)} {n}" for key, n in totals]
    return reader.say("list-break").join(parts) or reader.say("why-nobody")


def _chosen(poll: Poll, outcome: Outcome, reader: Reader) -> list[str]:
    if outcome.chosen:
        return [reader.listed([polls.label(poll, key) for key in outcome.chosen])]
    if outcome.tied:
        return [reader.say("why-tied", reader.listed([polls.label(poll, key) for key in outcome.tied]))]
    return []


def _threshold(poll: Poll, outcome: Outcome, reader: Reader) -> list[str]:
    if poll.method not in ("majority", "consensus") or outcome.result in (Result.BLOCKED, Result.NO_QUORUM):
        return []
    part = poll.rules.threshold
    if poll.method == "consensus" and outcome.result is Result.PASSED:
        return []
    beyond = "more" if poll.rules.beyond else "least"
    if poll.rules.base is Base.ELECTORATE:
        return [reader.say(f"why-{beyond}-of-everyone", f"{part.numerator}/{part.denominator}", outcome.base)]
    return [reader.say(f"why-{beyond}-of-cast", f"{part.numerator}/{part.denominator}")]


def _quorum(outcome: Outcome, reader: Reader) -> list[str]:
    if outcome.needed is None:
        return []
    if outcome.turnout >= outcome.needed:
        return [reader.say("why-quorum", outcome.needed, outcome.base)]
    return [reader.say("why-no-quorum", outcome.needed, outcome.base, outcome.turnout)]


def _blocks(poll: Poll, outcome: Outcome, reader: Reader) -> list[str]:
    blocks = polls.method(poll).blocks
    return [reader.say(f"why-no-{blocks}")] if blocks and not outcome.counts.get(blocks) else []
