"""Cards as Matrix carries them: plain text beside HTML in which people's words are never markup, and polls of its own."""

import html
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.base import Button, Card, Part, Question, Style, addresses

Content = dict[str, Any]

LIMIT = 12_000
"""Characters of one message."""

BYTES = 22_000
"""Of a message as JSON: in an edit it stands twice, encryption adds a third, and 65,536 is what an event may have."""

PRESSES = "dev.folkmoot.presses"
"""Our own field of a card: its signs, each with the press it stands for, so that none has to be remembered."""

POLL = "org.matrix.msc3381.poll.start"
POLL_END = "org.matrix.msc3381.poll.end"
MOST_ANSWERS = 20

ISOLATE, ENDED = "\u2068", "\u2069"
BROKEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def message(text: str, markup: str = "") -> Content:
    """A notice, which wakes nobody and which other bots leave alone."""
    content: Content = {"msgtype": "m.notice", "body": text, "m.mentions": {}}
    return content | ({"format": "org.matrix.custom.html", "formatted_body": markup} if markup else {})


def of_card(card: Card, signs: Mapping[str, Button], hint: str, cut: str) -> Content:
    """A card; `hint` says what the signs mean, `cut` stands at the end of what is too long."""
    opened = [Part(Style.LINE, one) for one in addresses(card.buttons)]
    parts = [*card.parts, *opened, *([Part(Style.NOTE, hint)] if hint else [])]
    pairs = [[sign, one.press] for sign, one in signs.items()]
    made = _within(parts, cut)
    return made | ({PRESSES: pairs} if pairs else {})


def of_text(text: str, cut: str) -> Content:
    """Plain words of ours."""
    return _within([Part(Style.LINE, text)], cut)


def _within(parts: Sequence[Part], cut: str) -> Content:
    """These paragraphs as a message that a homeserver takes, whatever is written in them."""
    whole = [Part(one.style, sound(one.text)) for one in parts if one.text.strip()]
    limit = LIMIT
    while True:
        kept = fitted(whole, cut, limit)
        made = message("\n".join(isolated(one.text) for one in kept), "".join(map(_shown, kept)))
        if len(json.dumps(made, ensure_ascii=False).encode()) <= BYTES or limit < len(cut) * 2:
            return made
        limit //= 2


def edit(event: str, content: Content) -> Content:
    """The same message of ours with another content."""
    fallback = {name: value for name, value in content.items() if name not in (PRESSES, "m.mentions")}
    fallback["body"] = f"* {content['body']}"
    return fallback | {
        "m.new_content": content,
        "m.mentions": {},
        "m.relates_to": {"rel_type": "m.replace", "event_id": event},
    }


def in_reply(content: Content, event: str) -> Content:
    """Under the message that it answers."""
    return content | {"m.relates_to": {"m.in_reply_to": {"event_id": event}}} if event else content


def reaction(event: str, sign: str) -> Content:
    """A sign on a message."""
    return {"m.relates_to": {"rel_type": "m.annotation", "event_id": event, "key": sign}}


def of_question(question: Question) -> Content:
    """A poll of Matrix's own. Clients know it by its name before it was taken into the standard."""
    text = sound(question.text)
    answers = [{"id": str(place), "org.matrix.msc1767.text": sound(one)} for place, one in enumerate(question.options)]
    listed = "\n".join(f"{place}. {sound(one)}" for place, one in enumerate(question.options, 1))
    return {
        POLL: {
            "kind": "org.matrix.msc3381.poll.disclosed",
            "max_selections": question.most,
            "question": {"org.matrix.msc1767.text": text, "body": text, "msgtype": "m.text"},
            "answers": answers[:MOST_ANSWERS],
        },
        "org.matrix.msc1767.text": f"{text}\n{listed}",
        "m.mentions": {},
    }


def of_end(event: str, text: str) -> Content:
    """The end of a poll of Matrix's own."""
    return {
        POLL_END: {},
        "org.matrix.msc1767.text": text,
        "body": text,
        "m.mentions": {},
        "m.relates_to": {"rel_type": "m.reference", "event_id": event},
    }


# -- text -------------------------------------------------------------------------------------------------------------


def sound(text: str) -> str:
    """A text that JSON and every client can hold."""
    return BROKEN.sub("\ufffd", text)


def isolated(text: str) -> str:
    """Each line that runs from right to left set apart, so that it turns nothing else round."""
    return "\n".join(f"{ISOLATE}{line}{ENDED}" if _rtl(line) else line for line in text.split("\n"))


def fitted(parts: Sequence[Part], cut: str, limit: int = LIMIT) -> list[Part]:
    """The same paragraphs, the longest cut where all together are too long."""
    spare = limit - len(cut)
    if sum(len(one.text) for one in parts) <= spare:
        return list(parts)
    share = spare // max(len(parts), 1)
    short = sum(len(one.text) for one in parts if len(one.text) <= share)
    long = sum(len(one.text) > share for one in parts)
    share = (spare - short) // max(long, 1)
    kept = [
        one if len(one.text) <= share else Part(one.style, f"{one.text[: max(share - 2, 0)].rstrip()} …")
        for one in parts
    ]
    return [*kept, Part(Style.NOTE, cut)]


def _shown(part: Part) -> str:
    lines = "<br>".join(_line(one) for one in part.text.split("\n"))
    match part.style:
        case Style.TITLE:
            return f"<p><strong>{lines}</strong></p>"
        case Style.WORDS:
            return f"<blockquote>{lines}</blockquote>"
        case Style.NOTE:
            return f"<p><em>{lines}</em></p>"
        case _:
            return f"<p>{lines}</p>"


def _line(text: str) -> str:
    escaped = html.escape(text)
    return f'<bdi dir="rtl">{escaped}</bdi>' if _rtl(text) else escaped


def _rtl(line: str) -> bool:
    strong = (kind for one in line if (kind := unicodedata.bidirectional(one)) in ("L", "R", "AL"))
    return next(strong, "L") != "L"
