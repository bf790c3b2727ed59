"""Tags: what is noted in a meeting by a word at the start of a line - `#topic`, `- action:`, `present+` - read and no more."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot import words

TAGS: Mapping[str, tuple[str, ...]] = {
    "startmeeting": (),
    "endmeeting": (),
    "topic": ("subtopic",),
    "subject": ("meetingtopic", "meeting"),
    "info": (),
    "idea": (),
    "link": (),
    "help": ("halp",),
    "agreed": ("agree", "accepted", "accept", "decision"),
    "rejected": ("reject",),
    "action": ("todo", "task"),
    "here": ("present",),
    "absent": (),
    "regrets": ("regret",),
    "chair": (),
    "unchair": (),
    "guest": ("nick",),
    "undo": (),
    "queue": (),
    "ack": (),
    "scribe": ("scribenick",),
}
"""Each tag, and what else it is called in English; a language adds its own words in `tag-TAG`."""

BARE = (
    "topic",
    "subject",
    "info",
    "idea",
    "link",
    "agreed",
    "rejected",
    "action",
    "here",
    "regrets",
    "chair",
    "scribe",
)
"""The tags that need no sign before them where a colon stands behind them, as W3C's groups write: `Topic: Fees`."""

STARTS, ENDS = "startmeeting", "endmeeting"

UNSEEN = re.compile("[\u2066-\u2069]")
M = "[\u200e\u200f\u061c]{0,3}"
"""What people who write from right to left have around signs, and do not see. More than a few would make a pattern that
goes back and forth over them for minutes."""

DASHES = "\u2212\u2010-\u2015\uff0d"
WORD = r"[^\W\d_][\w-]*"
TAG = re.compile(
    rf"{M}(?:(?P<mark>[#^!/]){M}(?P<word>{WORD})(?:@\S+)?{M}\s?(?::|{M}(?=\s|$))"
    rf"|[-*\u2022{DASHES}]{M}\s*{M}(?P<listed>{WORD}){M}\s?:"
    rf"|(?P<bare>{WORD}){M}\s?:){M}\s*(?P<rest>.*)",
    re.DOTALL,
)
SIGNED = re.compile(
    rf"{M}(?:[#^!/]|[-*\u2022{DASHES}]\s*)?{M}(?P<word>present|regrets?|agenda|scribe|q){M}\s?{M}"
    rf"(?P<sign>[+\-?=\uff0b{DASHES}]){M}:?(?:$|[\s,]\s*)(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
QUEUE = re.compile(rf"{M}queue\s?\??", re.IGNORECASE)
ACK = re.compile(rf"{M}ack\s+(?P<rest>\S.{{0,79}})", re.IGNORECASE)
URL = re.compile(rf"{M}(?:(?:https?|ftp|irc)://|mailto:)\S+.*", re.DOTALL | re.IGNORECASE)
LIKE_ONE = re.compile(rf"[\s\u2066-\u2069\u200e\u200f\u061c]*[#^!/*\u2022\-{DASHES}]")
"""What a message begins with that may begin a meeting."""

SIGNS = {
    "q+": "q+",
    "q=": "q+",
    "q-": "q-",
    "q?": "queue",
    "present+": "here",
    "present-": "absent",
    "regret+": "regrets",
    "agenda+": "agenda+",
    "scribe+": "scribe",
    "scribe-": "scribe",
}
AGENDA = re.compile(rf"{M}agenda{M}\s?:\s*(?P<rest>https?://\S+.*)", re.DOTALL | re.IGNORECASE)
"""Where W3C's groups have written down what comes up."""

MOST_TYPED = 100_000
"""No app sends a message as long as this, and none is read."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """One line of a message that begins with a tag. `mark`: the sign before it; empty where it needs none."""

    line: int
    tag: str
    words: str
    given: str
    """The word as it was typed, in small letters."""
    mark: str = ""


def read(text: str, languages: tuple[str, ...]) -> tuple[Tagged, ...]:
    """The lines of a message that begin with a tag, in English or in any of these languages, counted from 1."""
    if len(text) > MOST_TYPED:
        return ()
    lines = enumerate(UNSEEN.sub("", text).splitlines(), 1)
    return tuple(one for number, line in lines if (one := _line(number, line.strip(), languages)) is not None)


def _line(number: int, line: str, languages: tuple[str, ...]) -> Tagged | None:
    if (signed := SIGNED.fullmatch(line)) is not None:
        return _signed(number, signed)
    if (found := TAG.fullmatch(line)) is not None:
        word = (found["word"] or found["listed"] or found["bare"]).casefold()
        tag = _known(languages).get(word)
        if tag is not None and (not found["bare"] or (tag in BARE and word != "here")):
            return Tagged(number, tag, found["rest"].strip(), word, found["mark"] or "")
    if (agenda := AGENDA.fullmatch(line)) is not None:
        return Tagged(number, "link", agenda["rest"].strip(), "agenda")
    if QUEUE.fullmatch(line) is not None:
        return Tagged(number, "queue", "", "queue")
    if (ack := ACK.fullmatch(line)) is not None:
        return Tagged(number, "ack", ack["rest"].strip(), "ack")
    return Tagged(number, "link", line, "link") if URL.fullmatch(line) is not None else None


def _signed(number: int, found: re.Match[str]) -> Tagged | None:
    sign = {"\uff0b": "+", "+": "+", "?": "?", "=": "="}.get(found["sign"], "-")
    word = found["word"].casefold()
    given = ("regret" if word.startswith("regret") else word) + sign
    return Tagged(number, SIGNS[given], found["rest"].strip(), given) if given in SIGNS else None


@cache
def _known(languages: tuple[str, ...]) -> Mapping[str, str]:
    """What is typed -> the tag. English wins over any other language, and the first language over the others."""
    known: dict[str, str] = {}
    for language in reversed(languages):
        known |= {own: tag for tag in TAGS for own in words.own_tags(language, tag)}
        known |= {own: tag for tag in (STARTS, ENDS) for own in words.own_words(language, tag)}
    return known | {word: tag for tag, aliases in TAGS.items() for word in (tag, *aliases)}
