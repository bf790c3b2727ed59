"""Telling: a lesson as the card that rooms see, as a line in a list, and the whole of it for who asks."""

from collections.abc import Set
from datetime import datetime

from adapters.base import Button, Card, Part, Rows, Style
from bot import links, pieces
from bot.reader import Reader, short
from decisions.lessons import WHERE
from decisions.model import Group, Lesson, Post, Reuse
from storage.learning import Learned, learned
from storage.seeing import visible
from storage.work import Work

SAID = ("happened", "again", "never", "helps")
"""What is told of a lesson each on a line of its own."""

LISTED = 100
"""Characters of what was tried that a list has."""


# -- the card ---------------------------------------------------------------------------------------------------------


def card(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """What a room of the group sees; of other groups, what anybody may."""
    lesson = work.the(Lesson, id=post.lesson_id)
    known = learned(work, lesson).seen(visible(work, (lesson.group_id,)))
    title = Part(Style.TITLE, _title(known, reader, lesson.ref))
    if lesson.withdrawn:
        return Card((title, Part(Style.NOTE, reader.say("lesson-withdrawn"))), (), reader.language, silent=True)
    parts = [title]
    parts += [Part(Style.WORDS, short(lesson.text, 600))] if lesson.text else []
    parts += _part(Style.LINE, [*went(known, reader), *_said(lesson, reader, cut=True)])
    parts += _part(Style.NOTE, [*_where(lesson, reader), _by(known, reader), *_counted(known, reader)])
    parts += _part(Style.NOTE, [links.permalink(known.group, lesson.ref) or ""])
    return Card(tuple(parts), _buttons(lesson, reader), reader.language, silent=True)


def final(work: Work, post: Post) -> bool:
    """Whether nothing can change a card any more."""
    return work.the(Lesson, id=post.lesson_id).withdrawn


def _part(style: Style, lines: list[str]) -> list[Part]:
    said = "\n".join(one for one in lines if one)
    return [Part(style, said)] if said else []


def _buttons(lesson: Lesson, reader: Reader) -> Rows:
    too = tuple(
        Button(reader.say(key), f"l{lesson.id}:{act}")
        for key, act in (("button-worked-too", "worked"), ("button-failed-too", "failed"))
    )
    return (too, (Button(reader.say("button-details"), f"l{lesson.id}:show", alone=True),))


# -- the whole --------------------------------------------------------------------------------------------------------


def details(work: Work, lesson: Lesson, reader: Reader, groups: Set[int], ref: str) -> str:
    """All there is to say about a lesson to who may see these groups; `ref` is what they call it."""
    known = learned(work, lesson).seen(groups)
    lines = [_title(known, reader, ref)]
    if lesson.withdrawn:
        return "\n".join([*lines, reader.say("lesson-withdrawn")])
    lines += [lesson.text, *went(known, reader), *_said(lesson, reader)]
    lines += [*_where(lesson, reader), _by(known, reader)]
    lines += [_reviewed(known, one.member_id, one.worked, one.text, reader) for one in known.reviews]
    lines += [reused(known, one, group, reader) for one, group in known.reuses]
    lines += [links.permalink(known.group, lesson.ref) or "", reader.say("lesson-next", ref)]
    return "\n".join(one for one in lines if one)


def line(known: Learned, reader: Reader, ref: str) -> str:
    """A lesson on one line of a list."""
    lesson = known.lesson
    parts = [*(one.rstrip(".") for one in went(known, reader)), lesson.region, lesson.topic]
    return reader.say("lesson-line", ref, short(tried(known, reader), LISTED), " · ".join(one for one in parts if one))


def tried(known: Learned, reader: Reader) -> str:
    """What was tried, or that its words are gone."""
    return known.tried or reader.say("forgotten-title")


def _title(known: Learned, reader: Reader, ref: str) -> str:
    if known.lesson.withdrawn:
        return ref
    return reader.say("lesson-title", ref, tried(known, reader))


def went(known: Learned, reader: Reader) -> list[str]:
    """Whether it worked: as whoever filed it says; of a decision, how many say what."""
    if known.reviews:
        did = sum(one.worked for one in known.reviews)
        return [reader.say("reviewed-counts", did, len(known.reviews) - did)]
    if known.lesson.worked is None:
        return []
    return [reader.say("lesson-worked" if known.lesson.worked else "lesson-failed")]


def _said(lesson: Lesson, reader: Reader, *, cut: bool = False) -> list[str]:
    words = {one: getattr(lesson, one) for one in SAID}
    return [reader.say(f"lesson-{one}", short(said) if cut else said) for one, said in words.items() if said]


def _where(lesson: Lesson, reader: Reader) -> list[str]:
    words = {one: getattr(lesson, one) for one in WHERE}
    return [" · ".join(reader.say(f"lesson-{one}", said) for one, said in words.items() if said)]


def _by(known: Learned, reader: Reader) -> str:
    lesson = known.lesson
    if known.poll is not None:
        return reader.say("lesson-of-decision", f"D-{known.poll.decision}", lesson.at)
    if lesson.by is None:
        return reader.say("lesson-nameless", lesson.at)
    return reader.say("lesson-by", _name(known, lesson.by, reader), lesson.at)


def _counted(known: Learned, reader: Reader) -> list[str]:
    """How often it was used, and how that went, where it was."""
    if not known.reuses:
        return []
    did = [one.worked for one, _ in known.reuses]
    return [reader.say("lesson-used", len(did), did.count(True), did.count(False))]


def reused(known: Learned, one: Reuse, group: Group, reader: Reader) -> str:
    """One use of it on a line: by whom, in which group, where, and how it went there."""
    name = _name(known, one.by, reader)
    who = name if group.id == known.group.id else reader.say("reuse-who", name, group.name)
    key = {True: "reuse-worked", False: "reuse-failed", None: "reuse-used"}[one.worked]
    said = reader.say(f"{key}-in", who, one.place) if one.place else reader.say(key, who)
    return reader.say("reuse-words", said, one.text) if one.text else said


def _reviewed(known: Learned, member_id: int, worked: bool, text: str, reader: Reader) -> str:
    key, name = "details-worked" if worked else "details-failed", _name(known, member_id, reader)
    return reader.say(f"{key}-why", name, text) if text else reader.say(key, name)


def _name(known: Learned, member_id: int, reader: Reader) -> str:
    name, affiliate = known.people.get(member_id, ("", ""))
    return pieces.called(name, affiliate) if name else reader.say("forgotten")
