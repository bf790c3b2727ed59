"""Reading: what people type for a lesson, in one message - what was tried, where, and what came of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot import words as texts
from decisions.lessons import WHERE
from decisions.refusals import UnknownSetting

LABELLED = ("happened", "again", "never", "helps")
"""What may stand on a line of its own behind its name, or behind two dashes."""

NAMELESS = "nameless"

DASHES = r"(?:(?<=\s)|^)(?:--|[\u2013\u2014])"
FLAG = re.compile(rf"{DASHES}(?P<name>[a-z]+)(?=[=\s]|$)=?\s*")
VALUE = re.compile(
    r"[\"\u201c\u201d\u00ab\u00bb\u201e]([^\"\u201c\u201d\u00ab\u00bb\u201e]*)[\"\u201c\u201d\u00ab\u00bb]|\S+"
)
LABEL = re.compile(r"(?P<label>[^:\uff1a\n]{1,40}?)\s*[:\uff1a]\s*(?P<words>.*)", re.DOTALL)

IN = re.compile(r"(?:in|en|au|aux|à|في|w|στο)\s+", re.IGNORECASE)
"""What stands before a place."""
QUOTED_PLACE = re.compile(
    r"[\"\u201c\u201d\u00ab\u00bb]\s*([^\"\u201c\u201d\u00ab\u00bb\n]{1,60}?)\s*[\"\u201c\u201d\u00ab\u00bb][\s,.:;]*"
)
PLACE = re.compile(r"([^\n,.:;،؛。：]{1,60}?)\s*(?:[,.:;،؛。：]\s*|\n|$)")
OPENING = re.compile(
    r"a|after|al|all|an|and|as|at|au|avec|beaucoup|but|ce|con|des|el|elle|elles|en|everybody|everyone|fue|he|i|"
    r"il|ils|in|it|je|la|las|le|les|lo|los|mais|many|nadie|no|nobody|nos|not|nothing|nous|on|one|only|our|"
    r"people|personne|sans|she|sin|some|that|the|there|they|this|todo|tout|un|una|une|we|when|with|y|à",
    re.IGNORECASE,
)
"""With a capital, how a sentence begins: the last word before it is no part of a place."""

LONGEST_PLACE = 4
"""Words of a place that ends with a sign; without one it ends where a word begins with no capital."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A lesson, as far as it was typed: the names of its fields, each with its words."""

    words: Mapping[str, str]
    nameless: bool = False


def typed(given: str, language: str) -> Typed:
    """Read the settings out of the first line; what is left of it is what was tried. Below it stand lines that begin with
    `happened:`, `again:`, `never:` or `helps:`, in English or in this language, lines of more settings, and free text. Raises
    UnknownSetting."""
    first, _, below = given.partition("\n")
    found, heading, nameless = _flags(first)
    parts: dict[str, list[str]] = {"text": []}
    under = "text"
    for line in below.split("\n"):
        more, one, unnamed = _flags(line) if line.lstrip().startswith("--") else ({}, line, False)
        found, nameless = found | more, nameless or unnamed
        if line.strip() and not one:
            continue
        labelled = _labelled(one, language)
        under, words = labelled or (under, one)
        parts.setdefault(under, []).append(words)
    found |= {name: "\n".join(lines).strip() for name, lines in parts.items() if "".join(lines).strip()}
    if not heading and "text" in found:
        heading, _, found["text"] = found["text"].partition("\n")
    return Typed(words={"tried": heading} | found if heading else found, nameless=nameless)


def _flags(first: str) -> tuple[dict[str, str], str, bool]:
    """The settings of a line, what is left of it, and whether no name is to be told."""
    found: dict[str, str] = {}
    left, nameless, place = [], False, 0
    flags = list(FLAG.finditer(first))
    for number, flag in enumerate(flags):
        if flag.start() < place:
            continue  # within the words of another
        left.append(first[place : flag.start()])
        until = flags[number + 1].start() if number + 1 < len(flags) else len(first)
        name, place = flag["name"], flag.end()
        if name == NAMELESS:
            nameless = True
        elif name in LABELLED:
            found[name], place = first[place:until].strip(), until
        elif name in WHERE:
            value = VALUE.match(first, place)
            found[name], place = _value(value)
            place = max(place, flag.end())
        elif flag[0].startswith("--"):
            raise UnknownSetting(name[:40], tuple(f"--{one}" for one in (*WHERE, *LABELLED, NAMELESS)))
        else:
            left.append(flag[0])  # a dash between words
    return found, " ".join(" ".join([*left, first[place:]]).split()), nameless


def _value(found: re.Match[str] | None) -> tuple[str, int]:
    if found is None:
        return "", 0
    return (found[0] if found[1] is None else found[1]).strip(), found.end()


def _labelled(line: str, language: str) -> tuple[str, str] | None:
    found = LABEL.fullmatch(line.strip())
    name = _labels(language).get(" ".join(found["label"].casefold().split())) if found else None
    return (name, found["words"]) if found and name else None


@cache
def _labels(language: str) -> dict[str, str]:
    """What a line may begin with -> the name of the field."""
    return {label: name for spoken in (language, "en") for name in LABELLED for label in _said(spoken, name)}


def _said(language: str, name: str) -> Iterator[str]:
    yield from (one.strip().casefold() for one in re.split("[,،]", texts.say(language, f"lesson-label-{name}")))


def place(given: str) -> tuple[str, str]:
    """The place that words begin with, behind `in`, and the words after it: `in Ghana we used paper`."""
    behind = IN.match(given)
    if behind is None:
        return "", given
    rest = given[behind.end() :]
    if (quoted := QUOTED_PLACE.match(rest)) is not None:
        return quoted[1], rest[quoted.end() :]
    ended = PLACE.match(rest)
    if ended and _is_name(ended[1].split()[:1]) and len(ended[1].split()) <= LONGEST_PLACE:
        lead = _leading(ended[1].split())
        if lead == len(ended[1].split()):
            return ended[1], rest[ended.end() :].strip()
    names = rest.split()
    lead = _leading(names)
    if 1 < lead < len(names) and OPENING.fullmatch(names[lead - 1]):
        lead -= 1
    return (" ".join(names[:lead]), " ".join(rest.split(" ")[lead:]).strip()) if lead else ("", given)


def _leading(names: list[str]) -> int:
    """How many of the first words are a name: those with a capital; in a script without capitals, one."""
    if not names or not _is_name(names):
        return 0
    if not names[0][0].isupper():
        return 1
    return next((place for place, one in enumerate(names) if not one[0].isupper()), len(names))


def _is_name(names: list[str]) -> bool:
    """Whether the first word begins as a name does: with a capital, or in a script that has none."""
    first = names[0][0] if names and names[0] else ""
    return first.isalpha() and not first.islower()
