"""Dissolving: a group that never put anything goes without a trace, as its only room joins another."""

from dataclasses import replace

from sqlalchemy import delete

from decisions.model import (
    Action,
    Affiliate,
    AgendaItem,
    Code,
    Draft,
    Group,
    Lesson,
    Listing,
    Meeting,
    Member,
    Poll,
    Post,
    Presence,
    Related,
    Reuse,
    Room,
    Sought,
)
from storage.tables import Journal, table
from storage.work import Kind, Work

RECORD: tuple[Kind, ...] = (Poll, Affiliate, Listing, Meeting, Action, AgendaItem, Lesson, Reuse, Related)


def has_a_record(work: Work, group_id: int) -> bool:
    """Whether anything would be lost with the group: polls, affiliates, lists, meetings, what is to be done or talked
    about, and what was learnt."""
    return any(work.all(noun, group_id=group_id) for noun in RECORD)


def dissolve(work: Work, group: Group, into: Group) -> None:
    """Let go of a group without a record: its members and its journal, but for what went into the other one before.

    Messages and rooms keep their rows: a platform takes a message whose id it has seen for that message again.
    """
    work.put(*(replace(one, group_id=into.id) for one in work.all(Room, group_id=group.id)))
    work.put(*(replace(one, group_id=into.id) for one in work.all(Post, group_id=group.id)))
    for noun in (Code, Draft, Sought):
        work.drop(*work.all(noun, group_id=group.id))
    members = work.all(Member, group_id=group.id)
    for one in members:
        work.drop(*work.all(Presence, member_id=one.id))
    work.drop(*sorted(members, key=lambda one: one.merged_into is None))  # first those that point to another
    lines = table(Journal)
    work.connection.execute(delete(lines).where(lines.c.group_id == group.id))
    work.drop(group)
