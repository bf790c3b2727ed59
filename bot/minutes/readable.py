"""Readable: the minutes as Markdown. Nothing that people say becomes markup; links are such that show where they lead."""

import re
from collections.abc import Iterable

from bot.markup.markdown import inline, quoted
from bot.minutes.sheet import Chapter, Item, Sheet

SAFE = re.compile(r"[A-Za-z0-9:/?#@!$&'()*+,;=._~%-]+")
"""An address that is a link: none of its letters could be taken for those of another script."""


def written(sheet: Sheet) -> str:
    """The whole, as forges and wikis show it."""
    blocks = [f"# {inline(sheet.title)}", *(inline(one) for one in sheet.lead)]
    blocks += [quoted(sheet.words)] if sheet.words else []
    return "\n\n".join([*blocks, *(block for one in sheet.chapters for block in _chapter(one))]) + "\n"


def _chapter(one: Chapter) -> Iterable[str]:
    yield f"{'###' if one.deeper and one.items else '##'} {inline(one.heading)}"
    if one.items:
        yield "\n".join(_item(item) for item in one.items)


def _item(item: Item) -> str:
    first = f"<{item.address}>" if SAFE.fullmatch(item.address) else inline(item.text)
    return "\n".join([f"- {first}", *(f"  - {inline(one)}" for one in item.beneath)])
