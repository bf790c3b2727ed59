"""Fetching a calendar from an address that a stranger gave: from the public net alone, no more than fits, and in time."""

import asyncio
import socket
from collections.abc import Callable
from urllib.parse import urljoin

import aiohttp
from aiohttp.connector import AddrInfoType

from adapters.feeds import MOST_BYTES, PATIENCE, Unread, Why
from adapters.feeds.addresses import Address, checked, is_public, read

MOST_REDIRECTS = 3
HEADERS = {"Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "identity", "User-Agent": "folkmoot"}
"""Nothing packed: a small answer could be a huge one."""

MOVED = (301, 302, 303, 307, 308)


def _guarded(may: Callable[[Address], bool]) -> Callable[[AddrInfoType], socket.socket]:
    """Makes the sockets of all connections, and none to an address that is not to be looked at.

    Here it is known which address it is: whatever it is written like, and whatever its name leads to when it is asked
    again.
    """

    def make(to: AddrInfoType) -> socket.socket:
        kind, type_, proto, _, address = to
        if not may(read(address[0])):
            raise Unread(Why.ADDRESS)
        return socket.socket(kind, type_, proto)

    return make


async def fetch(url: str, may: Callable[[Address], bool] = is_public) -> bytes:
    """What stands at an address. `may`: which hosts may be looked at. Raises Unread."""
    try:
        async with asyncio.timeout(PATIENCE):
            connector = aiohttp.TCPConnector(socket_factory=_guarded(may), use_dns_cache=False, force_close=True)
            jar = aiohttp.DummyCookieJar()
            async with aiohttp.ClientSession(
                connector=connector, cookie_jar=jar, headers=HEADERS, auto_decompress=False, max_line_size=8190
            ) as session:
                return await _followed(session, url, may)
    except TimeoutError:
        raise Unread(Why.SLOW) from None
    except (aiohttp.ClientError, OSError, UnicodeError, ValueError) as no:
        raise _refused_below(no) or Unread(Why.ANSWER) from None


def _refused_below(no: BaseException | None) -> Unread | None:
    """Our own refusal, which the library wraps."""
    while no is not None and not isinstance(no, Unread):
        no = no.__cause__ or no.__context__
    return no


async def _followed(session: aiohttp.ClientSession, url: str, may: Callable[[Address], bool]) -> bytes:
    """Redirects are followed by hand: each leads to an address that is looked at like the first."""
    for _ in range(MOST_REDIRECTS + 1):
        url = checked(url, may)
        async with session.get(url, allow_redirects=False) as answer:
            if answer.status not in MOVED:
                return await _body(answer)
            url = urljoin(url, answer.headers.get("Location", ""))
    raise Unread(Why.ANSWER)


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    if answer.status != 200 or answer.headers.get("Content-Encoding", "identity") != "identity":
        raise Unread(Why.ANSWER)
    if (answer.content_length or 0) > MOST_BYTES:
        raise Unread(Why.LARGE)
    raw = bytearray()
    async for part in answer.content.iter_chunked(65536):
        raw += part
        if len(raw) > MOST_BYTES:
            raise Unread(Why.LARGE)
    return bytes(raw)
