"""Reader: somebody's language and zone, and how things are said to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from bot import times, words
from decisions.model import Group, Person, Room
from decisions.refusals import Example, Lines, Refusal, Told, Word

SHORT = 200
"""How much of somebody's words a card quotes, in characters; `show` has them whole."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One person or room that is spoken to."""

    language: str
    zone: str

    def say(self, key: str, *args: object) -> str:
        """A text in the reader's language; the arguments are shown by their type."""
        return words.say(self.language, key, *(self.shown(one) for one in args))

    def shown(self, value: object) -> str | int | Fraction:
        """One placeholder: a `Word` looked up, an instant in the zone, a tuple as a list, the rest as it stands."""
        if isinstance(value, Example):
            word, space, rest = value.partition(" ")
            return f"{self.command(word)}{space}{rest}"
        if isinstance(value, Word):
            return self.say(value)
        if isinstance(value, Told):
            return self.say(value.key, *value.stands)
        if isinstance(value, Lines):
            return "\n".join(self.say(one.key, *one.stands) for one in value.of)
        if isinstance(value, datetime):
            return self.at(value)
        if isinstance(value, tuple):
            return self.say("list-break").join(self._item(str(self.shown(one))) for one in value)
        if isinstance(value, int | str | Fraction):
            return value
        raise TypeError(f"no way to say a {type(value).__name__}")

    def refused(self, no: Refusal, values: Sequence[object] | None = None) -> str:
        """Why something cannot be; `values` stand in it instead of the refusal's own."""
        stands = no.values() if values is None else values
        key = f"refusal-{_kebab(type(no).__name__)}"
        if ("" in stands or () in stands) and self.knows(f"{key}-none"):
            key = f"{key}-none"
        return self.say(key, *stands)

    def command(self, word: str) -> str:
        """A command by the language's own word for it, where it has one."""
        return next(iter(words.own_words(self.language, word)), word)

    def _item(self, text: str) -> str:
        return words.isolated(text) if words.direction(self.language) == "rtl" else text

    def at(self, instant: datetime) -> str:
        """An instant in the reader's zone, which it names."""
        return times.shown(instant, self.zone, self.language)

    def day(self, instant: datetime) -> str:
        """The day on which an instant falls in the reader's zone."""
        return times.shown_day(instant, self.zone, self.language)

    def span(self, length: timedelta) -> str:
        """A length of time in words."""
        return times.span(length, self.language)

    def listed(self, items: Sequence[str]) -> str:
        """Several things in one sentence."""
        return words.joined(self.language, items)

    def wish(self, word: str) -> bool | None:
        """Whether a word says yes or no, in English or as the reader says it; None: neither."""
        said = {
            "yes": True,
            "no": False,
            self.say("option-yes").casefold(): True,
            self.say("option-no").casefold(): False,
        }
        return said.get(word.strip().casefold())

    def knows(self, key: str) -> bool:
        """Whether there is such a text."""
        return words.known(key)


USUAL = Reader("en", "UTC")
"""How those are spoken to of whom nothing is known."""


def reader_for(person: Person | None, group: Group, room: Room | None = None) -> Reader:
    """How to speak to a person, or (None) to a room."""
    own = person.language if person else ""
    rooms = room.language if room else ""
    return Reader(own or rooms or group.language, (person and person.zone) or group.zone)


def _kebab(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")


def short(text: str, limit: int = SHORT) -> str:
    """Words of people on one line, cut where they are long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
