"""Webbed: addresses as they may stand in any markup, and nothing else as one."""

import re

WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
KEPT = re.compile(r"[^A-Za-z0-9./?#&=:%@+,;_-]")


def webbed(link: str) -> str:
    """An address of the web, as `address` writes it; empty: it is none."""
    return address(link) if WEB.match(link) else ""


def address(link: str) -> str:
    """An address with whatever could be markup percent-encoded; it leads to the same place."""
    plain = KEPT.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), link)
    return plain.replace("__", "_%5F")
