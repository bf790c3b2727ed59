"""The screens: the bot's cards as pages about as Telegram shows them, and, where there is a browser, pictures of all pages.

`make screens`, then look into build/screens.
"""

import asyncio
import logging
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import structlog

from storage.store import Store
from tests.screens import site, web
from tests.screens.page import page
from tests.screens.pictures import browser, picture
from tests.screens.scenes import SCENES, shown

BUILD = Path(__file__).parents[2] / "build" / "screens"


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    BUILD.mkdir(parents=True, exist_ok=True)
    program = browser()
    for file in pages(BUILD):
        print(picture(program, file) if program else file, flush=True)
    if program:
        with tempfile.TemporaryDirectory(prefix="folkmoot-screens-") as folder:
            asyncio.run(web_page(Path(folder)))


async def web_page(folder: Path) -> None:
    """Pictures of the web page and of the decision log, each on a new database in a folder."""
    for name, take in (("page", web.take_pictures), ("site", site.take_pictures)):
        with closing(Store(f"sqlite:///{folder / name}.db")) as store:
            store.migrate()
            for file in await take(store, BUILD):
                print(file, flush=True)


def pages(folder: Path) -> Iterator[Path]:
    """Every scene as a page in a folder."""
    for name, scene in SCENES.items():
        with tempfile.TemporaryDirectory(prefix="folkmoot-screens-") as database:
            messages = asyncio.run(shown(scene, Path(database)))
        file = folder / f"{name}.html"
        file.write_text(page(scene.title, scene.language, messages), "utf-8")
        yield file


if __name__ == "__main__":
    main()
