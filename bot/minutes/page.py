"""Page: the minutes as a whole HTML page, without scripts, in its language and direction."""

from html import escape

from bot import words
from bot.minutes.readable import SAFE
from bot.minutes.sheet import Chapter, Item, Sheet

STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}"
    "blockquote{white-space:pre-line}"
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Whatever the page holds, nothing is fetched or run for it."""


def written(sheet: Sheet) -> str:
    """The whole page."""
    direction = words.direction(sheet.language)
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        f"<title>{_text(sheet.title)}</title>",
        f"<style>{STYLE}</style>",
    ]
    body = [f"<h1>{_own(sheet.title)}</h1>", *(f"<p>{_own(one)}</p>" for one in sheet.lead)]
    body += [f'<blockquote dir="auto">{escape(_seen(sheet.words))}</blockquote>'] if sheet.words else []
    body += [line for one in sheet.chapters for line in _chapter(one)]
    lines = ["<head>", *head, "</head>", "<body>", *body, "</body>", "</html>"]
    return "\n".join(["<!doctype html>", f'<html lang="{escape(sheet.language)}" dir="{direction}">', *lines]) + "\n"


def _chapter(one: Chapter) -> list[str]:
    level = 3 if one.deeper and one.items else 2
    items = [line for item in one.items for line in _item(item)]
    return [f"<h{level}>{_own(one.heading)}</h{level}>", *(["<ul>", *items, "</ul>"] if items else [])]


def _item(item: Item) -> list[str]:
    if SAFE.fullmatch(item.address):
        first = f'<a rel="noopener noreferrer nofollow" href="{escape(item.address)}">{_text(item.text)}</a>'
    else:
        first = _own(item.text)
    beneath = ["<ul>", *(f"<li>{_own(one)}</li>" for one in item.beneath), "</ul>"] if item.beneath else []
    return [f"<li>{first}", *beneath, "</li>"]


def _own(text: str) -> str:
    """Words that may run in either direction, whatever stands around them."""
    return f'<bdi dir="auto">{_text(text)}</bdi>'


def _text(text: str) -> str:
    return escape(" ".join(_seen(text).split()))


def _seen(text: str) -> str:
    """Without what no page may hold."""
    return "".join(one for one in text if one.isprintable() or one in "\n\t \u2068\u2069\u200c\u200d\u200e\u200f")
