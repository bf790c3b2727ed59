"""Polls to be drawn: records with counts that are given, without a database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from decisions.counting import outcome
from decisions.model import Ballot, Base, Group, Outcome, Poll, Result, Revision, Rules, Status
from storage.record import Record

AT = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)

CITIES = (
    "Accra",
    "Amman",
    "Athens",
    "Beirut",
    "Berlin",
    "Bogota",
    "Cairo",
    "Dakar",
    "Delhi",
    "Geneva",
    "Hanoi",
    "Kigali",
)


def poll(method: str = "consensus", options: Sequence[str] = (), **more: object) -> Poll:
    """A poll that closed as D-1."""
    made = Poll(
        id=1, group_id=1, number=7, room_id=1, by=1, template=method, method=method, options=tuple(options),
        status=Status.CLOSED, made_at=AT, opens_at=AT, closes_at=AT + timedelta(7), closed_at=AT + timedelta(7), decision=1,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def drawn(one: Poll, marks: Sequence[dict[str, int]] = (), title: str = "Meet in spring") -> Record:
    """Its record, with these ballots, counted."""
    ballots = [
        Ballot(poll_id=1, member_id=number, revision=1, marks=mark, at=AT + timedelta(seconds=number), salt="", seal="")
        for number, mark in enumerate(marks, 1)
    ]
    counted = outcome(one, ballots) if one.status is Status.CLOSED else None
    return recorded(replace(one, outcome=counted), ballots, title)


def recorded(one: Poll, ballots: Sequence[Ballot] = (), title: str = "Meet in spring") -> Record:
    """The record of a poll as it is."""
    words = Revision(poll_id=1, number=1, title=title, by=1, at=AT, salt="", seal="")
    return Record(
        group=Group(id=1, name="Partnerships", made_at=AT), poll=one, revisions=[words], ballots=ballots, remarks=(),
        concerns=(), reviews=(), supersedes=(), superseded_by=(), roll=(), proxies=(), affiliates={}, listing="",
        people={number: (f"Member {number}", "") for number in range(300)}, closing="",
    )  # fmt: skip


def stances(**counts: int) -> list[dict[str, int]]:
    """`stances(agree=7, abstain=1)`: so many ballots of each."""
    return [{key: 1} for key, count in counts.items() for _ in range(count)]


def choices(*counts: int) -> list[dict[str, int]]:
    """So many ballots for the first option, so many for the second."""
    return [{str(number): 1} for number, count in enumerate(counts, 1) for _ in range(count)]


LONG = "A farm in the hills, two hours by bus from the station, with a kitchen of our own and rooms for everybody who comes"

SCENES = {
    "plain": ("en", drawn(poll(base=12), stances(agree=7, abstain=1))),
    "block": (
        "fr",
        drawn(poll(base=12, rules=Rules(quorum=6)), stances(agree=7, disagree=2, block=1), "Fermer le bureau"),
    ),
    "none": ("es", drawn(poll(base=12, rules=Rules(quorum=Fraction(1, 2))), (), "Nadie quiso")),
    "ar": (
        "ar",
        drawn(
            poll("choose", ["القاهرة", "عمّان (WMJO)", "Online في الشبكة"], base=9),
            choices(5, 3, 0),
            "أين نجتمع في 2027؟",
        ),
    ),
    "zh": (
        "en",
        drawn(
            poll(
                "choose",
                ["北京，靠近图书馆的旧城区，从车站坐公共汽车两个小时，有自己的厨房和房间", "上海", "线上"],
                base=9,
            ),
            choices(2, 5, 2),
            "2027年我们在哪里见面？",
        ),
    ),
    "long": ("en", drawn(poll("choose", [LONG, LONG + LONG, "W" * 120], base=20), choices(2, 5, 2), LONG)),
    "twelve": ("en", drawn(poll("choose", CITIES, base=60), choices(*range(12)), "Where?")),
    "forty": (
        "ar",
        drawn(
            poll("choose", [f"{one} {n}" for n in range(3) for one in CITIES], base=900), choices(*range(36)), "Where?"
        ),
    ),
    "tie": (
        "fr",
        drawn(poll("approve", ["Lomé", "Dakar", "Tunis"], base=9, rules=Rules(most=3)), choices(4, 4, 1), "Où ?"),
    ),
    "many": (
        "es",
        drawn(poll("majority", base=412, rules=Rules(base=Base.CAST)), stances(agree=121, disagree=78, abstain=1)),
    ),
    "score": (
        "en",
        drawn(poll("score", ["Library", "University"], base=4, rules=Rules(points=5)), [{"1": 5, "2": 3}, {"2": 4}]),
    ),
    "double": (
        "en",
        recorded(
            poll(
                "majority",
                base=40,
                rules=Rules(double=True),
                outcome=Outcome(
                    result=Result.PASSED,
                    counts={"agree": 20, "disagree": 8, "abstain": 2},
                    turnout=30,
                    base=40,
                    by_affiliates={"agree": 4, "disagree": 3, "abstain": 0},
                ),
            )
        ),
    ),
    "open": ("en", drawn(poll("choose", ["Lomé", "Dakar"], base=9, status=Status.OPEN, decision=None), choices(2, 1))),
}
"""Language and record of what is looked at."""
