"""Lexicon: the words of a language for days, times and lengths; ours where we wrote them, else the calendar's names."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError

from bot.dates.tokens import folded

FOLDER = Path(__file__).with_name("lexicon")
OTHERS = "others"
"""The file of the languages for which the calendar's names are all we have, and a few words besides."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that mean one thing. Weak ones mean it only in company; doubtful ones mean several things."""

    words: tuple[str, ...]
    kind: str
    value: str
    weak: bool
    doubt: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All phrases of a language, by their first word, and its customs.

    `clock24`: 8:00 is in the morning; `order`: of day and month in digits; `dots`: 3.4. is a day; `hours`: said as ordinals;
    `parts`: of the day, which begin and end at the same hours for most people; `ours`: we wrote all of it; `joined`: what is written in one word with a weekday.
    """

    language: str
    phrases: Mapping[str, tuple[Phrase, ...]]
    clock24: bool
    order: str
    dots: bool
    hours: str
    parts: tuple[str, ...]
    ours: bool
    joined: tuple[str, ...]

    def split(self, word: str) -> tuple[str, str] | None:
        """A weekday and a part of the day written as one word, `dienstagmorgen`."""
        for end in self.joined:
            day = word.removesuffix(end)
            if day != word and any(one.kind == "weekday" and one.words == (day,) for one in self.phrases.get(day, ())):
                return day, end
        return None


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language, English where we have none of it."""
    name = language.replace("_", "-").split("-")[0].casefold()
    if name in _ours():
        return _made(name, json.loads((FOLDER / f"{name}.json").read_text("utf-8")))
    others = json.loads((FOLDER / f"{OTHERS}.json").read_text("utf-8"))
    try:
        locale = Locale.parse(name)
    except (ValueError, TypeError, UnknownLocaleError):
        return lexicon("en")
    return _made(name, _calendar(locale), others.get(name, {}))


@cache
def _ours() -> frozenset[str]:
    return frozenset(one.stem for one in FOLDER.glob("*.json")) - {OTHERS}


def _made(name: str, *sources: Mapping[str, object]) -> Lexicon:
    customs = {key: value for source in sources for key, value in source.items() if not isinstance(value, dict)}
    kept: dict[str, dict[Phrase, None]] = {}
    for source in sources:
        for phrase in _phrases(source):
            kept.setdefault(phrase.words[0], {})[phrase] = None
    joined = sorted(folded(str(customs.get("joined", ""))), key=len, reverse=True)
    return Lexicon(
        language=name,
        phrases={first: tuple(sorted(found, key=lambda one: -len(one.words))) for first, found in kept.items()},
        clock24=bool(customs.get("clock24", True)),
        order=str(customs.get("order", "dmy")),
        dots=bool(customs.get("dots", False)),
        hours=str(customs.get("hours", "")),
        parts=tuple(str(customs.get("parts", "")).split()),
        ours=name in _ours(),
        joined=tuple(joined),
    )


def _phrases(source: Mapping[str, object]) -> Iterator[Phrase]:
    for key, held in source.items():
        kind, _, manner = key.partition(" ")
        values = held if isinstance(held, dict) else {"": held}
        for value, listed in values.items():
            for one in str(listed).split(", "):
                if words := folded(one):
                    yield Phrase(words, kind, str(value), manner == "weak", manner == "doubt" or kind == "doubt")


def _calendar(locale: Locale) -> dict[str, object]:
    """Names of weekdays and months, and how lengths to come are said, of a language that we have no file of."""
    return {
        "weekday": _names(locale.days, ("wide",)),
        "weekday weak": _names(locale.days, ("abbreviated",)),
        "month": _names(locale.months, ("wide",)),
        "month weak": _names(locale.months, ("abbreviated",)),
        **_ahead(locale),
    }


def _names(kept: Mapping[str, Mapping[str, Mapping[int, str]]], widths: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for use in ("format", "stand-alone"):
        for width in widths:
            for number, name in kept[use][width].items():
                found.setdefault(str(number), []).extend((name, name.rstrip(".")))
    return {number: ", ".join(dict.fromkeys(names)) for number, names in found.items()}


def _ahead(locale: Locale) -> dict[str, object]:
    """What stands before and behind the number in `in 3 days`."""
    before: dict[str, list[str]] = {}
    behind: dict[str, list[str]] = {}
    for unit in ("minute", "hour", "day", "week", "month", "year"):
        for pattern in _patterns(locale, unit):
            first, _, last = pattern.partition("{0}")
            before.setdefault("in", []).append(first.strip())
            behind.setdefault(unit, []).append(last.strip())
    ends = {unit: ", ".join(sorted(set(filter(None, ends)))) for unit, ends in behind.items()}
    starts = ", ".join(sorted(set(filter(None, before.get("in", [])))))
    # Where nothing stands before the number, what stands behind it says that it is ahead: `3日後`.
    return {"in": starts, "unit": ends} if starts else {"unitahead": ends}


def _patterns(locale: Locale, unit: str) -> list[str]:
    # Babel shows these only through format_timedelta, which picks one form for one number.
    fields = locale._data["date_fields"].get(unit, {})
    return [str(one) for one in dict(fields.get("future", {})).values() if "{0}" in str(one)]
