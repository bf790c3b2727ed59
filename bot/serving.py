"""Serving: the web page and the calendars, beside the platforms, where the settings name a public address."""

import asyncio
import os
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp

from adapters.base import Handle
from bot import links
from bot.app import App
from bot.config import Settings
from bot.links import SEAL, Links
from bot.telling import REFUSED, WRONG, Failure

if TYPE_CHECKING:
    from adapters.web.server import Web as Server

SHORTEST = 32
"""Characters of a key that is given."""

PATIENCE = aiohttp.ClientTimeout(total=5)


@dataclass(frozen=True, slots=True)
class Web:
    """The server, where the settings say."""

    server: "Server"

    async def run(self, handle: Handle) -> None:
        """Serve until cancelled. Raises Failure where it cannot listen."""
        try:
            await self.server.run(handle)
        except OSError as no:
            raise Failure(REFUSED, "web-port", f"{self.server.host}:{self.server.port}", _why(no)) from no


def _why(no: OSError) -> str:
    """In the system's words: those of the loop name all of what was asked."""
    return os.strerror(no.errno) if no.errno and no.errno > 0 else str(no)


def web(settings: Settings, app: App) -> list[Web]:
    """The server, with its links from now on; none where no address is set. Its library is imported only then."""
    links.configure(made(settings))
    if not settings.web_url:
        return []
    from adapters.web.pages import Wiring
    from adapters.web.server import Web as Server
    from bot.meeting.pages import Pages
    from bot.site.door import Site

    pages = Pages(app.store, app.clock, app.usual)
    site = Site(app.store, app.clock, app.usual)
    wiring = Wiring(look=pages.look, feed=pages.feed, notice=pages.notice, log=site, now=app.clock.now)
    return [Web(Server(wiring=wiring, host=settings.web_host, port=settings.web_port))]


def made(settings: Settings) -> Links | None:
    """Where our links lead, and their key. Raises Failure for an address or a key that cannot be used."""
    if not settings.web_url:
        return None
    return Links(address(settings), _key(settings))


def address(settings: Settings) -> str:
    """The public address, without a slash at its end. Raises Failure for one that nobody could follow."""
    given = settings.web_url.strip()
    try:
        parts = urlsplit(given)
        well = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:
        well = False
    if not well or parts.query or parts.fragment or parts.username or any(one.isspace() for one in given):
        raise Failure(WRONG, "web-url", given[:200])
    return given.rstrip("/")


def _key(settings: Settings) -> bytes:
    if not settings.web_key:
        key = links.kept_key(settings.data)
        if len(key) != SEAL:
            raise Failure(WRONG, "web-key-file", str(settings.data / "key"))
        return key
    if len(settings.web_key) < SHORTEST:
        raise Failure(WRONG, "web-key", SHORTEST)
    return sha256(settings.web_key.encode()).digest()


def answers(settings: Settings) -> bool:
    """Whether our server is there, asked on this machine."""
    return asyncio.run(_answers(settings.web_host, settings.web_port))


async def _answers(host: str, port: int) -> bool:
    here = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - where one listens is not where one asks
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.get(f"http://{here}:{port}/health") as well,
        ):
            return well.status == 200 and (await well.text()).strip() == "folkmoot"
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return False
