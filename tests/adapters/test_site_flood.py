"""A flood of readers: pages are written out beside the loop, and whoever votes meanwhile is answered."""

import asyncio
import threading
from collections.abc import Iterable
from itertools import chain, repeat
from typing import Any

import pytest

from adapters.base import Answer, Request, Verdict
from adapters.web import shelf, showing
from decisions.model import Ballot, Openness, Poll
from storage.store import Store
from tests import demonstration as played
from tests.adapters.site_house import SiteHouse, site_house

pytestmark = pytest.mark.xdist_group("demonstration")

PATHS = (
    "", "decisions", "D-1", "meetings", "M-1", "actions", "A-1", "lessons", "L-1", "search?q=the", "feed.atom",
    "calendar.ics", "nothing", "D-999", "decisions?page=9", f"search?q={'a+b+' * 60}",
)  # fmt: skip

READERS = 8


async def asks(house: SiteHouse, who: str, number: int, **more: Any) -> Answer:
    """Somebody in the first group's room."""
    request = Request(key=f"flood-{who}-{number}", platform="matrix", chat="partnerships", user=who, name=who, **more)
    return await house.app.handle(request)


async def test_pages_are_written_out_beside_the_loop_and_few_at_once(
    demonstration: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, written, both = threading.get_ident(), showing.leaf, threading.Barrier(shelf.AT_ONCE)
    free = threading.Semaphore(shelf.AT_ONCE)

    def alone(*shown: Any) -> str:
        assert threading.get_ident() != loop
        assert free.acquire(blocking=False), "more than that at once"
        both.wait(60)
        text = written(*shown)
        free.release()
        return text

    monkeypatch.setattr(shelf, "leaf", alone)
    async with site_house(demonstration) as house:
        house.open(Openness.PUBLIC)
        pages = await asyncio.gather(*(house.get(f"/g/{played.PARTNERSHIPS}/decisions") for _ in range(READERS)))
    assert {status for status, _ in pages} == {200}


@pytest.mark.long
@pytest.mark.timeout(1200)
async def test_whoever_votes_beside_ten_thousand_requests_is_answered(demonstration: Store) -> None:
    async with site_house(demonstration, limits=None) as house:
        house.open(Openness.PUBLIC)
        await asks(house, "zoe", 0, text="!propose Let the flood come")
        with demonstration.reading() as work:
            poll = max(work.all(Poll, group_id=played.PARTNERSHIPS), key=lambda one: one.id)
        served = 0

        async def reads(paths: Iterable[str]) -> None:
            nonlocal served
            for path in paths:
                assert (await house.get(f"/g/{played.PARTNERSHIPS}/{path}"))[0] in (200, 404)
                served += 1

        rounds = 10_000 // READERS // len(PATHS) + 1
        flood = asyncio.gather(*(reads(chain.from_iterable(repeat(PATHS, rounds))) for _ in range(READERS)))
        waited, number = [], 0
        while not flood.done():
            number, before = number + 1, served
            answer = await asks(house, f"voter{number % 40}", number, press=f"p{poll.id}:{number // 40 % 3}")
            assert answer.verdict is Verdict.DONE
            waited.append(served - before)
            await asyncio.sleep(0)
        await flood
        assert served >= 10_000
        assert max(waited) < 100, "somebody who voted has waited for this many pages"
        with demonstration.reading() as work:
            assert len(work.all(Ballot, poll_id=poll.id)) == 40
