"""Why: an outcome in one sentence, in the reader's language."""

from collections.abc import Mapping

from bot import voices
from bot.reader import Reader
from decisions import polls
from decisions.model import Base, Outcome, Poll, Result
from storage.record import Record

_KEYS = {result: f"result-{result.value.replace(' ', '-')}" for result in Result}


def result(outcome: Outcome, reader: Reader) -> str:
    """The result in a word or two."""
    return reader.say(_KEYS[outcome.result])


def sentence(record: Record, outcome: Outcome, reader: Reader) -> str:
    """`Passed: 7 agree, 1 abstain; quorum 5 of 12 reached; no block`."""
    poll = record.poll
    if outcome.result is Result.WITHDRAWN:
        return result(outcome, reader)
    clauses = [*_chosen(poll, outcome, reader), *_counted(poll, outcome, reader), *_threshold(poll, outcome, reader)]
    clauses += [*_quorum(outcome, reader), *_breadth(poll, outcome, reader), *_blocks(poll, outcome, reader)]
    clauses += _heard(record, outcome, reader)
    return reader.say("why", result(outcome, reader), reader.say("clause-break").join(clauses))


def _counted(poll: Poll, outcome: Outcome, reader: Reader) -> list[str]:
    """The count; where it has to pass twice, both: `of people: 7 agree; of affiliates: 3 agree, 2 disagree`."""
    first = counted(poll, outcome.counts, reader)
    if poll.rules.weighted:
        first = reader.say("why-by-weight", first)
    elif poll.rules.double:
        first = reader.say("why-of-people", first)
    second = reader.say("why-of-affiliates", counted(poll, outcome.by_affiliates, reader))
    return [first, second] if poll.rules.double else [first]


def counted(poll: Poll, counts: Mapping[str, int], reader: Reader) -> str:
    """`7 agree, 1 abstain`, or the options with their totals; what nobody marked is left out."""
    stances = polls.method(poll).stances
    totals = [(key, counts[key]) for key in polls.keys(poll) if counts.get(key)]
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
    if poll.rules.base is Base.ELECTORATE and poll.rules.weighted:
        return [reader.say(f"why-{beyond}-of-weight", f"{part.numerator}/{part.denominator}")]
    if poll.rules.base is Base.ELECTORATE:
        return [reader.say(f"why-{beyond}-of-everyone", f"{part.numerator}/{part.denominator}", outcome.base)]
    return [reader.say(f"why-{beyond}-of-cast", f"{part.numerator}/{part.denominator}")]


def _quorum(outcome: Outcome, reader: Reader) -> list[str]:
    if outcome.needed is None:
        return []
    if outcome.turnout >= outcome.needed:
        return [reader.say("why-quorum", outcome.needed, outcome.base)]
    return [reader.say("why-no-quorum", outcome.needed, outcome.base, outcome.turnout)]


def _breadth(poll: Poll, outcome: Outcome, reader: Reader) -> list[str]:
    asked = (("why-affiliates", poll.rules.affiliates), ("why-regions", poll.rules.regions))
    pairs = zip(asked, outcome.heard or (), strict=False)
    return [reader.say(key, needed, there) for (key, needed), there in pairs if needed]


def _heard(record: Record, outcome: Outcome, reader: Reader) -> list[str]:
    """Who was heard by proxy, and who was not."""
    by_proxy, unheard = voices.by_proxy(record, outcome, reader), voices.unheard(record, outcome)
    said = [reader.say("why-proxies", voices.shortened(by_proxy, reader))] if by_proxy else []
    return said + ([reader.say("why-unheard", voices.shortened(unheard, reader))] if unheard else [])


def _blocks(poll: Poll, outcome: Outcome, reader: Reader) -> list[str]:
    blocks = polls.method(poll).blocks
    return [reader.say(f"why-no-{blocks}")] if blocks and not outcome.counts.get(blocks) else []
