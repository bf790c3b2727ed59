"""What the methods share in which people take a stance: how it is pressed, read, checked and counted."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from decisions.methods.method import Options
from decisions.methods.reading import given, leading, names, reason, skip
from decisions.model import Base, Marks, Rules
from decisions.refusals import MarkOutOfRange, NotAStance, TooManyChosen, Word

CONSENT: Options = ("consent", "object")
CONSENT_SIGNS: Mapping[str, str] = {"+1": "consent", "-1": "object"}
VOTING_SIGNS: Mapping[str, str] = {"+1": "agree", "0": "abstain", "-1": "disagree"}


def press(options: Options, rules: Rules, marks: Marks, option: str, value: int) -> Marks:
    """The stance pressed takes the place of the one before."""
    check(options, rules, {option: 1})
    return {option: 1}


def reader(signs: Mapping[str, str]) -> Callable[[Options, Rules, Sequence[str], str], tuple[Marks, str]]:
    """A `read` that also knows these signs."""

    def read(options: Options, rules: Rules, labels: Sequence[str], words: str) -> tuple[Marks, str]:
        text = words.strip()
        found = leading(text, _known(options, labels, signs))
        if found is None:
            raise NotAStance(given(" ".join(text.split()[:1])), _words(options))
        stance, end = found
        return {stance: 1}, reason(skip(text, end))

    return read


def check(options: Options, rules: Rules, marks: Marks) -> None:
    """A ballot is one stance."""
    for key, mark in marks.items():
        if key not in options:
            raise NotAStance(given(str(key)), _words(options))
        if type(mark) is not int or mark != 1:
            raise MarkOutOfRange(mark, 1)
    if not marks:
        raise NotAStance("", _words(options))
    if len(marks) > 1:
        raise TooManyChosen(len(marks), 1)


def totals(options: Options, ballots: Sequence[Marks]) -> dict[str, int]:
    """Stance -> people who take it."""
    taken = Counter(chain.from_iterable(ballots))
    return {key: taken[key] for key in options}


def carried(rules: Rules, counts: Mapping[str, int], people: int) -> bool:
    """Whether enough agree."""
    agree = counts["agree"]
    cast = agree + counts["disagree"]
    # More may have taken part than were counted when the poll opened.
    base = cast if rules.base is Base.CAST else max(people, sum(counts.values()))
    needed = rules.threshold * base
    return agree > 0 and (agree > needed if rules.beyond else agree >= needed)


def _known(options: Options, labels: Sequence[str], signs: Mapping[str, str]) -> dict[str, str]:
    # Later ones win, so that the English words work in every language.
    return (
        names(options, (str(number) for number in range(1, len(options) + 1)))
        | names(options, labels)
        | {sign: stance for sign, stance in signs.items() if stance in options}
        | names(options, options)
    )


def _words(options: Options) -> tuple[Word, ...]:
    return tuple(Word(f"stance-{key}") for key in options)
