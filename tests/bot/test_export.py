"""What leaves as a file: all that was decided, key by key, and nobody's words as a formula."""

import asyncio
import csv
import io
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from adapters.console.conversation import Person
from bot.export import FORMS
from decisions.model import Ballot, Group, Poll, Revision, Supersedes
from storage.store import Store
from tests.conftest import NewDatabase
from tests.exported import export, table
from tests.house import START, House

PEOPLE = (
    Person(name="ana", role="facilitator", affiliate="WMDE"),
    Person(name="ben", affiliate="WMFR"),
    Person(name="cem"),
    Person(name="dia"),
)


def exported(house: House, form: str = "json", since: datetime | None = None) -> str:
    with house.store.reading() as work:
        return export(work, work.all(Group)[0], form, house.now, since)


def decisions(house: House, since: datetime | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(exported(house, "json", since))["decisions"]
    return found


def rows(house: House) -> list[dict[str, str]]:
    with house.store.reading() as work:
        return list(csv.DictReader(io.StringIO(table(work, work.all(Group)[0], "decisions", house.now), newline="")))


@pytest.fixture(scope="module")
def house(new_database: NewDatabase) -> Iterator[House]:
    """Six decisions, played once and only read: passed, blocked, tied, scored, withdrawn, and withdrawn before it opened."""
    with new_database("sqlite") as url, closing(Store(url)) as store:
        house = House(store, people=PEOPLE)
        asyncio.run(_decided(house))
        yield house


async def _decided(house: House) -> None:
    await _amended(house)
    await _blocked(house)
    await house.say("ana", '!poll "Where?" "Berlin" "Oslo, North" "Rome"')
    await house.say("ana", "!vote P-3 1")
    await house.say("ben", "!vote P-3 2")
    await house.wait(timedelta(days=7))
    await _scored(house)
    await house.say("ana", "!propose Nothing")
    await house.say("ben", "!agree P-5 Rest is good")
    await house.say("ana", "!withdraw P-5")
    await house.say("ana", "!propose --from 2d Later")
    await house.say("ana", "!withdraw P-6")
    await house.say("ana", "!propose Still open")


async def _amended(house: House) -> None:
    await house.say("ana", "!propose --quorum 50% Translate the statement\nInto 12 languages.")
    await house.say("ben", "!agree P-1 It worked before")
    await house.say("cem", "!block P-1 Who pays?")
    await house.say("dia", "!disagree P-1 Too much")
    await house.say("ben", "!concern P-1 Too fast")
    await house.say("ana", "!answer C-1 Two weeks more")
    await house.say("ben", "!resolve C-1")
    await house.say("dia", "!concern P-1 Too dear")
    await house.wait(timedelta(hours=1))
    await house.say("ana", "!amend P-1 Translate the statement, paid\nInto 12 languages.\nBy May.")
    await house.say("ben", "!agree P-1 Better still")
    await house.say("cem", "!block P-1 By whom?")
    await house.wait(timedelta(hours=1))
    await house.say("cem", "!agree P-1")
    await house.say("ana", "!close P-1")


async def _blocked(house: House) -> None:
    await house.say("ben", "!propose Move the office")
    await house.say("cem", "!block P-2 Too far")
    await house.say("ben", "!amend P-2 Move the office soon")
    await house.say("ben", "!close P-2")


async def _scored(house: House) -> None:
    await house.say("ana", '!poll --by score --quorum 2 "How?" "Train" "Bus"')
    await house.say("ana", "!vote P-4 1=5, 2=0")
    await house.say("ben", "!vote P-4 1=2, 2=3 it has a roof")
    await house.say("ana", "!close P-4")
    await house.say("ana", "!outcome D-4 --supersedes D-3 --review 2026-05-01 We go by train.\nBring a hat.")
    await house.say("ana", "!worked D-4 Quiet")
    await house.say("ben", "!failed D-4 Late")


# -- JSON -------------------------------------------------------------------------------------------------------------


async def test_the_whole_says_whose_it_is_and_of_when(house: House) -> None:
    whole = json.loads(exported(house))
    with house.store.reading() as work:
        head = work.all(Group)[0].head
    assert list(whole) == ["group", "exported_at", "head", "decisions", "meetings", "actions", "lessons"]
    assert (whole["group"], whole["exported_at"], whole["head"]) == ("Partnerships", "2026-03-09T20:00:00Z", head)
    assert (whole["meetings"], whole["actions"]) == ([], [])
    (lesson,) = whole["lessons"]  # what was said of D-4 afterwards is one
    assert [lesson[one] for one in ("id", "decision", "by", "worked", "tried")] == ["L-1", "D-4", None, None, "How?"]
    assert [one["text"] for one in lesson["reviews"]] == ["Quiet", "Late"]
    assert [one["id"] for one in whole["decisions"]] == ["D-1", "D-2", "D-3", "D-4", "D-5", "D-6"]


async def test_an_amended_proposal_key_by_key(house: House) -> None:
    assert decisions(house)[0] == {
        "id": "D-1",
        "proposal": "P-1",
        "title": "Translate the statement, paid",
        "text": "Into 12 languages.\nBy May.",
        "revision": 2,
        "by": "ana",
        "method": "consensus",
        "rules": {
            "quorum": "1/2",
            "threshold": "1/2",
            "beyond": True,
            "base": "cast",
            "least": 1,
            "most": 1,
            "points": 0,
            "template": "consensus",
            "electorate": "open",
            "roll": "",
        },
        "opened_at": "2026-03-02T18:00:00Z",
        "closed_at": "2026-03-02T20:00:00Z",
        "electorate": 4,
        "turnout": 2,
        "roll": [],
        "tally": {"agree": 2, "abstain": 0, "disagree": 0, "block": 0},
        "tally_affiliates": {},
        "heard": None,
        "unheard": ["WMDE"],
        "proxies": [],
        "ballots": [
            {
                "member": "ben",
                "affiliate": "WMFR",
                "marks": {"agree": 1},
                "reason": "Better still",
                "at": "2026-03-02T19:00:00Z",
            },
            {"member": "cem", "affiliate": "", "marks": {"agree": 1}, "reason": "", "at": "2026-03-02T20:00:00Z"},
        ],
        "outvoiced": [],
        "unconfirmed": [
            {
                "member": "dia",
                "affiliate": "",
                "marks": {"disagree": 1},
                "reason": "Too much",
                "at": "2026-03-02T18:00:00Z",
                "revision": 1,
            }
        ],
        "concerns": [
            {
                "id": "C-1",
                "by": "ben",
                "text": "Too fast",
                "answer": "Two weeks more",
                "answered_by": "ana",
                "resolved": True,
            },
            {"id": "C-2", "by": "dia", "text": "Too dear", "answer": "", "answered_by": None, "resolved": False},
        ],
        "outcome": "passed",
        "chosen": [],
        "why": "Passed: 2 agree; quorum 2 of 4 reached; no block; not heard: WMDE",
        "statement": "",
        "review_at": None,
        "reviews": [],
        "links": [],
        "revisions": [
            {
                "number": 1,
                "title": "Translate the statement",
                "text": "Into 12 languages.",
                "by": "ana",
                "at": "2026-03-02T18:00:00Z",
            },
            {
                "number": 2,
                "title": "Translate the statement, paid",
                "text": "Into 12 languages.\nBy May.",
                "by": "ana",
                "at": "2026-03-02T19:00:00Z",
            },
        ],
        "discussion": [],
    }


async def test_a_block_on_earlier_words_still_counts(house: House) -> None:
    blocked = decisions(house)[1]
    assert (blocked["outcome"], blocked["turnout"], blocked["unconfirmed"]) == ("blocked", 1, [])
    assert [(one["member"], one["marks"], one["reason"]) for one in blocked["ballots"]] == [
        ("cem", {"block": 1}, "Too far")
    ]


async def test_a_tie_has_nothing_chosen(house: House) -> None:
    tied = decisions(house)[2]
    assert (tied["method"], tied["outcome"], tied["chosen"]) == ("choose", "not passed", [])
    assert list(tied["tally"].items()) == [("Berlin", 1), ("Oslo, North", 1), ("Rome", 0)]
    assert [one["marks"] for one in tied["ballots"]] == [{"Berlin": 1}, {"Oslo, North": 1}]
    assert "a tie between Berlin and Oslo, North" in tied["why"]
    assert tied["links"] == [{"superseded_by": "D-4"}]
    assert tied["closed_at"] == "2026-03-09T20:00:00Z"


async def test_scores_and_what_was_said_afterwards(house: House) -> None:
    scored = decisions(house)[3]
    assert (scored["outcome"], scored["chosen"], scored["tally"]) == ("chosen", ["Train"], {"Train": 7, "Bus": 3})
    assert (scored["rules"]["quorum"], scored["rules"]["points"], scored["rules"]["template"]) == (2, 5, "score")
    assert [one["marks"] for one in scored["ballots"]] == [{"Train": 5, "Bus": 0}, {"Train": 2, "Bus": 3}]
    assert scored["statement"] == "We go by train.\nBring a hat."
    assert scored["review_at"] == "2026-05-01T00:00:00Z"
    assert scored["links"] == [{"supersedes": "D-3"}]
    at = "2026-03-09T20:00:00Z"
    assert scored["reviews"] == [
        {"member": "ana", "affiliate": "WMDE", "verdict": "worked", "text": "Quiet", "at": at},
        {"member": "ben", "affiliate": "WMFR", "verdict": "failed", "text": "Late", "at": at},
    ]


async def test_what_was_withdrawn_shows_how_it_stood(house: House) -> None:
    opened, unopened = decisions(house)[4:]
    assert (opened["outcome"], opened["why"], opened["chosen"]) == ("withdrawn", "Withdrawn", [])
    assert (opened["turnout"], opened["tally"]["agree"], opened["ballots"][0]["reason"]) == (1, 1, "Rest is good")
    assert opened["opened_at"] == opened["closed_at"] == "2026-03-09T20:00:00Z"
    assert (unopened["outcome"], unopened["opened_at"], unopened["ballots"]) == ("withdrawn", None, [])


async def test_every_tally_is_the_sum_of_its_ballots(house: House) -> None:
    for one in decisions(house):
        sums = {label: sum(ballot["marks"].get(label, 0) for ballot in one["ballots"]) for label in one["tally"]}
        assert (one["tally"], one["turnout"]) == (sums, len(one["ballots"]))


async def test_a_template_and_a_roll_are_in_the_rules(sqlite_store: Store) -> None:
    house = House(sqlite_store, people=PEOPLE)
    await house.say("ana", "!propose --by super --threshold 3/4 --of everyone --roll ana,ben Buy a boat")
    await house.say("ana", "!close P-1")
    rules = decisions(house)[0]["rules"]
    assert (rules["template"], rules["threshold"], rules["beyond"]) == ("super", "3/4", False)
    assert (rules["base"], rules["electorate"], rules["quorum"]) == ("electorate", "roll", None)
    assert (decisions(house)[0]["method"], decisions(house)[0]["electorate"]) == ("majority", 2)


async def test_since_leaves_out_what_closed_before(house: House) -> None:
    week_later = START + timedelta(days=7, hours=2)
    assert [one["id"] for one in decisions(house, week_later)] == ["D-3", "D-4", "D-5", "D-6"]
    assert decisions(house, week_later + timedelta(seconds=1)) == []


async def test_instants_are_utc_whatever_zone_they_are_asked_for_in(sqlite_store: Store) -> None:
    house = House(sqlite_store, people=PEOPLE, zone="Asia/Kathmandu")
    await house.say("ana", "!propose Rest")
    await house.say("ana", "!close P-1")
    assert decisions(house)[0]["closed_at"] == "2026-03-02T18:00:00Z"
    assert "23:45" in exported(house, "md")


# -- CSV --------------------------------------------------------------------------------------------------------------


async def test_a_row_a_decision(house: House) -> None:
    table = rows(house)
    assert len(table) == 6
    assert table[3] == {
        "id": "D-4",
        "proposal": "P-4",
        "title": "How?",
        "method": "score",
        "outcome": "chosen",
        "chosen": "Train",
        "why": decisions(house)[3]["why"],
        "opened_at": "2026-03-09T20:00:00Z",
        "closed_at": "2026-03-09T20:00:00Z",
        "electorate": "4",
        "turnout": "2",
        "counts": "Train 7, Bus 3",
        "counts_affiliates": "",
        "roll": "",
        "unheard": "",
        "proxies": "",
        "by": "ana",
        "statement": "We go by train.\nBring a hat.",
        "review_at": "2026-05-01T00:00:00Z",
        "text": "",
        "revision": "1",
    }
    assert [one["counts"] for one in table[:3]] == ["agree 2", "block 1", "Berlin 1, Oslo, North 1"]


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", '=HYPERLINK("http://x","y")'])
async def test_no_cell_is_a_formula(sqlite_store: Store, words: str) -> None:
    house = House(sqlite_store, people=(Person(name=words, role="facilitator", affiliate=words),))
    await house.say(words, f"!poll {words}\n{words}\nother")
    await house.say(words, "!vote P-1 1")
    await house.say(words, "!close P-1")
    await house.say(words, f"!outcome D-1 {words}")
    (row,) = rows(house)
    assert row["title"] == row["by"] == row["chosen"] == row["statement"] == f"'{words}"
    for cell in csv.reader(io.StringIO(exported(house, "csv"), newline="")):
        assert not any(one.startswith(("=", "+", "-", "@", "＝", "\t", "\r", "\n")) for one in cell)


# -- Markdown ---------------------------------------------------------------------------------------------------------


async def test_the_log_reads_well(house: House) -> None:
    log = exported(house, "md")
    chapter = log.partition("## D-2")[0]
    assert chapter.startswith("# The record of Partnerships\n\nAs of Mon 9 Mar 2026, 20:00 UTC. Head of the journal: ")
    assert chapter.partition("\n\n## ")[2] == (
        "D-1 · Translate the statement, paid\n\n"
        "**Passed: 2 agree; quorum 2 of 4 reached; no block; not heard: WMDE**\n\n"
        "> Into 12 languages.\\\n> By May.\n\n"
        "Put by ana (WMDE) · consensus · revision 2\n\n"
        "P-1 · opened Mon 2 Mar 2026, 18:00 UTC · closed Mon 2 Mar 2026, 20:00 UTC · 2 of 4 took part\n\n"
        "| Option | Count | Who |\n| --- | ---: | --- |\n"
        "| agree | 2 | ben (WMFR), cem |\n| abstain | 0 |  |\n| disagree | 0 |  |\n| block | 0 |  |\n\n"
        "**Reasons**\n\n- ben (agree): Better still\n\n"
        "**Not counted: said to earlier words and not confirmed**\n\n- dia (disagree): Too much\n\n"
        "**Concerns**\n\n- C-1, a concern of ben: Too fast – ana answers: Two weeks more – resolved\n"
        "- C-2, a concern of dia: Too dear\n\n"
    )
    assert "| Train | 7 | ana (WMDE) 5, ben (WMFR) 2 |\n| Bus | 3 | ben (WMFR) 3 |" in log
    assert "- ben (Train 2, Bus 3): it has a roof" in log
    assert "> Statement: We go by train.\\\n> Bring a hat.\n\n**Looking back**\n\n- ana says it worked: Quiet" in log
    assert "\n\nTakes the place of D-3. To be looked at again: Fri 1 May 2026, 00:00 UTC.\n\n" in log
    assert "\n\nSuperseded by D-4.\n\n" in log
    assert "P-6 · withdrawn Mon 9 Mar 2026, 20:00 UTC, before it opened\n" in log


async def test_a_log_of_nothing_says_so(sqlite_store: Store) -> None:
    assert exported(House(sqlite_store), "md").endswith("\n\nThere are no decisions here.\n")


# -- all of them ------------------------------------------------------------------------------------------------------


async def test_twice_as_many_decisions_cost_twice_as_much_in_every_form(sqlite_store: Store) -> None:
    house = House(sqlite_store)
    await house.say("ana", "!propose One")
    await house.say("ana", "!agree P-1 Yes")
    await house.say("ana", "!close P-1")
    costs = []
    for until in (10, 20, 40):  # on one page of HTML
        _decide(house, until)
        costs.append({form: _statements(house, form) for form in FORMS})
    first, second, last = costs
    assert {form: last[form] - second[form] for form in FORMS} == {
        form: 2 * (second[form] - first[form]) for form in FORMS
    }


def _decide(house: House, until: int) -> None:
    with house.store.unit_of_work() as work:
        poll, words, ballot = work.the(Poll, id=1), work.the(Revision, poll_id=1), work.the(Ballot, poll_id=1)
        for number in range(work.next_id(Poll), until + 1):
            work.put(replace(poll, id=number, number=number, decision=number), replace(words, poll_id=number))
            work.put(replace(ballot, poll_id=number), Supersedes(poll_id=number, earlier_id=number - 1))


def _statements(house: House, form: str) -> int:
    asked: list[object] = []
    event.listen(house.store.engine, "before_cursor_execute", lambda *given: asked.append(given))
    exported(house, form)
    return len(asked)


async def test_a_group_exports_its_own_decisions_alone(house: House) -> None:
    with house.store.reading() as work:
        stranger = Group(id=99, name="Others", made_at=datetime(2026, 1, 1, tzinfo=UTC))
        whole = json.loads(export(work, stranger, "json", house.now))
    assert (whole["group"], whole["decisions"]) == ("Others", [])
