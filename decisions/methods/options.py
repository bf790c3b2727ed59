"""What the methods share in which people name the options themselves: reading choices and marks, checking, counting."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from decisions.methods.method import Count, Options
from decisions.methods.reading import AFTER, ENDS, fold, given, leading, names, reason, skip
from decisions.model import Marks, Result, Rules
from decisions.refusals import (
    AmbiguousReference,
    ChoiceNeeded,
    MarkOutOfRange,
    Refusal,
    TooFewChosen,
    TooManyChosen,
    UnknownOption,
)

_QUOTED = re.compile(r"""["“”„]([^"“”„]+)["“”]|«([^»]+)»|['‘]([^'‘’]+)['’]""")
_NUMBER = re.compile(rf"#?\d+{ENDS.pattern}")
_ONLY_NUMBERS = re.compile(r"[-–#,;&،、，；\s]*\d[-–#,;&،、，；\d\s]*")
_LISTED = tuple(",;&،、，；")

_PAIR_ENDS = re.compile(r"(?=\s|\Z|[,;=:＝：])")
_MARK = re.compile(rf"\s*[=:＝：]\s*([-−–]?\d+){ENDS.pattern}")
_IN_A_ROW = re.compile(rf"([-−–]?\d+){ENDS.pattern}{AFTER.pattern}")
_LIKE_A_PAIR = re.compile(r"([^=＝/?&\n]+)[=＝]|(\S+?)\s*[:：]\s*[-−–]?\d")
"""A colon, a fraction or an address is common in a reason, so only what is likely a mark gone wrong is taken for one."""
_MORE_THAN_ANY_MARK = 10**9


# -- checking and counting --------------------------------------------------------------------------------------------


def check(options: Options, marks: Marks, lowest: int, highest: int) -> None:
    """A ballot marks at least one option, none but the poll's, and within the limits."""
    for key, mark in marks.items():
        if key not in options:
            raise UnknownOption(given(str(key)), len(options))
        if type(mark) is not int or not lowest <= mark <= highest:
            raise MarkOutOfRange(mark, highest)
    if not marks:
        raise ChoiceNeeded(len(options))


def count(options: Options, rules: Rules, ballots: Sequence[Marks], people: int) -> Count:
    """The option with the highest sum of marks is chosen."""
    counts = dict.fromkeys(options, 0)
    for marks in ballots:
        for key, mark in marks.items():
            counts[key] += mark
    highest = max(counts.values(), default=0)
    first = tuple(key for key in options if 0 < highest == counts[key])
    if len(first) == 1:
        return Count(Result.CHOSEN, counts, chosen=first)
    return Count(Result.NOT_PASSED, counts, tied=first)


# -- reading ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Names:
    """What the options of a poll may be called: `2`, `#2`, or their labels."""

    numbers: Mapping[str, str]
    labels: Mapping[str, str]
    all: Mapping[str, str]

    def leading(self, text: str, ends: re.Pattern[str] = ENDS) -> tuple[str, int] | None:
        """The option that the text begins with, and where its name ends."""
        if found := leading(text, self.all, ends):
            return found
        quoted = _QUOTED.match(text)
        key = self.labels.get(fold(_inside(quoted))) if quoted else None
        return (key, quoted.end()) if quoted and key else None

    def refuse_ambiguous(self, name: str) -> None:
        """Refuse a bare number that is also the label of another option."""
        number, label = self.numbers.get(fold(name)), self.labels.get(fold(name))
        if number and label and number != label:
            raise AmbiguousReference(given(name), (f"#{number}", f'"{given(name)}"'))


def choices(options: Options, labels: Sequence[str], words: str, most: int) -> tuple[Marks, str]:
    """The options that the words begin with, at most so many, and the words that follow.

    `2 3 weeks is enough` is the choice of 2 where one may be chosen; `2 3` is one choice too many.
    """
    known = _names(options, labels)
    text = words.strip()
    chosen, rest = _run(known, text, most)
    more, end = _run(known, rest, len(options))
    if not end:
        chosen, rest = chosen + more, ""
    if not chosen:
        raise _not_understood(options, known, text)
    if _ONLY_NUMBERS.fullmatch(rest) or (len(chosen) < most and _lost(known, text, rest)):
        raise UnknownOption(given(rest), len(options))
    return {key: 1 for key in options if key in chosen}, reason(rest)


def scores(options: Options, labels: Sequence[str], words: str) -> tuple[Marks, str]:
    """The mark of each option named, or a row of marks in the order of the options, and the words that follow."""
    known = _names(options, labels)
    text = words.strip()
    marks, rest = _pairs(known, text)
    if not marks:
        marks, rest = _row(options, text)
    if lost := _LIKE_A_PAIR.match(rest):
        raise _not_understood(options, known, lost[1] or lost[2])
    if not marks or _ONLY_NUMBERS.fullmatch(rest):
        raise _not_understood(options, known, rest)
    return marks, reason(rest)


def _names(options: Options, labels: Sequence[str]) -> _Names:
    bare, called = names(options, options), names(options, labels)
    return _Names(bare, called, bare | called | names(options, (f"#{key}" for key in options)))


def _run(known: _Names, text: str, most: int) -> tuple[list[str], str]:
    chosen: list[str] = []
    while len(chosen) < most and (found := known.leading(text)):
        key, end = found
        known.refuse_ambiguous(text[:end])
        chosen.append(key)
        text = skip(text, end)
    return chosen, text


def _lost(known: _Names, text: str, rest: str) -> bool:
    """Whether a choice would be lost in the reason, as in `1, 9 are good` or `1 and 3`."""
    if _NUMBER.match(rest):
        return text.removesuffix(rest).rstrip().endswith(_LISTED)
    _, _, tail = rest.partition(" ")
    return bool(tail) and not _run(known, tail.strip(), len(known.numbers))[1]


def _pairs(known: _Names, text: str) -> tuple[dict[str, int], str]:
    marks: dict[str, int] = {}
    while (found := known.leading(text, _PAIR_ENDS)) and (mark := _MARK.match(text, found[1])):
        key, end = found
        known.refuse_ambiguous(text[:end])
        if key in marks:
            break  # left over, it is refused: which of two marks is meant is not ours to guess
        marks[key] = _number(mark[1])
        text = skip(text, mark.end())
    return marks, text


def _row(options: Options, text: str) -> tuple[dict[str, int], str]:
    row: list[int] = []
    rest = text
    while len(row) < len(options) and (mark := _IN_A_ROW.match(rest)):
        row.append(_number(mark[1]))
        rest = rest[mark.end() :]
    if 0 < len(row) < len(options):
        raise TooFewChosen(len(row), len(options))
    if row and _ONLY_NUMBERS.fullmatch(rest):
        raise TooManyChosen(len(row) + len(re.findall(r"\d+", rest)), len(options))
    return dict(zip(options, row, strict=False)), rest


def _number(digits: str) -> int:
    # int() refuses thousands of digits, and no mark has ten.
    size = digits.lstrip("-−–")
    value = int(size) if len(size) < 10 else _MORE_THAN_ANY_MARK
    return value if size == digits else -value


def _inside(quoted: re.Match[str]) -> str:
    return quoted[1] or quoted[2] or quoted[3]


def _not_understood(options: Options, known: _Names, text: str) -> Refusal:
    if not text or known.leading(text):
        return ChoiceNeeded(len(options))
    quoted = _QUOTED.match(text)
    number = _NUMBER.match(text)
    name = _inside(quoted) if quoted else number[0] if number else re.split(r"[,;\n]", text)[0]
    return UnknownOption(given(name), len(options))
