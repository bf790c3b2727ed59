"""Folding: a text as the words by which it is found, the same for both databases, in whatever script it is written.

Case, accents and vowel signs go, and letters that are written in several ways are one. What is written without spaces
(Chinese, Japanese, Korean, Thai, ...) is cut into pairs of characters. Beside each word stand its stems.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Protocol

VERSION = 2
"""Grows with every change of what texts are folded to: what was folded before is folded anew then."""

LONGEST = 64
"""How much of a word counts."""

MOST = 100_000
"""How many characters of a text are folded; no text that is kept is as long."""

WITHIN, TITLED = "\ue000", "\ue001"
"""What stands before the number of a group, and before a word of a title. No folded word begins with either."""

STEMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""Language -> the stemmer that knows its word forms."""

RUN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff]+"
)
"""Characters that are written without spaces, or (Korean) with what belongs to other words."""

WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff])*")
"""A word as it is written, with the marks on its letters."""

_LETTERS = {
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ـ": "",
    "ʼ": " ", "ʹ": " ", "ʻ": " ",
}  # fmt: skip


class _Signs(dict[int, str]):
    """What becomes of each character, found out as it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _sign(chr(code))
        return found


def _sign(one: str) -> str:
    if one in _LETTERS:
        return _LETTERS[one]
    kind = unicodedata.category(one)
    if kind == "Nd":
        return str(unicodedata.decimal(one))
    if kind == "Mn" and _is_accent(unicodedata.combining(one)):
        return ""
    return one if kind[0] in "LNM" else ("" if kind == "Cf" else " ")


def _is_accent(place: int) -> bool:
    """Accents, Hebrew points and Arabic vowel signs; the vowels of India and of Thai are letters of their words."""
    return place == 1 or 10 <= place <= 36 or place >= 200


_SIGNS = _Signs()


def folded(text: str) -> str:
    """The text in lower case, with plain letters and digits, and with spaces for all that is no part of a word."""
    plain = unicodedata.normalize("NFKD", text[:MOST].casefold())
    return unicodedata.normalize("NFC", plain.translate(_SIGNS))


def words(text: str) -> list[str]:
    """The folded words of a text in their order; of what is written without spaces, each two characters, and the last."""
    return [word for piece in folded(text).split() for word in _cut(piece)]


def _cut(piece: str) -> Iterator[str]:
    if piece.isascii():
        yield piece[:LONGEST]
        return
    at = 0
    for run in RUN.finditer(piece):
        if at < run.start():
            yield piece[at : run.start()][:LONGEST]
        yield from (piece[one : min(one + 2, run.end())] for one in range(run.start(), run.end()))
        at = run.end()
    if at < len(piece):
        yield piece[at:][:LONGEST]


# -- word forms -------------------------------------------------------------------------------------------------------


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - a library's name


@cache
def _stemmer(algorithm: str) -> _Stemmer:
    from snowballstemmer import stemmer

    made: _Stemmer = stemmer(algorithm)
    return made


@lru_cache(1 << 16)
def stems(word: str, languages: tuple[str, ...]) -> frozenset[str]:
    """The stems of a word, written or folded, in these languages; without those that are the folded word itself."""
    plain, found = folded(word).strip(), set[str]()
    for algorithm in _algorithms(languages, _script(plain[:1])):
        by = _stemmer(algorithm)
        found |= {folded(by.stemWord(one)).strip()[:LONGEST] for one in {*_bare(word.casefold(), plain, algorithm)}}
    return frozenset(one for one in found if one not in ("", plain) and " " not in one)


_SCRIPTS = {
    "arabic": "ARABIC", "armenian": "ARMENIAN", "greek": "GREEK", "hindi": "DEVANAGARI", "nepali": "DEVANAGARI",
    "persian": "ARABIC", "russian": "CYRILLIC", "tamil": "TAMIL", "yiddish": "HEBREW",
}  # fmt: skip
"""In what script a stemmer's words are, where that is not Latin."""

_SEVERAL = ("serbian",)

