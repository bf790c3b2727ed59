"""Voices: who may vote in a poll, who speaks for whom, and who was not heard, as cards and `show` say it."""

from collections.abc import Sequence
from datetime import datetime

from bot import times
from bot.reader import Reader
from decisions import counting, rolls
from decisions.counting import Voice
from decisions.model import Ballot, Electorate, Marks, Outcome, Poll, Status, Voter
from storage.record import Record

NAMES = 12
"""How many names a line of a card holds; a number stands for the rest."""


def heard(record: Record) -> list[Voice]:
    """Who voted themselves and is counted, in the order in which they did."""
    found = counting.voices(record.poll, record.ballots, record.roll)
    return sorted(found, key=lambda one: (one.ballot.at, one.member_id))


def counted(record: Record) -> list[Ballot]:
    """The ballots that are counted: those that count and, of an affiliate that has one ballot, the last."""
    return [one.ballot for one in heard(record)]


def outvoiced(record: Record) -> list[Ballot]:
    """The ballots that would count, had not another voice of the same affiliate spoken later."""
    kept = {one.member_id for one in counted(record)}
    return [one for one in record.ballots if counting.counts(record.poll, one) and one.member_id not in kept]


def shortened(names: Sequence[str], reader: Reader, most: int = NAMES, *, count: int = 0) -> str:
    """The first few names, and how many more there are. `count`: of how many, where not all of them are given."""
    shown = reader.say("list-break").join(names[:most])
    more = (count or len(names)) - most
    return shown if more <= 0 else reader.say("names-more", shown, more)


def names(record: Record, those: Sequence[Voice], reader: Reader) -> str:
    """Voices on a line of a card."""
    return shortened([named(record, one, reader) for one in those[:NAMES]], reader, count=len(those))


def named(record: Record, voice: Voice, reader: Reader, name: str = "") -> str:
    """A voice on a card: by name, with what it weighs, for whom it speaks besides, and who said something else before."""
    poll, line = record.poll, voice.line
    name = name or record.name(voice.member_id)
    if poll.rules.by_affiliate and line.affiliate_id is not None:
        said = "; ".join([name, *_before(record, line, reader)])
        name = reader.say("voice-of", _affiliate(record, line.affiliate_id), said)
    name = _weighed(poll, name, line.weight, reader)
    others = _also_for(record, voice, reader)
    return reader.say("voice-also-for", name, others) if others else name


def _before(record: Record, line: Voter, reader: Reader) -> list[str]:
    kin = {one.member_id for one in record.roll if one.affiliate_id == line.affiliate_id}
    before = [one for one in outvoiced(record) if one.member_id in kin]
    return [
        reader.say("voice-before", record.name(one.member_id), marked(record.poll, one.marks, reader)) for one in before
    ]


def _also_for(record: Record, voice: Voice, reader: Reader) -> str:
    members = {member for member, proxy in record.proxies if proxy == voice.member_id}
    if not members:
        return ""
    members -= {one.member_id for one in record.ballots if counting.counts(record.poll, one)}
    weights = {one.member_id: one.weight for one in record.roll if one.member_id in members}
    return reader.say("list-break").join(
        _weighed(record.poll, record.name(one), weights.get(one, 1), reader) for one in sorted(members)
    )


def _weighed(poll: Poll, name: str, weight: int, reader: Reader) -> str:
    return reader.say("voice-weight", name, weight) if poll.rules.weighted and weight > 1 else name


def _affiliate(record: Record, affiliate_id: int) -> str:
    one = record.affiliates.get(affiliate_id)
    return one.name if one else f"#{affiliate_id}"


def marked(poll: Poll, marks: Marks, reader: Reader) -> str:
    """A ballot in words: `agree`, `Berlin, Oslo`, `Berlin 5, Oslo 2`."""
    named = [(label(poll, key, reader), mark) for key, mark in marks.items()]
    said = [f"{name} {mark}" if poll.rules.points else name for name, mark in named]
    return reader.say("list-break").join(said)


