"""The web page, over a real server: looking, answering, links that open nothing, and whatever else is sent to it."""

from storage.store import Store
from tests.adapters.web_house import web_house


async def test_a_page_shows_the_times_in_ones_own_zone(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web, web.client.get(web.link()) as answer:
        text = await answer.text()
        assert answer.status == 200
        assert "09:00 CET" in text
        assert "15:00 CET" in text
        assert "Mon 9 Mar 2026" in text


async def test_an_answer_is_kept(store: Store) -> None:
    async with web_house(store) as web:
        fields = {"s1": "2", "s2": "1", "s3": "0", "s4": ""}
        async with web.client.post(web.link(), data=fields, allow_redirects=False) as answer:
            assert answer.status == 303
        assert web.marks() == {1: 2, 2: 1, 3: 0}