_USUAL = {"ARABIC": "arabic", "ARMENIAN": "armenian", "CYRILLIC": "russian", "DEVANAGARI": "hindi", "GREEK": "greek",
          "TAMIL": "tamil"}  # fmt: skip
"""Script -> whose stemmer it is left to, where nobody speaks a language of it: a guest's words have forms, too."""


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


@cache
def _algorithms(languages: tuple[str, ...], script: str) -> tuple[str, ...]:
    """The stemmers of these languages that know words in a script."""
    known = dict.fromkeys(STEMS[one] for one in map(_base, languages) if one in STEMS)
    found = tuple(one for one in known if one in _SEVERAL or _SCRIPTS.get(one, "LATIN") == script)
    return found or ((_USUAL[script],) if script in _USUAL else ())


ARTICLE = "ال"
PREFIXED = re.compile("[وفبك]?(?:ال|لل)(?=...)")


def _bare(word: str, plain: str, algorithm: str) -> tuple[str, ...]:
    """What is stemmed. In Arabic the same word with the article too: without it, the stemmer knows fewer forms."""
    return (word, plain) if algorithm != "arabic" else (word, ARTICLE + PREFIXED.sub("", plain, count=1))


def _base(language: str) -> str:
    return language.partition("-")[0].casefold()


_SPACED = re.compile(r"[^\s'’]+")


def _all_stems(text: str, languages: tuple[str, ...]) -> list[str]:
    """The stems of all words of a text, each once. A word that is no plain one, such as `a-b`, has none."""
    known = {stem for one in set(_written(text[:MOST])) for stem in stems(one, languages)}
    return sorted(known)


def _written(text: str) -> Iterator[str]:
    """The words as they are written, without what stands around them."""
    plain = unicodedata.normalize("NFC", text)
    return (one for one in WORD.findall(plain) if 1 < len(one) <= LONGEST and not _PLAINLY.search(one))


_PLAINLY = re.compile(rf"\d|{RUN.pattern}")
"""What has no forms."""


def indexed(title: str, text: str, groups: Iterable[int], languages: tuple[str, ...]) -> list[str]:
    """All by which something with a title and a text is found, in order."""
    titled = [*words(title), *_all_stems(title, languages)]
    both = f"{title}\n{text}"
    return [
        *(f"{WITHIN}{one}" for one in groups),
        *(f"{TITLED}{one}" for one in dict.fromkeys(titled)),
        *words(both),
        *_all_stems(both, languages),
    ]


def wanted(said: str, languages: tuple[str, ...]) -> list[tuple[tuple[str, ...], ...]]:
    """What is looked for with unquoted words: each of them in its forms, each form as words that follow each other."""
    pieces = [(piece, tuple(words(piece))) for piece in _SPACED.findall(said)]
    known = [(piece, _query(plain)) for piece, plain in pieces if plain]
    long = [(piece, plain) for piece, plain in known if len(plain) > 1 or len(plain[0]) > 1]
    return [_forms(piece, plain, languages) for piece, plain in (long or known)]


def quoted(said: str) -> tuple[str, ...]:
    """What is looked for with quoted words: these, one after another."""
    return _query(tuple(words(said)))


def _forms(piece: str, plain: tuple[str, ...], languages: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    found = stems(next(_written(piece), ""), languages) if len(plain) == 1 else frozenset[str]()
    return (plain, *((one,) for one in sorted(found) if one != plain[0]))


def _query(plain: tuple[str, ...]) -> tuple[str, ...]:
    """Without the last character alone: the text may go on there."""
    alone = len(plain) > 1 and len(plain[-1]) == 1 and RUN.match(plain[-1]) and RUN.match(plain[-2])
    return plain[:-1] if alone else plain


def each(text: str, languages: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Each word of a text in its forms; of what is written without spaces, each pair."""
    for piece in _SPACED.findall(text):
        plain = words(piece)
        if len(plain) == 1:
            yield _forms(piece, tuple(plain), languages)
        else:
            yield from (((word,),) for word in plain if len(word) > 1)
