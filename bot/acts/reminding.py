"""Reminding: what a person hears from us unasked - reminders before a close, and a digest of their week."""

from dataclasses import replace

from adapters.base import Answer
from bot import digests
from bot.acts import attending
from bot.turn import Turn
from decisions.refusals import UnknownSetting


def remind(turn: Turn, given: str) -> Answer:
    """`remind off`, `remind on`: whether I am reminded of what I have not voted on; `remind nudges off`: or nudged."""
    word = given.strip().casefold()
    if word.startswith("nudges"):
        return attending.nudges(turn, word.removeprefix("nudges"))
    if word not in ("on", "off"):
        raise UnknownSetting(given[:40], ("remind on", "remind off"))
    turn.work.put(replace(turn.person, remind=word == "on"))
    return turn.done(f"ack-remind-{word}")


def digest(turn: Turn, given: str) -> Answer:
    """`digest on`, `digest off`: whether I am told on Monday mornings what waits for me and what was decided."""
    word = given.strip().casefold()
    if not word:
        at = turn.person.digest_at
        return turn.done("digest-on", at) if at else turn.done("digest-off")
    if word not in ("on", "off"):
        raise UnknownSetting(given[:40], ("digest on", "digest off"))
    at = digests.next_monday(turn.reader.zone, turn.now) if word == "on" else None
    turn.work.put(replace(turn.person, digest_at=at))
    return turn.done("ack-digest-on", at) if at else turn.done("ack-digest-off")
