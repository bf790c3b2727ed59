"""A short meeting on each platform: tags in the spellings that people know are noted, and shown to be by a sign alone."""

import pytest

from adapters.base import Verdict
from decisions.model import LogLine, Note, Owner
from tests.stories.conftest import ENCRYPTED, ON_ANY_DATABASE, ON_MATRIX, MakeHouse

ON_PLATFORMS = pytest.mark.parametrize("make_house", ["telegram", ON_MATRIX, ENCRYPTED], indirect=True)

SAID = (
    ("#topic Rent", "topic", "Rent"),
    ("^info it is up", "info", "it is up"),
    ("- idea: move out", "idea", "move out"),
    ("!agreed we move", "agreed", "we move"),
    ("Action: cem looks for a house", "action", "cem looks for a house"),
    ("https://example.org houses", "link", "https://example.org houses"),
)


@ON_ANY_DATABASE
async def test_a_short_meeting(make_house: MakeHouse) -> None:
    house = await make_house({"general": "matrix"})
    await house.say("ben", "#startmeeting Budget")
    before = house.notices()
    for text, _, _ in SAID:
        assert (await house.say("ben", text)).verdict is Verdict.DONE, text
    for text in ("present+", "q+", "q-", "regrets+"):
        assert (await house.say("cem", text)).verdict is Verdict.DONE, text
    assert (await house.say("cem", "plain talk")).verdict is Verdict.NOTHING
    assert house.notices() == before
    assert (await house.say("cem", "#endmeeting")).verdict is Verdict.REFUSED
    await house.say("ben", "one more thing", message="m1")
    await house.edit("ben", "m1", "#help one more thing")
    assert (await house.say("ben", "#endmeeting")).verdict is Verdict.DONE
    with house.store.reading() as work:
        noted = [(one.tag.value, one.text) for one in work.all(Note)]
        said = [one.text for one in work.all(LogLine)]
    assert noted == [*((tag, words) for _, tag, words in SAID), ("help", "one more thing")]
    assert {"plain talk", "q+", "#help one more thing"} <= set(said)


@ON_PLATFORMS
async def test_a_display_name_makes_nobody_a_chair(make_house: MakeHouse) -> None:
    """Everybody can be called as they like; only an account is nobody else's."""
    house = await make_house({"general": "matrix"})
    await house.say("ben", "#startmeeting Budget")
    assert (await house.say("ben", "#chair mallory")).verdict is Verdict.DONE
    assert (await house.say("mallory", "#topic mine")).verdict is Verdict.REFUSED


@ON_ANY_DATABASE
async def test_what_a_message_noted_follows_it(make_house: MakeHouse) -> None:
    house = await make_house({"general": "matrix"})
    await house.say("ben", "#startmeeting Budget")
    await house.say("cem", "#info the rent is up", message="m1")
    await house.say("cem", "#action cem to paint", message="m2")
    await house.edit("cem", "m1", "#info the rent is down")
    await house.edit("cem", "m2", "#action ben to paint")
    await house.say("ben", "#topic Rent", message="m3")
    await house.edit("ben", "m3", "we talk about the rent")
    with house.store.reading() as work:
        noted = [(one.tag.value, one.text) for one in work.all(Note) if not one.undone]
        owners = [one.member_id for one in work.all(Owner)]
    assert noted == [("info", "the rent is down"), ("action", "ben to paint")]
    assert owners == [1]
