"""Linking, the rules alone: whose seat and whose proxies go on, as tables."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from decisions import linking
from decisions.events import MembersMerged, ProxyEnded, ProxyNamed, RoleGiven, SeatAsked, SeatGiven
from decisions.model import Member, Person, Proxy, Role, Seat

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
INTO = Member(id=1, group_id=1, person_id=1, joined_at=NOW)
GONE = Member(id=2, group_id=1, person_id=2, joined_at=NOW - timedelta(days=1))


def seated(member: Member, affiliate: int | None, seat: str) -> Member:
    return replace(member, affiliate_id=affiliate, seat=Seat(seat))


@pytest.mark.parametrize(
    ("into", "gone", "lives"),
    [
        ((None, "none"), (None, "none"), (None, "none")),
        ((None, "none"), (7, "representative"), (7, "representative")),
        ((None, "none"), (7, "asked"), (7, "asked")),
        ((7, "alternate"), (None, "none"), (7, "alternate")),
        ((7, "alternate"), (7, "representative"), (7, "representative")),
        ((7, "alternate"), (7, "asked"), (7, "alternate")),
        ((7, "asked"), (8, "representative"), (7, "asked")),
    ],
)
def test_whose_seat_goes_on(into: tuple[int, str], gone: tuple[int, str], lives: tuple[int, str]) -> None:
    change = linking.one_member(seated(INTO, *into), seated(GONE, *gone))
    shell, one = (each for each in change.puts if isinstance(each, Member))
    assert (one.id, one.affiliate_id, one.seat.value) == (1, *lives)
    assert (shell.affiliate_id, shell.seat, shell.merged_into) == (None, Seat.NONE, 1)
    told = {each.member: each for each in change.events if isinstance(each, SeatGiven | SeatAsked)}
    assert (2 in told) == (gone[1] != "none")
    assert (1 in told) == (lives != into)


def test_a_member_joined_when_either_did_and_has_the_higher_role() -> None:
    change = linking.one_member(replace(INTO, role=Role.OBSERVER), GONE)
    one = next(each for each in change.puts if isinstance(each, Member) and each.id == 1)
    assert (one.joined_at, one.role) == (GONE.joined_at, Role.MEMBER)
    assert change.events == (MembersMerged(by=1, member=2, into=1), RoleGiven(by=1, member=1, role="member"))


def proxy(member: int, of: int, poll: int = 0) -> Proxy:
    return Proxy(member_id=member, proxy_id=of, poll_id=poll)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([proxy(3, 4)], [proxy(3, 4)]),
        ([proxy(3, 2)], [proxy(3, 1)]),
        ([proxy(2, 3)], [proxy(1, 3)]),
        ([proxy(2, 1)], []),
        ([proxy(1, 2)], []),
        ([proxy(1, 3), proxy(2, 4)], [proxy(1, 3)]),
        ([proxy(1, 3), proxy(2, 4, poll=5)], [proxy(1, 3), proxy(1, 4, poll=5)]),
    ],
)
def test_whose_proxies_go_on(before: list[Proxy], after: list[Proxy]) -> None:
    change = linking.one_proxy(before, INTO, GONE)
    kept = [one for one in before if one not in change.drops] + list(change.puts)
    assert kept == after
    ended = [one for one in change.events if isinstance(one, ProxyEnded)]
    named = [one for one in change.events if isinstance(one, ProxyNamed)]
    assert (len(ended), len(named)) == (len(change.drops), len(change.puts))


def test_the_name_and_settings_of_the_elder_are_filled_from_the_other() -> None:
    elder = Person(id=1, name="ana", zone="Europe/Berlin", remind=False, token="a")
    younger = Person(id=2, name="anna", language="fr", zone="UTC", digest_at=NOW, token="b")
    lives, shell = linking.one_person(younger, elder)
    assert lives == replace(elder, language="fr", digest_at=NOW)
    assert shell == Person(id=2, name="", token="b", merged_into=1)
