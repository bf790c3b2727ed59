"""Counting: what a poll's ballots come to - by people or by affiliates, weighted, by proxy - whatever the method."""

import math
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from decisions.methods import METHODS
from decisions.methods.method import Count, Method, Options
from decisions.model import Ballot, Outcome, Poll, Result, Rules, Voter

_NO_LINE = Voter(poll_id=0, member_id=0)

Pairs = Collection[tuple[int, int]]
"""(member, proxy): whose ballot is to count for whom."""


def method(poll: Poll) -> Method:
    """The poll's method, from the register."""
    return METHODS[poll.method]


def keys(poll: Poll) -> Options:
    """What the poll's ballots are marked by: the stances, or `1` .. `n` for options that people named."""
    return method(poll).stances or tuple(str(number + 1) for number in range(len(poll.options)))


def counts(poll: Poll, ballot: Ballot) -> bool:
    """Whether a ballot counts: cast on the words as they stand, or a block that only its author can lift."""
    if ballot.revision == poll.revision:
        return True
    return ballot.revision >= poll.firm_revision and method(poll).blocks in ballot.marks


# -- who speaks -------------------------------------------------------------------------------------------------------


class Voice(NamedTuple):
    """What is counted for one member: their own ballot, or that of their proxy."""

    member_id: int
    ballot: Ballot
    line: Voter
    """The member's line of the roll; of an open electorate, one that says nothing."""

    @property
    def own(self) -> bool:
        """Whether they voted themselves."""
        return self.ballot.member_id == self.member_id

    @property
    def spoke(self) -> tuple[bool, datetime, int]:
        """Of an affiliate's voices the greatest counts: who voted themselves, the last of them."""
        return self.own, self.ballot.at, self.member_id


def voices(poll: Poll, ballots: Iterable[Ballot], roll: Iterable[Voter], proxies: Pairs = ()) -> list[Voice]:
    """Everyone who is heard, by their own ballot or by that of their proxy; of an affiliate that has one ballot, one."""
    lines = {one.member_id: one for one in roll}
    said = {one.member_id: one for one in ballots if counts(poll, one)}
    heard = [Voice(one, ballot, lines.get(one, _NO_LINE)) for one, ballot in said.items()]
    if poll.rules.by_affiliate:
        return list(_one_each(heard).values())
    by_proxy = {one: said[by] for one, by in proxies if one not in said and by in said}
    return heard + [Voice(one, ballot, lines.get(one, _NO_LINE)) for one, ballot in by_proxy.items()]


def electors(poll: Poll, roll: Iterable[Voter]) -> int:
    """How many a roll has: its people or, where an affiliate has one ballot, its affiliates."""
    return len({_elector(one.member_id, one) if poll.rules.by_affiliate else (0, one.member_id) for one in roll})


def turnout(poll: Poll, ballots: Iterable[Ballot], roll: Iterable[Voter]) -> int:
    """How many of them have voted themselves: what `Poll.turnout` keeps."""
    return len(voices(poll, ballots, roll))


def affiliates(roll: Iterable[Voter]) -> set[int]:
    """The affiliates that are spoken for."""
    return {one.affiliate_id for one in roll if one.affiliate_id is not None}


def regions(roll: Iterable[Voter]) -> set[str]:
    """The regions they are from."""
    return {one.region for one in roll if one.affiliate_id is not None and one.region}


def _elector(member_id: int, line: Voter) -> tuple[int, int]:
    """An affiliate; whoever speaks for none speaks for themselves."""
    return (0, member_id) if line.affiliate_id is None else (line.affiliate_id, 0)


def _one_each(heard: Iterable[Voice]) -> dict[tuple[int, int], Voice]:
    return {_elector(one.member_id, one.line): one for one in sorted(heard, key=lambda one: one.spoke)}


# -- what it comes to -------------------------------------------------------------------------------------------------


def outcome(poll: Poll, ballots: Sequence[Ballot], roll: Sequence[Voter] = (), proxies: Pairs = ()) -> Outcome:
    """What the poll comes to as it stands. Ballots on earlier words, left unconfirmed, do not count.

    `roll`: where the electorate is open, those who speak for an affiliate in it; they say who was not heard.
    """
    heard = voices(poll, ballots, roll, proxies)
    base = max(poll.base, len(heard))
    count = _counted(poll, heard, roll, base)
    second = _by_affiliates(poll, heard, roll) if poll.rules.double else None
    needed = quorum(poll.rules, base)
    took_part = [one.line for one in heard] if roll else []
    broad = _breadth(took_part)
    enough = (needed is None or len(heard) >= needed) and _reached(poll.rules, broad)
    return Outcome(
        result=_both(count, second) if enough else Result.NO_QUORUM,
        counts=dict(count.counts),
        chosen=count.chosen if enough else (),
        tied=count.tied,
        turnout=len(heard),
        base=base,
        needed=needed,
        by_affiliates=dict(second.counts) if second else {},
        heard=broad if poll.rules.affiliates or poll.rules.regions else None,
        unheard=tuple(sorted(affiliates(roll) - affiliates(took_part))),
        proxies=tuple(sorted((one.member_id, one.ballot.member_id) for one in heard if not one.own)) if proxies else (),
    )


def quorum(rules: Rules, base: int) -> int | None:
    """How many must take part, abstentions included; a part of the electorate is rounded up."""
    if isinstance(rules.quorum, Fraction):
        return math.ceil(rules.quorum * base)
    return rules.quorum


def _counted(poll: Poll, heard: Sequence[Voice], roll: Sequence[Voter], base: int) -> Count:
    marks = [one.ballot.marks for one in heard]
    if poll.rules.weighted:
        marks = [one.ballot.marks for one in heard for _ in range(one.line.weight)]
        base = max(_weight(poll, roll), len(marks))
    return method(poll).count(keys(poll), poll.rules, marks, base)


def _weight(poll: Poll, roll: Iterable[Voter]) -> int:
    """What the whole electorate weighs; of an affiliate that has one ballot, that ballot."""
    if not poll.rules.by_affiliate:
        return sum(one.weight for one in roll)
    each: dict[tuple[int, int], int] = {}
    for one in roll:
        key = _elector(one.member_id, one)
        each[key] = max(one.weight, each.get(key, 0))
    return sum(each.values())


def _by_affiliates(poll: Poll, heard: Iterable[Voice], roll: Iterable[Voter]) -> Count:
    """The other half of a double majority: one ballot an affiliate, the last of its voices', and no weights."""
    spoke = _one_each(one for one in heard if one.line.affiliate_id is not None)
    marks = [one.ballot.marks for one in spoke.values()]
    return method(poll).count(keys(poll), poll.rules, marks, len(affiliates(roll)))


def _both(first: Count, second: Count | None) -> Result:
    """What passes has to pass twice, where that is asked."""
    return second.result if second is not None and first.result is Result.PASSED else first.result


def _breadth(took_part: Sequence[Voter]) -> tuple[int, int]:
    return len(affiliates(took_part)), len(regions(took_part))


def _reached(rules: Rules, broad: tuple[int, int]) -> bool:
    return broad[0] >= rules.affiliates and broad[1] >= rules.regions
