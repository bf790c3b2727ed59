"""A page that shows messages about as Telegram does on a phone: bubbles, quotes, keyboards, each line in its own direction."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

from tests.adapters.telegram_server import Key, Message

BESIDE_QUOTE = re.compile(r"\n?(<blockquote[ >].*?</blockquote>)\n?", re.DOTALL)

STYLE = """
* { box-sizing: border-box; margin: 0; }
body { width: 420px; padding: 12px 10px 24px; background: #c8d9c0; font: 16px/1.32 Roboto, "Noto Sans", "Noto Sans Arabic", "Noto Color Emoji", sans-serif; }
h1 { margin: 0 auto 12px; width: fit-content; padding: 2px 10px; border-radius: 12px; background: #0004; color: #fff; font-size: 13px; }
article { width: 345px; margin-bottom: 16px; }
section { padding: 7px 10px 5px; border-radius: 14px; background: #fff; overflow-wrap: anywhere; }
header { color: #3a8fd0; font-weight: 600; font-size: 15px; }
aside, blockquote { margin: 2px 0; padding: 3px 8px; border-radius: 5px; border-inline-start: 3px solid #3a8fd0; background: #3a8fd01a; font-size: 15px; }
aside { font-size: 14px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
aside b { display: block; color: #3a8fd0; }
p, blockquote { white-space: pre-wrap; unicode-bidi: plaintext; text-align: start; }
blockquote[expandable] { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; position: relative; padding-inline-end: 24px; cursor: pointer; }
blockquote[expandable]::after { content: "⌄"; position: absolute; bottom: 2px; inset-inline-end: 8px; color: #3a8fd0; }
blockquote[expandable]:focus { -webkit-line-clamp: none; }
time { display: block; text-align: right; color: #8a9aa5; font-size: 12px; }
nav { display: flex; gap: 3px; margin-top: 3px; }
nav span { position: relative; flex: 1 1 0; min-width: 0; padding: 9px 14px; border-radius: 8px; background: #6a8a6acc; color: #fff; font-size: 14px; font-weight: 500; text-align: center; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
nav.many span { padding-inline: 2px; }
nav span.leads::after { content: "↗︎"; position: absolute; top: 1px; right: 4px; font-size: 10px; }
"""


def page(title: str, language: str, messages: Iterable[Message]) -> str:
    """The whole page."""
    bubbles = "\n".join(map(bubble, messages))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=420">\n<title>{escape(title)}</title>\n<style>{STYLE}</style>\n'
        f"<h1>{escape(title)}</h1>\n{bubbles}\n</html>\n"
    )


def bubble(message: Message) -> str:
    """One message with what it answers above, and its keyboard below."""
    who = "Folkmoot" if message.chat.kind != "private" else "Folkmoot, alone"
    at = f"{datetime.fromtimestamp(message.date, UTC):%H:%M}"
    words = f"<header>{who}</header>{_answered(message)}{words_of(message.html)}<time>{at}</time>"
    return f"<article>\n<section>{words}</section>\n{''.join(map(_row, message.keyboard))}</article>"


def words_of(html: str) -> str:
    """A message's own HTML. A quote is a block of its own, so the line breaks beside it show nothing."""
    apart = BESIDE_QUOTE.sub(r"</p>\1<p>", html)
    whole = apart.replace("<blockquote", '<blockquote dir="auto" tabindex="0"')
    return f"<p>{whole}</p>".replace("<p></p>", "")


def _answered(message: Message) -> str:
    if message.reply_to is None:
        return ""
    sender = message.reply_to.sender
    first = message.reply_to.text.partition("\n")[0]
    return f'<aside dir="auto"><b>{escape(sender.name if sender else "")}</b>{escape(first)}</aside>'


def _row(row: tuple[Key, ...]) -> str:
    kind = " class=many" if len(row) > 3 else ""
    return f"<nav{kind}>{''.join(map(_button, row))}</nav>\n"


def _button(key: Key) -> str:
    return f'<span dir="auto"{" class=leads" if key.url else ""}>{escape(key.label)}</span>'
