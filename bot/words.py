"""The words: says a message of `text/<language>.json`, kept in MediaWiki's format, in the reader's language."""

import json
import re
from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_decimal

Argument = str | int | Fraction
Part = str | Callable[[Sequence[Argument], "Voice"], str]
CATEGORIES = ("zero", "one", "two", "few", "many", "other")  # the order in which translators give plural forms
TOKEN = re.compile(
    r"\{\{(?P<choice>PLURAL|GENDER):\$(?P<by>[1-9][0-9]?)\|"
    r"|\$(?P<slot>[1-9][0-9]?)(?![0-9])|\{\{|\}\}|\||[^{}$|]+|.",
    re.IGNORECASE | re.DOTALL,
)
EXACT = re.compile(r"\s*([0-9]{1,9})=")  # the form for one number alone: {{PLURAL:$1|0=nobody|one|other}}
DEEPEST = 20


def parsed(template: str) -> list[Part]:
    """Never fails: where braces do not match, all but `$1` is left as it is written."""
    waiting: list[tuple[re.Match[str] | None, list[list[Part]]]] = [(None, [[]])]
    for token in TOKEN.finditer(template):
        opening, forms = waiting[-1]
        if token[0].startswith("{{"):
            waiting.append((token, [[]]))
        elif token[0] == "}}" and opening:
            waiting.pop()
            waiting[-1][1][-1] += closed(opening, forms)
        elif token[0] == "|" and opening and opening["choice"]:
            forms.append([])
        else:
            forms[-1].append(plain(token))
        if len(waiting) > DEEPEST:
            break
    return waiting[0][1][0] if len(waiting) == 1 else [plain(token) for token in TOKEN.finditer(template)]


def closed(opening: re.Match[str], forms: list[list[Part]]) -> list[Part]:
    if not opening["choice"]:
        return [opening[0], *forms[0], "}}"]
    make = plural if opening["choice"].upper() == "PLURAL" else gender
    return [make(int(opening["by"]) - 1, forms)]


def plain(token: re.Match[str]) -> Part:
    if not token["slot"]:
        return token[0]
    at = int(token["slot"]) - 1
    return lambda args, voice: voice.shown(args[at]) if at < len(args) else token[0]


def plural(at: int, written: list[list[Part]]) -> Part:
    forms: list[list[Part]] = []
    exact: dict[int | Fraction, list[Part]] = {}
    for form in written:
        if form and isinstance(form[0], str) and (only := EXACT.match(form[0])):
            exact.setdefault(int(only[1]), [form[0][only.end() :], *form[1:]])
        else:
            forms.append(form)
    forms = forms or [[]]

    def said(args: Sequence[Argument], voice: Voice) -> str:
        count = args[at] if at < len(args) else ""
        if isinstance(count, str):
            return voice.render(forms[-1], args)
        if count in exact:
            return voice.render(exact[count], args)
        return voice.render(forms[min(voice.number(count)[1], len(forms) - 1)], args)

    return said


def gender(at: int, forms: list[list[Part]]) -> Part:
    neutral = forms[2] if len(forms) > 2 else forms[0]
    form_of: dict[Argument, list[Part]] = {"male": forms[0], "female": forms[1] if len(forms) > 1 else neutral}
    return lambda args, voice: voice.render(form_of.get(args[at], neutral) if at < len(args) else neutral, args)


class Voice:
    """One language: its messages, its numbers, its direction."""

    def __init__(self, language: str, raw: dict[str, str]) -> None:
        self.messages = {key: parsed(template) for key, template in raw.items()}
        self.locale = locale_of(language)
        self.rtl = direction(language) == "rtl"
        self.categories = [tag for tag in CATEGORIES if tag in {*self.locale.plural_form.tags, "other"}]
        self.number = lru_cache(4096)(self._number)

    def render(self, parts: list[Part], args: Sequence[Argument]) -> str:
        return "".join([part if isinstance(part, str) else part(args, self) for part in parts])

    def shown(self, arg: Argument) -> str:
        if not isinstance(arg, str):
            return self.number(arg)[0]
        return isolated(arg) if self.rtl else arg

    def _number(self, number: int | Fraction) -> tuple[str, int]:
        """How the number is written, and the plural form for what is written: 1.0004 shows as 1."""
        exact = round(Fraction(number), 3)
        with localcontext() as digits:
            # Babel rounds in the current context, whose 28 digits are fewer than people may type.
            digits.prec = 20 + exact.numerator.bit_length()
            value = Decimal(exact.numerator) / Decimal(exact.denominator)
            # Western digits in every language, so that people can type back what they read.
            text = format_decimal(value, locale=self.locale, numbering_system="latn")
            return text, self.categories.index(self.locale.plural_form(value))


class Words:
    """The messages of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._voice = cache(lambda language: Voice(language, self.keys(language)))
        self._chain = lru_cache(1024)(self._find_chain)  # bounded: the code comes from outside

    def languages(self) -> tuple[str, ...]:
        return tuple(sorted(file.stem for file in self._folder.glob("*.json") if file.stem != "qqq"))

    def _find_chain(self, language: str) -> list[Voice]:
        kept = self.languages()
        return [self._voice(code) for code in (*wider(language), "en") if code in kept]

    def keys(self, language: str) -> dict[str, str]:
        raw = json.loads((self._folder / f"{language}.json").read_text("utf-8"))
        return {key: template for key, template in raw.items() if not key.startswith("@")}

    def known(self, key: str) -> bool:
        return any(key in voice.messages for voice in self._chain("en"))

    def say(self, language: str, key: str, *args: Argument) -> str:
        for voice in self._chain(language):
            if key in voice.messages:
                return voice.render(voice.messages[key], args)
        raise KeyError(key)


def wider(language: str) -> list[str]:
    """`zh-hant-hk`, then `zh-hant`, then `zh`."""
    tags = language.lower().replace("_", "-").split("-")[:4]
    return ["-".join(tags[:length]) for length in range(len(tags), 0, -1)]


@lru_cache(1024)
def locale_of(language: str) -> Locale:
    for code in wider(language):
        try:
            return Locale.parse(code, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")


MARK = {"ltr": "\u200e", "rtl": "\u200f"}
"""What does not show, and is read as a letter of its direction."""


def direction(language: str) -> Literal["ltr", "rtl"]:
    return "rtl" if locale_of(language).text_direction == "rtl" else "ltr"


def joined(language: str, items: Sequence[str]) -> str:
    return format_list(items, locale=locale_of(language))


def isolated(text: str) -> str:
    """A name in another script then leaves the order of the sentence around it alone."""
    return f"\u2068{text}\u2069"


WORDS = Words(Path(__file__).parent / "text")
languages, keys, known, say = WORDS.languages, WORDS.keys, WORDS.known, WORDS.say


@cache
def own_words(language: str, command: str) -> tuple[str, ...]:
    """A language's own words for a command, which stand in `word-COMMAND`; the English one is not among them."""
    said = keys(language).get(f"word-{command}", "")
    return tuple(one.strip().casefold() for one in said.split(",") if one.strip())


@cache
def own_tags(language: str, tag: str) -> tuple[str, ...]:
    """A language's own words for a tag in a meeting, which stand in `tag-TAG`."""
    said = keys(language).get(f"tag-{tag}", "")
    return tuple(one.strip().casefold() for one in said.split(",") if one.strip())
