"""Plain: the minutes as values, for programs."""

import json
from typing import Any

from bot.minutes.sheet import reference
from bot.plain import instant
from bot.reader import Reader
from decisions import polls
from decisions.minutes import Decided, Section
from decisions.model import Action, LogLine, Note, Poll, Tag
from storage.minuting import Minuted

Plain = dict[str, Any]

_TAGS = {"agreed": Tag.AGREED, "rejected": Tag.REJECTED, "ideas": Tag.IDEA, "help": Tag.HELP}


def written(known: Minuted, reader: Reader) -> str:
    """The whole, as JSON."""
    return json.dumps(meeting(known), ensure_ascii=False, indent=2) + "\n"


def meeting(known: Minuted) -> Plain:
    """A meeting as plain values; instants are ISO 8601 in UTC.

    `{"id": "M-3", "title", "text", "group", "place", "zone", "stage": a value of Stage, "called_by": "Ana", "planned_at",
    "started_at", "ended_at", "seconds": 3600, "subject", "chairs": ["Ana"],
    "people": [{"member", "affiliate", "notes": 3}] those who were there, "regrets": [{"member", "affiliate"}],
    "guests": ["Zoe"], "agenda": {"reached": ["Budget"], "unreached": ["Review"],
    "unreached_again": ["Venue"] left over from meetings before}, "twin": "M-4" | null the other of twin sessions,
    "topics": [{"number", "topic", "by", "at", "notes": [NOTE], "corrections": [CORRECTION]}], the first without number and
    topic where something was noted before it,
    "decisions": [{"number", "id": "D-3", "title", "by", "outcome": a value of Result, "tally": {"agree": 7}, "turnout"}],
    "agreed": [NOTE], "rejected", "ideas", "help": the same, "links": ["https://example.org"],
    "actions": [ACTION], "actions_of": {"Ana": ["A-9"]}, "actions_of_nobody": ["A-8"],
    "corrections": [CORRECTION] to the whole, "log": [{"at", "member", "room", "text"}] where it was asked for}`

    NOTE: `{"number": 5, "tag": a value of Tag, "text", "by", "at", "corrections": [CORRECTION]}`; CORRECTION: `{"number",
    "text", "by", "at"}`; ACTION: see `action`. No text is "", no name or instant null.
    """
    made, one = known.minutes, known.meeting
    owned = made.owned()
    return {
        "id": one.ref,
        "title": one.title,
        "text": one.text,
        "group": known.group.name,
        "place": one.place,
        "zone": one.zone,
        "stage": one.stage.value,
        "called_by": known.name(one.by),
        "planned_at": instant(one.starts_at),
        "started_at": instant(one.started_at),
        "ended_at": instant(one.ended_at),
        "seconds": None if made.lasted is None else int(made.lasted.total_seconds()),
        "subject": made.subject,
        "chairs": [known.name(each) for each in made.chairs],
        "people": [_person(known, each) | {"notes": made.noted.get(each, 0)} for each in made.here],
        "regrets": [_person(known, each) for each in made.regrets],
        "guests": list(made.guests),
        "agenda": {
            "reached": [each.text for each in made.reached],
            "unreached": [each.text for each in made.unreached],
            "unreached_again": [each.text for each in made.carried],
        },
        "twin": known.twin.ref if known.twin else None,
        "topics": [_section(known, each) for each in made.sections],
        "decisions": [_decided(known, each) for each in made.decided],
        **{name: [note(known, each) for each in made.of(tag)] for name, tag in _TAGS.items()},
        "links": list(made.links),
        "actions": [action(each, [known.name(owner) for owner in made.owners.get(each.id, ())], known.name(each.by),
                           one.ref) for each in made.actions],
        "actions_of": {known.name(member): [each.ref for each in theirs] for member, theirs in owned.items()},
        "actions_of_nobody": [each.ref for each in made.others()],
        "corrections": _corrections(known, 0),
        "log": [_said(known, each) for each in known.log],
    }  # fmt: skip


def action(one: Action, owners: list[str], by: str, meeting_ref: str | None) -> Plain:
    """An action item as plain values: `{"id": "A-9", "meeting": "M-3" | null, "text", "owners": ["Ana"], "others": "Zoe"
    those of its owners who are no members, "by", "made_at", "due": "2026-12-04" | null, "status": "open" | "done" |
    "dropped", "why", "closed_at"}`."""
    return {
        "id": one.ref,
        "meeting": meeting_ref,
        "text": one.text,
        "owners": owners,
        "others": one.who,
        "by": by,
        "made_at": instant(one.made_at),
        "due": one.due or None,
        "status": one.status.value,
        "why": one.why,
        "closed_at": instant(one.closed_at),
    }


def note(known: Minuted, one: Note) -> Plain:
    """Something noted, as plain values."""
    text = one.text or known.titles.get(one.poll_id or 0, "")
    plain: Plain = {"number": one.number, "tag": one.tag.value, "text": text, "by": known.name(one.by)}
    return plain | {"at": instant(one.at), "corrections": _corrections(known, one.number)}


def _section(known: Minuted, section: Section) -> Plain:
    one = section.topic
    plain: Plain = {"number": one and one.number, "topic": one.text if one else "", "by": one and known.name(one.by)}
    plain |= {"at": instant(one.at) if one else None, "notes": [note(known, each) for each in section.notes]}
    return plain | {"corrections": _corrections(known, one.number) if one else []}


def _decided(known: Minuted, one: Decided) -> Plain:
    outcome = one.poll.outcome
    plain: Plain = {"number": one.note.number, "id": reference(one.poll)}
    plain |= {"title": known.titles.get(one.poll.id) or one.note.text, "by": known.name(one.note.by)}
    plain |= {"outcome": outcome.result.value if outcome else None, "tally": _tally(one.poll)}
    return plain | {"turnout": outcome.turnout if outcome else one.poll.turnout}


def _tally(poll: Poll) -> dict[str, int]:
    counts = poll.outcome.counts if poll.outcome else {}
    return {polls.label(poll, key): counts[key] for key in polls.keys(poll) if key in counts}


def _corrections(known: Minuted, number: int) -> list[Plain]:
    found = known.minutes.corrections.get(number, ())
    return [{"number": one.number, "text": one.text, "by": known.name(one.by), "at": instant(one.at)} for one in found]


def _person(known: Minuted, member_id: int) -> Plain:
    name, affiliate = known.people[member_id]
    return {"member": name, "affiliate": affiliate}


def _said(known: Minuted, one: LogLine) -> Plain:
    plain: Plain = {"at": instant(one.at), "member": known.name(one.by)}
    return plain | {"room": known.rooms.get(one.room_id, ""), "text": one.text}
