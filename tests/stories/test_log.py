"""The log: everything that changed rights, with its author; and what no right of a facilitator reaches, others' ballots."""

from collections.abc import AsyncIterator
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from adapters.base import Verdict
from adapters.console.conversation import Person
from bot.acts.logged import KINDS, PAGE, Kind
from bot.commands import COMMANDS
from bot.presses import PRESSES
from decisions import events
from decisions.change import Change
from decisions.model import Affiliate, Ballot, Listing
from decisions.model import Person as Human
from storage.store import Store
from tests.stories.halls import ANA, BEN, Hall

CEM = Person(name="cem")
START = "Mon 2 Mar 2026, 18:00 UTC"


@pytest_asyncio.fixture
async def hall(sqlite_store: Store) -> AsyncIterator[Hall]:
    made = Hall(sqlite_store, ANA, BEN, CEM)
    yield made
    await made.app.close()


async def lines(hall: Hall, words: str = "log", who: str = "cem") -> list[str]:
    """The lines of the log, without their head and foot."""
    said = (await hall.whisper(who, words)).text.splitlines()
    assert said[0].startswith("Who may do what in “Partnerships”, and what changed it, the newest first (page ")
    assert said[-1] == (
        "What a facilitator cannot do: cast, change or take back anybody else's ballot, or take a line from this log."
    )
    return [one.removeprefix(f"{START} · ") for one in said[1:-1] if not one.startswith("Earlier ones:")]


async def test_what_changed_rights_is_shown_newest_first(hall: Hall) -> None:
    await hall.say("ana", "!members ben facilitator")
    await hall.say("ben", "!group propose members")
    await hall.say("ben", '!propose --roll "ana,ben" Meet monthly')
    await hall.say("ana", "!extend P-1 1d")
    await hall.say("ben", "+1")
    await hall.say("ana", "!close P-1")
    await hall.say("cem", "!propose Meet weekly")
    await hall.say("cem", "!withdraw P-2")
    assert await lines(hall) == [
        "P-2 was withdrawn (by cem)",
        "P-1 was closed (by ana)",
        "P-1 closes Tue 10 Mar 2026, 18:00 UTC (by ana)",
        "P-1 opened with a fixed roll; people on it: 2",
        "the setting changed: propose (by ben)",
        "ben has the role: facilitator (by ana)",
        "cem joined, as: member",
        "ben joined, as: member",
        "ana joined, as: facilitator",
        "partners (telegram) is a room of the group",
        "general (matrix) is a room of the group",
        "the group began",
    ]


async def test_rooms_and_who_came_with_them_are_in_it(hall: Hall) -> None:
    await hall.tea("tom", "hello", admin=True)
    await hall.tea("tom", f"!setup {await hall.code()}", admin=True)
    await hall.whisper("ana", "rooms yes")
    await hall.tea("ana", "!rooms announce on")
    await hall.tea("ana", "!leave yes")
    assert (await lines(hall))[:4] == [
        "Tea (telegram) left the group (by ana)",
        "the setting changed: announce (by ana)",
        "tom joined, as: member (by ana)",
        "Tea (telegram) is a room of the group (by ana)",
    ]


async def test_what_the_clock_closes_is_not_in_it(hall: Hall) -> None:
    await hall.say("ana", "!propose --for 1d Meet monthly")
    await hall.say("ana", '!poll --by straw --for 1d "Tea?" "Yes" "No"')
    before = await lines(hall)
    await hall.wait(timedelta(days=2))
    assert await lines(hall) == before


async def test_one_poll_has_a_log_of_its_own(hall: Hall) -> None:
    for words in ("!propose Meet monthly", "!propose Meet weekly", "!extend P-1 1d", "!close P-2"):
        await hall.say("ana", words)
    assert await lines(hall, "log P-1") == ["P-1 closes Tue 10 Mar 2026, 18:00 UTC (by ana)"]
    assert await lines(hall, "log D-1") == ["P-2 was closed (by ana)"]
    assert await lines(hall, "log P-1 2") == await lines(hall, "log P-1")


