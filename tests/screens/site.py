"""The decision log as it looks: the demonstration's pages, wide and on a phone, light, dark, from right to left, on paper."""

from pathlib import Path

from storage.store import Store
from tests import demonstration
from tests.adapters.chromium import tab
from tests.adapters.site_house import site_house
from tests.adapters.test_site_chromium import address, entered

SEEN = {
    "site": ("", 1000, False),
    "site-decision": ("D-1", 1000, False),
    "site-decision-dark": ("D-1", 1000, True),
    "site-decision-phone": ("D-1", 360, False),
    "site-decision-ar": ("D-1?lang=ar", 1000, False),
    "site-meeting": ("M-1", 1000, False),
    "site-lesson": ("L-1", 1000, False),
    "site-search": ("search?q=museums", 1000, False),
}


async def take_pictures(store: Store, folder: Path) -> list[Path]:
    """Pictures of the log, on a migrated database in which nothing is yet."""
    await demonstration.play(store)
    async with site_house(store) as house, tab() as page:
        await entered(house, page)
        for name, (path, width, dark) in SEEN.items():
            await page.screen(width, 740, mobile=width < 500, dark=dark)
            await page.open(address(house, "/g/1/") + path)
            await page.picture(folder / f"{name}.png")
        await page.call("Emulation.setEmulatedMedia", media="print")
        await page.open(address(house, "/g/1/D-1"))
        await page.picture(folder / "site-paper.png")
    return [folder / f"{name}.png" for name in (*SEEN, "site-paper")]
