"""The decision logs in a real Chromium: by keyboard alone, on a phone, in Arabic, in the dark; and what a checker finds."""

import json
from pathlib import Path
from typing import Any

import pytest

from decisions.model import Openness
from storage.store import Store
from tests.adapters.chromium import Tab, tab
from tests.adapters.site_house import SiteHouse, site_house
from tests.adapters.test_web_chromium import CONTRAST
from tests.demonstration import GHANA
from tests.locked_js import installed

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]

SOURCES = Path(__file__).parent / "axe_js"
PAGES = (
    "",
    "decisions",
    "meetings",
    "actions",
    "lessons",
    "D-1",
    "D-2",
    "D-7",
    "M-1",
    "M-3",
    "A-1",
    "P-11",
    "L-1",
    "L-2",
    "search",
    "search?q=museums",
)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def address(house: SiteHouse, path: str) -> str:
    return str(house.client.make_url(path))


async def entered(house: SiteHouse, page: Tab) -> None:
    """The browser follows a link, and has a key from then on."""
    links_here(house)
    await page.open(address(house, house.link("kwame")))


def links_here(house: SiteHouse) -> None:
    """The test's server does without https."""
    from bot import links
    from bot.links import Links
    from tests.adapters.web_house import KEY

    links.configure(Links(str(house.client.make_url("")).rstrip("/"), KEY))


async def follow(page: Tab, words: str) -> None:
    """Go from link to link by keyboard, to the one that says this, and follow it."""
    for _ in range(80):
        await page.key("Tab")
        if words in (await page.value("document.activeElement.textContent") or ""):
            break
    else:
        raise AssertionError(words)
    assert await page.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.leaves()
    await page.key("Enter")
    await page.loaded()


async def test_a_decision_is_found_and_read_by_keyboard_alone(demonstration: Store) -> None:
    async with site_house(demonstration) as house, tab() as page:
        await page.screen(1000)
        await page.without_scripts()
        await entered(house, page)
        await page.key("Tab")
        assert await page.value("document.activeElement.className") == "skip"
        await follow(page, "Decisions")
        await follow(page, "We answer every museum")
        assert (await page.value("location.pathname")).endswith("/g/1/D-1")
        assert await page.value("document.querySelector('nav [aria-current]').textContent") == "Decisions"
        await page.key("Tab", "Enter")  # past what stands on every page
        assert await page.value("document.activeElement.id") == "main"
        await follow(page, "D-2")
        assert (await page.value("location.pathname")).endswith("/g/1/D-2")
        assert page.logged == []  # nothing against the policy, nothing missing


