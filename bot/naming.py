"""Naming: which person the command line means by a name, by a member's number `#12`, or by an account `platform:user`."""

import re

from bot.telling import REFUSED, WRONG, Failure, listed
from decisions.model import Account, Group, Member, Person
from storage import finding
from storage.work import Work

NUMBER = re.compile(r"#(\d{1,9})")


def person(work: Work, given: str, groups: list[Group]) -> Person:
    """The one person who is meant, in these groups. Who was forgotten has a number alone. Raises Failure."""
    hits = _numbered(work, given, groups) or _by_account(work, given) or _named(work, given, groups)
    if not hits:
        raise Failure(REFUSED, "unknown-member", given)
    if len(hits) > 1:
        raise Failure(WRONG, "which-member", given, listed(list(hits.values())))
    return work.the(Person, id=next(iter(hits)))


def _numbered(work: Work, given: str, groups: list[Group]) -> dict[int, str]:
    found = NUMBER.fullmatch(given.strip())
    member = work.get(Member, id=int(found[1])) if found else None
    member = member and work.the(Member, id=finding.living(work, member.id))
    known = member is not None and member.group_id in {one.id for one in groups}
    return {member.person_id: given} if member is not None and known else {}


def _by_account(work: Work, given: str) -> dict[int, str]:
    platform, _, user = given.strip().partition(":")
    account = work.get(Account, platform=platform, user=user)
    return {account.person_id: given} if account is not None else {}


def _named(work: Work, given: str, groups: list[Group]) -> dict[int, str]:
    """Person -> how they are told from others of that name."""
    hits: dict[int, str] = {}
    for group in groups:
        for member, one in finding.members(work, group.id):
            if one.name.casefold() == given.strip().removeprefix("@").casefold():
                hits.setdefault(one.id, f"{one.name} #{member.id} ({group.name})")
    return hits
