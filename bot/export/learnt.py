"""Learnt: a group's lessons as they leave in a file, with who used them and what came of that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.export.blocks import Block, Kind
from bot.export.plain import Plain, instant
from bot.export.wanted import About, Wanted
from bot.reader import Reader
from decisions.model import Group, Lesson, Openness, Poll, Reuse
from storage import polling
from storage.finding import named
from storage.work import Work

TOLD = ("happened", "again", "never", "helps")
"""What may be said of what was tried, each under a heading of its own."""

CONTEXT = ("region", "affiliate", "size", "language", "topic")


@dataclass(frozen=True, slots=True)
class Used:
    """A use of a lesson, with the names that are shown."""

    reuse: Reuse
    group: str
    member: str


@dataclass(frozen=True, slots=True)
class Learnt:
    """A lesson, with the words and names that are shown."""

    lesson: Lesson
    tried: str
    by: str | None
    """None: nobody is named."""
    decision: str | None
    uses: Sequence[Used]


def lessons(work: Work, group: Group, reader: Reader, wanted: Wanted) -> list[Learnt]:
    """The lessons that are wanted, in the order of their numbers; what was withdrawn is not among them."""
    if About.LESSONS not in wanted.kinds:
        return []
    found = [one for one in work.all(Lesson, group_id=group.id) if not one.withdrawn and wanted.has(one.at)]
    return [_learnt(work, group, reader, one) for one in sorted(found, key=lambda one: one.number)]


def _learnt(work: Work, group: Group, reader: Reader, lesson: Lesson) -> Learnt:
    uses = work.all(Reuse, lesson_id=lesson.id)
    people = named(work, {one for one in (lesson.by, *(use.by for use in uses)) if one is not None})
    names = {one: name or reader.say("forgotten") for one, (name, _) in people.items()}
    poll = work.get(Poll, id=lesson.poll_id) if lesson.poll_id is not None else None
    title = polling.titles(work, [poll]).get(poll.id, "") if poll else ""
    return Learnt(
        lesson,
        lesson.tried or title or reader.say("forgotten-title"),
        None if lesson.by is None else names[lesson.by],
        f"D-{poll.decision}" if poll and poll.decision else None,
        [_used(work, group, reader, one, names) for one in uses],
    )


def _used(work: Work, group: Group, reader: Reader, use: Reuse, names: dict[int, str]) -> Used:
    """Of another group that has not opened its log, neither it nor its member is named."""
    its = work.the(Group, id=use.group_id)
    if its.id != group.id and its.openness is not Openness.PUBLIC:
        return Used(use, "", "")
    return Used(use, its.name, names[use.by])


# -- for programs -----------------------------------------------------------------------------------------------------


def plain(one: Learnt) -> Plain:
    """A lesson as plain values: `{"id": "L-4", "decision": "D-12" | null, "by": "Ana" | null nobody is named, "worked": true |
    false | null neither or both, "tried", "text", "happened", "again", "never", "helps", "region", "affiliate", "size",
    "language", "topic", "at", "reuses": [{"group", "member", "place", "worked", "text", "at"}]}`."""
    lesson = one.lesson
    found: Plain = {"id": lesson.ref, "decision": one.decision, "by": one.by, "worked": lesson.worked}
    found |= {"tried": one.tried, "text": lesson.text}
    found |= {name: getattr(lesson, name) for name in (*TOLD, *CONTEXT)}
    return found | {"at": instant(lesson.at), "reuses": [_use(each) for each in one.uses]}


def _use(one: Used) -> Plain:
    use = one.reuse
    found: Plain = {"group": one.group, "member": one.member, "place": use.place, "worked": use.worked}
    return found | {"text": use.text, "at": instant(use.at)}


# -- to read ----------------------------------------------------------------------------------------------------------


def chapter(one: Learnt, reader: Reader) -> Iterable[Block]:
    """A chapter of one lesson."""
    lesson = one.lesson
    yield Block(Kind.HEADING, reader.say("card-title", lesson.ref, one.tried))
    yield Block(Kind.STRONG, verdict(lesson.worked, reader))
    yield Block(Kind.QUOTE, lesson.text)
    for name in TOLD:
        if words := getattr(lesson, name):
            yield Block(Kind.STRONG, reader.say(f"export-lesson-{name}"))
            yield Block(Kind.QUOTE, words)
    context = [getattr(lesson, name) for name in CONTEXT]
    yield Block(Kind.LINE, " · ".join(words for words in (one.decision, *context) if words))
    said = reader.say("export-lesson-by", one.by, lesson.at) if one.by else reader.say("export-lesson-at", lesson.at)
    yield Block(Kind.LINE, said)
    yield Block(Kind.LIST, reader.say("export-reuses"), [(_told(each, reader),) for each in one.uses])


def verdict(worked: bool | None, reader: Reader) -> str:
    """Whether it worked, in a word or two."""
    return reader.say({True: "export-worked", False: "export-failed", None: "export-unsaid"}[worked])


def _told(one: Used, reader: Reader) -> str:
    who = " · ".join(words for words in (one.group, one.member, one.reuse.place) if words)
    said = reader.say("minutes-said", verdict(one.reuse.worked, reader), one.reuse.at)
    return " · ".join(words for words in (who, said, one.reuse.text) if words)
