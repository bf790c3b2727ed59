"""Excerpts: the part of a text that says most of what was asked for, and which words of it did."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from storage import folding
from storage.asking import Term

Marked = tuple[tuple[str, bool], ...]
"""A text in parts, each with whether it was asked for."""

WIDE = 180
"""How many characters an excerpt has, more or less."""

BEFORE = 50
"""How many of them stand before the first word that was asked for."""

LOOKED_AT = 20_000

SAME, ENDING = 2, 2
"""So many letters the forms of a word have in common at least, and so many of a form are an ending of its own."""

WRITTEN = re.compile(f"{folding.RUN.pattern}|{folding.WORD.pattern}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is marked: words in their forms, and parts of what is written without spaces."""

    words: frozenset[str]
    parts: frozenset[str]
    languages: tuple[str, ...]
    beginnings: tuple[str, ...]


def wanted(terms: Sequence[Term], languages: tuple[str, ...]) -> Wanted:
    """What a query has asked for."""
    forms = [form for term in terms for form in term]
    parts = {_joined(form) for form in forms if all(folding.RUN.fullmatch(one) for one in form)}
    words = frozenset(one for form in forms for one in form)
    beginnings = {one[: max(SAME, len(one) - ENDING)] for one in words}
    return Wanted(words, frozenset(parts), languages, tuple(beginnings))


def _joined(pairs: Sequence[str]) -> str:
    """What was cut into pairs, as it was."""
    return "".join(one[:1] for one in pairs[:-1]) + pairs[-1]


def marked(text: str, what: Wanted) -> Marked:
    """A whole text, with what was asked for."""
    return _parts(text, list(_spans(text, what)))


def excerpt(text: str, what: Wanted) -> Marked:
    """The part of a text that holds most of what was asked for; its beginning, where it holds none."""
    text = " · ".join(line for one in text[:LOOKED_AT].splitlines() if (line := " ".join(one.split())))
    spans = list(_spans(text, what))
    start, end = _window(text, spans)
    inside = [(one - start, min(other, end) - start) for one, other in spans if start <= one < end]
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    parts = _parts(text[start:end], inside)
    return tuple(part for part in ((before, False), *parts, (after, False)) if part[0])


def _window(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    firsts = [start for start, _ in spans]
    best = max(firsts, key=lambda one: (sum(one <= other < one + WIDE - BEFORE for other in firsts), -one), default=0)
    start = _boundary(text, max(0, best - BEFORE))
    end = start + WIDE
    if end >= len(text):
        return start, len(text)
    cut = text.rfind(" ", start + WIDE // 2, end)
    return start, (end if cut < 0 else cut)


def _boundary(text: str, start: int) -> int:
    """The beginning of a word near to where an excerpt would begin."""
    found = text.find(" ", max(0, start - 1), start + BEFORE // 2) if start else -1
    return start if found < 0 else found + 1


def _spans(text: str, what: Wanted) -> Iterator[tuple[int, int]]:
    for found in WRITTEN.finditer(text):
        if folding.RUN.match(found[0]):
            yield from _within(found, what.parts)
        elif _is_wanted(found[0], what):
            yield found.span()


def _within(run: re.Match[str], parts: frozenset[str]) -> Iterator[tuple[int, int]]:
    plain = folding.folded(run[0])
    if len(plain) != len(run[0]):
        return
    at = 0
    while at < len(plain):
        longest = max((len(one) for one in parts if plain.startswith(one, at)), default=0)
        if longest:
            yield run.start() + at, run.start() + at + longest
        at += longest or 1


def _is_wanted(word: str, what: Wanted) -> bool:
    plain = _folded(word)
    if not what.words.isdisjoint(plain):
        return True
    if plain and not plain[0].startswith(what.beginnings) and not folding.PREFIXED.match(plain[0]):
        return False  # forms begin alike, but for the articles of Arabic
    return not what.words.isdisjoint(folding.stems(word, what.languages))


@lru_cache(1 << 14)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(folding.words(word))


def _parts(text: str, spans: Sequence[tuple[int, int]]) -> Marked:
    parts, at = [], 0
    for start, end in spans:
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    parts.append((text[at:], False))
    return tuple(part for part in parts if part[0])
