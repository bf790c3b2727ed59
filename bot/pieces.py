"""Pieces: what cards are made of - how a poll stands, who said what, until when, and the buttons."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from adapters.base import Button, Rows
from bot import links, voices, why
from bot.reader import Reader, short
from bot.voices import label as label
from bot.voices import marked as marked
from bot.voices import shortened as shortened
from decisions import polls, remarks
from decisions.deadlines import closed_late
from decisions.model import Ballot, Concern, Group, Result, Room, Status
from storage.record import Record

UNHEARD = 5
"""How many affiliates a card names of those not heard yet."""

REASONS = 8
"""How many reasons a card quotes; the rest are a `show` away."""

MOST_BUTTONS = 12
"""More options than this are marked alone, page by page, or by typing."""

BUTTON = 30
"""Characters of an option on a button: what a phone shows of it beside its number and its count."""


def called(name: str, affiliate: str) -> str:
    """A member by name and affiliate."""
    return f"{name} ({affiliate})" if affiliate else name


def room(one: Room) -> str:
    """A room by name and platform."""
    return f"{one.name} ({one.platform})"


def numbered(number: int, option: str) -> str:
    """An option with the number by which it is chosen."""
    return f"{number}. {option}"


def by_line(record: Record, reader: Reader) -> str:
    """Who put it, how it is decided, which revision it is at."""
    poll = record.poll
    name = called(*record.people[poll.by])
    said = [reader.say("card-by", name, reader.say(f"template-{poll.template}"))]
    if poll.revision > 1:
        said.append(reader.say("card-revision", str(poll.revision)))
    if poll.rules.most > 1 and polls.method(poll).name == "choose":
        said.append(reader.say("card-limits", poll.rules.least, poll.rules.most))
    if poll.rules.points:
        said.append(reader.say(f"card-points-{poll.method}", poll.rules.points))
    return " · ".join(said)


def tally(record: Record, reader: Reader) -> list[str]:
    poll, heard = record.poll, voices.heard(record)
    counts = record.stands.counts
    lines = []
    for number, key in enumerate(polls.keys(poll), 1):
        who = [one for one in heard if one.ballot.marks.get(key)]
        name = label(poll, key, reader)
        count = (counts.get(key, 0), voices.names(record, who, reader))
        if polls.method(poll).stances:
            lines.append(reader.say("card-count-names" if who else "card-count", name, *count))
        else:
            lines.append(reader.say("card-option-names" if who else "card-option", numbered(number, name), *count))
    behind = [one for one in record.ballots if one.revision < poll.revision]
    if behind:
        said = [f"{record.name(one.member_id)} ({_behind(record, one, reader)})" for one in behind]
        lines.append(reader.say("card-before", str(poll.revision), shortened(said, reader)))
    return lines


def _behind(record: Record, ballot: Ballot, reader: Reader) -> str:
    said = marked(record.poll, ballot.marks, reader)
    return reader.say("card-still-stands", said) if polls.counts(record.poll, ballot) else said


def reasons(record: Record, reader: Reader) -> list[str]:
    method = polls.method(record.poll)
    given = [one for one in voices.counted(record) if one.reason]
    weight = {method.blocks: 0, method.against: 1}
    given.sort(key=lambda one: min((weight.get(key, 2) for key in one.marks), default=2))
    lines = [reason(record, one, reader) for one in given[:REASONS]]
    if len(given) > REASONS:
        lines.append(reader.say("card-more-reasons", len(given) - REASONS, record.poll.ref))
    return lines


def reason(record: Record, ballot: Ballot, reader: Reader, limit: int = 200) -> str:
    said = marked(record.poll, ballot.marks, reader)
    return reader.say("card-reason", record.name(ballot.member_id), said, short(ballot.reason, limit))


def concerns(concerns: Iterable[Concern], record: Record, reader: Reader) -> list[str]:
    lines = []
    for one in concerns:
        lines.append(reader.say("card-concern", one.ref, record.name(one.by), short(one.text)))
        if one.resolved_at is not None:
            lines[-1] += reader.say("card-concern-resolved")
        elif one.answered_by is not None:
            lines[-1] += reader.say("card-concern-answered", record.name(one.answered_by), short(one.answer))
    return lines


def discussed(record: Record, reader: Reader) -> list[str]:
    """How much was said about it, and how to read it; where it was put in a topic, that it is kept what is said there."""
    count, shown = len(record.remarks), remarks.told(len(record.remarks))
    lines = (
        [reader.say("card-remarks" if shown == count else "card-remarks-over", shown, record.poll.ref)] if count else []
    )
    return [*lines, reader.say("card-thread")] if record.poll.thread and record.poll.outcome is None else lines


def missing(record: Record, reader: Reader) -> list[str]:
    """The affiliates that are not heard yet, and how many people."""
    if not record.unheard:
        return []
    return [reader.say("card-missing", shortened(record.unheard, reader, UNHEARD), record.missing)]


def state(record: Record, reader: Reader, now: datetime) -> list[str]:
    poll = record.poll
    if poll.outcome is not None:
        return outcome(record, reader)
    if poll.status is Status.SCHEDULED:
        return [reader.say("card-scheduled", poll.opens_at, poll.closes_at)]
    lines = []
    stands = record.stands
    if stands.needed is not None:
        lines.append(reader.say("card-quorum", stands.turnout, stands.needed))
    lines += voices.breadth(record, stands, reader)
    lines.append(reader.say("card-open-for", poll.closes_at, reader.span(max(poll.closes_at - now, timedelta()))))
    lines.append(how_to_vote(record, reader))
    return lines


def how_to_vote(record: Record, reader: Reader) -> str:
    """The line of an open poll's card that says what to press or write."""
    poll = record.poll
    if polls.method(poll).stances:
        return reader.say(f"how-{poll.method}", poll.ref)
    return reader.say(f"how-{poll.method}", poll.ref, len(poll.options))


