"""Responses in a poll of Matrix's own, as ruma's tests have them: after each step we count what ruma counts."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from adapters.base import Abilities
from adapters.console.scripted import Scripted
from adapters.matrix.heard import Me, Place, heard
from decisions.model import Post, PostKind
from storage.store import Store
from tests.house import House

FILE = Path(__file__).parents[3] / "shared" / "vectors" / "matrix_polls" / "ruma_compute_results.json"
FOUND: dict[str, Any] = json.loads(FILE.read_text("utf-8")) if FILE.is_file() else {"steps": []}

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="../shared/vectors/matrix_polls is not here")

ME = Me(id="@folkmoot:localhost", name="Folkmoot")
ROOM = Place(id="general", name="Partnerships")
COUNTED = re.compile(r"^\d+\. (.+?) · (\d+)", re.MULTILINE)

Json = dict[str, Any]


@pytest.fixture
async def house(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> House:
    """A room in which the poll has just been put."""
    monkeypatch.setattr(Scripted, "abilities", Abilities(native=20))
    made = House(sqlite_store)
    options = " ".join(f'"{one}"' for one in FOUND["answers"].values())
    await made.say(FOUND["start_sender"], f'!poll "{FOUND["question"]}" {options} --max {FOUND["max_selections"]}')
    return made


async def hear(house: House, responses: Iterable[Json]) -> None:
    """These responses arrive in the order in which they stand."""
    with house.store.reading() as work:
        (poll,) = work.all(Post, kind=PostKind.NATIVE)
    for one in responses:
        found = heard(event(one, poll.message), ROOM, ME)
        assert found is not None
        assert found.request is not None
        await house.app.handle(found.request)
    await house.settle()


def event(response: Json, poll: str) -> Json:
    """A response as it is sent. Our answers go by their places, ruma's by names; what ruma does not know, we do not."""
    places = {name: str(place) for place, name in enumerate(FOUND["answers"])}
    return {
        "type": "m.poll.response",
        "event_id": response["event_id"],
        "sender": response["sender"],
        "origin_server_ts": response["origin_server_ts"],
        "content": {
            "m.selections": [places.get(one, one) for one in response["selections"]],
            "m.relates_to": {"rel_type": "m.reference", "event_id": poll},
        },
    }


def counts(house: House) -> dict[str, int]:
    """What our card says by now."""
    names = {label: name for name, label in FOUND["answers"].items()}
    told = [found for one in house.cards() if (found := COUNTED.findall(one.text))]
    return {names[label]: int(number) for label, number in told[-1]}


@pytest.mark.parametrize("step", FOUND["steps"], ids=lambda step: step["title"])
async def test_we_count_what_ruma_counts(house: House, step: Json) -> None:
    """A homeserver hands on what one person sends in the order in which they sent it."""
    said = sorted(FOUND["responses"][: step["responses_so_far"]], key=lambda one: one["origin_server_ts"])
    end = step["end_timestamp"]
    await hear(house, (one for one in said if end is None or one["origin_server_ts"] <= end))
    if end is not None:
        await house.say(FOUND["start_sender"], "!close P-1")
        await hear(house, (one for one in said if one["origin_server_ts"] > end))
    assert counts(house) == step["counts"]


async def test_what_arrives_last_counts_whatever_time_it_claims(house: House) -> None:
    """Here we differ from ruma, which sorts by the time that the sender's homeserver claims: a clock that is wrong must
    not lose a vote, and reactions and words, of which the latest counts too, have no part in that order."""
    await hear(house, FOUND["responses"][:31])
    past = FOUND["steps"][7]["counts"]
    assert counts(house) == past | {"wings": past["wings"] - 1, "pizza": past["pizza"] + 1}
