"""Whose: all rows that are a person's, found by what their columns point to, so that no table can be forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from decisions.model import Account, Member, Noun, Person
from storage.tables import TABLES
from storage.work import Kind, Work, keys, remembered

N = TypeVar("N", bound=Noun)


@dataclass(frozen=True, slots=True)
class Whose:
    """A person, with the shells of those who turned out to be the same one, all their members and all their accounts."""

    persons: tuple[Person, ...]
    members: tuple[Member, ...]
    accounts: tuple[Account, ...]

    @property
    def ids(self) -> frozenset[int]:
        """Of the members."""
        return frozenset(one.id for one in self.members)


def whose(work: Work, person: Person) -> Whose:
    """All that a person is."""
    persons, members = {person.id: person}, dict[int, Member]()
    waiting = work.all(Member, person_id=person.id)
    while waiting:
        one = waiting.pop()
        if one.id in members:
            continue
        members[one.id] = one
        merged = work.all(Member, merged_into=one.id)
        shells = [work.the(Person, id=each.person_id) for each in merged]
        persons |= {each.id: each for each in shells if not work.all(Account, person_id=each.id)}
        waiting += merged
    persons |= {each.id: each for each in work.all(Person, merged_into=person.id)}
    accounts = [account for one in persons for account in work.all(Account, person_id=one)]
    return Whose(tuple(persons.values()), tuple(members[one] for one in sorted(members)), tuple(accounts))


def rows(work: Work, noun: type[N], who: Whose) -> list[N]:
    """The rows of a noun that point to a person: as one of their members, as themselves, or by an account of theirs."""
    if noun is Person:
        return [one for one in who.persons if isinstance(one, noun)]
    found = {tuple(getattr(one, key) for key in keys(noun)): one for one in _pointing(work, noun, who)}
    return list(found.values())


def _pointing(work: Work, noun: type[N], who: Whose) -> Iterator[N]:
    for column in pointers(noun, "members"):
        for one in who.members:
            yield from work.all(noun, **{column: one.id})
    for column in pointers(noun, "persons"):
        for each in who.persons:
            yield from work.all(noun, **{column: each.id})
    for platform, user in accounts_in(noun):
        for account in who.accounts:
            yield from work.all(noun, **{platform: account.platform, user: account.user})


@remembered
def pointers(noun: Kind, table: str) -> tuple[str, ...]:
    """The columns of a noun that point to a table."""
    return tuple(
        column.name for column in TABLES[noun].columns for key in column.foreign_keys if key.column.table.name == table
    )


@remembered
def accounts_in(noun: Kind) -> tuple[tuple[str, str], ...]:
    """The pairs of columns, platform and user, by which a noun names an account."""
    columns = TABLES[noun].columns.keys()
    users = (name for name in columns if name.endswith("user"))
    return tuple((f"{name.removesuffix('user')}platform", name) for name in users)
