"""The tally as a picture: a bar for each option, and one for how many took part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from babel.numbers import format_percent

from bot import pieces, why
from bot.pictures.sheet import Bar, Picture, Sheet, Sign, Tone
from bot.reader import Reader
from bot.words import locale_of
from decisions import polls
from decisions.model import Outcome, Poll, Result
from storage.record import Record

MOST = 12
"""Bars under one heading: of more options those with the most, and a number for the rest."""

STANCES = {"agree": Tone.FOR, "consent": Tone.FOR, "disagree": Tone.AGAINST, "object": Tone.AGAINST, "block": Tone.STOP}

SAID = {Sign.NONE: "chart-bar", Sign.CHOSEN: "chart-bar-chosen", Sign.TIED: "chart-bar-tied"}


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is counted under one heading, and of how many each count is a part: 0, of none that could be named."""

    heading: str
    counts: Mapping[str, int]
    of: int


def tally(record: Record, reader: Reader, *, alone: bool = False) -> Picture:
    """How a poll came out or, while it is open, how it stands. `alone`: on no page that says what it is about."""
    sheet, poll, outcome = Sheet(reader, alone=alone), record.poll, _outcome(record)
    if alone:
        _head(sheet, record, reader)
    said = []
    for one in _counted(poll, outcome):
        bars = [_bar(poll, outcome, one, key, reader) for key in _kept(poll, one.counts)]
        said.append(_section(sheet, one, bars, len(one.counts) - len(bars), reader))
    took_part = _turnout(outcome, reader)
    if outcome.base:
        sheet.gap()
        sheet.bar(took_part)
    words = reader.say("chart-alt", reader.say("clause-break").join(said), took_part.label)
    return sheet.picture(f"{words} {why.result(poll.outcome, reader)}." if alone and poll.outcome else words)


def _outcome(record: Record) -> Outcome:
    """What came out; of what was withdrawn, how it stood then. While nothing is decided, nothing is chosen."""
    found = record.poll.outcome
    if found is not None and found.result is not Result.WITHDRAWN:
        return found
    return replace(record.stands, chosen=(), tied=())


def _head(sheet: Sheet, record: Record, reader: Reader) -> None:
    """By its id and how it came out: its title may be taken back, and what was sent as an image stays as it is."""
    poll = record.poll
    name = f"D-{poll.decision}" if poll.decision else poll.ref
    result = why.result(poll.outcome, reader) if poll.outcome else ""
    sheet.heading(reader.say("card-title", name, result) if result else name, large=True)
    sheet.gap()


def _counted(poll: Poll, outcome: Outcome) -> Iterator[_Counted]:
    """Once, or by people and by affiliates where it had to pass twice."""
    double = poll.rules.double
    yield _Counted("chart-people" if double else "", outcome.counts, _of(poll, outcome))
    if double:
        yield _Counted("dimension-affiliates", outcome.by_affiliates, sum(outcome.by_affiliates.values()))


def _of(poll: Poll, outcome: Outcome) -> int:
    if poll.rules.points:
        return 0
    return sum(outcome.counts.values()) if polls.method(poll).stances else 0 if poll.rules.weighted else outcome.turnout


def _kept(poll: Poll, counts: Mapping[str, int]) -> list[str]:
    """The options in their order or, where they are too many, those with the most."""
    keys = [key for key in polls.keys(poll) if key in counts]
    return keys if len(keys) <= MOST else sorted(keys, key=lambda one: -counts[one])[:MOST]


def _bar(poll: Poll, outcome: Outcome, counted: _Counted, key: str, reader: Reader) -> Bar:
    count, stances = counted.counts[key], polls.method(poll).stances
    whole = counted.of or max(counted.counts.values())
    name = pieces.label(poll, key, reader)
    part = Fraction(count, whole) if whole and count > 0 else Fraction()
    sign = Sign.CHOSEN if key in outcome.chosen else Sign.TIED if key in outcome.tied else Sign.NONE
    decided = bool(outcome.chosen or outcome.tied)
    plain = Tone.AMONG if stances or (decided and not sign) else Tone.FOR
    return Bar(
        label=name if stances else pieces.numbered(int(key), name),
        value=_value(count, counted.of, reader),
        parts=((part, STANCES.get(key, plain)),),
        sign=sign,
    )


def _value(count: int, of: int, reader: Reader) -> str:
    return f"{count} · {percent(Fraction(count, of), reader)}" if of else str(count)


def percent(part: Fraction, reader: Reader) -> str:
    """A part of a whole, as the reader's language writes it; in Western digits, as all numbers."""
    return format_percent(float(part), locale=locale_of(reader.language), numbering_system="latn")


def _section(sheet: Sheet, counted: _Counted, bars: list[Bar], more: int, reader: Reader) -> str:
    """Draw it; what it says in words."""
    if counted.heading:
        sheet.heading(reader.say(counted.heading))
    for one in bars:
        sheet.bar(one)
    said = [reader.say(SAID[one.sign], one.label, one.value) for one in bars]
    if more > 0:
        said.append(reader.say("picture-more", more))
        sheet.note(said[-1])
    words = reader.say("clause-break").join(said)
    return reader.say("chart-bar", reader.say(counted.heading), words) if counted.heading else words


def _turnout(outcome: Outcome, reader: Reader) -> Bar:
    """How many took part, with a line at how many are needed."""
    taken, base, needed = outcome.turnout, outcome.base, outcome.needed
    asked = (taken, base) if needed is None else (taken, base, needed)
    return Bar(
        label=reader.say("chart-turnout" if needed is None else "chart-turnout-quorum", *asked),
        value=percent(Fraction(taken, base), reader) if base else "",
        parts=((Fraction(taken, base) if base else Fraction(), Tone.AMONG),),
        mark=Fraction(needed, base) if needed and base else None,
    )
