"""A decision as plain values, which the exports for programs and spreadsheets are made from."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from adapters import addresses
from bot import voices, why
from bot.plain import Plain, instant
from bot.reader import Reader
from decisions import polls, rolls
from decisions.model import Ballot, Concern, Electorate, Outcome, Poll, Remark, Result, Revision, Voter
from storage.packing import rules_to_plain
from storage.record import Record


def decision(record: Record, reader: Reader) -> Plain:
    """A decision as plain values; instants are ISO 8601 in UTC, stances are keys (`agree`), options their own words.

    `{"id": "D-1", "proposal": "P-1", "title", "text", "revision": 2, "by": "Ana", "method": "majority",
    "rules": {"quorum": 5 | "1/2" | null, "threshold": "2/3", "beyond", "base", "least", "most", "points",
    "template": "super", "electorate": "open" | "roll", "roll": "everyone" | "names" | "affiliates" | "since:2026-01-01" |
    "list:Board" | ""; "by_affiliate", "weighted", "double", "affiliates", "regions" where they say something},
    "roll": [{"member", "affiliate", "region", "weight"}] as it was fixed, "opened_at", "closed_at", "electorate": 12, "turnout": 8,
    "tally": {"agree": 7, ...}, "tally_affiliates": the same by affiliates, where it had to pass twice,
    "heard": {"affiliates": 5, "regions": 3} where breadth was asked for, "unheard": ["WMFR"] (affiliates),
    "proxies": [{"member", "proxy"}] who was counted by whose ballot,
    "ballots": [{"member", "affiliate", "marks": {"agree": 1}, "reason", "at"}], "outvoiced": [the same],
    "unconfirmed": [the same and "revision"], "concerns": [{"id": "C-1", "by", "text", "answer", "answered_by",
    "resolved": true}], "outcome": a value of Result, "chosen": ["Berlin"], "why", "statement", "review_at",
    "reviews": [{"member", "affiliate", "verdict": "worked" | "failed", "text", "at"}],
    "links": [{"supersedes": "D-1"}, {"superseded_by": "D-3"}], "revisions": [{"number", "title", "text", "by", "at"}] from the
    first on, "discussion": [{"member", "affiliate", "text", "at", "link"}] what was said about it, and where: an address, or "" where
    there is none}`

    `ballots` are those that count, `outvoiced` those after which another voice of the same affiliate spoke, where it
    has one ballot, `unconfirmed` those left on earlier words. What was withdrawn shows how it stood
    then, and has no `opened_at` if it never opened. No text is "", no name or instant null.
    """
    poll, words, outcome = record.poll, record.words, counted(record)
    return {
        "id": f"D-{poll.decision}",
        "proposal": poll.ref,
        "title": words.title,
        "text": words.text,
        "revision": poll.revision,
        "by": record.name(poll.by),
        "method": poll.method,
        "rules": _rules(record),
        "opened_at": instant(opened_at(poll)),
        "closed_at": instant(poll.closed_at),
        "electorate": outcome.base,
        "turnout": outcome.turnout,
        "roll": [_line(record, one) for one in record.roll],
        "tally": _labelled(poll, outcome.counts),
        "tally_affiliates": _labelled(poll, outcome.by_affiliates),
        "heard": dict(zip(("affiliates", "regions"), outcome.heard, strict=True)) if outcome.heard else None,
        "unheard": voices.unheard(record, outcome),
        "proxies": [{"member": record.name(one), "proxy": record.name(by)} for one, by in outcome.proxies],
        "ballots": [_ballot(record, one) for one in voices.counted(record)],
        "outvoiced": [_ballot(record, one) for one in voices.outvoiced(record)],
        "unconfirmed": [_ballot(record, one) | {"revision": one.revision} for one in unconfirmed(record)],
        "concerns": [_concern(record, one) for one in record.concerns],
        "outcome": outcome.result.value,
        "chosen": [polls.label(poll, key) for key in outcome.chosen],
        "why": why.sentence(record, outcome, reader),
        "statement": poll.statement,
        "review_at": instant(poll.review_at),
        "reviews": _reviews(record),
        "links": _links(record),
        "revisions": [_revision(record, one) for one in record.revisions],
        "discussion": [_remark(record, one) for one in sorted(record.remarks, key=lambda one: (one.at, one.id))],
    }


def kind(record: Record) -> str:
    """What kind of roll it has; a list by its name."""
    poll = record.poll
    if record.listing:
        return f"{rolls.LIST}{record.listing}"
    return poll.roll or ("names" if poll.electorate is Electorate.ROLL else "")


def _line(record: Record, line: Voter) -> Plain:
    affiliate = record.affiliates.get(line.affiliate_id or 0)
    plain = {"member": record.name(line.member_id), "affiliate": affiliate.name if affiliate else ""}
    return plain | {"region": line.region, "weight": line.weight}


def _rules(record: Record) -> Plain:
    poll = record.poll
    plain = rules_to_plain(poll.rules) | {"template": poll.template, "electorate": poll.electorate.value}
    plain["roll"] = kind(record)
    if isinstance(poll.rules.quorum, int):
        plain["quorum"] = poll.rules.quorum
    return plain


def _ballot(record: Record, ballot: Ballot) -> Plain:
    marks = _labelled(record.poll, ballot.marks)
    return _person(record, ballot.member_id) | {"marks": marks, "reason": ballot.reason, "at": instant(ballot.at)}


def _concern(record: Record, concern: Concern) -> Plain:
    by = concern.answered_by
    plain = {"id": concern.ref, "by": record.name(concern.by), "text": concern.text, "answer": concern.answer}
    return plain | {"answered_by": by and record.name(by), "resolved": concern.resolved_at is not None}


def _reviews(record: Record) -> list[Plain]:
    return [
        _person(record, one.member_id)
        | {"verdict": "worked" if one.worked else "failed", "text": one.text, "at": instant(one.at)}
        for one in record.reviews
    ]


def _revision(record: Record, one: Revision) -> Plain:
    plain = {"number": one.number, "title": one.title, "text": one.text}
    return plain | {"by": record.name(one.by), "at": instant(one.at)}


def _remark(record: Record, one: Remark) -> Plain:
    said = {"text": one.text, "at": instant(one.at), "link": addresses.message(one.origin)}
    return _person(record, one.by) | said


def _links(record: Record) -> list[Plain]:
    links = [{"supersedes": f"D-{one.decision}"} for one in record.supersedes]
    return links + [{"superseded_by": f"D-{one.decision}"} for one in record.superseded_by]


def _person(record: Record, member_id: int) -> Plain:
    name, affiliate = record.people[member_id]
    return {"member": name, "affiliate": affiliate}


def _labelled(poll: Poll, marks: Mapping[str, int]) -> dict[str, int]:
    return {polls.label(poll, key): marks[key] for key in polls.keys(poll) if key in marks}


# -- what every export needs -------------------------------------------------------------------------------------------


def counted(record: Record) -> Outcome:
    """The outcome; of what was withdrawn, how it stood then, for nothing was counted."""
    outcome = record.poll.outcome
    if outcome is not None and outcome.result is not Result.WITHDRAWN:
        return outcome
    stood = record.stands
    return replace(stood, result=Result.WITHDRAWN, chosen=(), tied=(), needed=None)


def unconfirmed(record: Record) -> list[Ballot]:
    """The ballots that do not: cast on earlier words, and left at that."""
    return [one for one in record.ballots if not polls.counts(record.poll, one)]


def opened_at(poll: Poll) -> datetime | None:
    """When a poll opened; None: it was withdrawn before."""
    return poll.opens_at if poll.closed_at is None or poll.opens_at <= poll.closed_at else None
