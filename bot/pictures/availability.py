"""When people can as a picture: a bar for each of the times among which a group chooses, in parts of yes and of if need be."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from bot import pieces
from bot.pictures.sheet import Bar, Picture, Sheet, Sign, Tone
from bot.pictures.tally import SAID, percent
from bot.reader import Reader
from decisions.choosing import Count
from decisions.model import Meeting, Slot


def availability(
    meeting: Meeting,
    slots: Sequence[Slot],
    counts: Mapping[int, Count],
    people: int,
    reader: Reader,
    *,
    alone: bool = False,
) -> Picture:
    """How many of so many people can come when. The one that was taken has its sign."""
    sheet = Sheet(reader, alone=alone)
    if alone:
        sheet.heading(reader.say("card-title", meeting.ref, meeting.title), large=True)
        sheet.gap()
    said = []
    for slot in slots:
        bar = _bar(meeting, slot, counts.get(slot.number, Count()), people, reader)
        said.append(reader.say(SAID[bar.sign], bar.label, bar.note))
        sheet.bar(bar)
    return sheet.picture(reader.say("chart-alt-availability", reader.say("clause-break").join(said), people))


def _bar(meeting: Meeting, slot: Slot, count: Count, people: int, reader: Reader) -> Bar:
    whole = max(people, count.can, 1)
    return Bar(
        label=pieces.numbered(slot.number, reader.at(slot.starts_at)),
        note=reader.say("chart-suits", count.yes, count.if_need_be, count.no),
        value=percent(Fraction(count.can, whole), reader),
        parts=((Fraction(count.yes, whole), Tone.FOR), (Fraction(count.if_need_be, whole), Tone.MAYBE)),
        sign=Sign.CHOSEN if meeting.starts_at == slot.starts_at else Sign.NONE,
    )
