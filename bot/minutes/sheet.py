"""Sheet: the minutes of a meeting as plain words in the reader's language, which each form writes in its own way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot import pieces, why
from bot.minutes import doing
from bot.reader import Reader
from decisions.minutes import Decided, Section, day_of
from decisions.model import Meeting, Note, Poll, Tag
from storage.minuting import Minuted


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a list, and what stands beneath it. `address`: it is a link, and nothing else."""

    text: str
    beneath: tuple[str, ...] = ()
    address: str = ""
    name: str = ""
    """The line is our own, and begins with this name."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with a list below it. A topic's chapter is `deeper` than the one of all topics."""

    heading: str
    items: tuple[Item, ...] = ()
    deeper: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole. Nothing in it is markup yet, and all of it is as untrusted as what people type."""

    language: str
    title: str
    lead: tuple[str, ...]
    """Lines of our own about when, where and who."""
    words: str
    """What whoever called it wrote, of several lines."""
    chapters: tuple[Chapter, ...]


def made(known: Minuted, reader: Reader, now: datetime) -> Sheet:
    """The minutes, ready to be written."""
    noted = known.minutes
    chapters = [
        _chapter("people", _people(known, reader), reader),
        _chapter("agenda", _agenda(known, reader), reader),
        *_topics(known, reader),
        _chapter("decisions", (_decided(known, one, reader) for one in noted.decided), reader),
        _chapter("agreed", _plainly(known, Tag.AGREED, reader), reader),
        _chapter("rejected", _plainly(known, Tag.REJECTED, reader), reader),
        _chapter("actions", _actions(known, reader), reader),
        _chapter("ideas", _plainly(known, Tag.IDEA, reader), reader),
        _chapter("help", _plainly(known, Tag.HELP, reader), reader),
        _chapter("links", (Item(one, address=one) for one in noted.links), reader),
        _chapter("corrections", map(Item, corrections(known, 0, reader)), reader),
        _chapter("log", (Item(_said(known, place, reader)) for place in range(len(known.log))), reader),
    ]
    return Sheet(
        language=reader.language,
        title=reader.say("card-title", known.meeting.ref, known.meeting.title or reader.say("forgotten-title")),
        lead=tuple(_lead(known, reader, now)),
        words=known.meeting.text,
        chapters=tuple(one for one in chapters if one.items or one.deeper),
    )


def corrections(known: Minuted, number: int, reader: Reader) -> tuple[str, ...]:
    """What was said afterwards about a note, or (0) about the whole."""
    found = known.minutes.corrections.get(number, ())
    return tuple(reader.say("minutes-correction", known.name(one.by), one.at, one.text) for one in found)


def _lead(known: Minuted, reader: Reader, now: datetime) -> Iterable[str]:
    made, meeting = known.minutes, known.meeting
    yield known.group.name
    yield when(known, reader, now)
    if made.subject:
        yield reader.say("minutes-subject", made.subject)
    if meeting.place:
        yield reader.say("minutes-place", meeting.place)
    if known.twin is not None:
        yield twin(known.twin, reader)
    if made.chairs:
        yield reader.say("minutes-chair", tuple(known.name(one) for one in made.chairs))


def twin(other: Meeting, reader: Reader) -> str:
    """The other of twin sessions."""
    title = other.title or reader.say("forgotten-title")
    return reader.say("minutes-twin", other.ref, title, day_of(other))


def when(known: Minuted, reader: Reader, now: datetime) -> str:
    """From when to when, and how long."""
    meeting, lasted = known.meeting, known.minutes.lasted
    if lasted is not None and meeting.started_at and meeting.ended_at:
        return reader.say("minutes-when", meeting.started_at, meeting.ended_at, reader.span(lasted))
    if meeting.started_at is not None:
        return reader.say("minutes-so-far", meeting.started_at, now)
    return reader.say("minutes-not-begun", day_of(meeting))


def _chapter(about: str, items: Iterable[Item], reader: Reader) -> Chapter:
    return Chapter(reader.say(f"minutes-{about}"), tuple(items))


def _people(known: Minuted, reader: Reader) -> Iterable[Item]:
    made = known.minutes
    for one in made.here:
        name = pieces.called(*known.people[one])
        yield Item(reader.say("minutes-person", name, made.noted.get(one, 0)), name=name)
    for guest in made.guests:
        yield Item(reader.say("minutes-guest", guest))
    for one in made.regrets:
        yield Item(reader.say("minutes-regrets", pieces.called(*known.people[one])))


def _agenda(known: Minuted, reader: Reader) -> Iterable[Item]:
    nothing = reader.say("forgotten-words")
    for one in known.minutes.reached:
        yield Item(reader.say("minutes-reached", one.text or nothing))
    for one in known.minutes.unreached:
        yield Item(reader.say("minutes-unreached", one.text or nothing))
    for one in known.minutes.carried:
        yield Item(reader.say("minutes-unreached-again", one.text or nothing))


def _topics(known: Minuted, reader: Reader) -> Iterable[Chapter]:
    sections = known.minutes.sections
    if sections:
        yield Chapter(reader.say("minutes-topics"), deeper=True)
    for one in sections:
        heading = one.topic.text if one.topic else reader.say("minutes-before")
        yield Chapter(heading, tuple(_under(known, one, reader)), deeper=True)


def _under(known: Minuted, section: Section, reader: Reader) -> Iterable[Item]:
    if section.topic is not None:
        beneath = corrections(known, section.topic.number, reader)
        yield Item(reader.say("minutes-raised", section.topic.number, known.name(section.topic.by)), beneath)
    for one in section.notes:
        yield _item(known, one, reader)


def _item(known: Minuted, one: Note, reader: Reader) -> Item:
    label, text = reader.say(f"minutes-tag-{one.tag.value}"), _text(known, one)
    said = reader.say("minutes-note", one.number, label, text, known.name(one.by))
    return Item(said, corrections(known, one.number, reader))


def _text(known: Minuted, note: Note) -> str:
    """What was noted; of an action with its id, of a poll that has one with the decision's."""
    if note.action_id is not None:
        found = [one for one in known.minutes.actions if one.id == note.action_id]
        return f"{found[0].ref} · {found[0].text}" if found else note.text
    if note.poll_id is not None:
        found_polls = [one.poll for one in known.minutes.decided if one.note.number == note.number]
        ref = reference(found_polls[0]) if found_polls else ""
        return f"{ref} · {known.titles.get(note.poll_id) or note.text}" if ref else note.text
    return note.text


