"""The habits of chats: `+1`, `PROPOSAL:` and `RESOLVED:` do what people mean, and mere talk stays talk."""

import pytest
import pytest_asyncio

from adapters.base import Verdict
from adapters.console.conversation import Person
from decisions.model import Ballot, Poll, Status
from tests.house import AnyHouse
from tests.stories.conftest import ALSO_ON_TELEGRAM, ON_THE_CONSOLE, MakeHouse

ANA = Person(name="ana", role="facilitator")


@pytest_asyncio.fixture
async def house(make_house: MakeHouse) -> AnyHouse:
    return await make_house({"general": "matrix", "chat": "telegram"}, (ANA,))


def stances(house: AnyHouse, poll_id: int = 1) -> list[str]:
    with house.store.reading() as work:
        return [next(iter(one.marks)) for one in work.all(Ballot, poll_id=poll_id)]


@ON_THE_CONSOLE
@pytest.mark.parametrize(
    ("said", "stance", "reason"),
    [
        ("+1", "agree", ""),
        ("+1 we feel it is missing", "agree", "we feel it is missing"),
        ("+1, gladly", "agree", "gladly"),
        ("+1!", "agree", ""),
        ("\uff0b1", "agree", ""),
        ("0", "abstain", ""),
        ("+0", "abstain", ""),
        ("-0 no time to read it", "abstain", "no time to read it"),
        ("-1 it costs too much", "disagree", "it costs too much"),
        ("\u22121 it costs too much", "disagree", "it costs too much"),
    ],
)
async def test_a_sign_is_a_stance(house: AnyHouse, said: str, stance: str, reason: str) -> None:
    await house.say("ana", "PROPOSAL: Meet monthly")
    answer = await house.say("ben", said)
    assert answer.verdict is Verdict.DONE
    assert stances(house) == [stance]
    with house.store.reading() as work:
        assert work.all(Ballot, poll_id=1)[0].reason == reason


@ON_THE_CONSOLE
@pytest.mark.parametrize("said", ["+1000 to Wen", "+10", "-0.9", "1", "+1ish", "00", "-12 degrees", "+1/-1", "0.5"])
async def test_what_is_no_sign_is_talk(house: AnyHouse, said: str) -> None:
    await house.say("ana", "PROPOSAL: Meet monthly")
    assert (await house.say("ben", said)).verdict is Verdict.NOTHING
    assert stances(house) == []


async def test_a_sign_is_talk_where_nothing_is_open(house: AnyHouse) -> None:
    assert (await house.say("ben", "+1 to what Ada said")).verdict is Verdict.NOTHING
    await house.say("ana", "PROPOSAL: Meet monthly")
    await house.say("ana", "RESOLVED: Meet monthly")
    assert (await house.say("ben", "+1 to what Ada said")).verdict is Verdict.NOTHING


@ALSO_ON_TELEGRAM
async def test_talk_taken_for_a_stance_is_undone_by_one_press(house: AnyHouse) -> None:
    await house.say("ana", "PROPOSAL: Meet monthly")
    await house.say("ben", "-1 too often")
    answer = await house.say("ben", "+1 to what Ada said")
    (undo,) = answer.buttons[0]
    assert stances(house) == ["agree"]
    await house.press("ben", undo.press)
    assert stances(house) == ["disagree"]
    with house.store.reading() as work:
        assert work.all(Ballot, poll_id=1)[0].reason == "too often"
    await house.press("ben", undo.press)  # pressed again: nothing more is undone
    assert stances(house) == ["disagree"]


async def test_undoing_a_first_stance_leaves_none(house: AnyHouse) -> None:
    await house.say("ana", "PROPOSAL: Meet monthly")
    (undo,) = (await house.say("ben", "+1 Ben")).buttons[0]
    assert (await house.press("ben", undo.press)).text == "Taken back. You have no ballot on P-1 now."
    assert stances(house) == []


async def test_nobody_can_press_the_undo_of_another(house: AnyHouse) -> None:
    await house.say("ana", "PROPOSAL: Meet monthly")
    (undo,) = (await house.say("ben", "+1")).buttons[0]
    await house.say("cem", "+1")
    await house.press("cem", undo.press)
    assert stances(house) == ["agree", "agree"]


@ALSO_ON_TELEGRAM
async def test_the_last_proposal_of_the_room_is_meant(house: AnyHouse) -> None:
    await house.say("ana", "PROPOSAL: Meet monthly", "general")
    await house.say("ana", "PROPOSAL: Write a newsletter", "chat")
    await house.say("ben", "+1", "general")
    await house.say("cem", "+1", "chat")
    assert stances(house, 1) == ["agree"]
    assert stances(house, 2) == ["agree"]


