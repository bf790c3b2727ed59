"""One value of each noun at least, with all that can be in it, and what it is without."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

from decisions.model import (
    Account,
    Ballot,
    Base,
    Bookmark,
    Concern,
    Earlier,
    Electorate,
    Group,
    Member,
    Noun,
    Outcome,
    Person,
    Poll,
    Post,
    PostKind,
    Presence,
    Remark,
    Result,
    Review,
    Revision,
    Role,
    Room,
    Rules,
    Silence,
    Status,
    Supersedes,
    Voter,
)

NOW = datetime(2026, 3, 2, 18, 0, 0, 123456, tzinfo=UTC)
LATER = datetime(2027, 3, 2, 18, 0, tzinfo=UTC)

GROUP = Group(id=1, name="Partnerships", zone="Europe/Berlin", language="de", shared=True, made_at=NOW)
ROOM = Room(id=1, group_id=1, platform="matrix", chat="!a:b", name="general", language="fr", size=40)
PERSON = Person(id=1, name="Ана 👩🏽‍🚀 " + "أنا", language="sr", zone="Europe/Belgrade", remind=False)
MEMBER = Member(id=1, group_id=1, person_id=1, role=Role.FACILITATOR, affiliate="WMDE", joined_at=NOW)
RULES = Rules(quorum=Fraction(1, 3), threshold=Fraction(2, 3), beyond=False, base=Base.ELECTORATE, most=3, points=5)
OUTCOME = Outcome(result=Result.CHOSEN, counts={"2": 3, "1": 0}, chosen=("2",), tied=("1", "3"), turnout=3, needed=2)
POLL = Poll(
    id=1, group_id=1, number=7, room_id=1, by=1, template="choose", method="choose", options=("Ørsted", "“B”", "\n"),
    rules=RULES, electorate=Electorate.ROLL, base=9, salt="s", revision=2, firm_revision=2, turnout=3,
    status=Status.CLOSED, made_at=NOW, opens_at=NOW, closes_at=LATER, remind_at=NOW, review_at=LATER, closed_at=LATER,
    decision=4, outcome=OUTCOME, statement="So be it", version=5,
)  # fmt: skip
OTHER = replace(
    POLL, id=2, number=8, rules=Rules(quorum=5), status=Status.SCHEDULED, remind_at=None, review_at=None,
    closed_at=None, decision=None, outcome=None,
)  # fmt: skip
EARLIER = Earlier(revision=1, marks={"1": 1}, reason="Before")
BALLOT = Ballot(
    poll_id=1,
    member_id=1,
    revision=2,
    marks={"10": 1, "2": 5},
    reason="Ja",
    earlier=EARLIER,
    origin="matrix:!a:b:$1",
    worded="matrix:!a:b:$2",
    at=NOW,
    salt="s",
    seal="x",
)
CONCERN = Concern(
    id=1, group_id=1, number=3, poll_id=1, by=1, text="Who pays?", raised_at=NOW, answer="We", answered_by=1,
    resolved_at=LATER, salt="s", seal="x",
)  # fmt: skip
VALUES: tuple[Noun, ...] = (
    GROUP,
    ROOM,
    PERSON,
    Account(platform="matrix", user="@ana:b", person_id=1),
    MEMBER,
    Presence(room_id=1, member_id=1),
    POLL,
    OTHER,
    Revision(poll_id=1, number=1, title="T", text="Two\nlines", by=1, at=NOW, salt="s", seal="x"),
    Voter(poll_id=1, member_id=1),
    BALLOT,
    replace(BALLOT, poll_id=2, earlier=None),
    Remark(id=1, group_id=1, poll_id=1, by=1, text="And tea?", at=NOW, origin="telegram:-1:5", salt="s", seal="x"),
    CONCERN,
    replace(CONCERN, id=2, number=4, answer="", answered_by=None, resolved_at=None),
    Supersedes(poll_id=2, earlier_id=1),
    Review(poll_id=1, member_id=1, worked=False, text="Late", at=NOW, salt="s", seal="x"),
    Post(id=1, group_id=1, kind=PostKind.CARD, poll_id=1, room_id=1, message="m", shown=4, tries=2, not_before=NOW),
    Post(
        id=2, group_id=1, kind=PostKind.REMINDER, poll_id=1, platform="telegram", user="77", live=False, stance="block"
    ),
    Bookmark(platform="matrix", token="s1_2", at=NOW),
    Silence(platform="telegram", since=NOW, until=LATER),
)
