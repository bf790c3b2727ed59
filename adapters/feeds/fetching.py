"""Fetching a calendar from an address that a stranger gave: from the public net alone, no more than fits, and in time."""

import asyncio
import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urljoin

import aiohttp
from aiohttp.connector import AddrInfoType
from yarl import URL

from adapters.feeds import MOST_BYTES, PATIENCE, Unread, Why

MOST_REDIRECTS = 3
LONGEST = 2000
HEADERS = {"Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "identity", "User-Agent": "folkmoot"}
"""Nothing packed: a small answer could be a huge one."""

MOVED = (301, 302, 303, 307, 308)
TRANSLATED = IPv6Network("64:ff9b::/96")
"""Addresses of the old kind, as a network that has only the new one writes them."""

Address = IPv4Address | IPv6Address


def is_public(address: Address) -> bool:
    """Whether it is anybody's: neither ours, nor a neighbour's, nor one that only looks like another."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped or address in TRANSLATED:
            return is_public(address.ipv4_mapped or IPv4Address(int(address) & 0xFFFFFFFF))
        if address.sixtofour or address.teredo or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast


def _guarded(may: Callable[[Address], bool]) -> Callable[[AddrInfoType], socket.socket]:
    """Makes the sockets of all connections, and none to an address that is not to be looked at.

    Here it is known which address it is: whatever it is written like, and whatever its name leads to when it is asked
    again.
    """

    def make(to: AddrInfoType) -> socket.socket:
        kind, type_, proto, _, address = to
        if not may(_address(address[0])):
            raise Unread(Why.ADDRESS)
        return socket.socket(kind, type_, proto)

    return make


def _address(written: object) -> Address:
    return ip_address(str(written).partition("%")[0])


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


def checked(url: str, may: Callable[[Address], bool] = is_public) -> str:
    """The address as it is fetched; `webcal` is `https` by another name. Raises Unread for what may not be fetched.

    It is read by whoever fetches it: where two read differently, one can be told another host than the other.
    """
    if len(url) > LONGEST or not url.isprintable() or " " in url:
        raise Unread(Why.ADDRESS)
    try:
        parts = URL(url)
        parts = parts.with_scheme("https") if parts.scheme == "webcal" else parts
        literal, _ = _literal(parts.raw_host or ""), parts.port
    except (ValueError, TypeError):
        raise Unread(Why.ADDRESS) from None
    if parts.scheme not in ("http", "https") or not parts.raw_host or not (literal is None or may(literal)):
        raise Unread(Why.ADDRESS)
    return str(parts.with_fragment(None))


def _literal(host: str) -> Address | None:
    try:
        return _address(host)
    except ValueError:
        return None
