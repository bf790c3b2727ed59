"""Owning: whose an action item is and until when, by the words in which it was said - `Ana and @bo to ask WMSE by Friday`.

Somebody is given it only by their whole name. Nobody is where the name could be another's: that is said back instead.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.meeting import days
from decisions.lookalikes import alike, ambiguous
from decisions.wording import IGNORED

MOST_READ = 1000
"""How much of the words is looked at: whom and until when people say first or last, and at no greater length."""

EVERYDAY = frozenset(
    [
        "will",
        "may",
        "mark",
        "bill",
        "art",
        "pat",
        "sue",
        "rose",
        "grant",
        "drew",
        "rob",
        "jack",
        "hope",
        "faith",
        "joy",
        "grace",
        "dawn",
        "summer",
        "april",
        "june",
        "august",
        "to",
        "by",
    ]
)
"""Names that are words of every day too: they are names where what stands around them says so."""

OPENS = re.compile(r"[\s(\[*\u200e\u200f\u2066-\u2069-]*(?:(?:for|pour|para|على|für)\s+)?")
JOINS = re.compile(r"\s*(?:[,،;&+/]\s*(?:(?:and|et|y|e|und|و)\s+)?|\s(?:and|et|y|e|und)\s+|\s+و\s*|\s+(?=@))")
NAMES_IT = re.compile(r"\s*:|\s+(?:to|-|à|de|zu)\s|\s*[)\]]|\s+[\u2013\u2014]\s")
"""What stands behind those whose it is."""

MYSELF = re.compile(
    r"(?:me|myself|moi|yo|أنا)\s*(?::|,|\s(?:to|-|and|et|y|à)\s)|(?:i|je|yo|أنا)(?:\s+(?:and|et|y)\s|\s+\w|['\u2019]ll\s)"
)
"""How people begin who mean themselves."""

AND = re.compile(r",|\s(?:and|et|y)\s")

HANDLE = re.compile(r"(?<![\w@.])@(?P<name>\w[\w.-]*\w|\w)")
STRANGER = re.compile(r"(?P<name>[^\W\d_][\w.'-]*(?:\s[^\W\d_][\w.'-]*)?)(?=\s*:|\s+(?:to|-)\s)")
NUMBER = re.compile(r"\s?#(\d{1,9})(?!\d)")
TO_DO = re.compile(r"\s+to\s+\w")
CLOSES = re.compile(r"[^()\[\]]*[)\]]\s*[.!]?\s*$")
ATTACHED = ("و", "ل")
"""What Arabic writes together with the name behind it: and, for."""


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose it is, and until when. `several`: names that more than one have; `doubtful`: a day that is not sure."""

    owners: tuple[int, ...] = ()
    who: str = ""
    """Those who are no members, by name."""
    due: str = ""
    several: tuple[str, ...] = ()
    doubtful: str = ""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name in the words. `ids`: the members who have it; none: it is a guest's. `whole`: not only a first name."""

    start: int
    end: int
    name: str
    ids: frozenset[int]
    whole: bool


def read(words: str, members: Mapping[int, str], guests: Iterable[str], zone: str, now: datetime) -> Owned:
    """Whose an action is, by name, and until when; `members` are called by these names."""
    until = days.until(words[:MOST_READ], zone, now)
    text = folded(words[:MOST_READ])
    hits, strangers = _meant(text, list(_hits(text, members, guests)))
    doubtful = ambiguous(members)
    sure = [one for one in hits if len(one.ids) == 1 and not (one.ids & doubtful and "#" not in one.name)]
    several = [one.name for one in hits if one.ids and one not in sure]
    others = [one.name for one in hits if not one.ids] + strangers
    return Owned(
        owners=tuple(dict.fromkeys(next(iter(one.ids)) for one in sure)),
        who=", ".join(dict.fromkeys(_as_typed(one, words, guests) for one in others)),
        due=until.day,
        several=tuple(dict.fromkeys(_as_typed(one, words, ()) for one in several)),
        doubtful=until.doubtful,
    )


def folded(text: str) -> str:
    """Text in which names are compared: width, case and what does not show aside."""
    return unicodedata.normalize("NFKC", IGNORED.sub("", text)).casefold()


def means_me(words: str) -> tuple[bool, bool]:
    """Whether whoever says it means themselves; and whether others besides: `me and Ana to ask`."""
    found = MYSELF.match(folded(words[:MOST_READ]).lstrip())
    return found is not None, found is not None and AND.search(found[0]) is not None


def could_be(name: str, typed: str) -> bool:
    """Whether somebody of this name could be meant by what was typed: their whole name or their first."""
    plain = folded(name)
    return alike(plain, typed) or alike(plain.split(" ")[0], typed)


# -- the names in the words -------------------------------------------------------------------------------------------


