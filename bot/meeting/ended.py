"""Ended: what came of a meeting, in short, in its rooms."""

from datetime import datetime

from adapters.base import Card, Part, Style
from bot import pieces
from bot.minutes import doing, forgetting, sheet
from bot.reader import Reader, short
from decisions.model import Action, Meeting, Post, Tag
from storage.minuting import Minuted, minuted
from storage.work import Work

MOST = 10
"""How many decisions, and how many people's actions, the post has; the rest are in the minutes."""

LONGEST = 160
"""Characters of a title or an action there."""

LINE = 180
"""Characters of a line: all of them fit into one message of any platform."""


def card(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """The minutes in short."""
    known = forgetting.told(minuted(work, work.the(Meeting, id=post.meeting_id)), reader)
    parts = [Part(Style.TITLE, reader.say("minutes-title", known.meeting.ref, short(known.meeting.title, LONGEST)))]
    parts.append(Part(Style.LINE, _counts(known, reader)))
    parts += [Part(Style.LINE, sheet.twin(known.twin, reader))] if known.twin else []
    parts += _listed("minutes-decisions", _decided(known, reader), reader)
    parts += _listed("minutes-actions", _actions(known, reader), reader)
    parts.append(Part(Style.NOTE, reader.say("minutes-next", known.meeting.ref)))
    return Card(tuple(parts), pieces.read(known.group, known.meeting.ref, reader), reader.language)


def _counts(known: Minuted, reader: Reader) -> str:
    made = known.minutes
    there, topics = len(made.here) + len(made.guests), len(made.of(Tag.TOPIC))
    if made.lasted is None:
        return reader.say("minutes-not-held")
    return reader.say("minutes-counts", reader.span(made.lasted), there, topics)


def _decided(known: Minuted, reader: Reader) -> list[str]:
    made = known.minutes
    lines = [sheet.decision(known, one, reader) for one in made.decided]
    for tag in (Tag.AGREED, Tag.REJECTED):
        label = reader.say(f"minutes-tag-{tag.value}")
        lines += [reader.say("minutes-plain", label, one.text) for one in made.of(tag)]
    return lines


def _actions(known: Minuted, reader: Reader) -> list[str]:
    lines = []
    for member, theirs in known.minutes.owned().items():
        lines.append(reader.say("minutes-does", known.name(member), _those(theirs, reader)))
    others = known.minutes.others()
    return (
        [*lines, reader.say("minutes-does", reader.say("actions-nobody"), _those(others, reader))] if others else lines
    )


def _those(actions: tuple[Action, ...], reader: Reader) -> str:
    shown = reader.say("clause-break").join(short(doing.line(one, reader), LONGEST) for one in actions[:MOST])
    more = len(actions) - MOST
    return shown if more <= 0 else reader.say("names-more", shown, more)


def _listed(key: str, lines: list[str], reader: Reader) -> list[Part]:
    if not lines:
        return []
    shown = [short(one, LINE) for one in lines[:MOST]]
    shown += [reader.say("minutes-more", len(lines) - MOST)] if len(lines) > MOST else []
    return [Part(Style.LINE, "\n".join([reader.say(key), *shown]))]
