"""Listening: the tokens of a text together with a lexicon, and the numbers among them."""

from dataclasses import dataclass

from bot.dates.lexicon import Lexicon, Phrase
from bot.dates.tokens import Token, tokens

MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Number:
    """A number, the token behind it, and whether it was written in digits."""

    value: int
    end: int
    digits: bool
    text: str = ""


class Heard:
    """A text in a language: what stands where."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.tokens = [part for one in tokens(text) for part in _split(one, lexicon)]

    def word(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def large(self, at: int) -> bool:
        """Whether a word is written in capitals."""
        token = self.tokens[at]
        return self.text[token.begin : token.end].isupper()

    def all(self, at: int) -> list[Phrase]:
        """Every phrase of the lexicon that stands here, the longest first."""
        return [one for one in self.lexicon.phrases.get(self.word(at), ()) if self._stands(one, at)]

    def get(self, at: int, *kinds: str) -> Phrase | None:
        """The longest phrase of these kinds that stands here."""
        return next((one for one in self.all(at) if one.kind in kinds), None)

    def ends(self, at: int, *kinds: str) -> bool:
        """Whether a phrase of these kinds ends just before this token."""
        starts = range(max(0, at - 3), at)
        return any(one.kind in kinds and start + len(one.words) == at for start in starts for one in self.all(start))

    def past(self, at: int, *kinds: str) -> int:
        """The place behind one phrase of these kinds, if there is one."""
        found = self.get(at, *kinds)
        return at + len(found.words) if found else at

    def past_all(self, at: int, *kinds: str, signs: str = "") -> int:
        """The place behind all phrases of these kinds, and signs."""
        while at < len(self.tokens):
            behind = self.past(at, *kinds)
            if behind == at and not (self.word(at) and self.word(at) in signs):
                return at
            at = max(behind, at + 1)
        return at

    def number(self, at: int, most: int = 99) -> Number | None:
        """A whole number in digits or words."""
        word = self.word(at)
        if word and self.tokens[at].number:
            fits = len(word) <= MOST_DIGITS and int(word) <= most
            return Number(int(word), at + 1, True, word) if fits else None
        return self._in_words(at, most)

    def ordinal(self, at: int) -> Number | None:
        """`27th`, `22.`, `twenty seventh`; `digits` says how it is written."""
        found = self.number(at)
        if found and found.digits:
            behind = self.past(found.end, "suffix")
            if behind == found.end and self.lexicon.dots and self.word(behind) == ".":
                behind += 1
            return Number(found.value, behind, True, found.text) if behind > found.end else None
        tens = found if found and found.value in (20, 30) else None
        if tens and (one := self._ordinal_word(tens.end + (self.word(tens.end) == "-"))) and one.value < 10:
            return Number(tens.value + one.value, one.end, False)
        return self._ordinal_word(at)

    def _ordinal_word(self, at: int) -> Number | None:
        found = self.get(at, "ordinal")
        return Number(int(found.value), at + len(found.words), False) if found else None

    def _in_words(self, at: int, most: int) -> Number | None:
        first = self._number_word(at)
        if first is None:
            return None
        if (self.get(first.end, "number") or Phrase((), "", "0", False, False)).value == "1000" and first.value < 10:
            first = Number(first.value * 1000, self.past(first.end, "number"), False)
        while (rest := self._rest(first)) is not None:
            first = Number(first.value + rest.value, rest.end, False)
        return first if first.value <= most else None

    def _rest(self, first: Number) -> Number | None:
        """What is added to `twenty`, to `treinta y`, to `dois mil e`."""
        room = 1000 if first.value % 1000 == 0 else 10 if first.value % 100 in range(20, 100, 10) else 0
        if not first.value or not room:
            return None
        joint = first.end + (self.word(first.end) in ("-", "y", "e", "et"))
        found = self._number_word(joint)
        return found if found and 0 < found.value < room else None

    def _number_word(self, at: int) -> Number | None:
        found = self.get(at, "number")
        return Number(int(found.value), at + len(found.words), False) if found else None

    def _stands(self, phrase: Phrase, at: int) -> bool:
        return all(self.word(at + place) == word for place, word in enumerate(phrase.words))


def _split(token: Token, lexicon: Lexicon) -> list[Token]:
    parts = lexicon.split(token.text)
    if parts is None:
        return [token]
    # Folding may have changed the length, so both halves are where the whole is.
    return [Token(part, token.begin, token.end) for part in parts]
