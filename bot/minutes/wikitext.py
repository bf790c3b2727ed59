"""Wikitext: the minutes for a wiki that runs MediaWiki. Nothing that people say is markup there."""

from bot.markup.webbed import address
from bot.markup.wikitext import inline
from bot.minutes.sheet import Chapter, Item, Sheet


def written(sheet: Sheet) -> str:
    """The whole, to be put on a page of its own."""
    lines = [inline(one) for one in sheet.lead]
    if sheet.words:
        lines.append("\n".join(f": {inline(one)}" for one in sheet.words.splitlines() if one.strip()))
    return "\n\n".join([*lines, *(_chapter(one) for one in sheet.chapters)]) + "\n"


def _chapter(one: Chapter) -> str:
    mark = "===" if one.deeper and one.items else "=="
    return "\n".join([f"{mark} {inline(one.heading)} {mark}", *(_item(item) for item in one.items)])


def _item(item: Item) -> str:
    first = address(item.address) if item.address else inline(item.text)
    return "\n".join([f"* {first}", *(f"** {inline(one)}" for one in item.beneath)])