def reference(poll: Poll) -> str:
    """`D-3`; of what is no decision `P-7`."""
    return f"D-{poll.decision}" if poll.decision else poll.ref


def _decided(known: Minuted, one: Decided, reader: Reader) -> Item:
    return Item(decision(known, one, reader), corrections(known, one.note.number, reader))


def decision(known: Minuted, one: Decided, reader: Reader) -> str:
    """`D-3 · Title. Passed: 7 agree, 1 abstain`."""
    poll, title = one.poll, known.titles.get(one.poll.id) or one.note.text
    if poll.outcome is None:
        return reader.say("minutes-undecided", reference(poll), title)
    counts = why.counted(poll, poll.outcome.counts, reader)
    return reader.say("minutes-decided", reference(poll), title, why.result(poll.outcome, reader), counts)


def _plainly(known: Minuted, tag: Tag, reader: Reader) -> Iterable[Item]:
    for one in known.minutes.of(tag):
        said = reader.say("minutes-said", one.text, known.name(one.by))
        yield Item(said, corrections(known, one.number, reader))


def _actions(known: Minuted, reader: Reader) -> Iterable[Item]:
    for member, theirs in known.minutes.owned().items():
        yield Item(pieces.called(*known.people[member]), tuple(doing.line(one, reader) for one in theirs))
    others = known.minutes.others()
    if others:
        yield Item(reader.say("actions-nobody"), tuple(doing.line(one, reader) for one in others))


def _said(known: Minuted, place: int, reader: Reader) -> str:
    """A line of the log, with the room where there are several."""
    one = known.log[place]
    room = known.rooms.get(one.room_id, "") if len({each.room_id for each in known.log}) > 1 else ""
    name = f"{known.name(one.by)} ({room})" if room else known.name(one.by)
    return reader.say("minutes-logged", one.at, name, one.text)
