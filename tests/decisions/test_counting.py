"""Counting: tables for weights, affiliates, both majorities, breadth and proxies, and a naive recount to hold it against."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions import counting, polls
from decisions.change import Change
from decisions.methods import METHODS
from decisions.model import Ballot, Base, Electorate, Marks, Outcome, Poll, Result, Rules, Status, Voter

NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)
DE, FR, GH = 1, 2, 3
"""Affiliates; the first two are from Europe, the third from Africa."""
REGIONS = {DE: "Europe", FR: "Europe", GH: "Africa", None: ""}

Roll = Sequence[Voter]


def poll(method: str = "majority", base: int = 0, **rules: Any) -> Poll:
    return Poll(
        id=7,
        group_id=1,
        number=7,
        room_id=1,
        by=1,
        template="majority",
        method=method,
        options=() if METHODS[method].stances else ("Berlin", "Accra", "Online"),
        rules=Rules(**rules),
        electorate=Electorate.ROLL,
        base=base,
        status=Status.OPEN,
        made_at=NOW,
        opens_at=NOW,
        closes_at=NOW + timedelta(days=7),
    )


def line(member: int, affiliate: int | None = None, weight: int = 1) -> Voter:
    return Voter(poll_id=7, member_id=member, affiliate_id=affiliate, region=REGIONS[affiliate], weight=weight)


def ballot(member: int, stance: str | Marks, at: int = 0, revision: int = 1) -> Ballot:
    marks = {stance: 1} if isinstance(stance, str) else stance
    when = NOW + timedelta(minutes=at)
    return Ballot(poll_id=7, member_id=member, revision=revision, marks=marks, at=when, salt="", seal="")


def said(of: Outcome) -> dict[str, int]:
    return {key: count for key, count in of.counts.items() if count}


# -- one ballot an affiliate ------------------------------------------------------------------------------------------


def test_an_affiliate_has_one_ballot_the_last_of_its_voices() -> None:
    roll = [line(1, DE), line(2, DE), line(3, FR)]
    asked = poll(base=2, by_affiliate=True)
    ballots = [ballot(1, "agree", 5), ballot(2, "disagree", 3), ballot(3, "disagree", 1)]
    outcome = polls.outcome(asked, ballots, roll)
    assert said(outcome) == {"agree": 1, "disagree": 1}
    assert (outcome.turnout, outcome.base, outcome.unheard) == (2, 2, ())
    later = [*ballots[:1], ballot(2, "disagree", 6), ballots[2]]
    assert said(polls.outcome(asked, later, roll)) == {"disagree": 2}


def test_of_two_at_once_the_higher_member_counts_whatever_their_order() -> None:
    roll = [line(1, DE), line(2, DE)]
    asked = poll(by_affiliate=True)
    pair = [ballot(1, "agree"), ballot(2, "disagree")]
    assert said(polls.outcome(asked, pair, roll)) == said(polls.outcome(asked, pair[::-1], roll)) == {"disagree": 1}


def test_an_affiliates_ballot_on_earlier_words_gives_way_to_one_that_counts() -> None:
    roll = [line(1, DE), line(2, DE)]
    asked = replace(poll(by_affiliate=True), revision=2, firm_revision=2)
    outcome = polls.outcome(asked, [ballot(1, "agree", 1, revision=2), ballot(2, "disagree", 9)], roll)
    assert said(outcome) == {"agree": 1}


def test_where_affiliates_vote_the_quorum_is_of_affiliates() -> None:
    roll = [line(1, DE), line(2, DE), line(3, FR), line(4, GH)]
    asked = poll(base=3, by_affiliate=True, quorum=Fraction(2, 3))
    both = [ballot(1, "agree"), ballot(2, "agree")]
    assert polls.outcome(asked, both, roll).result is Result.NO_QUORUM
    reached = polls.outcome(asked, [*both, ballot(3, "agree")], roll)
    assert (reached.result, reached.needed, reached.turnout) == (Result.PASSED, 2, 2)


def test_what_it_takes_to_close_early_is_the_affiliates() -> None:
    roll = [line(1, DE), line(2, DE), line(3, FR)]
    asked = poll(by_affiliate=True)
    assert (counting.electors(asked, roll), counting.electors(poll(), roll)) == (2, 3)
    assert counting.turnout(asked, [ballot(1, "agree"), ballot(2, "agree")], roll) == 1


# -- weights ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "stances", "counts", "result"),
    [
        (Base.CAST, ("agree", "disagree", "disagree"), {"agree": 5, "disagree": 2}, Result.PASSED),
        (Base.CAST, ("abstain", "agree", "disagree"), {"abstain": 5, "agree": 1, "disagree": 1}, Result.NOT_PASSED),
        (Base.ELECTORATE, ("agree",), {"agree": 5}, Result.PASSED),
        (Base.ELECTORATE, ("abstain", "agree", "agree"), {"abstain": 5, "agree": 2}, Result.NOT_PASSED),
    ],
)
def test_a_ballot_counts_as_often_as_it_weighs(
    base: Base, stances: tuple[str, ...], counts: dict[str, int], result: Result
) -> None:
    roll = [line(1, DE, 5), line(2), line(3)]
    ballots = [ballot(member, stance) for member, stance in enumerate(stances, 1)]
    outcome = polls.outcome(_weighted(base), ballots, roll)
    assert (said(outcome), outcome.result, outcome.turnout) == (counts, result, len(stances))


def _weighted(base: Base) -> Poll:
    made = poll(base=3, weighted=True)
    return replace(made, rules=replace(made.rules, base=base))


def test_a_quorum_is_of_people_whatever_they_weigh() -> None:
    roll = [line(1, DE, 100), line(2)]
    outcome = polls.outcome(poll(base=2, weighted=True, quorum=2), [ballot(1, "agree")], roll)
    assert (outcome.result, outcome.turnout) == (Result.NO_QUORUM, 1)


def test_points_are_weighed_too() -> None:
    roll = [line(1, DE, 3), line(2, FR)]
    asked = poll("score", weighted=True, points=5)
    outcome = polls.outcome(asked, [ballot(1, {"1": 2}), ballot(2, {"2": 5})], roll)
    assert (said(outcome), outcome.chosen) == ({"1": 6, "2": 5}, ("1",))


def test_an_affiliate_with_two_voices_weighs_once() -> None:
    roll = [line(1, DE, 3), line(2, DE, 3), line(3, FR, 2)]
    made = poll(base=2, by_affiliate=True, weighted=True)
    asked = replace(made, rules=replace(made.rules, base=Base.ELECTORATE))
    outcome = polls.outcome(asked, [ballot(1, "agree"), ballot(2, "agree"), ballot(3, "disagree")], roll)
    assert (said(outcome), outcome.result) == ({"agree": 3, "disagree": 2}, Result.PASSED)


# -- both majorities --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "people", "affiliates", "result"),
    [
        ("majority", {1: "agree", 2: "agree", 3: "agree", 4: "disagree"}, {"agree": 2, "disagree": 1}, Result.PASSED),
        # Three of four people, and one of two affiliates.
        (
            "majority",
            {1: "agree", 3: "disagree", 5: "agree", 6: "agree"},
            {"agree": 1, "disagree": 1},
            Result.NOT_PASSED,
        ),
        # Two of three affiliates, and three of seven people.
        (
            "majority",
            {1: "agree", 3: "agree", 4: "disagree", 5: "disagree", 6: "disagree", 7: "agree", 8: "disagree"},
            {"agree": 2, "disagree": 1},
            Result.NOT_PASSED,
        ),
        ("majority", {5: "agree", 6: "agree"}, {}, Result.NOT_PASSED),
        ("consent", {1: "consent", 5: "object"}, {"consent": 1}, Result.BLOCKED),
        ("lazy_consensus", {}, {}, Result.PASSED),
    ],
)
def test_what_has_to_pass_twice(
    method: str, people: dict[int, str], affiliates: dict[str, int], result: Result
) -> None:
    """1 and 2 speak for DE, 3 for FR, 4 for GH, the others for themselves."""
    roll = [line(1, DE), line(2, DE), line(3, FR), line(4, GH), *(line(one) for one in (5, 6, 7, 8))]
    outcome = polls.outcome(poll(method, base=8, double=True), [ballot(*one) for one in people.items()], roll)
    assert {key: count for key, count in outcome.by_affiliates.items() if count} == affiliates
    assert (outcome.result, sum(outcome.counts.values())) == (result, len(people))


# -- breadth, and who was not heard -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("voters", "heard", "unheard", "result"),
    [
        ((1, 2, 3, 4), (3, 2), (), Result.PASSED),
        ((1, 4), (2, 2), (FR,), Result.PASSED),
        ((1, 3, 5), (2, 1), (GH,), Result.NO_QUORUM),
        ((1, 2, 5), (1, 1), (FR, GH), Result.NO_QUORUM),
        ((5,), (0, 0), (DE, FR, GH), Result.NO_QUORUM),
    ],
)
def test_breadth(voters: tuple[int, ...], heard: tuple[int, int], unheard: tuple[int, ...], result: Result) -> None:
    roll = [line(1, DE), line(2, DE), line(3, FR), line(4, GH), line(5)]
    asked = poll(base=5, affiliates=2, regions=2)
    outcome = polls.outcome(asked, [ballot(one, "agree") for one in voters], roll)
    assert (outcome.heard, outcome.unheard, outcome.result) == (heard, unheard, result)


def test_breadth_that_is_missed_chooses_nothing() -> None:
    roll = [line(1, DE), line(2)]
    outcome = polls.outcome(poll("choose", base=2, affiliates=1), [ballot(2, {"1": 1})], roll)
    assert (outcome.result, outcome.chosen, said(outcome)) == (Result.NO_QUORUM, (), {"1": 1})


def test_without_breadth_an_outcome_says_nothing_of_it() -> None:
    assert polls.outcome(poll(), [ballot(1, "agree")], [line(1, DE)]).heard is None


# -- proxies ----------------------------------------------------------------------------------------------------------


def test_a_proxys_ballot_counts_for_both_unless_the_member_votes() -> None:
    roll = [line(1), line(2), line(3)]
    asked, proxies = poll(base=3, quorum=2), ((2, 1),)
    alone = polls.outcome(asked, [ballot(1, "agree")], roll, proxies)
    assert (said(alone), alone.turnout, alone.proxies) == ({"agree": 2}, 2, ((2, 1),))
    both = polls.outcome(asked, [ballot(1, "agree"), ballot(2, "disagree")], roll, proxies)
    assert (said(both), both.turnout, both.proxies) == ({"agree": 1, "disagree": 1}, 2, ())
    assert polls.outcome(asked, [ballot(3, "agree")], roll, proxies).proxies == ()


def test_a_proxy_weighs_what_the_member_weighs() -> None:
    roll = [line(1, DE, 2), line(2, FR, 5)]
    outcome = polls.outcome(poll(base=2, weighted=True), [ballot(1, "agree")], roll, ((2, 1),))
    assert (said(outcome), outcome.unheard) == ({"agree": 7}, ())


def test_there_are_no_chains() -> None:
    roll = [line(1), line(2), line(3)]
    outcome = polls.outcome(poll(base=3), [ballot(1, "agree")], roll, ((2, 1), (3, 2)))
    assert (said(outcome), outcome.proxies) == ({"agree": 2}, ((2, 1),))


def test_a_members_ballot_on_earlier_words_leaves_it_to_the_proxy() -> None:
    roll = [line(1), line(2)]
    asked = replace(poll(base=2), revision=2, firm_revision=2)
    outcome = polls.outcome(asked, [ballot(1, "agree", revision=2), ballot(2, "disagree")], roll, ((2, 1),))
    assert said(outcome) == {"agree": 2}


def test_where_an_affiliate_has_one_ballot_there_are_no_proxies() -> None:
    roll = [line(1, DE), line(2, FR)]
    outcome = polls.outcome(poll(base=2, by_affiliate=True), [ballot(1, "agree")], roll, ((2, 1),))
    assert (said(outcome), outcome.proxies, outcome.unheard) == ({"agree": 1}, (), (FR,))


def test_of_an_affiliates_voices_one_that_votes_goes_before_a_proxy() -> None:
    """2 and 3 speak for FR; 3 voted early, and the proxy of 2 late."""
    roll = [line(1, DE), line(2, FR), line(3, FR)]
    ballots = [ballot(1, "agree", 9), ballot(3, "disagree", 1)]
    outcome = polls.outcome(poll(base=3, double=True), ballots, roll, ((2, 1),))
    assert (outcome.by_affiliates["agree"], outcome.by_affiliates["disagree"]) == (1, 1)


# -- a naive recount --------------------------------------------------------------------------------------------------

MEMBERS = range(1, 8)
RULES = st.builds(
    Rules,
    quorum=st.none() | st.integers(1, 8) | st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(1)]),
    base=st.sampled_from(Base),
    by_affiliate=st.booleans(),
    weighted=st.booleans(),
    double=st.booleans(),
    affiliates=st.integers(0, 3),
    regions=st.integers(0, 2),
)


@st.composite
def elections(draw: st.DrawFn) -> tuple[Poll, list[Ballot], list[Voter], list[tuple[int, int]]]:
    """A poll with its roll, some of whom voted, and some of whom have a proxy."""
    asked = replace(poll(), rules=draw(RULES))
    weights = {key: draw(st.integers(1, 100)) for key in (None, DE, FR, GH)}
    roll = []
    for member in MEMBERS:
        affiliate = draw(st.sampled_from([None, DE, FR, GH]))
        roll.append(line(member, affiliate, weights[affiliate]))
    stances = st.sampled_from(["agree", "abstain", "disagree"])
    voted = draw(st.sets(st.sampled_from(MEMBERS)))
    ballots = [ballot(one, draw(stances), draw(st.integers(0, 3)), draw(st.integers(1, 2))) for one in sorted(voted)]
    asked = replace(asked, revision=2, firm_revision=2, base=counting.electors(asked, roll))
    pairs = st.dictionaries(st.sampled_from(MEMBERS), st.sampled_from(MEMBERS), max_size=4)
    proxies = [(one, other) for one, other in draw(pairs).items() if one != other]
    return asked, draw(st.permutations(ballots)), draw(st.permutations(roll)), proxies


@given(elections())
def test_a_naive_recount_agrees(election: tuple[Poll, list[Ballot], list[Voter], list[tuple[int, int]]]) -> None:
    asked, ballots, roll, proxies = election
    outcome = polls.outcome(asked, ballots, roll, proxies)
    assert _plain(outcome) == _recount(asked, ballots, roll, dict(proxies))
    assert polls.outcome(asked, ballots, roll, outcome.proxies) == outcome


@given(elections(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_never_matters(
    election: tuple[Poll, list[Ballot], list[Voter], list[tuple[int, int]]], chance: Any
) -> None:
    asked, ballots, roll, proxies = election
    before = polls.outcome(asked, ballots, roll, proxies)
    for several in (ballots, roll, proxies):
        chance.shuffle(several)
    assert polls.outcome(asked, ballots, roll, proxies) == before


@given(elections())
def test_whoever_votes_moves_the_turnout_as_the_count_does(
    election: tuple[Poll, list[Ballot], list[Voter], list[tuple[int, int]]],
) -> None:
    """What a poll keeps from press to press, without counting, is what counting comes to."""
    asked, ballots, roll, _ = election
    kept: list[Ballot] = []
    for one in ballots:
        kin = next(voter.affiliate_id for voter in roll if voter.member_id == one.member_id)
        fellows = [
            other
            for other in kept
            if asked.rules.by_affiliate
            and kin is not None
            and any(voter.member_id == other.member_id and voter.affiliate_id == kin for voter in roll)
        ]
        grown = replace(asked, turnout=asked.turnout + counting.counts(asked, one))
        change = polls.beside(asked, Change(puts=(grown,)), fellows)
        asked = next(put for put in change.puts if isinstance(put, Poll))
        kept.append(one)
        assert asked.turnout == counting.turnout(asked, kept, roll)


def _plain(outcome: Outcome) -> dict[str, Any]:
    return {
        "counts": {key: count for key, count in outcome.counts.items() if count},
        "affiliates": {key: count for key, count in outcome.by_affiliates.items() if count},
        "turnout": outcome.turnout,
        "passed": outcome.result,
        "unheard": outcome.unheard,
    }


def _recount(asked: Poll, ballots: Sequence[Ballot], roll: Roll, proxies: dict[int, int]) -> dict[str, Any]:
    """The same by hand: one voter after another, and what each stance weighs summed up."""
    rules = asked.rules
    stance: dict[int, tuple[bool, datetime, str]] = {}
    own = {one.member_id: one for one in ballots if one.revision == 2}
    for voter in roll:
        by = voter.member_id
        if by in own:
            stance[by] = (True, own[by].at, next(iter(own[by].marks)))
        elif not rules.by_affiliate and proxies.get(by) in own:
            through = own[proxies[by]]
            stance[by] = (False, through.at, next(iter(through.marks)))
    of = {voter.member_id: voter for voter in roll}
    last: dict[int, int] = {}
    for member in sorted(stance, key=lambda one: (*stance[one][:2], one)):
        affiliate = of[member].affiliate_id
        if affiliate is not None:
            last[affiliate] = member
    counted = [one for one in stance if not rules.by_affiliate or of[one].affiliate_id is None or one in last.values()]
    counts: Counter[str] = Counter()
    for one in counted:
        counts[stance[one][2]] += of[one].weight if rules.weighted else 1
    second = Counter(stance[one][2] for one in last.values()) if rules.double else Counter[str]()
    enough = _enough(asked, counted, of, roll)
    whole = _whole(rules, roll)
    passed = _passes(rules, counts, whole) and (
        not rules.double or _passes(rules, second, len({one.affiliate_id for one in roll} - {None}))
    )
    unheard = {one.affiliate_id for one in roll if one.affiliate_id is not None} - {
        of[one].affiliate_id for one in counted
    }
    return {
        "counts": dict(counts),
        "affiliates": dict(second),
        "turnout": len(counted),
        "passed": Result.NO_QUORUM if not enough else Result.PASSED if passed else Result.NOT_PASSED,
        "unheard": tuple(sorted(unheard)),
    }


def _whole(rules: Rules, roll: Roll) -> int:
    """What all ballots would come to."""
    total, seen = 0, set()
    for one in roll:
        if rules.by_affiliate and one.affiliate_id is not None and one.affiliate_id in seen:
            continue
        seen.add(one.affiliate_id)
        total += one.weight if rules.weighted else 1
    return total


def _passes(rules: Rules, counts: Counter[str], whole: int) -> bool:
    of = counts["agree"] + counts["disagree"] if rules.base is Base.CAST else whole
    return counts["agree"] > 0 and 2 * counts["agree"] > of


def _enough(asked: Poll, counted: Sequence[int], of: dict[int, Voter], roll: Roll) -> bool:
    rules = asked.rules
    electors = len({one.affiliate_id or -one.member_id for one in roll}) if rules.by_affiliate else len(roll)
    if isinstance(rules.quorum, Fraction) and len(counted) < rules.quorum * electors:
        return False
    if isinstance(rules.quorum, int) and len(counted) < rules.quorum:
        return False
    affiliates = {of[one].affiliate_id for one in counted} - {None}
    return len(affiliates) >= rules.affiliates and len({REGIONS[one] for one in affiliates}) >= rules.regions
