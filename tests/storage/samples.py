"""One value of each noun at least, with all that can be in it, and what it is without."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

from decisions.model import (
    Account,
    Addition,
    Affiliate,
    Ballot,
    Base,
    Bookmark,
    Code,
    Concern,
    Earlier,
    Electorate,
    Group,
    Listed,
    Listing,
    Member,
    Noun,
    Outcome,
    Person,
    Poll,
    Post,
    PostKind,
    Presence,
    Proposers,
    Proxy,
    Purpose,
    Remark,
    Result,
    Review,
    Revision,
    Role,
    Room,
    Rules,
    Seat,
    Silence,
    Spent,
    Status,
    Supersedes,
    Try,
    Voter,
)

NOW = datetime(2026, 3, 2, 18, 0, 0, 123456, tzinfo=UTC)
LATER = datetime(2027, 3, 2, 18, 0, tzinfo=UTC)

GROUP = Group(
    id=1,
    name="Partnerships",
    zone="Europe/Berlin",
    language="de",
    shared=True,
    languages=("fr", "ar"),
    usual="--by consent",
    proposers=Proposers.FACILITATORS,
    quiet="22:00-07:00",
    remind_hours=48,
    pictured_at=LATER,
    made_at=NOW,
)
ROOM = Room(
    id=1,
    group_id=1,
    platform="matrix",
    chat="!a:b",
    name="general",
    language="fr",
    size=40,
    announce=True,
    gone_at=LATER,
    left_at=LATER,
)
PERSON = Person(
    id=1,
    name="Ана 👩🏽‍🚀 " + "أنا",
    language="sr",
    zone="Europe/Belgrade",
    remind=False,
    nudge=False,
    digest_at=LATER,
    token="aa",
)
AFFILIATE = Affiliate(id=1, group_id=1, name="WMDE", region="Europe", language="de", weight=3)
MEMBER = Member(
    id=1, group_id=1, person_id=1, role=Role.FACILITATOR, affiliate_id=1, seat=Seat.ALTERNATE, joined_at=NOW
)
RULES = Rules(
    quorum=Fraction(1, 3),
    threshold=Fraction(2, 3),
    beyond=False,
    base=Base.ELECTORATE,
    most=3,
    points=5,
    weighted=True,
    double=True,
    affiliates=5,
    regions=3,
)
OUTCOME = Outcome(
    result=Result.CHOSEN,
    counts={"2": 3, "1": 0},
    chosen=("2",),
    tied=("1", "3"),
    turnout=3,
    needed=2,
    by_affiliates={"2": 1},
    heard=(1, 1),
    unheard=(1,),
    proxies=((2, 1),),
)
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
    replace(PERSON, id=2, name="–", erased=True, token="", nudge=True, digest_at=None),
    Account(platform="matrix", user="@ana:b", person_id=1),
    AFFILIATE,
    replace(AFFILIATE, id=2, name="WMNO", named=False),
    MEMBER,
    replace(MEMBER, id=2, person_id=2, merged_into=1),
    Presence(room_id=1, member_id=1),
    POLL,
    OTHER,
    Revision(poll_id=1, number=1, title="T", text="Two\nlines", by=1, at=NOW, salt="s", seal="x"),
    Voter(poll_id=1, member_id=1, affiliate_id=1, region="Europe", weight=3),
    Voter(poll_id=1, member_id=2),
    Addition(poll_id=1, member_id=2, by=1),
    Spent(poll_id=1, mark="bb"),
    Proxy(member_id=2, poll_id=0, proxy_id=1, until=LATER),
    Listing(id=1, group_id=1, name="board", by=None, at=NOW, salt="s"),
    Listed(listing_id=1, member_id=1, affiliate_id=1, weight=2, note="Treasurer"),
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
    Post(id=3, group_id=None, kind=PostKind.NOTICE, platform="matrix", user="@ana:b", said=("link-done", "Ana")),
    Code(
        id=1,
        purpose=Purpose.ROOM,
        digest="cc",
        platform="matrix",
        user="@ana:b",
        group_id=1,
        expires_at=LATER,
        other_platform="telegram",
        other_user="77",
        other_chat="-1",
        agreed=True,
    ),
    Try(platform="matrix", user="@ana:b", at=NOW),
    Bookmark(platform="matrix", token="s1_2", at=NOW),
    Silence(platform="telegram", since=NOW, until=LATER),
)