async def test_a_room_without_a_proposal_of_its_own_means_the_groups(house: AnyHouse) -> None:
    await house.say("ana", "PROPOSAL: Meet monthly", "general")
    await house.say("cem", "+1", "chat")
    assert stances(house) == ["agree"]


@ALSO_ON_TELEGRAM
async def test_a_disagreement_without_a_reason_counts_and_is_asked_for_one(house: AnyHouse) -> None:
    await house.say("ana", "PROPOSAL: Meet monthly")
    answer = await house.say("ben", "-1")
    assert "Would you say why?" in answer.text
    assert stances(house) == ["disagree"]
    assert (await house.whisper("ben", "It is too often for me")).verdict is Verdict.DONE
    assert "ben (disagree): It is too often for me" in house.card()


async def test_plain_words_in_private_are_no_reason_when_none_was_asked(house: AnyHouse) -> None:
    await house.say("ana", "PROPOSAL: Meet monthly")
    await house.say("ben", "+1")
    answer = await house.whisper("ben", "It is lovely")
    assert "help your group decide" in answer.text
    assert "lovely" not in house.card()


@ON_THE_CONSOLE
@pytest.mark.parametrize("word", ["PROPOSAL:", "PROPOSED:", "Proposal:", "proposed :"])
async def test_a_quick_proposal(house: AnyHouse, word: str) -> None:
    await house.say("ben", f"{word} Adopt the three diagrams --for a start, and --by hand")
    assert "Adopt the three diagrams --for a start, and --by hand" in house.card()


@ON_THE_CONSOLE
@pytest.mark.parametrize(
    "said",
    [
        "RESOLVED: Adopt the three diagrams.",
        "RESOLUTION: adopt the  three diagrams",
        "resolved: ADOPT THE THREE DIAGRAMS!",
        "RESOLVED: P-1",
    ],
)
async def test_resolving_closes_at_once(house: AnyHouse, said: str) -> None:
    await house.say("ben", "PROPOSAL: Adopt the three diagrams")
    await house.say("cem", "+1")
    await house.say("ben", said)
    assert "Passed: 1 agree; no block" in house.notices()[-1]


async def test_resolving_with_a_slip_of_the_pen_keeps_both_wordings(house: AnyHouse) -> None:
    await house.say("ben", "PROPOSAL: Adopt the three diagramms as a start")
    await house.say("cem", "+1")
    await house.say("ana", "RESOLVED: Adopt the three diagrams as a start")
    assert "D-1 · Adopt the three diagramms as a start" in house.notices()[-1]
    assert "Statement: Resolved as: Adopt the three diagrams as a start" in house.notices()[-1]


@ON_THE_CONSOLE
@pytest.mark.parametrize("said", ["Do not adopt the three diagrams", "Adopt the 4 diagrams", "Adopt the tree"])
async def test_resolving_something_else_closes_nothing(house: AnyHouse, said: str) -> None:
    await house.say("ben", "PROPOSAL: Adopt the 3 diagrams")
    answer = await house.say("ana", f"RESOLVED: {said}")
    assert answer.verdict is Verdict.REFUSED
    assert "close P-1" in answer.text
    with house.store.reading() as work:
        assert work.the(Poll, id=1).status is Status.OPEN


async def test_only_its_author_or_a_facilitator_resolves(house: AnyHouse) -> None:
    await house.say("ben", "PROPOSAL: Adopt the three diagrams")
    answer = await house.say("cem", "RESOLVED: Adopt the three diagrams")
    assert answer.text == "Only these can do that with P-1: ben, ana."


async def test_resolving_where_nothing_is_open_is_talk(house: AnyHouse) -> None:
    assert (await house.say("ana", "RESOLVED: Adopt the three diagrams")).verdict is Verdict.NOTHING


async def test_a_language_has_words_of_its_own_and_sends_our_marks_back(house: AnyHouse) -> None:
    """Arabic texts print ids inside isolates, and an Arabic comma ends an id as well as any other."""
    await house.say("ana", "PROPOSAL: Meet monthly")
    await house.say("ana", "PROPOSAL: Meet weekly")
    await house.whisper("zayd", "language ar")
    assert (await house.whisper("zayd", "نقض \u2068P-1\u2069")).verdict is Verdict.REFUSED
    assert (await house.whisper("zayd", "موافقة \u2068P-1\u2069، حسنًا")).verdict is Verdict.DONE
    assert (stances(house, 1), stances(house, 2)) == (["agree"], [])
    assert (await house.say("zayd", "\u200e-1 كثير")).verdict is Verdict.DONE
    assert stances(house, 2) == ["disagree"]


async def test_a_rooms_language_is_understood_from_everybody(house: AnyHouse) -> None:
    await house.say("ana", "!language room fr")
    await house.say("ana", "PROPOSAL: Meet monthly")
    await house.whisper("ben", "language en")
    assert (await house.say("ben", "!accord P-1 volontiers")).verdict is Verdict.DONE
