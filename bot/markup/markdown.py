"""Markdown: blocks written as CommonMark with tables; nothing that people say becomes markup."""

import html
import re
from collections.abc import Callable, Iterable

from bot.markup.blocks import Block, Kind, Linked, Part
from bot.markup.webbed import webbed

HIDDEN = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u202a-\u202e]")
# Besides what CommonMark knows: strikethrough, marks, insertions, sums, attributes, footnotes and bare links of its kin.
MARKUP = re.compile(r"[\\`*_{}\[\]#|~^$]|=(?==)|\+(?=\+)|(?<=\w):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
START = re.compile(r"^(\d+(?=[.)])|(?=[-+=:!]))")


def written(blocks: Iterable[Block]) -> str:
    """The blocks as one text."""
    return "\n\n".join(_WRITTEN[one.kind](one) for one in blocks) + "\n"


def inline(text: str) -> str:
    """Words on one line; links show as they were typed."""
    return _escaped(" ".join(HIDDEN.sub("", text).split()))


def quoted(text: str) -> str:
    """Words as a block quote, line by line."""
    lines = [_indented(one.rstrip()) for one in HIDDEN.sub("", text).splitlines()]
    return "\n".join(_quoted_line(*pair) for pair in zip(lines, [*lines[1:], ""], strict=False))


def _escaped(text: str) -> str:
    return START.sub(r"\1\\", MARKUP.sub(r"\\\g<0>", html.escape(text, quote=False)))


def _indented(line: str) -> str:
    words = line.lstrip()
    return "\u00a0" * (len(line) - len(words)) + _escaped(words)  # four blanks would begin a block of code


def _quoted_line(line: str, following: str) -> str:
    return f"> {line}\\" if line and following else f"> {line}".rstrip(" ")


def _table(block: Block) -> str:
    head, *body = ("| " + " | ".join(_part(cell) for cell in row) + " |" for row in block.rows)
    columns = list(zip(*block.rows[1:], strict=True))
    rules = ["---:" if all(str(cell).isdecimal() for cell in one) else "---" for one in columns]
    return "\n".join([head, "| " + " | ".join(rules) + " |", *body])


def _list(block: Block) -> str:
    above = [f"**{inline(block.text)}**", ""] if block.text else []
    return "\n".join([*above, *("- " + " ".join(_part(one) for one in row) for row in block.rows)])


def _part(part: Part) -> str:
    if isinstance(part, str):
        return inline(part)
    address = webbed(part.address)
    return f"[{inline(part.text)}](<{address}>)" if address else inline(part.text)


_WRITTEN: dict[Kind, Callable[[Block], str]] = {
    Kind.TITLE: lambda block: f"# {inline(block.text)}",
    Kind.HEADING: lambda block: f"## {inline(block.text)}",
    Kind.STRONG: lambda block: f"**{inline(block.text)}**",
    Kind.LINE: lambda block: inline(block.text),
    Kind.QUOTE: lambda block: quoted(block.text),
    Kind.TABLE: _table,
    Kind.LIST: _list,
    Kind.LINK: lambda block: _part(Linked(block.text, block.address)),
}
