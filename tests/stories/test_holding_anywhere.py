"""A short meeting on each platform: tags in the spellings that people know are noted, and shown to be by a sign alone."""

from adapters.base import Verdict
from decisions.model import LogLine, Note
from tests.stories.conftest import ON_ANY_DATABASE, MakeHouse

pytestmark = ON_ANY_DATABASE

SAID = (
    ("#topic Rent", "topic", "Rent"),
    ("^info it is up", "info", "it is up"),
    ("- idea: move out", "idea", "move out"),
    ("!agreed we move", "agreed", "we move"),
    ("Action: cem looks for a house", "action", "cem looks for a house"),
    ("https://example.org houses", "link", "https://example.org houses"),
)


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
