"""Charting: an outcome as a picture in a room, beside its result in words."""

from adapters.base import Card, Image, Part, Style
from bot.pictures import png, tally
from bot.reader import Reader
from storage.record import Record


def card(record: Record, reader: Reader) -> Card:
    """The picture, with its words below: what it is of, and the same in words for whoever cannot see it. Where it cannot
    be drawn, it has none."""
    poll = record.poll
    name = f"D-{poll.decision}"
    picture = tally(record, reader, alone=True)
    parts = (Part(Style.TITLE, reader.say("card-title", name, record.words.title)), Part(Style.WORDS, picture.alt))
    raw = png.drawn(picture, picture.alt)
    image = raw and Image(f"{name}.png", raw, picture.alt, picture.width * png.ZOOM, picture.height * png.ZOOM)
    return Card(parts, (), reader.language, silent=True, picture=image or None)
