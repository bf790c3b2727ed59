"""Addresses that a stranger gave: which may be looked up at all - the public net's, and nobody's near us."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from yarl import URL

from adapters.feeds import Unread, Why

LONGEST = 2000
TRANSLATED = IPv6Network("64:ff9b::/96")
"""Addresses of the old kind, as a network that has only the new one writes them."""

Address = IPv4Address | IPv6Address


def is_public(address: Address) -> bool:
    """Whether it is anybody's: neither ours, nor a neighbour's, nor one that only looks like another."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped or address in TRANSLATED:
            return is_public(address.ipv4_mapped or IPv4Address(int(address) & 0xFFFFFFFF))
        if address.sixtofour or address.teredo or address.is_site_local or address.is_reserved:
            return False
    return address.is_global and not address.is_multicast


def read(written: object) -> Address:
    """An address as numbers; ValueError where it is a name."""
    return ip_address(str(written).partition("%")[0])


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
        return read(host)
    except ValueError:
        return None
