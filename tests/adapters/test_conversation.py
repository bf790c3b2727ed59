"""Written conversations: what each kind of line is read as, and what is told of a line that is none."""

from datetime import UTC, datetime

import pytest

from adapters.console.conversation import Malformed, Passed, Person, Room, Said, read

WHOLE = """\
# a comment
group "Partnerships" zone Europe/Berlin language en
room general matrix                              # where it takes place
room chat telegram
member ana role facilitator affiliate "WMDE" zone Europe/Berlin   # optional

2026-03-02T18:00:00Z ana@general> !propose Translate it   # today
  A second line of the same message is indented.
2026-03-02T18:06:00.250+01:00 cem~bot> !disagree P-1
2026-03-02T18:07:00Z ben@chat> [p1:0]
2026-03-10T00:00:00Z                             # time passes
"""


def at(minute: int, hour: int = 18, microsecond: int = 0) -> datetime:
    return datetime(2026, 3, 2, hour, minute, 0, microsecond, tzinfo=UTC)


def test_every_kind_of_line() -> None:
    found = read(WHOLE.splitlines())
    assert (found.group, found.zone, found.language) == ("Partnerships", "Europe/Berlin", "en")
    assert found.rooms == (Room(name="general", platform="matrix"), Room(name="chat", platform="telegram"))
    assert found.people == (Person(name="ana", role="facilitator", affiliate="WMDE", zone="Europe/Berlin"),)
    proposed = "!propose Translate it\nA second line of the same message is indented."
    assert found.steps == (
        Said(at=at(0), line=7, who="ana", room="general", text=proposed),
        Said(at=at(6, 17, 250_000), line=9, who="cem", room="", text="!disagree P-1"),
        Said(at=at(7), line=10, who="ben", room="chat", press="p1:0"),
        Passed(at=datetime(2026, 3, 10, tzinfo=UTC)),
    )


def test_several_groups_and_replies() -> None:
    lines = [
        'group "A"',
        "room tea matrix",
        "member ana",
        'group "B" zone Asia/Tokyo',
        "room hall telegram",
        "member ana",
    ]
    found = read([*lines, "2026-03-02T18:00:00Z ana@hall re P-12> Why?", "2026-03-02T18:00:00Z ana@hall re ana> Ah"])
    assert [one.group for one in found.every] == ["A", "B"]
    assert found.others[0].zone == "Asia/Tokyo"
    assert [[room.name for room in one.rooms] for one in found.every] == [["tea"], ["hall"]]
    assert [one.people for one in found.every] == [(Person(name="ana"),)] * 2
    assert found.steps == (
        Said(at=at(0), line=7, who="ana", room="hall", text="Why?", reply="P-12"),
        Said(at=at(0), line=8, who="ana", room="hall", text="Ah", reply="ana"),
    )


def test_a_short_conversation_declares_no_rooms() -> None:
    found = read(["2026-03-02T18:00:00Z ana@hall> hello", "2026-03-02T18:01:00Z ben@yard> hello"])
    assert [room.name for room in found.rooms] == ["hall", "yard"]
    assert [room.name for room in read([]).rooms] == ["room"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("nonsense", "a line begins with"),
        ("2026-03-02T18:00:00 ana@general> hello", "an instant needs its zone"),
        ("2026-03-02T18:00:00Z ana~ben> hello", "who speaks in private speaks to the bot"),
        ("2026-03-02T18:00:00Z ana@nowhere> hello", "there is no room nowhere"),
        ("2026-03-02T18:00:00Z ana~bot re P-1> hello", "a reply is said in the room"),
        ("  indented", "there is none above it"),
        ("room general", "a room is: room NAME PLATFORM"),
        ("member ana role king", "a role is one of"),
        ("member ana colour red", "colour is none of"),
        ("member ana zone Mars/Crater", "there is no time zone"),
        ("member ben", "ben is declared twice"),
        ('group "unfinished', "No closing quotation"),
        ("group", "after the name come pairs"),
    ],
)
def test_a_line_that_is_none_is_named(line: str, why: str) -> None:
    with pytest.raises(Malformed, match=f"line 3: .*{why}"):
        read(["room general matrix", "member ben", line])
