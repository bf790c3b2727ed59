"""Importing: a list of voters is taken over as a whole or not at all; whom it names and nobody knew becomes a member."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot import listing
from bot.arriving import name_of, person_for
from decisions import affiliates, listings
from decisions.change import Change
from decisions.events import AffiliateNamed, MemberJoined
from decisions.listings import MOST_TOLD, Row
from decisions.lookalikes import alike, looks, number_in
from decisions.model import Affiliate, Group, Listed, Listing, Member, Person, Role
from decisions.refusals import BadLines, EmptyText, Lines, Told
from decisions.wording import same
from storage import finding
from storage.work import Work

MATRIX = re.compile(r"@[\x21-\x39\x3b-\x7e]{1,200}:[A-Za-z0-9.:\[\]-]{1,100}")
TELEGRAM = re.compile(r"[1-9][0-9]{0,15}")
COMMAS = re.compile("[,،]")


@dataclass(frozen=True, slots=True)
class Named:
    """Who a line names: a member there is (`member`), or an account of whom will be one."""

    row: Row
    account: tuple[str, str]
    person: Person | None
    member: Member | None

    @property
    def key(self) -> object:
        """The same for two lines that name one person."""
        return self.person.id if self.person else self.account


@dataclass(slots=True)
class Import:
    """What is known while a list is being taken over."""

    work: Work
    group: Group
    by: int | None
    now: datetime
    of_person: dict[int, tuple[Member, Person]]
    by_look: dict[str, dict[int, tuple[Member, Person]]]
    """By each of what their names look like, and by number."""
    known: dict[str, Affiliate]
    """By name in small letters."""
    looks: dict[str, Affiliate]
    """By each of what their names look like."""
    new: list[Affiliate] = field(default_factory=list)
    """The affiliates that come into being with this list."""
    bad: list[tuple[int, Told]] = field(default_factory=list)


def bring_in(
    work: Work,
    group: Group,
    name: str,
    text: str,
    columns: str,
    *,
    by: int | None,
    now: datetime,
    salt: Callable[[], str],
) -> tuple[Listing, int, int]:
    """Take a list over under this name; `columns` is what they are called in another language, with commas between.

    Returns it, how many lines it has, and how many are new members. Raises refusals.
    """
    name = affiliates.cleaned(name, listings.NAME)
    if not name:
        raise EmptyText("list import NAME")
    read = listing.read(text, [one.strip().casefold() for one in COMMAS.split(columns)])
    importing = _begun(work, group, by, now)
    importing.bad += read.bad
    named = [one for one in (_named(importing, row) for row in read.rows) if one is not None]
    _check_twice(importing, named)
    speak_for = {one.row.number: _affiliate(importing, one.row) for one in named}
    if importing.bad:
        raise _bad_lines(importing.bad)
    before = known(work, group.id, name)
    lines = before and work.all(Listed, listing_id=before.id)
    one = Listing(
        id=before.id if before else work.next_id(Listing),
        group_id=group.id,
        name=before.name if before else name,
        by=by,
        at=now,
        salt=salt(),
    )
    members = _members(importing, named)
    listed = [
        Listed(
            listing_id=one.id,
            member_id=members[of.key].id,
            affiliate_id=speak_for[of.row.number],
            weight=of.row.weight,
            note=of.row.note,
        )
        for of in named
    ]
    work.apply(listings.made(one, lines or (), listed, by=by), group.id, now)
    return one, len(listed), sum(of.member is None for of in named)


def known(work: Work, group_id: int, name: str) -> Listing | None:
    """The group's list of that name, in whatever case."""
    lists = work.all(Listing, group_id=group_id)
    return next((one for one in lists if same(one.name, name)), None)


def _begun(work: Work, group: Group, by: int | None, now: datetime) -> Import:
    everyone, all_ = finding.members(work, group.id), work.all(Affiliate, group_id=group.id)
    by_look: dict[str, dict[int, tuple[Member, Person]]] = {}
    for pair in everyone:
        for look in looks(pair[1].name):
            by_look.setdefault(look, {})[pair[0].id] = pair
    return Import(
        work=work,
        group=group,
        by=by,
        now=now,
        of_person={pair[1].id: pair for pair in everyone},
        by_look=by_look,
        known={one.name.casefold(): one for one in all_},
        looks={look: one for one in all_ for look in looks(one.name)},
    )


# -- whom a line names ------------------------------------------------------------------------------------------------


