"""Text and entities, counted in UTF-16 units: Telegram's HTML read as its server reads it, and written again."""

import html
import re
from dataclasses import dataclass, field

from .refused import Wire, bad

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "span": "spoiler", "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
SHOWN = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
MOST_ENTITIES = 100

_REFERENCE = re.compile(r"&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(lt|gt|amp|quot));?")
_OPENING = re.compile(r"<([^\s>/]*)((?:\s+[^\s=>]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[\w.-]+))?)*)\s*>")
_CLOSING = re.compile(r"</([^\s>]*)\s*>")
_ATTRIBUTE = re.compile(r"([^\s=>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.-]+)))?")


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass
class _Open:
    tag: str
    at: int
    attributes: dict[str, str]


@dataclass
class _Reading:
    """Where the reader stands in marked-up text."""

    source: str
    text: str = ""
    open: list[_Open] = field(default_factory=list)
    entities: list[Wire] = field(default_factory=list)

    def wrong(self, at: int, why: str) -> Exception:
        return bad(f"can't parse entities: {why} at byte offset {len(self.source[:at].encode(errors='replace'))}")


def from_html(source: str) -> tuple[str, list[Wire]]:
    """Plain text and entities of Telegram's HTML, or a refusal in its words."""
    reading = _Reading(source)
    at = 0
    while at < len(source):
        if source[at] == "<":
            at = _close(reading, at) if source.startswith("</", at) else _begin(reading, at)
        else:
            at = _plain(reading, at)
    if reading.open:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{reading.open[-1].tag}\"")
    return reading.text, reading.entities


def _plain(reading: _Reading, at: int) -> int:
    """Everything up to the next tag or reference, or one reference."""
    if found := _REFERENCE.match(reading.source, at):
        reading.text += _referred(found)
        return found.end()
    end = min((place for mark in "<&" if (place := reading.source.find(mark, at + 1)) > 0), default=len(reading.source))
    reading.text += reading.source[at:end]
    return end


def _referred(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x110000 else found.group()


def _begin(reading: _Reading, at: int) -> int:
    found = _OPENING.match(reading.source, at)
    tag = (found or re.match(r"<([^\s>]*)", reading.source[at:]) or [""] * 2)[1].lower()
    if ">" not in reading.source[at:]:
        raise reading.wrong(at, f'Unclosed start tag "{tag}"')
    if tag not in TAGS:
        raise reading.wrong(at, f'Unsupported start tag "{tag}"')
    if not found:
        raise reading.wrong(at, f'Unexpected end of name token in the tag "{tag}"')
    attributes = {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(found[2])}
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise reading.wrong(at, 'Tag "span" must have class "tg-spoiler"')
    reading.open.append(_Open(tag, len(reading.text), attributes))
    return found.end()


def _close(reading: _Reading, at: int) -> int:
    found = _CLOSING.match(reading.source, at)
    if not reading.open:
        raise reading.wrong(at, "Unexpected end tag")
    if not found:
        raise reading.wrong(at, "Unclosed end tag")
    tag = found[1].lower()
    begun = reading.open.pop()
    if tag and tag != begun.tag:
        raise reading.wrong(at, f'Unmatched end tag, expected "</{begun.tag}>", found "</{tag}>"')
    _entity(reading, begun)
    return found.end()


def _entity(reading: _Reading, begun: _Open) -> None:
    """What stood between a start tag and its end becomes an entity, unless it is empty."""
    inside = reading.text[begun.at :]
    kind: Wire = {"type": TAGS[begun.tag]}
    if begun.tag == "a":
        url = begun.attributes.get("href") or inside
        kind = {"type": "text_link", "url": url}
        if "." not in url and "://" not in url:
            return
    elif begun.tag == "tg-emoji":
        kind["custom_emoji_id"] = begun.attributes.get("emoji-id", "")
    elif begun.tag == "blockquote" and "expandable" in begun.attributes:
        kind = {"type": "expandable_blockquote"}
    if inside:
        reading.entities.append(kind | {"offset": units(reading.text[: begun.at]), "length": units(inside)})


def trimmed(text: str, entities: list[Wire]) -> tuple[str, list[Wire]]:
    """Without white space around it, as it is shown; entities follow. Telegram keeps a hundred of them."""
    front = len(text) - len(text.lstrip())
    lost, whole = units(text[:front]), text.strip()
    kept = []
    for one in entities:
        begin = max(0, span(one)[0] - lost)
        end = min(units(whole), span(one)[1] - lost)
        if end > begin:
            kept.append(one | {"offset": begin, "length": end - begin})
    return whole, sorted(kept, key=lambda one: (span(one)[0], -span(one)[1]))[:MOST_ENTITIES]


def span(entity: Wire) -> tuple[int, int]:
    """Where an entity begins and ends."""
    offset, length = entity["offset"], entity["length"]
    assert isinstance(offset, int)
    assert isinstance(length, int)
    return offset, offset + length


_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?)"
    r"|(?P<url>https?://\S+)|(?P<mention>(?<![\w@])@\w{3,32})|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
)


def found_in(text: str, besides: list[Wire]) -> list[Wire]:
    """What Telegram marks by itself: commands, links, mentions, hashtags, where nothing of the kind is marked yet."""
    taken = [
        span(one) for one in besides if one["type"] in ("code", "pre", "text_link", "url", "mention", "bot_command")
    ]
    found: list[Wire] = []
    for one in _FOUND.finditer(text):
        begin, end = units(text[: one.start()]), units(text[: one.end()])
        if not any(begin < last and first < end for first, last in taken):
            found.append({"type": str(one.lastgroup), "offset": begin, "length": end - begin})
    return found


def to_html(text: str, entities: list[Wire]) -> str:
    """Text and entities as HTML again, to look at."""
    coded = text.encode("utf-16-le", "surrogatepass")
    marks: list[tuple[int, int, int, str]] = []
    for order, one in enumerate(entities):
        begin, end = span(one)
        if tags := _tags(one):
            marks += [(begin, 1, order, tags[0]), (end, 0, -order, tags[1])]
    written, at = "", 0
    for place, _, _, tag in sorted(marks):
        written += html.escape(coded[at * 2 : place * 2].decode("utf-16-le", "surrogatepass"), quote=False) + tag
        at = place
    return written + html.escape(coded[at * 2 :].decode("utf-16-le", "surrogatepass"), quote=False)


def _tags(entity: Wire) -> tuple[str, str] | None:
    kind = str(entity["type"])
    if kind == "text_link":
        return f'<a href="{html.escape(str(entity["url"]))}">', "</a>"
    if kind.endswith("blockquote"):
        return ("<blockquote expandable>" if kind.startswith("expandable") else "<blockquote>"), "</blockquote>"
    return (f"<{SHOWN[kind]}>", f"</{SHOWN[kind]}>") if kind in SHOWN else None
