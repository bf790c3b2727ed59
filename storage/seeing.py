"""Seeing: which groups' records somebody may read, one rule for chats, searches, pages and exports."""

from collections.abc import Iterable

from sqlalchemy import select

from decisions.model import Group, Openness
from storage.tables import TABLES
from storage.work import Work

_GROUPS = TABLES[Group]


def visible(work: Work, groups: Iterable[int]) -> frozenset[int]:
    """These groups, which are somebody's own, and every group whose log is public."""
    public = select(_GROUPS.c.id).where(_GROUPS.c.openness == Openness.PUBLIC)
    return frozenset(groups) | frozenset(work.connection.execute(public).scalars())
