"""Wikitext: the minutes for a wiki that runs MediaWiki. Nothing that people say is markup there."""

import re

from bot.export.markdown import HIDDEN
from bot.minutes.sheet import Chapter, Item, Sheet

# Whatever begins markup anywhere or in some place, as an entity: MediaWiki reads those last, when all markup is found.
MARKUP = re.compile(r"[&<>\[\]{}|'~=*#;_!\x7f]|^:|(?<=[^\W\d_]):(?=\S)|(?<=/)/|(?<=-)-")
NUMBERED = re.compile(r"(RFC|PMID|ISBN)\s", re.IGNORECASE)
"""Words that MediaWiki makes links of, when a number follows them."""

KEPT = re.compile(r"[^A-Za-z0-9./?#&=:%@+,;_-]")


def written(sheet: Sheet) -> str:
    """The whole, to be put on a page of its own."""
    lines = [inline(one) for one in sheet.lead]
    if sheet.words:
        lines.append("\n".join(f": {inline(one)}" for one in sheet.words.splitlines() if one.strip()))
    return "\n\n".join([*lines, *(_chapter(one) for one in sheet.chapters)]) + "\n"


def inline(text: str) -> str:
    """Words on one line, of which none is markup."""
    one = " ".join(HIDDEN.sub("", text).split())
    return NUMBERED.sub(r"\1&#32;", MARKUP.sub(lambda found: f"&#{ord(found[0])};", one))


def address(link: str) -> str:
    """An address that MediaWiki makes a link of, and nothing else; it leads to the same place."""
    plain = KEPT.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), link)
    return plain.replace("__", "_%5F")


def _chapter(one: Chapter) -> str:
    mark = "===" if one.deeper and one.items else "=="
    return "\n".join([f"{mark} {inline(one.heading)} {mark}", *(_item(item) for item in one.items)])


def _item(item: Item) -> str:
    first = address(item.address) if item.address else inline(item.text)
    return "\n".join([f"* {first}", *(f"** {inline(one)}" for one in item.beneath)])
