"""The web page as it looks: wide and on a phone, light and dark, from left to right and from right to left."""

from dataclasses import replace
from pathlib import Path

from decisions.model import Meeting
from storage.store import Store
from tests.adapters.chromium import Tab, tab
from tests.adapters.web_house import WebHouse, web_house

YES, NEED, NO = "2", "1", "0"

SEEN = {
    "web-en": ("ana", 1000, False),
    "web-ar": ("amina", 1000, False),
    "web-dark": ("ana", 1000, True),
    "web-phone": ("ana", 360, False),
    "web-phone-ar-dark": ("amina", 360, True),
}


def choice(slot: int, mark: str) -> str:
    return f'label:has(> input[name="s{slot}"][value="{mark}"])'


def unsaid(slot: int) -> str:
    return f'label.unsaid:has(> input[name="s{slot}"])'


def address(web: WebHouse, who: str = "ana") -> str:
    return str(web.client.make_url(web.link(who)))


async def send(page: Tab, by: str = "click") -> None:
    page.leaves()
    await (page.tap if by == "tap" else page.click)(".times button")
    await page.sends()


async def take_pictures(store: Store, folder: Path) -> list[Path]:
    """The page in its several lights, half answered."""
    async with web_house(store) as web, tab() as page:
        with web.house.store.unit_of_work() as work:
            work.put(
                replace(work.the(Meeting, id=1), place="Online, in the usual room", text="What do we do in spring?")
            )
        for name, (who, width, dark) in SEEN.items():
            await page.screen(width, 740, mobile=width < 500, dark=dark)
            await page.open(address(web, who))
            for slot, mark in enumerate((YES, NEED, NO), 1):
                await page.click(choice(slot, mark))
            await send(page)
            await page.picture(folder / f"{name}.png")
        await page.open(str(web.client.make_url("/m/x")))
        await page.picture(folder / "web-refused.png")
    return [folder / f"{name}.png" for name in (*SEEN, "web-refused")]
