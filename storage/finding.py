"""Finding: who and where - the questions of people and rooms that ask more than one table, mostly one statement each."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, literal_column, select

from decisions.affiliates import ASKING
from decisions.lookalikes import apart
from decisions.model import (
    Account,
    Affiliate,
    Ballot,
    Group,
    Member,
    Person,
    Poll,
    Post,
    Presence,
    Revision,
    Role,
    Room,
    Voter,
)
from storage.prepared import Prepared, among, several
from storage.presence import votes_somewhere
from storage.tables import TABLES
from storage.work import Work, columns, split

_GROUPS, _ROOMS, _PERSONS = TABLES[Group], TABLES[Room], TABLES[Person]
_ACCOUNTS, _MEMBERS, _PRESENCES = TABLES[Account], TABLES[Member], TABLES[Presence]
_POLLS, _BALLOTS, _POSTS, _VOTERS = TABLES[Poll], TABLES[Ballot], TABLES[Post], TABLES[Voter]
_REVISIONS, _AFFILIATES = TABLES[Revision], TABLES[Affiliate]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who acts, in which room of which group. `person` or `member` None: not known yet, there."""

    group: Group
    room: Room
    person: Person | None
    member: Member | None
    present: bool


@dataclass(frozen=True, slots=True)
class Belonging:
    """One of the groups that a person is in."""

    group: Group
    member: Member
    person: Person
    present: bool


def caller(work: Work, platform: str, user: str, chat: str) -> Caller | None:
    """Who a request in a room comes from; None: the room is not known."""
    row = _caller().first(work.connection, {"platform": platform, "user": user, "chat": chat})
    if row is None:
        return None
    group, room, person, member, presence = split(row, Group, Room, Person, Member)
    return Caller(
        work.keep(Group, group),
        work.keep(Room, room),
        work.keep(Person, person) if person[0] is not None else None,
        work.keep(Member, member) if member[0] is not None else None,
        present=presence[0] is not None,
    )


def belongings(work: Work, platform: str, user: str) -> list[Belonging]:
    """The groups that the person behind an account is in."""
    found = []
    for row in _belongings().all(work.connection, {"platform": platform, "user": user}):
        group, member, person, present = split(row, Group, Member, Person)
        found.append(
            Belonging(work.keep(Group, group), work.keep(Member, member), work.keep(Person, person), bool(present[0]))
        )
    return found


def groups_of(work: Work, person_id: int) -> list[Belonging]:
    """The groups that a person is in, by whichever account."""
    account = account_of(work, person_id)
    return belongings(work, account.platform, account.user) if account else []


def person_of(work: Work, platform: str, user: str) -> Person | None:
    """The person behind an account."""
    account = work.get(Account, platform=platform, user=user)
    return None if account is None else work.get(Person, id=account.person_id)


def facilitators(work: Work, group_id: int) -> tuple[int, ...]:
    """The ids of a group's facilitators."""
    leads = and_(_MEMBERS.c.group_id == group_id, _MEMBERS.c.role == Role.FACILITATOR, _MEMBERS.c.merged_into.is_(None))
    statement = select(_MEMBERS.c.id).where(leads)
    return tuple(work.connection.execute(statement.order_by(_MEMBERS.c.id)).scalars())


def rooms(work: Work, group_id: int) -> list[Room]:
    """The group's rooms in which we are."""
    return [one for one in all_rooms(work, group_id) if one.gone_at is None]


def all_rooms(work: Work, group_id: int) -> list[Room]:
    """The group's rooms, also those in which we are no longer; those that left it are none."""
    return [one for one in work.all(Room, group_id=group_id) if one.left_at is None]


def in_rooms(work: Work, group_id: int) -> list[tuple[Room, list[int]]]:
    """The rooms in which the group votes, each with the ids of the members known to be in it."""
    known = present(work, group_id)
    return [(room, known.get(room.id, [])) for room in rooms(work, group_id) if not room.announce]


def there(work: Work, group_id: int) -> set[int]:
    """The ids of the members known to be in a room in which the group votes."""
    return {one for _, known in in_rooms(work, group_id) for one in known}


def present(work: Work, group_id: int) -> dict[int, list[int]]:
    """Room id -> the ids of the members known to be in it, in all rooms of a group."""
    statement = select(_PRESENCES.c.room_id, _PRESENCES.c.member_id).join(_ROOMS, _ROOMS.c.id == _PRESENCES.c.room_id)
    known: dict[int, list[int]] = {}
    for room_id, member_id in work.connection.execute(statement.where(_ROOMS.c.group_id == group_id)):
        known.setdefault(room_id, []).append(member_id)
    return known


