"""Fetching a calendar from an address that a stranger gave: from the public net alone, no more than fits, and in time."""

import asyncio
import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

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


class Resolver(AbstractResolver):
    """Resolves names as usual, and refuses where any of the addresses is not to be looked at.

    The connection is made to what it returns: a name that is another one when it is asked again gains nothing.
    """

    def __init__(self, may: Callable[[Address], bool]) -> None:
        self._may = may

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
        if not all(self._may(_address(one[4][0])) for one in found):
            raise Unread(Why.ADDRESS)
        return [
            ResolveResult(hostname=host, host=str(to[0]), port=int(to[1]), family=kind, proto=proto, flags=0)
            for kind, _, proto, _, to in found
        ]

    async def close(self) -> None:
        """Nothing is kept."""


def _address(written: object) -> Address:
    return ip_address(str(written).partition("%")[0])


async def fetch(url: str, may: Callable[[Address], bool] = is_public) -> bytes:
    """What stands at an address. `may`: which hosts may be looked at. Raises Unread."""
    try:
        async with asyncio.timeout(PATIENCE):
            connector = aiohttp.TCPConnector(resolver=Resolver(may), use_dns_cache=False, force_close=True)
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
    """The address as it is fetched; `webcal` is `https` by another name. Raises Unread for what may not be fetched."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
        scheme = "https" if parts.scheme == "webcal" else parts.scheme
        literal = _literal(host)
    except ValueError:
        raise Unread(Why.ADDRESS) from None
    if scheme not in ("http", "https") or not host or len(url) > LONGEST or not url.isprintable() or " " in url:
        raise Unread(Why.ADDRESS)
    if literal is not None and not may(literal):  # the library asks no resolver about these
        raise Unread(Why.ADDRESS)
    return parts._replace(scheme=scheme, fragment="").geturl()


def _literal(host: str) -> Address | None:
    try:
        return _address(host)
    except ValueError:
        return None
