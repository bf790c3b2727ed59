"""Dissolving: a group that never put anything goes without a trace, as its only room joins another."""

from dataclasses import replace

from sqlalchemy import delete

from decisions.model import (
    Action,
    Affiliate,
    AgendaItem,
    Code,
    Group,
    Listing,
    Meeting,
    Member,
    Poll,
    Post,
    Presence,
    Room,
    Sought,
)
from storage.tables import Journal, table
from storage.work import Work


def has_a_record(work: Work, group_id: int) -> bool:
    """Whether anything would be lost with the group: polls, affiliates, lists, meetings, and what is to be done or talked
    about."""
    return any(work.all(noun, group_id=group_id) for noun in (Poll, Affiliate, Listing, Meeting, Action, AgendaItem))


def dissolve(work: Work, group: Group, into: Group) -> None:
    """Let go of a group without a record: its members and its journal, but for what went into the other one before.

    Messages and rooms keep their rows: a platform takes a message whose id it has seen for that message again.
    """
    work.put(*(replace(one, group_id=into.id) for one in work.all(Room, group_id=group.id)))
    work.put(*(replace(one, group_id=into.id) for one in work.all(Post, group_id=group.id)))
    work.drop(*work.all(Code, group_id=group.id), *work.all(Sought, group_id=group.id))
    members = work.all(Member, group_id=group.id)
    for one in members:
        work.drop(*work.all(Presence, member_id=one.id))
    work.drop(*sorted(members, key=lambda one: one.merged_into is None))  # first those that point to another
    lines = table(Journal)
    work.connection.execute(delete(lines).where(lines.c.group_id == group.id))
    work.drop(group)
