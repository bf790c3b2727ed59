"""Affiliates: whatever is asked, confirmed and taken back, an affiliate has one representative at most, and weights are whole."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions import affiliates
from decisions.change import Change
from decisions.events import AffiliateNamed, SeatGiven
from decisions.model import Affiliate, Member, Seat
from decisions.refusals import AffiliateLooksAlike, BadWeight, NameTooLong, SpeaksAlready

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
WMNO = Affiliate(id=1, group_id=1, name="WMNO", region="Northern Europe")
ASKED = Affiliate(id=2, group_id=1, name="Wikimedia Sverige", named=False)


def member(number: int, seat: Seat = Seat.NONE) -> Member:
    held = None if seat is Seat.NONE else 1
    return Member(id=number, group_id=1, person_id=number, affiliate_id=held, seat=seat, joined_at=NOW)


acts = st.tuples(st.sampled_from(("ask", "confirm", "release")), st.integers(1, 4), st.booleans())


@given(st.lists(acts, max_size=30))
def test_an_affiliate_never_has_two_representatives(history: list[tuple[str, int, bool]]) -> None:
    people = {number: member(number) for number in range(1, 5)}
    told: dict[int, str] = {}
    for act, who, alternate in history:
        change = _done(act, people, people[who], alternate)
        people |= {one.id: one for one in change.puts if isinstance(one, Member)}
        told |= {one.member: one.seat for one in change.events if isinstance(one, SeatGiven)}
        assert [one.seat for one in people.values()].count(Seat.REPRESENTATIVE) <= 1
    for one in people.values():  # the journal tells of each who speaks, and of nobody else that they do
        assert (one.seat.value if affiliates.speaks(one) else "none") == told.get(one.id, "none")


def _done(act: str, people: dict[int, Member], one: Member, alternate: bool) -> Change:
    if act == "release":
        return affiliates.release(one, by=1)
    if act == "ask":
        try:
            return affiliates.ask(one, WMNO, alternate=alternate, held=WMNO if one.affiliate_id else None)
        except SpeaksAlready:
            return Change()
    if one.affiliate_id is None:
        return Change()
    speaking = [other for other in people.values() if affiliates.speaks(other)]
    return affiliates.confirm(one, WMNO, alternate=alternate, now_speaking=speaking, by=1)


def test_what_was_only_asked_for_comes_into_being_with_the_confirmation() -> None:
    asked = Member(id=1, group_id=1, person_id=1, affiliate_id=2, seat=Seat.ASKED, joined_at=NOW)
    change = affiliates.confirm(asked, ASKED, alternate=False, now_speaking=(), by=9)
    assert change.events == (
        AffiliateNamed(by=9, affiliate=2),
        SeatGiven(by=9, member=1, affiliate=2, seat="representative"),
    )
    assert [one.named for one in change.puts if isinstance(one, Affiliate)] == [True]
    assert affiliates.needless(ASKED, ())
    assert not affiliates.needless(ASKED, (asked,))
    assert not affiliates.needless(WMNO, ())


def test_names_are_the_same_in_any_case_and_look_alikes_are_refused() -> None:
    assert affiliates.find("wmno", [WMNO]) == WMNO
    assert affiliates.find("WMSE", [WMNO]) is None
    for name in ("W\u041cNO", "\uff37MNO", "WMN\u00d3"):
        with pytest.raises(AffiliateLooksAlike) as no:
            affiliates.find(name, [WMNO])
        assert no.value.existing == "WMNO"


def test_a_name_is_cleaned_and_not_too_long() -> None:
    assert affiliates.cleaned(" Wiki\u202emedia \u200b\n Norge ") == "Wikimedia Norge"
    assert affiliates.cleaned("x" * 80) == "x" * 80
    with pytest.raises(NameTooLong):
        affiliates.cleaned("x" * 81)


@pytest.mark.parametrize(("given", "weight"), [("1", 1), (" 7 ", 7), ("100", 100), ("007", 7)])
def test_a_weight_is_a_whole_number(given: str, weight: int) -> None:
    assert affiliates.weight(given) == weight


@pytest.mark.parametrize(
    "given", ["", "0", "000", "101", "0007", "-1", "+1", "1.0", "1e1", "²", "\u0663", "one", "9" * 999]
)
def test_what_is_no_weight_is_refused(given: str) -> None:
    with pytest.raises(BadWeight):
        affiliates.weight(given)


def test_a_region_is_spelt_as_with_the_others() -> None:
    other = Affiliate(id=3, group_id=1, name="WMSE")
    change = affiliates.described(other, {"region": "northern  EUROPE"}, known=[WMNO, other], by=1)
    assert [one.region for one in change.puts if isinstance(one, Affiliate)] == ["Northern Europe"]
    assert not affiliates.described(WMNO, {"region": "Northern Europe", "weight": "1"}, known=[WMNO], by=1)