def outcome(record: Record, reader: Reader) -> list[str]:
    poll = record.poll
    if poll.outcome is None or poll.closed_at is None:
        return []
    lines = [why.sentence(record, poll.outcome, reader)]
    lines.append(reader.say("outcome-closed", poll.closed_at))
    if poll.outcome.result is not Result.WITHDRAWN and closed_late(poll):
        lines[-1] = reader.say("outcome-closed-late", poll.closed_at, poll.closes_at)
    if poll.statement:
        lines.append(reader.say("outcome-statement", poll.statement))
    if poll.review_at is not None and not poll.review_asked:
        lines.append(reader.say("outcome-review", poll.review_at))
    if record.supersedes:
        lines.append(reader.say("outcome-supersedes", tuple(f"D-{one.decision}" for one in record.supersedes)))
    if record.superseded_by:
        lines.append(reader.say("outcome-superseded", tuple(f"D-{one.decision}" for one in record.superseded_by)))
    return lines


def read(group: Group, ref: str, reader: Reader) -> Rows:
    """The way to its page on the web; none, where there is no such page."""
    address = links.permalink(group, ref)
    return ((Button(reader.say("button-read"), url=address),),) if address else ()


def room_buttons(record: Record, reader: Reader) -> Rows:
    """On the card: the options, and below them what leads to the private chat, so that it stays quiet here."""
    poll = record.poll
    if poll.status is not Status.OPEN:
        return ()
    rows = buttons(record, reader)
    if not rows:
        rows = ((Button(reader.say("button-vote"), f"p{poll.id}:mine", alone=True),),)
    below = (("button-why", "reason"), ("button-mine", "mine"), ("button-details", "show"))
    return (*rows, tuple(Button(reader.say(key), f"p{poll.id}:{act}", alone=True) for key, act in below))


def buttons(record: Record, reader: Reader) -> Rows:
    poll = record.poll
    if poll.status is not Status.OPEN or poll.rules.least > 1:  # one press alone would be too few
        return ()
    if len(poll.options) > MOST_BUTTONS:
        return ()
    counts = record.stands.counts
    values = polls.method(poll).values(poll.rules)
    rows: list[tuple[Button, ...]] = []
    for index, key in enumerate(polls.keys(poll)):
        name, count = label(poll, key, reader), counts.get(key, 0)
        if polls.method(poll).stances:
            rows.append((Button(reader.say("button-count", name, count), f"p{poll.id}:{index}", sign=key),))
        elif len(values) == 1:
            said = reader.say("button-option", numbered(index + 1, short(name, BUTTON)), count)
            rows.append((Button(said, f"p{poll.id}:{index}"),))
        else:
            row = [Button(f"{index + 1} → {value}", f"p{poll.id}:{index}={value}") for value in values]
            rows.append(tuple(row))
    return tuple(rows)
