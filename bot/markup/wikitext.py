"""Wikitext: blocks as MediaWiki reads them, with tables and without templates; nothing that people say is markup there."""

import re
from collections.abc import Callable, Iterable

from bot import words
from bot.markup.blocks import Block, Kind, Linked, Part
from bot.markup.markdown import HIDDEN
from bot.markup.webbed import webbed

# Whatever begins markup anywhere or in some place, as an entity: MediaWiki reads those last, when all markup is found.
MARKUP = re.compile(r"[&<>\[\]{}|'~=*#;_!\x7f]|^:|(?<=[^\W\d_]):(?=\S)|(?<=/)/|(?<=-)-")
NUMBERED = re.compile(r"(RFC|PMID|ISBN)\s", re.IGNORECASE)
"""Words that MediaWiki makes links of, when a number follows them."""


def written(blocks: Iterable[Block], language: str) -> str:
    """The blocks as one text in a frame of their own, for a wiki may be in another language, or run the other way."""
    direction = words.direction(language)
    begins = f'<div lang="{language}" dir="{direction}" class="mw-content-{direction}">'
    return "\n\n".join([begins, *(_WRITTEN[one.kind](one) for one in blocks), "</div>"]) + "\n"


def inline(text: str) -> str:
    """Words on one line, of which none is markup."""
    one = " ".join(HIDDEN.sub("", text).split())
    return NUMBERED.sub(r"\1&#32;", MARKUP.sub(lambda found: f"&#{ord(found[0])};", one))


def _part(part: Part) -> str:
    if isinstance(part, str):
        return inline(part)
    address = webbed(part.address)
    return f"[{address} {inline(part.text)}]" if address and inline(part.text) else inline(part.text)


def _quoted(block: Block) -> str:
    return "\n".join(f": {inline(one)}" for one in block.text.splitlines() if one.strip())


def _table(block: Block) -> str:
    head, *body = block.rows
    lines = ['{| class="wikitable sortable"', *(f'! scope="col" | {_part(one)}' for one in head)]
    for row in body:
        lines += ["|-", *(f"| {_part(one)}" for one in row)]
    return "\n".join([*lines, "|}"])


def _list(block: Block) -> str:
    above = [_strong(block), ""] if block.text else []
    return "\n".join([*above, *("* " + " ".join(_part(one) for one in row) for row in block.rows)])


def _strong(block: Block) -> str:
    return f"'''{inline(block.text)}'''"


_WRITTEN: dict[Kind, Callable[[Block], str]] = {
    Kind.TITLE: lambda block: f"== {inline(block.text)} ==",
    Kind.HEADING: lambda block: f"=== {inline(block.text)} ===",
    Kind.STRONG: _strong,
    Kind.LINE: lambda block: inline(block.text),
    Kind.QUOTE: _quoted,
    Kind.TABLE: _table,
    Kind.LIST: _list,
    Kind.LINK: lambda block: _part(Linked(block.text, block.address)),
}