def _named(importing: Import, row: Row) -> Named | None:
    account = _account(row.account)
    if account is not None:
        person = finding.person_of(importing.work, *account)
        there = importing.of_person.get(person.id) if person else None
        return _unless_observer(importing, Named(row, account, person, there and there[0]))
    hits = _hits(importing, row.account)
    if len(hits) == 1:
        member, person = hits[0]
        return _unless_observer(importing, Named(row, ("", ""), person, member))
    why = Told("bad-account-several", (listing.shown(row.account),)) if hits else None
    importing.bad.append((row.number, why or Told("bad-account", (listing.shown(row.account),))))
    return None


def _account(written: str) -> tuple[str, str] | None:
    """`@ana:example.org`, `matrix:@ana:example.org`, `telegram:12345` as (platform, user); None: something else."""
    platform, _, user = written.partition(":")
    if platform.casefold() == "telegram" and TELEGRAM.fullmatch(user.strip()):
        return "telegram", user.strip()
    if platform.casefold() == "matrix" and MATRIX.fullmatch(user.strip()):
        return "matrix", user.strip()
    return ("matrix", written) if MATRIX.fullmatch(written) else None


def _hits(importing: Import, written: str) -> list[tuple[Member, Person]]:
    """The members who go by this name or one that looks like it; or who have this number."""
    name = written.removeprefix("@")
    numbered = number_in(name)
    if numbered is not None:
        everyone = importing.of_person.values()
        hits = [pair for pair in everyone if pair[0].id == numbered[1]]
        return [pair for pair in hits if not numbered[0] or alike(numbered[0], pair[1].name)]
    found = [pair for look in looks(name) for pair in importing.by_look.get(look, {}).values()]
    hits = list({pair[0].id: pair for pair in found}.values())
    return hits if len(hits) > 1 or (hits and hits[0][1].name.casefold() == name.casefold()) else []


def _unless_observer(importing: Import, named: Named) -> Named | None:
    if named.member is not None and named.member.role is Role.OBSERVER:
        importing.bad.append((named.row.number, Told("bad-observer", (listing.shown(named.row.account),))))
        return None
    return named


def _check_twice(importing: Import, named: Sequence[Named]) -> None:
    """Nobody may stand there twice, by two accounts of theirs either."""
    first: dict[object, Row] = {}
    for one in named:
        earlier = first.setdefault(one.key, one.row)
        if earlier is not one.row:
            said = (listing.shown(one.row.account), earlier.number)
            importing.bad.append((one.row.number, Told("bad-twice", said)))


def _affiliate(importing: Import, row: Row) -> int | None:
    """The id of the affiliate that a line names, which may come into being with this list."""
    if not row.affiliate:
        return None
    name = row.affiliate
    found = importing.known.get(name.casefold())
    other = next((importing.looks[look] for look in looks(name) if look in importing.looks), None)
    if found is None and other is not None:
        importing.bad.append((row.number, Told("bad-affiliate", (listing.shown(name), other.name))))
        return None
    if found is None or not found.named:
        found = _named_now(importing, name, found)
    return found.id


def _named_now(importing: Import, name: str, asked: Affiliate | None) -> Affiliate:
    """An affiliate that nobody named before, though somebody may have asked to speak for it."""
    number = max([importing.work.next_id(Affiliate), *(one.id + 1 for one in importing.new)])
    one = replace(asked, named=True) if asked else Affiliate(id=number, group_id=importing.group.id, name=name)
    importing.new.append(one)
    importing.known[one.name.casefold()] = one
    importing.looks |= dict.fromkeys(looks(one.name), one)
    return one


def _bad_lines(bad: Sequence[tuple[int, Told]]) -> BadLines:
    ordered = sorted(bad, key=lambda one: one[0])
    told = [Told("bad-line", (str(number), why)) for number, why in ordered[:MOST_TOLD]]
    return BadLines(Lines(tuple(told)), len(ordered) - len(told))


# -- what comes of it -------------------------------------------------------------------------------------------------


def _members(importing: Import, named: Sequence[Named]) -> dict[object, Member]:
    """Who is on the list, by key; the affiliates and people that are new are made."""
    work, group, now = importing.work, importing.group, importing.now
    for one in importing.new:
        event = AffiliateNamed(by=importing.by, affiliate=one.id)
        work.apply(Change(puts=(one,), events=(event,)), group.id, now)
    found: dict[object, Member] = {}
    for of in named:
        found[of.key] = of.member or _joined(importing, of)
    return found


def _joined(importing: Import, named: Named) -> Member:
    work, group = importing.work, importing.group
    platform, user = named.account
    person = named.person or person_for(work, platform, user, name_of(named.row.note, user))
    member = Member(id=work.next_id(Member), group_id=group.id, person_id=person.id, joined_at=importing.now)
    joined = MemberJoined(by=importing.by, member=member.id, role=member.role.value)
    work.apply(Change(puts=(member,), events=(joined,)), group.id, importing.now)
    return member
