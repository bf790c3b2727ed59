"""Participation over time as a picture: a bar a month, of how many of a group took part in its polls."""

from collections.abc import Sequence
from datetime import date

from bot import times
from bot.pictures.sheet import Bar, Picture, Sheet, Tone
from bot.pictures.tally import percent
from bot.reader import Reader
from decisions.participation import Month


def participation(months: Sequence[tuple[date, Month]], reader: Reader, *, alone: bool = False) -> Picture:
    """Months in their order, each by its first day. In one without a poll nobody could take part, and nothing is drawn."""
    sheet = Sheet(reader, alone=alone)
    said = []
    for first, month in months:
        name = times.shown_month(first, reader.language)
        if not month.polls:
            said.append(reader.say("chart-month-none", name))
            sheet.note(said[-1])
            continue
        bar = Bar(
            label=reader.say("chart-month", name, month.polls, month.people.heard, month.people.of),
            value=percent(month.people.part, reader),
            parts=((month.people.part, Tone.FOR),),
        )
        said.append(bar.label)
        sheet.bar(bar)
    return sheet.picture(reader.say("chart-alt-participation", reader.say("clause-break").join(said)))