async def test_pages_fit_a_phone_and_can_be_read_in_the_dark_and_from_right_to_left(demonstration: Store) -> None:
    async with site_house(demonstration) as house, tab() as page:
        await entered(house, page)
        for name, language, width, dark in (
            *((one, "en", 360, False) for one in ("", "D-1", "M-1")),
            *(
                ("D-1", "ar", 360, True),
                ("D-1", "ar", 1000, False),
                ("decisions", "ar", 360, False),
                ("actions", "ar", 360, False),
            ),
            *(
                ("D-7", "en", 320, True),
                ("D-2", "fr", 360, False),
                ("D-5", "fr", 360, True),
                ("M-1", "fr", 360, False),
                ("actions", "en", 1000, True),
            ),
        ):
            await page.screen(width, 740, mobile=width < 500, dark=dark)
            await page.open(address(house, f"/g/1/{name}?lang={language}"))
            assert await page.value("document.documentElement.scrollWidth") <= width, name
            assert await page.value(CONTRAST.replace("h1, h2", "time, dt, dd, .badge, .ref, a, td, th, h1, h2")) == []
            assert await page.value("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
            assert await page.value(TARGETS) == []
            assert await page.value(ASTRAY) == []
            assert await page.value(BROKEN) == []
        assert page.logged == []


TARGETS = """[...document.querySelectorAll('nav a, .name a, .ways a, button, input:not([type=hidden]), summary')]
  .map((one) => [one.textContent, one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 24 || box.width < 24).map(([text]) => text)"""
"""What is too small for a finger (WCAG 2.2 asks for 24 pixels)."""


ASTRAY = """[...document.querySelectorAll('.items li > p')].filter((one) => {
  const range = document.createRange(); range.selectNodeContents(one);
  const from = one.getBoundingClientRect(), text = range.getBoundingClientRect();
  return document.dir === 'rtl' ? from.right - text.right > 4 : text.left - from.left > 4;
}).map((one) => one.textContent)"""
"""What stands at the far side of a list, away from the name that it belongs to."""

BROKEN = """[...document.querySelectorAll('tbody th')].filter((one) => {
  const range = document.createRange(); range.selectNodeContents(one);
  return new Set([...range.getClientRects()].map((box) => box.top)).size > one.textContent.trim().split(/\\s+/).length;
}).map((one) => one.textContent)"""
"""Words that are broken in the middle, with room beside them."""


async def test_a_line_of_ours_runs_as_its_page_does_in_whichever_script_its_names_are(demonstration: Store) -> None:
    runs = "[...document.querySelectorAll('%s')].map((one) => getComputedStyle(one).direction)"
    async with site_house(demonstration) as house, tab() as page:
        await entered(house, page)
        await page.open(address(house, "/g/1/M-1?lang=fr"))
        there = await page.value(runs % "section:first-of-type .bullets > li > span")
        assert (len(there), set(there)) == (6, {"ltr"})  # Leïla's name is in Arabic, and how much she noted is not
        await page.open(address(house, "/g/1/P-11?lang=fr"))
        assert set(await page.value(runs % "td")) == {"ltr"}
        await page.open(address(house, "/g/1/actions?lang=fr"))
        (hers,) = await page.value("[...document.querySelectorAll('.line')].map((one) => one.textContent)"
                                   ".filter((one) => one.includes('ليلى'))")  # fmt: skip
        at = "[...document.querySelectorAll('.line')].find((one) => one.textContent.includes('ليلى'))"
        assert await page.value(f"getComputedStyle({at}).direction") == "ltr"
        assert "Jusqu’au" in hers


async def test_on_paper_there_is_what_was_said_and_no_way_around(demonstration: Store) -> None:
    async with site_house(demonstration) as house, tab() as page:
        await entered(house, page)
        await page.call("Emulation.setEmulatedMedia", media="print")
        await page.open(address(house, "/g/1/D-1"))
        assert await page.value("getComputedStyle(document.querySelector('.top nav')).display") == "none"
        assert await page.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert await page.value("document.querySelector('.changes').checkVisibility()")  # paper cannot be unfolded
        assert len((await page.call("Page.printToPDF"))["data"]) > 10_000


async def test_a_screen_reader_is_told_what_is_where(demonstration: Store) -> None:
    async with site_house(demonstration) as house, tab() as page:
        await entered(house, page)
        await page.open(address(house, "/g/1/D-1"))
        told = await page.spoken()
        roles = [role for role, _ in told]
        assert {"banner", "main", "contentinfo", "navigation", "heading", "table", "blockquote"} <= set(roles)
        assert all(name for role, name in told if role in ("link", "button", "navigation", "heading", "image", "img"))
        assert any("agree" in name for role, name in told if role in ("img", "image"))


# -- a checker --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """axe-core, as it is locked."""
    return (installed(SOURCES, tmp_path_factory) / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


async def wrong(page: Tab, axe: str) -> list[Any]:
    """What the checker finds on a page."""
    await page.call("Runtime.evaluate", expression=axe)
    rules = json.dumps({"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    asked = f"axe.run(document, {rules}).then(found => JSON.stringify(found.violations.map(one => [one.id, one.impact, one.nodes.map(node => node.html)])))"
    found = await page.call("Runtime.evaluate", expression=asked, awaitPromise=True, returnByValue=True)
    told: list[Any] = json.loads(found["result"]["value"])
    return told


@pytest.mark.long
async def test_a_checker_finds_nothing(demonstration: Store, axe: str) -> None:
    async with site_house(demonstration) as house, tab() as page:
        house.open(Openness.PUBLIC, GHANA)
        await entered(house, page)
        for language, dark, width in (("en", False, 1000), ("en", True, 1000), ("ar", True, 360)):
            await page.screen(width, 800, mobile=width < 500, dark=dark)
            paths = [f"/g/1/{name}" for name in PAGES] + ["/", "/g/2/", "/g/1/nothing", "/m/x"]
            for path in paths:
                await page.open(address(house, f"{path}{'&' if '?' in path else '?'}lang={language}"))
                assert await wrong(page, axe) == [], (path, language)
