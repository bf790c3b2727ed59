"""Browsing: a group's log page by page - so many things from a place on, and what stands next to one of them."""

from sqlalchemy import ColumnElement, func, select

from decisions.model import Group, Openness, Poll, Revision
from storage.tables import TABLES
from storage.work import Work, columns

_POLLS, _GROUPS, _REVISIONS = TABLES[Poll], TABLES[Group], TABLES[Revision]


def public(work: Work) -> list[Group]:
    """The groups whose log is for everyone, by name."""
    statement = select(*columns(Group)).where(_GROUPS.c.openness == Openness.PUBLIC)
    return sorted(work.select(Group, statement), key=lambda one: (one.name.casefold(), one.id))


def count(work: Work, group_id: int) -> int:
    """How many decisions a group has made."""
    made = select(func.count()).select_from(_POLLS).where(*_decided(group_id))
    return work.connection.execute(made).scalar_one()


def decided(work: Work, group_id: int, start: int, most: int) -> list[Poll]:
    """So many decisions, the latest first, without the first `start`."""
    statement = select(*columns(Poll)).where(*_decided(group_id)).order_by(_POLLS.c.decision.desc())
    return work.select(Poll, statement.offset(start).limit(most))


def beside(work: Work, poll: Poll) -> tuple[Poll | None, Poll | None]:
    """The decisions before and after a decision."""
    ours = select(*columns(Poll)).where(*_decided(poll.group_id))
    before = ours.where(_POLLS.c.decision < poll.decision).order_by(_POLLS.c.decision.desc()).limit(1)
    after = ours.where(_POLLS.c.decision > poll.decision).order_by(_POLLS.c.decision).limit(1)
    return next(iter(work.select(Poll, before)), None), next(iter(work.select(Poll, after)), None)


def _decided(group_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _POLLS.c.group_id == group_id, _POLLS.c.decision.is_not(None)
