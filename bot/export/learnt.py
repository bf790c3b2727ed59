"""Learnt: a group's lessons as they leave in a file - as plain values for programs, and as blocks to read."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.export.wanted import About, Wanted
from bot.markup.blocks import Block, Kind
from bot.plain import Plain, instant
from bot.reader import Reader
from decisions.model import Group, Reuse
from storage import learning, seeing
from storage.learning import Learned
from storage.work import Work

TOLD = ("happened", "again", "never", "helps")
"""What may be said of what was tried, each under a heading of its own."""

CONTEXT = ("region", "affiliate", "size", "language", "topic")

VERDICTS: Mapping[bool | None, str] = {True: "export-worked", False: "export-failed", None: "export-unsaid"}


def lessons(work: Work, group: Group, reader: Reader, wanted: Wanted) -> list[Learned]:
    """The lessons that are wanted, in the order of their numbers; of groups that keep to themselves, not even that they used
    one."""
    if About.LESSONS not in wanted.kinds:
        return []
    seen = seeing.visible(work, (group.id,))
    found = [one for one in reversed(learning.lessons(work, group.id)) if wanted.has(one.at)]
    return [told(learning.learned(work, one).seen(seen), reader) for one in found]


def told(known: Learned, reader: Reader) -> Learned:
    """The lesson as it is told, of people and words that were forgotten too."""
    nobody = reader.say("forgotten")
    people = {one: (name or nobody, affiliate) for one, (name, affiliate) in known.people.items()}
    title = known.title or reader.say("forgotten-title")
    return replace(known, people=people, title=title)


def _name(known: Learned, member_id: int) -> str:
    return known.people[member_id][0]


def _decision(known: Learned) -> str | None:
    return f"D-{known.poll.decision}" if known.poll and known.poll.decision else None


# -- for programs -----------------------------------------------------------------------------------------------------


def plain(known: Learned) -> Plain:
    """A lesson as plain values: `{"id": "L-4", "decision": "D-12" | null, "by": "Ana" | null nobody is named, "worked": true |
    false | null neither or both, "tried", "text", "happened", "again", "never", "helps", "region", "affiliate", "size",
    "language", "topic", "at", "reviews": [{"member", "affiliate", "verdict": "worked" | "failed", "text", "at"}] of the decision,
    "reuses": [{"group", "member", "place", "worked", "text", "at"}]}`."""
    lesson = known.lesson
    by = None if lesson.by is None else _name(known, lesson.by)
    found: Plain = {"id": lesson.ref, "decision": _decision(known), "by": by, "worked": lesson.worked}
    found |= {"tried": known.tried, "text": lesson.text}
    found |= {name: getattr(lesson, name) for name in (*TOLD, *CONTEXT)}
    found |= {"at": instant(lesson.at), "reviews": _reviews(known)}
    return found | {"reuses": [_use(known, *one) for one in known.reuses]}


def _reviews(known: Learned) -> list[Plain]:
    return [
        dict(zip(("member", "affiliate"), known.people[one.member_id], strict=True))
        | {"verdict": "worked" if one.worked else "failed", "text": one.text, "at": instant(one.at)}
        for one in known.reviews
    ]


def _use(known: Learned, use: Reuse, group: Group) -> Plain:
    found: Plain = {"group": group.name, "member": _name(known, use.by), "place": use.place, "worked": use.worked}
    return found | {"text": use.text, "at": instant(use.at)}


# -- to read ----------------------------------------------------------------------------------------------------------


def chapter(known: Learned, reader: Reader) -> Iterable[Block]:
    """A chapter of one lesson."""
    lesson = known.lesson
    yield Block(Kind.HEADING, reader.say("card-title", lesson.ref, known.tried))
    yield Block(Kind.STRONG, verdict(lesson.worked, reader))
    yield Block(Kind.QUOTE, lesson.text)
    for name in TOLD:
        if words := getattr(lesson, name):
            yield Block(Kind.STRONG, reader.say(f"export-lesson-{name}"))
            yield Block(Kind.QUOTE, words)
    context = (_decision(known), *(getattr(lesson, name) for name in CONTEXT))
    yield Block(Kind.LINE, " · ".join(words for words in context if words))
    yield Block(Kind.LIST, reader.say("export-reviews"), [(one,) for one in _said(known, reader)])
    yield Block(Kind.LIST, reader.say("export-reuses"), [(_used(known, *one, reader),) for one in known.reuses])
    by = lesson.by
    yield Block(
        Kind.LINE,
        reader.say("export-lesson-at", lesson.at)
        if by is None
        else reader.say("export-lesson-by", _name(known, by), lesson.at),
    )


def verdict(worked: bool | None, reader: Reader) -> str:
    """Whether it worked, in a word or two."""
    return reader.say(VERDICTS[worked])


def _said(known: Learned, reader: Reader) -> Iterable[str]:
    for one in known.reviews:
        key, name = "details-worked" if one.worked else "details-failed", _name(known, one.member_id)
        yield reader.say(f"{key}-why", name, one.text) if one.text else reader.say(key, name)


def _used(known: Learned, use: Reuse, group: Group, reader: Reader) -> str:
    said = reader.say("minutes-said", verdict(use.worked, reader), use.at)
    return " · ".join(words for words in (group.name, _name(known, use.by), use.place, said, use.text) if words)
