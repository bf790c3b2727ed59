"""The demonstration is rich: in it is something of all that a record can have, and it can be proven."""

import unicodedata

from bot import picturing
from decisions.model import (
    Action,
    ActionStatus,
    Concern,
    Group,
    Introduction,
    Lesson,
    Meeting,
    Note,
    Poll,
    Related,
    Remark,
    Result,
    Reuse,
    Review,
    Revision,
    Stage,
    Status,
    Supersedes,
)
from storage.store import Store
from storage.verify import verify
from tests.demonstration import AFTER, GHANA, PARTNERSHIPS, conversation


def test_there_is_something_of_everything(demonstration: Store) -> None:
    with demonstration.reading() as work:
        assert [work.the(Group, id=one).name for one in (PARTNERSHIPS, GHANA)] == ["Partnerships", "Ghana"]
        polls = work.all(Poll, group_id=PARTNERSHIPS)
        assert {one.outcome.result for one in polls if one.outcome} == set(Result)
        assert {one.status for one in polls} == {Status.OPEN, Status.CLOSED, Status.WITHDRAWN}
        assert {"consensus", "approve", "majority", "score", "lazy_consensus"} <= {one.method for one in polls}
        assert any(one.outcome and one.outcome.by_affiliates for one in polls)
        assert {one.stage for one in work.all(Meeting)} == {Stage.ENDED, Stage.SET}
        assert {one.status for one in work.all(Action)} == set(ActionStatus)
        assert len(work.all(Note)) > 12
        assert any(one.number > 1 for one in work.all(Revision))
        assert any(one.resolved_at for one in work.all(Concern))
        assert {one.worked for one in work.all(Review)} == {True, False}
        assert work.all(Supersedes)
        assert work.all(Poll, group_id=GHANA)
        lessons = work.all(Lesson)
        assert {one.group_id for one in lessons} == {PARTNERSHIPS, GHANA}
        assert {one.worked for one in lessons} == {True, False, None}
        assert {one.poll_id is None for one in lessons} == {True, False}
        assert any(one.by is None and one.poll_id is None for one in lessons)
        assert {(one.group_id, one.worked) for one in work.all(Reuse)} == {
            (PARTNERSHIPS, True),
            (PARTNERSHIPS, False),
            (GHANA, None),
        }
        assert {one.group_id for one in work.all(Related)} == {PARTNERSHIPS, GHANA}
        assert [(one.offers, one.asks) for one in work.all(Introduction)] == [(True, True)]


def test_people_speak_in_their_own_scripts(demonstration: Store) -> None:
    with demonstration.reading() as work:
        said = "".join(one.text for one in work.all(Remark))
    assert "In Accra we hand it" in said  # an answer to an answer
    assert "Off the record" not in said
    scripts = {unicodedata.name(one, "?").split()[0] for one in said if one.isalpha()}
    assert {"LATIN", "ARABIC", "CJK", "BENGALI"} <= scripts


def test_its_months_are_pictured_from_the_first_with_a_poll(demonstration: Store) -> None:
    with demonstration.reading() as work:
        found = picturing.months(work, work.the(Group, id=PARTNERSHIPS), AFTER)
    assert [(day.month, month.polls) for day, month in found] == [(1, 2), (2, 2), (3, 4), (4, 1), (5, 0), (6, 0)]


def test_it_can_be_proven(demonstration: Store) -> None:
    with demonstration.reading() as work:
        assert verify(work) == []


def test_it_is_told_in_order() -> None:
    steps = conversation().steps
    assert [one.at for one in steps] == sorted(one.at for one in steps)