async def test_it_has_pages(hall: Hall) -> None:
    for number in range(2 * PAGE):
        await hall.say("ana", f"!group name Name {number}")
    await hall.say("ana", "!group name Partnerships")
    first = await hall.whisper("cem", "log")
    assert "(page 1 of 3)" in first.text
    assert "Earlier ones: log, and the page 2" in first.text
    assert len(await lines(hall)) == PAGE
    ((later,),) = first.buttons
    second = await hall.press("cem", later.press, room="")
    assert second.text == (await hall.whisper("cem", "log 2")).text
    assert [one.press for one in second.buttons[0]] == ["log1:1", "log1:3"]
    for words in ("log 3", "log 4", "log 999999999999999999999999"):
        assert (await lines(hall, words))[-1] == "the group began"
    for words in ("log 0", "log 1"):
        assert (await lines(hall, words))[0] == "the setting changed: name (by ana)"


@pytest.mark.parametrize("words", ["log P-9", "log -1", "log two", "log \u0662", "log P-1 P-2"])
async def test_what_is_no_page_is_refused(hall: Hall, words: str) -> None:
    await hall.say("ana", "!propose Meet monthly")
    assert (await hall.whisper("cem", words)).verdict is Verdict.REFUSED


async def test_it_is_shown_to_its_group_alone(hall: Hall) -> None:
    await hall.elsewhere("eve", "!propose Mine", chat="Rum", platform="telegram")
    assert "I know you from no group yet" in (await hall.alone("zoe", "log")).text
    assert (await hall.alone("eve", press="log1:1")).verdict is Verdict.REFUSED
    assert "Partnerships" not in (await hall.alone("eve", "log")).text


async def test_times_are_the_readers_own(hall: Hall) -> None:
    await hall.whisper("cem", "tz Asia/Tokyo")
    assert "Tue 3 Mar 2026, 03:00 JST · the group began" in (await hall.whisper("cem", "log")).text


async def test_who_was_forgotten_has_no_name_in_it(hall: Hall) -> None:
    with hall.store.unit_of_work() as work:
        work.put(replace(work.the(Human, name="ben"), name="", erased=True))
    assert "somebody who was forgotten joined, as: member" in await lines(hall)


SAYS = {
    "GroupMade": "the group began",
    "RoomJoined": "general (matrix) is a room of the group",
    "RoomLeft": "general (matrix) left the group",
    "RoomGone": "I am no longer in general (matrix)",
    "MemberJoined": "ben joined, as: member",
    "RoleGiven": "ben has the role: member",
    "SettingChanged": "the setting changed: zone",
    "MembersMerged": "two members turned out to be one: cem",
    "AccountLinked": "another account speaks for ben",
    "AccountUnlinked": "an account no longer speaks for ben",
    "MemberErased": "a member was forgotten",
    "AffiliateNamed": "members may speak for WMDE",
    "AffiliateWeighed": "WMDE weighs 3",
    "SeatAsked": "ben says: I speak for WMDE",
    "SeatGiven": "ben for WMDE: representative",
    "ListingMade": "a list of voters was brought in: board",
    "ListingDropped": "a list of voters was let go of: board",
    "ProxyNamed": "cem votes for ben in P-1 unless ben votes",
    "ProxyEnded": "nobody votes for ben in P-1 any more",
    "PollOpened": "P-1 opened with a fixed roll; people on it: 5",
    "RollChanged": "the electorate of P-1 changed: ben; people in it: 5",
    "PollExtended": "P-1 closes Tue 3 Mar 2026, 18:00 UTC",
    "PollClosed": "P-1 was closed",
    "StrawPollClosed": "P-1 was closed, a straw poll",
    "ProposalWithdrawn": "P-1 was withdrawn",
    "StrawPollWithdrawn": "P-1 was withdrawn, a straw poll",
    "BallotStruck": "P-1: of two ballots of one person, the earlier was struck (ben)",
}
STANDS: dict[str, Any] = {
    "by": 1, "member": 2, "into": 3, "proxy": 3, "second": None, "role": "member", "seat": "representative", "poll": 1,
    "for_poll": 1, "affiliate": 1, "listing": 1, "room": 1, "group": 1, "setting": "zone", "weight": 3, "base": 5,
    "roll": "abc", "seal": "abc", "until": "", "closes_at": "2026-03-03T18:00:00+00:00",
}  # fmt: skip
"""Field -> what stands in it, in an event of any kind."""


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.event.__name__)
async def test_every_kind_has_its_line(hall: Hall, kind: Kind) -> None:
    await hall.say("ana", "!propose Meet monthly")
    event = kind.event(**{one.name: STANDS[one.name] for one in fields(kind.event)})
    with hall.store.unit_of_work() as work:
        named = Affiliate(id=1, group_id=1, name="WMDE"), Listing(id=1, group_id=1, name="board", by=1, at=hall.now)
        work.apply(Change(puts=named, events=(event,)), 1, hall.now)
    assert (await lines(hall))[0] == f"{SAYS[kind.event.__name__]} (by ana)"


