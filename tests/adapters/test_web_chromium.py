"""The web page in a real Chromium: by mouse, by keyboard alone, without scripts, on a phone; and as screen readers hear it."""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.store import Store
from tests.adapters.chromium import tab
from tests.adapters.web_house import web_house
from tests.screens.web import NEED, NO, SEEN, YES, address, choice, send, take_pictures, unsaid

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


async def test_an_answer_by_mouse(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web, tab() as page:
        await page.screen(1000)
        await page.open(address(web))
        await page.click(choice(1, YES))
        await page.drag(choice(3, NO), choice(5, NO))
        await page.click(choice(4, NEED))
        await send(page)
        assert web.marks() == {1: 2, 3: 0, 4: 1, 5: 0}
        await page.drag(unsaid(2), unsaid(4))
        await send(page)
        assert web.marks() == {1: 2, 5: 0}
        assert "your answers are kept" in await page.text()
        assert page.logged == []  # nothing against the policy, nothing missing


async def test_an_answer_by_keyboard_alone(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web, tab() as page:
        await page.screen(1000)
        await page.open(address(web))
        await page.key("Tab", "Tab", "Tab")  # the zone, its button, the first time
        assert await page.value("document.activeElement.name") == "s1"
        await page.key("ArrowRight")  # from what is not said yet round to the first choice
        await page.key("ArrowDown", " ", "ArrowDown", "ArrowRight")  # the next time, the same; the third, one further
        for _ in range(4):
            await page.key("Tab")
        page.leaves()
        await page.key("Enter")
        await page.sends()
        assert web.marks() == {1: 2, 2: 2, 3: 1}
        await page.until("document.activeElement.getAttribute('role') === 'status'")


async def test_an_answer_without_scripts(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web, tab() as page:
        await page.screen(1000)
        await page.without_scripts()
        await page.open(address(web))
        assert "go from time to time" in await page.text()
        await page.click(choice(2, NEED))
        await page.click(choice(6, YES))
        await send(page)
        assert web.marks() == {2: 1, 6: 2}
        assert "your answers are kept" in await page.text()


async def test_an_answer_on_a_phone(sqlite_store: Store) -> None:
    async with web_house(sqlite_store, "Donaudampfschifffahrtsgesellschaftskapitän " * 3) as web, tab() as page:
        for who in ("ana", "amina"):
            await page.screen(360, 740, mobile=True)
            await page.open(address(web, who))
            assert await page.value("document.documentElement.scrollWidth") <= 360
            small = "[...document.querySelectorAll('.choice, button, input:not([type=radio])')]"
            assert await page.value(f"Math.min(...{small}.map(one => one.getBoundingClientRect().height))") >= 44
            await page.tap(choice(1, YES))
            await page.tap(choice(4, NO))
            await send(page, "tap")
            assert web.marks(who) == {1: 2, 4: 0}


async def test_a_screen_reader_is_told_day_and_time_of_each_choice(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web, tab() as page:
        await page.open(address(web))
        told = await page.spoken()
        groups = [name for role, name in told if role in ("group", "radiogroup")]
        assert "Mon 9 Mar 2026, 09:00 CET" in groups
        assert len(groups) == len(set(groups)) == 6
        assert [name for role, name in told if role == "radio"][:4] == ["yes", "if need be", "no", "not said yet"]
        assert all(name for role, name in told if role in ("radio", "button", "textbox", "combobox", "heading"))
        assert [role for role, _ in told].count("main") == 1


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_what_is_written_can_be_read(sqlite_store: Store, dark: bool) -> None:
    async with web_house(sqlite_store) as web, tab() as page:
        await page.screen(800, dark=dark)
        await page.open(address(web))
        for slot, mark in enumerate((YES, NEED, NO), 1):
            await page.click(choice(slot, mark))
        assert await page.value("getComputedStyle(document.body).colorScheme || 'normal'")
        poor = await page.value(CONTRAST)
        assert poor == []


CONTRAST = """(() => {
  const light = (rgb) => { const [r, g, b] = rgb.map((one) => { const c = one / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const behind = (one) => { for (let at = one; at; at = at.parentElement) { const found = parts(getComputedStyle(at).backgroundColor);
    if (found.length === 3 || found[3] === 1) return found.slice(0, 3); } return [255, 255, 255]; };
  const poor = [];
  for (const one of document.querySelectorAll("h1, h2, p, legend, .choice span, button, label, input")) {
    const [a, b] = [light(parts(getComputedStyle(one).color).slice(0, 3)), light(behind(one))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push([one.tagName, one.textContent, ratio]);
  }
  return poor;
})()"""
"""What on the page has less contrast than WCAG asks of text (4.5 to 1)."""


async def test_a_link_that_is_over_or_altered_is_refused(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web, tab() as page:
        whole = address(web)
        await page.open(whole[:-1] + ("A" if whole[-1] != "A" else "B"))
        assert "This link opens nothing" in await page.text()
        web.house.sleep(timedelta(days=5))
        await page.open(whole)
        assert "This link opens nothing" in await page.text()


async def test_pictures_can_be_taken(sqlite_store: Store, tmp_path: Path) -> None:
    await take_pictures(sqlite_store, tmp_path)
    taken = {name: (tmp_path / f"{name}.png").read_bytes() for name in (*SEEN, "web-refused")}
    assert all(len(raw) > 3000 for raw in taken.values())
