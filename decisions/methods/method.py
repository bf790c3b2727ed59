"""What a poll method is: five answers to how people mark, and how marks are counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from decisions.model import Marks, Result, Rules

Options = tuple[str, ...]
"""The keys that ballots are marked by: stances by name (`agree`), other options by number (`1` .. `40`)."""


@dataclass(frozen=True, slots=True)
class Count:
    """What the marks come to, before the quorum is looked at. A tie is part of it, never broken by chance."""

    result: Result
    counts: Mapping[str, int]
    chosen: Options = ()
    tied: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One way to decide. All functions are pure; `options` are keys, `marks` one member's ballot."""

    name: str

    press: Callable[[Options, Rules, Marks, str, int], Marks]
    """(options, rules, marks so far, option pressed, value of the button) -> the ballot after the press.

    It sets or adds and never takes away, so that the same press again changes nothing.
    """

    read: Callable[[Options, Rules, Sequence[str], str], tuple[Marks, str]]
    """(options, rules, labels of the options, words typed) -> the ballot, and the words left over as a reason."""

    check: Callable[[Options, Rules, Marks], None]
    """Raises a Refusal if the ballot is not a valid one."""

    count: Callable[[Options, Rules, Sequence[Marks], int], Count]
    """(options, rules, ballots, people in the electorate) -> what they come to. The order of ballots never matters."""

    values: Callable[[Rules], tuple[int, ...]] = lambda rules: (1,)
    """The values an option has buttons for."""

    most: Callable[[Options, Rules], int] = lambda options, rules: rules.most
    """How many options one ballot may mark."""

    stances: Options = ()
    """The fixed options of a stance method; empty where people name the options themselves."""

    signs: Mapping[str, str] = field(default_factory=dict)
    """What `+1`, `0` and `-1` mean: sign -> stance."""

    blocks: str = ""
    """The stance that stands against passing until its author withdraws it. It needs a reason."""

    against: str = ""
    """The stance whose reason is asked for, where none is given."""