def _hits(text: str, members: Mapping[int, str], guests: Iterable[str]) -> Iterator[_Hit]:
    """Every name in the words that stands there whole, the longest first; none of them overlap."""
    taken: list[tuple[int, int]] = []
    for name, (ids, whole) in _names(members, guests):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if _stands_alone(text, start, end) and not any(start < last and first < end for first, last in taken):
                taken.append((start, end))
                yield _with_number(text, _Hit(start, end, name, ids, whole))
            start = text.find(name, end)


def _names(members: Mapping[int, str], guests: Iterable[str]) -> list[tuple[str, tuple[frozenset[int], bool]]]:
    """Name -> who has it, and whether it is a whole name; a first name counts where nobody has it as their whole one."""
    whole: dict[str, set[int]] = {folded(one): set() for one in guests}
    first: dict[str, set[int]] = {}
    for member, called in members.items():
        name = folded(called)
        whole.setdefault(name, set()).add(member)
        if len(parts := name.split()) > 1 and len(parts[0]) > 1:
            first.setdefault(parts[0], set()).add(member)
    found = {name: (frozenset(ids), True) for name, ids in whole.items() if name.strip()}
    found |= {name: (frozenset(ids), False) for name, ids in first.items() if name not in found}
    return sorted(found.items(), key=lambda one: -len(one[0]))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether it is a word of its own, or words; of an address it is a part."""
    before, after = text[:start], text[end:]
    if after[:1] in tuple("-.@") and after[1:2].isalnum():
        return False
    if before[-1:] == "@" and before[-2:-1].isalnum():
        return False
    if _lettered(text[start]) and before[-1:] and _lettered(before[-1]):
        attached = before[-1] in ATTACHED and not _lettered(before[-2:-1] or " ")
        if not attached:
            return False
    if before[-1:] == "-" and before[-2:-1].isalnum():
        return False
    return not (_lettered(text[end - 1]) and after[:1] and _lettered(after[0]))


def _lettered(one: str) -> bool:
    return one.isalnum() or one == "_" or unicodedata.category(one).startswith("M")


def _with_number(text: str, hit: _Hit) -> _Hit:
    """`ana #12` is the one with that number."""
    found = NUMBER.match(text, hit.end)
    if found is None or int(found[1]) not in hit.ids:
        return hit
    return _Hit(hit.start, found.end(), hit.name + found[0], frozenset((int(found[1]),)), hit.whole)


# -- those who are meant ----------------------------------------------------------------------------------------------


def _meant(text: str, hits: Sequence[_Hit]) -> tuple[list[_Hit], list[str]]:
    """Those whose it is: named at the beginning; or else by `@name`; or before `to`, or in brackets at the end; or else
    whoever is named anywhere. Besides, those with them who are nobody's name here."""
    hits = sorted((one for one in hits if _is_name(text, one)), key=lambda one: one.start)
    at_first, strangers = _leading(text, hits)
    if at_first:
        return at_first, strangers
    by_handle = [one for one in hits if text[one.start - 1 : one.start] == "@"]
    unknown = [one["name"] for one in HANDLE.finditer(text) if not any(hit.start == one.start("name") for hit in hits)]
    if by_handle or unknown:
        return by_handle, unknown
    told = [one for one in hits if _named_for_it(text, one)]
    return told or [one for one in hits if one.whole], []


def _is_name(text: str, hit: _Hit) -> bool:
    if hit.name not in EVERYDAY:
        return True
    return text[hit.start - 1 : hit.start] in ("@", "(", "[") or NAMES_IT.match(text, hit.end) is not None


def _leading(text: str, hits: Sequence[_Hit]) -> tuple[list[_Hit], list[str]]:
    """Those who are named at the beginning, one after another."""
    starts = {one.start: one for one in hits}
    found: list[_Hit] = []
    strangers: list[str] = []
    opened = OPENS.match(text)
    place: int | None = opened.end() if opened else 0
    while place is not None:
        place += text[place : place + 1] == "@"
        hit = starts.get(place)
        if hit is not None and not _possessive(text, hit):
            found.append(hit)
            end = hit.end
        elif found and (stranger := STRANGER.match(text, place)) is not None:
            strangers.append(stranger["name"])
            end = stranger.end()
        else:
            break
        joined = JOINS.match(text, end)
        place = joined.end() if joined else None
    return found, strangers


def _possessive(text: str, hit: _Hit) -> bool:
    """`Ana's report` does not make it Ana's to do."""
    return text[hit.end : hit.end + 2] in ("'s", "\u2019s")


def _named_for_it(text: str, hit: _Hit) -> bool:
    """Whether it stands before `to`, or in brackets at the end."""
    bracketed = CLOSES.match(text, hit.end) is not None and ("(" in text[: hit.start] or "[" in text[: hit.start])
    return bracketed or TO_DO.match(text, hit.end) is not None


def _as_typed(name: str, words: str, guests: Iterable[str]) -> str:
    """The name as it was written."""
    for one in guests:
        if folded(one) == name:
            return one
    place = words.casefold().find(name)
    return words[place : place + len(name)] if place >= 0 else name
