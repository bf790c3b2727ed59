"""Likeness: how alike two texts are by their words, in any script; forms of a word, accents, order and slips aside.

It knows words, not what they mean: what is said in other words, or in another language, is not like it.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain
from math import fsum, log
from types import MappingProxyType

from rapidfuzz.distance import OSA, Prefix

from decisions.lookalikes import MARKS
from decisions.wording import IGNORED

Weights = Mapping[str, float]
"""A word, as `words` has it -> how much it tells; `rarity` makes them of what is known."""

UNWEIGHED: Weights = MappingProxyType({})

LONGEST = 2000
"""More of a text is not looked at."""

CLOSE = 0.62
"""From here on one text is shown beside the other; the table in tests/decisions/test_likeness.py chose it."""

ENOUGH = 2.0
"""How much two texts must share, in words that tell something: two that have one or two words in common say too little."""

# Scripts that put no spaces between words: Thai and its neighbours, kana, the Chinese characters.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
ELIDED = re.compile("(?:[cdjlmnst]|qu|un|[dns]ell|[ads]all)['’](?=\\w{2})")
ARTICLE = re.compile("[وفبك]?ال(?=\\w{3})|لل(?=\\w{3})")
LETTERS = str.maketrans("أإآٱىةؤئیک", "ااااي" + "هويي" + "ك")
"""Arabic letters that people write for one another."""

PREFIX = re.compile("[והבלמשכ](?=[א-ת]{3})")
"""What Hebrew writes to the word behind it, as a letter."""

TELLING = 6
"""A word of so many letters tells as much as any; shorter ones mostly hold the others together."""
PAIR = 0.5
"""What a pair of characters tells where words are not parted: most words there are two or three pairs."""
BEGINNING = 4
"""How many letters two forms of a word must begin with."""
KIN = 0.9
"""What another form of the same word counts."""
SLIP = 0.8
"""What a word counts that is another with a letter or two mended; and how alike they must be for that."""
UNKNOWN = 20
"""As many texts more are taken to be known as few ones cannot show: of two texts, a word in both is not a common one."""


def likeness(one: str, other: str, weights: Weights = UNWEIGHED) -> float:
    """From 0, nothing in common, to 1, the same words. A text that is all in a longer one is somewhat like it."""
    a, b = words(one), words(other)
    if not a or not b:
        return float(bool(one.strip()) and one.casefold().split() == other.casefold().split())
    there, back = _found(a, b, weights), _found(b, a, weights)
    all_there, all_back = _told(a, weights), _told(b, weights)
    both = (there + back) / (all_there + all_back)
    within = max(there / all_there, back / all_back)
    return (3 * both + within) / 4


def close(one: str, other: str, weights: Weights = UNWEIGHED) -> bool:
    """Whether whoever writes one should see the other: alike, and in more than a word or two."""
    return likeness(one, other, weights) >= CLOSE and shared(one, other) >= ENOUGH


def shared(one: str, other: str) -> float:
    """How much of what they tell they have in common, in words."""
    a, b = words(one), words(other)
    return min(_found(a, b, UNWEIGHED), _found(b, a, UNWEIGHED))


def rarity(texts: Iterable[str]) -> Weights:
    """How much words tell where these texts are what is known: what stands in many of them tells little."""
    known = [words(one) for one in texts]
    often = Counter(word for one in known for word in one)
    many = len(known) + UNKNOWN
    return {word: _telling(word) * (log(1 + many / times) / log(1 + many)) ** 2 for word, times in often.items()}


def words(text: str) -> frozenset[str]:
    """The words of a text, without what may be written otherwise; where words are not parted, each pair of characters."""
    return _words(text[:LONGEST])


@lru_cache(4096)
def _words(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", IGNORED.sub("", text)).casefold()
    plain = unicodedata.normalize("NFC", MARKS.sub("", plain)).translate(LETTERS)
    return frozenset(part for word in _word().findall(plain) for part in _parts(word))


@cache
def _word() -> re.Pattern[str]:
    """A run of letters, digits and marks; to Python, the vowels of India and Thailand are no part of a word."""
    marks = "".join(chr(one) for one in range(0x300, 0xFE00) if unicodedata.category(chr(one)).startswith("M"))
    return re.compile(rf"[\w{marks}]+(?:['’]\w+)*")


def _parts(word: str) -> Iterator[str]:
    place = 0
    for run in UNSPACED.finditer(word):
        yield from _bare(word[place : run.start()])
        yield from (run[0][at : at + 2] for at in range(max(1, len(run[0]) - 1)))
        place = run.end()
    yield from _bare(word[place:])


def _bare(word: str) -> Iterator[str]:
    """The word without an article that is written to it."""
    for joined in (ELIDED, ARTICLE, PREFIX):
        found = joined.match(word)
        word = word[found.end() :] if found else word
    if word := word.replace("'", "").replace("’", ""):
        yield word


def _told(some: frozenset[str], weights: Weights) -> float:
    """Rounded once, at the end: words of a set come in any order, and no text is more than like itself."""
    return fsum(weights.get(one) or _telling(one) for one in some)


def _found(some: frozenset[str], among: frozenset[str], weights: Weights) -> float:
    same = some & among
    kin = _beginnings(among)
    near = ((one, max((_kin(one, two) for two in kin.get(one[:1], ())), default=0.0)) for one in some - same)
    found = chain(((one, 1.0) for one in same), near)
    return fsum((weights.get(one) or _telling(one)) * much for one, much in found)


@lru_cache(4096)
def _beginnings(some: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The words that may have other forms, by their first letter."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for one in some:
        if len(one) >= BEGINNING:
            found[one[0]] += (one,)
    return found


@lru_cache(65536)
def _telling(word: str) -> float:
    if UNSPACED.match(word):
        return PAIR
    return 1.0 if word[0].isdigit() else min(1.0, len(word) / TELLING) ** 2


def _kin(one: str, other: str) -> float:
    """How surely these are forms of one word, or one is a slip for the other."""
    short, long = sorted((len(one), len(other)))
    if short < BEGINNING or one[0].isdigit():
        return 0.0
    begins = Prefix.similarity(one, other)
    if begins >= BEGINNING and (begins >= 0.6 * long or (begins == short and long - short <= BEGINNING)):
        return KIN
    return SLIP if short > BEGINNING and OSA.normalized_similarity(one, other) >= SLIP else 0.0