def label(poll: Poll, key: str, reader: Reader) -> str:
    """What an option is called: a stance in the reader's language, or the words people gave it."""
    return reader.say(f"stance-{key}") if counting.method(poll).stances else poll.options[int(key) - 1]


# -- the electorate ---------------------------------------------------------------------------------------------------


def electorate(record: Record, reader: Reader) -> list[str]:
    """Of a roll: how many are on it, of what kind, and how they are counted; of an open electorate, nothing."""
    poll = record.poll
    if poll.electorate is not Electorate.ROLL or poll.status is Status.SCHEDULED:
        return []
    said = [_kind(record, counting.electors(poll, record.roll), reader)]
    said += [reader.say("roll-weighted")] if poll.rules.weighted else []
    said += [reader.say("roll-double")] if poll.rules.double else []
    return [" · ".join(said)]


def _kind(record: Record, number: int, reader: Reader) -> str:
    roll = record.poll.roll
    if roll.startswith(rolls.SINCE):
        day = datetime.fromisoformat(f"{roll.removeprefix(rolls.SINCE)}T12:00+00:00")
        return reader.say("roll-since", number, times.shown_day(day, "UTC", reader.language))
    if roll.startswith(rolls.LIST):
        return reader.say("roll-list", number, record.listing or roll.removeprefix(rolls.LIST))
    return reader.say(f"roll-{roll or 'names'}", number)


def roll(record: Record, reader: Reader) -> list[str]:
    """The roll, a line an affiliate, and one for those who speak for none. The record has to be whole."""
    if record.poll.status is Status.SCHEDULED:
        return []
    of = {one.affiliate_id: None for one in record.roll}
    lines = [_line(record, key, reader) for key in sorted(one for one in of if one is not None)]
    return lines + ([_people(record, None, reader)] if None in of else [])


def _line(record: Record, affiliate_id: int, reader: Reader) -> str:
    lines = [one for one in record.roll if one.affiliate_id == affiliate_id]
    name, region = _affiliate(record, affiliate_id), lines[0].region
    title = reader.say("voice-of", name, region) if region else name
    if record.poll.rules.by_affiliate:
        title = _weighed(record.poll, title, lines[0].weight, reader)
    return reader.say("roll-line", title, _people(record, affiliate_id, reader))


def _people(record: Record, affiliate_id: int | None, reader: Reader) -> str:
    lines = [one for one in record.roll if one.affiliate_id == affiliate_id]
    one_ballot = record.poll.rules.by_affiliate and affiliate_id is not None
    names = [
        _weighed(record.poll, record.name(one.member_id), 1 if one_ballot else one.weight, reader) for one in lines
    ]
    return reader.say("list-break").join(names)


def proxies(record: Record, reader: Reader) -> list[str]:
    """Who is whose proxy: while it is open, all that are in force; then, those that counted."""
    key = "details-proxy" if record.poll.outcome is None else "details-proxy-counted"
    return [reader.say(key, record.name(proxy), record.name(member)) for member, proxy in record.proxies]


def breadth(record: Record, outcome: Outcome, reader: Reader) -> list[str]:
    """How many affiliates and regions have taken part, of those asked for."""
    asked = (("card-affiliates", record.poll.rules.affiliates), ("card-regions", record.poll.rules.regions))
    pairs = zip(asked, outcome.heard or (), strict=False)
    return [reader.say(key, there, needed) for (key, needed), there in pairs if needed]


def unheard(record: Record, outcome: Outcome) -> list[str]:
    """The affiliates that were not heard, by name."""
    return sorted(_affiliate(record, one) for one in outcome.unheard)


def by_proxy(record: Record, outcome: Outcome, reader: Reader) -> list[str]:
    """Who was counted by whose ballot: `ana for ben`."""
    return [reader.say("voice-for", record.name(proxy), record.name(member)) for member, proxy in outcome.proxies]
