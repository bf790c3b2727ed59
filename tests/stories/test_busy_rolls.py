"""Busy rolls: whatever people say of rolls and proxies, in any order, verifying finds it whole."""

from datetime import timedelta
from random import Random

import pytest

from adapters.base import Verdict
from adapters.console.conversation import Person
from decisions.model import Ballot, Electorate, Poll, Status, Voter
from storage.store import Store
from storage.verify import verify
from tests.house import House

PEOPLE = (
    Person(name="ana", role="facilitator", affiliate="WMDE"),
    Person(name="ben", affiliate="WMDE"),
    Person(name="cem", affiliate="WMFR"),
    Person(name="dee"),
    Person(name="fay", role="facilitator"),
    Person(name="obs", role="observer"),
)
NAMES = [one.name for one in PEOPLE]
TERMS = (
    "--roll affiliates",
    "--roll affiliates --weighted --double",
    "--roll everyone",
    "--weighted",
    "--double --by majority",
    "--roll ana,ben,cem",
    "--roll since:2026-05-01",
    "--roll affiliates --from 3h",
    '--quorum "2 affiliates"',
    "",
)
ODD = ("zed", "", "P-1", "none", "@", "\u202e", "x" * 300)
ACTS = (
    "!propose {terms} --for {hours}h Title",
    *("!agree P-{poll}", "!disagree P-{poll} no", "!abstain P-{poll}") * 5,
    "!agree P-{poll}",
    "!disagree P-{poll} no",
    "!block P-{poll} no",
    "!retract P-{poll}",
    "!amend P-{poll} Other {hours}",
    "!close P-{poll}",
    "!withdraw P-{poll}",
    "!roll P-{poll} add {who}",
    "!roll P-{poll}",
    "!roll {who}",
    "!proxy {who} P-{poll}",
    "!proxy P-{poll} {who}",
    "!proxy {who}",
    "!proxy {who} until 2026-03-0{day}",
    "!proxy none",
    "!proxy none P-{poll}",
    "!proxy refuse {who}",
    "!proxy",
    "!show P-{poll}",
    "!members {who} {role}",
)


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(one, marks=pytest.mark.long) for one in range(2, 30))])
async def test_it_stays_whole(sqlite_store: Store, seed: int) -> None:
    chance, house = Random(seed), House(sqlite_store, people=PEOPLE)
    for _ in range(100):
        assert (await _act(house, chance)) is not Verdict.FAULT
        house.sleep(timedelta(seconds=20))
        if chance.random() < 0.15:
            await house.wait(timedelta(hours=chance.randint(1, 5)))
        if chance.random() < 0.05:
            house.sleep(timedelta(hours=chance.randint(1, 30)))
    with sqlite_store.reading() as work:
        assert verify(work) == []
        for poll in work.all(Poll, electorate=Electorate.ROLL):
            roll = {one.member_id for one in work.all(Voter, poll_id=poll.id)}
            assert {one.member_id for one in work.all(Ballot, poll_id=poll.id)} <= roll
            assert poll.status is Status.SCHEDULED or poll.turnout <= poll.base
    await house.app.close()


async def _act(house: House, chance: Random) -> Verdict:
    who, poll = chance.choice(NAMES), chance.randint(1, 6)
    if chance.random() < 0.2:
        return (await house.press(who, f"p{poll}:{chance.randint(0, 3)}")).verdict
    said = chance.choice(ACTS).format(
        terms=chance.choice(TERMS),
        hours=chance.randint(1, 9),
        poll=poll,
        who=chance.choice((*NAMES, *ODD)),
        day=chance.randint(1, 9),
        role=chance.choice(("member", "observer", "facilitator")),
    )
    return (await house.say(who, said, room="" if chance.random() < 0.3 else "general")).verdict
