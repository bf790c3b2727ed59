"""Participation: who is missing by what they stand for, who is heard by a proxy, and a month put together."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from decisions import participation
from decisions.model import Proxy
from decisions.participation import Share, Voice

NOW = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
ANA = Voice(member=1, heard=True, affiliate=1, region="North", language="nb", platforms=("matrix", "telegram"))
BEN = Voice(member=2, affiliate=1, region="North", language="nb", platforms=("matrix",))
CEM = Voice(member=3, affiliate=2, region="South", language="tr", platforms=("telegram",))
DEE = Voice(member=4, heard=True, platforms=("telegram",))
ALL = [ANA, BEN, CEM, DEE]


def test_who_is_missing() -> None:
    assert participation.missing(ALL) == (2, 3)
    assert participation.share(ALL) == Share(2, 4)
    assert participation.missing([]) == ()
    assert participation.share([]).part == 1


def test_shares_by_all_that_voices_stand_for() -> None:
    shares = participation.shares(ALL)
    assert shares.affiliates == {1: Share(1, 2), 2: Share(0, 1)}
    assert shares.regions == {"North": Share(1, 2), "South": Share(0, 1)}
    assert shares.languages == {"nb": Share(1, 2), "tr": Share(0, 1)}
    assert shares.platforms == {"matrix": Share(1, 2), "telegram": Share(2, 3)}


def test_those_not_heard_at_all_come_first_and_those_wholly_heard_not_at_all() -> None:
    shares = {"all": Share(2, 2), "most": Share(2, 3), "none": Share(0, 1), "none of many": Share(0, 9)}
    assert [name for name, _ in participation.least(shares)] == ["none of many", "none", "most"]


def test_one_voice_is_its_affiliates_where_each_has_one_ballot() -> None:
    assert participation.missing(participation.by_affiliate(ALL)) == (3,)
    assert (
        participation.by_affiliate([replace(DEE, heard=False), DEE])[0].heard is False
    )  # who speaks for none is alone


def proxy(member: int, by: int, poll: int = 0, until: datetime | None = None) -> Proxy:
    return Proxy(member_id=member, poll_id=poll, proxy_id=by, until=until)


def test_a_month_has_people_once_and_voices_as_often_as_they_could_be_heard() -> None:
    month = participation.month([ALL, [replace(ANA, heard=False), BEN, replace(CEM, heard=True)]])
    assert (month.polls, month.people) == (2, Share(3, 4))
    assert month.shares.affiliates == {1: Share(1, 4), 2: Share(1, 2)}
    assert month.unheard == ()
    assert participation.month([ALL]).unheard == (2,)
    assert participation.month([]).people == Share(0, 0)


voices = st.builds(
    Voice,
    member=st.integers(1, 9),
    heard=st.booleans(),
    affiliate=st.none() | st.integers(1, 3),
    region=st.sampled_from(["", "North", "South"]),
)


@given(st.lists(voices, max_size=20))
def test_shares_add_up(all_: list[Voice]) -> None:
    whole, shares = participation.share(all_), participation.shares(all_)
    alone = [one for one in all_ if one.affiliate is None]
    parts = [*shares.affiliates.values(), participation.share(alone)]
    assert (sum(one.heard for one in parts), sum(one.of for one in parts)) == (whole.heard, whole.of)
    assert all(0 <= share.part <= 1 for share in shares.regions.values())
    assert participation.month([all_]).shares == shares


def test_months_follow_each_other() -> None:
    assert participation.before(date(2026, 1, 1)) == date(2025, 12, 1)
    assert participation.after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert participation.after(date(2024, 2, 1)) == date(2024, 3, 1)
    assert Share(1, 3).part == Fraction(1, 3)


def test_a_month_is_the_groups_own() -> None:
    late = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    assert participation.month_of(late, "Europe/Berlin") == date(2026, 11, 1)
    assert participation.month_of(late, "America/New_York") == date(2026, 10, 1)
    begin, end = participation.bounds(date(2026, 10, 1), "Europe/Berlin")
    assert begin.astimezone(UTC) == datetime(2026, 9, 30, 22, 0, tzinfo=UTC)
    assert end.astimezone(UTC) == datetime(2026, 10, 31, 23, 0, tzinfo=UTC)  # the clocks went back in between
    assert participation.next_picture(NOW, "Europe/Berlin") == datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
