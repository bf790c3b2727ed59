"""Verifying: a group's records held against its journal, line by line and row by row, and every outcome counted again."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, select

from decisions.model import Group, Member, Person, Poll, Room
from storage.comparing import UNREAD, presence, read, unmatched
from storage.electing import kept_in
from storage.faults import ADDED, CHANGED, MISSING, UNREADABLE, Fault, Spot
from storage.journal import chained, parsed
from storage.people import people_faults
from storage.proof import poll_faults
from storage.proof_learned import learned_faults
from storage.proof_meetings import meetings_faults
from storage.replay import GroupTold
from storage.tables import TABLES, Journal, table
from storage.work import Work

_LINES = table(Journal)
TOGETHER = 1000
"""How many lines are fetched at once."""


def verify(work: Work) -> list[Fault]:
    """All that is not as the journals prove it was: group after group, each the chain first, then poll by poll."""
    groups = read(work, Group, "id")
    named = work.connection.execute(select(_LINES.c.group_id).distinct()).scalars()
    faults: list[Fault] = []
    for key in sorted({*groups, *named}):
        group = groups.get(key)
        if group is None:
            faults.append(Spot(key, "broken-at-group", key)(UNREADABLE if key in groups else MISSING))
        else:
            faults += _group_faults(work, group)
    return faults


def _group_faults(work: Work, group: Group) -> Iterator[Fault]:
    told = GroupTold()
    yield from _chain_faults(work, group, told)
    yield from _rooms_faults(work, group, told)
    members = {member: (role, told.merged.get(member)) for member, role in told.roles.items()}
    kept = read(work, Member, "id", group_id=group.id)
    wrong = unmatched(kept, members, lambda one, said: (one.role, one.merged_into) == said)
    yield from (Spot(group.id, "broken-at-member", member)(what) for member, what in wrong)
    yield from (Spot(group.id, "broken-at-member", member)(CHANGED) for member in _named_again(work, group, told))
    yield from people_faults(work, group, told)
    yield from _proxies_faults(work, group, told)
    yield from _polls_faults(work, group, told)
    yield from meetings_faults(work, group, told.meetings)
    yield from learned_faults(work, group, told.learned)


def _rooms_faults(work: Work, group: Group, told: GroupTold) -> Iterator[Fault]:
    kept = {
        key: one for key, one in read(work, Room, "id", group_id=group.id).items() if one is None or not one.left_at
    }
    for key, what in unmatched(kept, dict.fromkeys(told.rooms), lambda room, _: True):
        yield Spot(group.id, "broken-at-room", key)(what)


def _named_again(work: Work, group: Group, told: GroupTold) -> Iterator[int]:
    """The members who are forgotten in the journal alone, or in the tables alone."""
    members, persons = TABLES[Member], TABLES[Person]
    statement = select(members.c.id, persons.c.erased, persons.c.name).join(persons).order_by(members.c.id)
    for member, erased, name in work.connection.execute(statement.where(members.c.group_id == group.id)):
        if (bool(erased), bool(erased and name)) != (member in told.erased, False):
            yield member


def _proxies_faults(work: Work, group: Group, told: GroupTold) -> Iterator[Fault]:
    """Who may speak for whom. Of members who turned out to be others, or were erased, nothing need be left."""
    try:
        kept = {(one.member_id, one.poll_id): one for one in kept_in(work, group.id)}
    except UNREAD:
        yield Spot(group.id, "broken-at-proxies")(UNREADABLE)
        return
    for key in sorted({*kept, *told.proxies}):
        one, said = kept.get(key), told.proxies.get(key)
        missing = ADDED if said is None else MISSING if one is None else ""
        gone = one is None and said is not None and {said.member_id, said.proxy_id} & told.gone
        if (missing or one != said) and not gone:
            yield Spot(group.id, "broken-at-proxy", key[0])(missing or CHANGED)


def _chain_faults(work: Work, group: Group, told: GroupTold) -> Iterator[Fault]:
    """Walk the chain, and let what its lines tell be known on the way."""
    number, head = 0, ""
    for line in _lines(work, group):
        if line.number != number + 1:
            yield _line(group, number + 1)(MISSING)
            head = line.before
        wrong = (_wrong(line, head), _senseless(line, told))
        yield from (_line(group, line.number)(what) for what in wrong if what)
        number, head = line.number, line.hash
    if number != group.lines:
        yield _line(group, min(number, group.lines) + 1)(MISSING if number < group.lines else "broken-line-behind")
    elif head != group.head:
        yield Spot(group.id, "broken-at-head")("broken-head")


def _lines(work: Work, group: Group) -> Iterator[Row[Any]]:
    statement = select(_LINES).where(_LINES.c.group_id == group.id).order_by(_LINES.c.number)
    yield from work.connection.execute(statement, execution_options={"yield_per": TOGETHER})


def _line(group: Group, number: int) -> Spot:
    return Spot(group.id, "broken-at-line", number)


def _wrong(line: Row[Any], head: str) -> str:
    if line.hash != chained(line.before, line.line):
        return "broken-line-changed"
    return "" if line.before == head else "broken-line-before"


def _senseless(line: Row[Any], told: GroupTold) -> str:
    try:
        says = parsed(line.line)
        told.take(says)
        held = (line.event, line.poll_id) == (says["event"], says.get("poll"))
    except (LookupError, TypeError, ValueError, AttributeError):
        held = False
    return "" if held else "broken-line-senseless"


def _polls_faults(work: Work, group: Group, told: GroupTold) -> Iterator[Fault]:
    kept = read(work, Poll, "id", group_id=group.id)
    for key in sorted({*kept, *told.polls}):
        poll, said = kept.get(key), told.polls.get(key)
        if poll is not None and said is not None:
            yield from poll_faults(work, poll, said)
        else:
            number = said.number if said else poll.number if poll else "?"
            yield Spot(group.id, "broken-at-poll", f"P-{number}")(presence(kept, told.polls, key))