async def test_of_two_who_agreed_both_are_named(hall: Hall) -> None:
    await hall.say("ana", "!propose Meet monthly")
    changed = events.RollChanged(by=1, poll=1, member=2, base=5, roll="", second=3)
    ended = events.ProxyNamed(by=1, member=2, proxy=3, for_poll=0, until="")
    with hall.store.unit_of_work() as work:
        work.apply(Change(events=(ended, changed)), 1, hall.now)
    assert (await lines(hall))[:2] == [
        "the electorate of P-1 changed: ben; people in it: 5 (by ana and cem)",
        "cem votes for ben in every poll unless ben votes (by ana)",
    ]


# -- what facilitators cannot do --------------------------------------------------------------------------------------

AS_PEOPLE_TYPE = (
    "", "P-1", "P-2", "P-1 ben", "P-2 ben", "ben", "cem", "ben P-1", "P-1 2", "P-1 agree ben", "P-2 1", "P-1 1d", "D-1",
    "yes", "off", "on", "ben observer", "ben facilitator", "ben member", "name Tea", "#2", "P-1 #2", "P-1 -- ben",
)  # fmt: skip
FEW = ("", "P-1", "P-1 ben", "P-2 1", "P-1 agree ben", "yes", "ben member")


def others(hall: Hall) -> list[Ballot]:
    """All ballots but the facilitator's own."""
    with hall.store.reading() as work:
        return [one for one in work.all(Ballot) if one.member_id != 1]


async def put_and_vote(hall: Hall) -> list[Ballot]:
    await hall.say("ben", "!propose Meet monthly")
    await hall.say("ben", '!poll "Where?" "Berlin" "Oslo"')
    for who in ("ben", "cem"):
        await hall.say(who, "!agree P-1 because of tea")
        await hall.say(who, "!vote P-2 1")
    found = others(hall)
    assert len(found) == 4
    return found


@pytest.mark.parametrize("typed", [FEW, pytest.param(AS_PEOPLE_TYPE, marks=pytest.mark.long)], ids=["few", "all"])
@pytest.mark.parametrize("command", [one.word for one in COMMANDS])
async def test_no_command_of_a_facilitator_touches_anothers_ballot(
    hall: Hall, command: str, typed: tuple[str, ...]
) -> None:
    before = await put_and_vote(hall)
    for given in typed:
        for room in ("partners", ""):
            answer = await hall.say("ana", f"!{command} {given}", room=room, admin=bool(room))
            assert answer.verdict is not Verdict.FAULT, given
    assert others(hall) == before
    assert hall.whole()


def written(pattern: str) -> list[str]:
    """Presses that a pattern of presses takes, with the options and marks there are."""
    options = {
        r"(\d{1,3})(?:=(\d{1,4}))?": ["0", "1", "0=1"],
        "undo=([0-9a-f]{12})": [],
        "worked|failed": ["worked", "failed"],
        "reason(?:=([a-z]{1,20}))?": ["reason", "reason=agree"],
        r"mine(?:=(\d{1,3}))?": ["mine", "mine=0"],
        r"mine=(\d{1,3})\.(\d{1,4})": ["mine=0.0", "mine=0.1", "mine=1.1"],
        "draft=([0-9a-f]{1,10})": ["draft=1"],
        "cast=([0-9a-f]{1,10})": ["cast=1"],
        r"extend=(\d{1,2}[hdw])": ["extend=1d"],
        r"talk=(\d{1,5})": ["talk=1", "talk=2"],
    }
    return options.get(pattern, [pattern])


@pytest.mark.parametrize("pattern", [one.pattern for one, _ in PRESSES])
async def test_no_press_of_a_facilitator_touches_anothers_ballot(hall: Hall, pattern: str) -> None:
    before = await put_and_vote(hall)
    undoing = [f"undo={one.seal[:12]}" for one in before] if pattern.startswith("undo") else []
    understood = 0
    for act in (*written(pattern), *undoing):
        for poll in (1, 2):
            for room in ("partners", ""):
                answer = await hall.press("ana", f"p{poll}:{act}", room=room)
                assert answer.verdict is not Verdict.FAULT, act
                understood += not answer.text.startswith("That button is not for you")
    assert understood
    assert others(hall) == before
    assert hall.whole()