def named(work: Work, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Member id -> (name, affiliate that they speak for).

    With the number, where the name looks like another of these, or like that of one of the group's facilitators; without
    a name: they were forgotten."""
    found, leading = _named(work, set(ids))
    told = apart({one.member: one.name for one in found.values() if one.name}, beside=leading.items())
    return {one: (told.get(who.member, ""), who.affiliate) for one, who in found.items()}


class _Named(NamedTuple):
    """`member` is whom a member turned out to be: they are who goes by a name now."""

    member: int
    name: str
    affiliate: str


def _named(work: Work, wanted: set[int]) -> tuple[dict[int, _Named], dict[int, str]]:
    """These, and the names of those who facilitate their groups."""
    found, leading = dict[int, _Named](), dict[int, str]()
    ordered, kind = sorted(wanted), work.connection.dialect.name
    for start in range(0, len(ordered), 500):  # databases limit how many values one statement may name
        part = {"members": several(kind, ordered[start : start + 500])}
        for leads, key, *row in _names(kind).all(work.connection, part):
            if leads:
                leading[key] = row[1]
            else:
                found[key] = _Named(*row)
    return found, leading


def members(work: Work, group_id: int) -> list[tuple[Member, Person]]:
    """Everyone in a group, each once; who was forgotten is nobody."""
    statement = (
        select(*columns(Member), *columns(Person))
        .join_from(_MEMBERS, _PERSONS, _PERSONS.c.id == _MEMBERS.c.person_id)
        .where(_MEMBERS.c.group_id == group_id, _MEMBERS.c.merged_into.is_(None), _PERSONS.c.erased.is_(False))
        .order_by(_MEMBERS.c.id)
    )
    found = []
    for row in work.connection.execute(statement):
        member, person, _ = split(row, Member, Person)
        found.append((work.keep(Member, member), work.keep(Person, person)))
    return found


def living(work: Work, member_id: int) -> int:
    """Whom a member turned out to be; themselves, if nobody else."""
    member = work.the(Member, id=member_id)
    return member.id if member.merged_into is None else member.merged_into


def account_of(work: Work, person_id: int) -> Account | None:
    """The account by which a person can be reached privately."""
    found = work.all(Account, person_id=person_id)
    return found[0] if found else None


def accounts_of(work: Work, person_id: int) -> set[tuple[str, str]]:
    """The accounts of a person, as (platform, user)."""
    return {(one.platform, one.user) for one in work.all(Account, person_id=person_id)}


# -- statements, built once -------------------------------------------------------------------------------------------


@cache
def _caller() -> Prepared:
    return Prepared(
        select(*columns(Group), *columns(Room), *columns(Person), *columns(Member), _PRESENCES.c.room_id)
        .join_from(_ROOMS, _GROUPS, _GROUPS.c.id == _ROOMS.c.group_id)
        .outerjoin(_ACCOUNTS, and_(_ACCOUNTS.c.platform == _ROOMS.c.platform, _ACCOUNTS.c.user == bindparam("user")))
        .outerjoin(_PERSONS, _PERSONS.c.id == _ACCOUNTS.c.person_id)
        .outerjoin(_MEMBERS, and_(_MEMBERS.c.person_id == _PERSONS.c.id, _MEMBERS.c.group_id == _GROUPS.c.id))
        .outerjoin(_PRESENCES, and_(_PRESENCES.c.room_id == _ROOMS.c.id, _PRESENCES.c.member_id == _MEMBERS.c.id))
        .where(_ROOMS.c.platform == bindparam("platform"), _ROOMS.c.chat == bindparam("chat"))
    )


@cache
def _belongings() -> Prepared:
    return Prepared(
        select(*columns(Group), *columns(Member), *columns(Person), votes_somewhere(_MEMBERS.c.id))
        .join_from(_ACCOUNTS, _PERSONS, _PERSONS.c.id == _ACCOUNTS.c.person_id)
        .join(_MEMBERS, _MEMBERS.c.person_id == _PERSONS.c.id)
        .join(_GROUPS, _GROUPS.c.id == _MEMBERS.c.group_id)
        .where(_ACCOUNTS.c.platform == bindparam("platform"), _ACCOUNTS.c.user == bindparam("user"))
        .order_by(_GROUPS.c.id)
    )


_NOTHING: ColumnElement[str] = literal_column("''")
_ASKING: list[ColumnElement[str]] = [literal_column(f"'{one}'") for one in ASKING]


@cache
def _names(kind: str) -> Prepared:
    """(0, id, whom they turned out to be, name, affiliate) of each, (1, id, id, name, '') of who facilitates there."""
    itself, theirs = _MEMBERS.alias("itself"), _MEMBERS.alias("theirs")
    affiliate = and_(_AFFILIATES.c.id == itself.c.affiliate_id, itself.c.seat.not_in(_ASKING))
    said = func.coalesce(_AFFILIATES.c.name, _NOTHING)
    each = (
        select(literal_column("0"), _MEMBERS.c.id, itself.c.id, _PERSONS.c.name, said)
        .join(itself, itself.c.id == func.coalesce(_MEMBERS.c.merged_into, _MEMBERS.c.id))
        .join(_PERSONS, _PERSONS.c.id == itself.c.person_id)
        .outerjoin(_AFFILIATES, affiliate)
        .where(among(kind, _MEMBERS.c.id, "members"))
    )
    groups = select(theirs.c.group_id).where(among(kind, theirs.c.id, "members"))
    leads = and_(_MEMBERS.c.role == literal_column(f"'{Role.FACILITATOR}'"), _MEMBERS.c.merged_into.is_(None))
    leaders = (
        select(literal_column("1"), _MEMBERS.c.id, _MEMBERS.c.id, _PERSONS.c.name, _NOTHING)
        .join(_PERSONS, _PERSONS.c.id == _MEMBERS.c.person_id)
        .where(leads, _MEMBERS.c.group_id.in_(groups))
    )
    return Prepared(each.union_all(leaders))
