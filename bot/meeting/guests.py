"""Guests: who is asked to a meeting, what they answered, and which affiliates nobody comes from."""

import unicodedata
from collections.abc import Iterable, Mapping
from itertools import chain

from adapters.base import Button, Rows
from bot import pieces
from bot.meeting import calendars
from bot.reader import Reader
from decisions.model import Coming, Group, Meeting, Member, Person, Post, Rsvp, Stage
from decisions.refusals import Word
from storage import attending, finding
from storage.work import Work

SAID: Mapping[Coming, Word] = {
    Coming.YES: Word("coming-yes"),
    Coming.MAYBE: Word("coming-maybe"),
    Coming.NO: Word("coming-no"),
}

SIGNS = {Coming.YES: "agree", Coming.MAYBE: "abstain", Coming.NO: "disagree"}
"""The stances by whose signs they are answered where there are no buttons."""


def asked(work: Work, group_id: int) -> list[tuple[Member, Person]]:
    """Who is asked to a group's meetings: everyone who is in one of its rooms."""
    there = finding.there(work, group_id)
    return [(member, person) for member, person in finding.members(work, group_id) if member.id in there]


def of_those_there(work: Work, group_id: int, posted: Iterable[Post]) -> list[Post]:
    """Of private posts those to people who are asked still: whoever has left the rooms is told nothing any more."""
    known = {account for member, _ in asked(work, group_id) for account in finding.accounts_of(work, member.person_id)}
    return [one for one in posted if (one.platform, one.user) in known]


def zones(work: Work, group: Group) -> list[str]:
    """The zones in which they live, each once; whoever has named none lives in the group's."""
    return list(dict.fromkeys(person.zone or group.zone for _, person in asked(work, group.id)))


def answers(work: Work, meeting: Meeting) -> dict[Coming, list[int]]:
    """Who said what, in the order in which they did."""
    said = sorted(work.all(Rsvp, meeting_id=meeting.id), key=lambda one: (one.at, one.member_id))
    return {coming: [one.member_id for one in said if one.coming is coming] for coming in Coming}


def coming_lines(work: Work, meeting: Meeting, reader: Reader) -> list[str]:
    """How many come, and who."""
    said = answers(work, meeting)
    people = finding.named(work, chain.from_iterable(said.values()))
    lines = []
    for coming, ids in said.items():
        names = [people[one][0] or reader.say("forgotten") for one in ids]
        key = "card-count-names" if names else "card-count"
        lines.append(reader.say(key, SAID[coming], len(names), pieces.shortened(names, reader)))
    return lines


def missing_line(work: Work, meeting: Meeting, reader: Reader) -> list[str]:
    """The affiliates of which nobody has said yes, where there are any."""
    comes = set(answers(work, meeting)[Coming.YES])
    speakers = attending.speakers(work, meeting.group_id)
    heard = {name for name, member in speakers if member in comes}
    silent = list(dict.fromkeys(name for name, _ in speakers if name not in heard))
    return [reader.say("meeting-missing", pieces.shortened(silent, reader, pieces.UNHEARD))] if silent else []


def place_lines(meeting: Meeting, reader: Reader) -> list[str]:
    """Where it is. An address stands alone: apps take what is around it for a part of it."""
    if not meeting.place:
        return []
    alone = calendars.is_address(meeting.place)
    return [meeting.place if alone else reader.say("meeting-place", meeting.place)]


def buttons(meeting: Meeting, reader: Reader) -> Rows:
    """What a member may answer, and the file for their calendar; none where it is no longer to come."""
    if meeting.stage is not Stage.SET:
        return ()
    row = tuple(Button(reader.say(key), f"m{meeting.id}:rsvp={coming}") for coming, key in SAID.items())
    return (row, (Button(reader.say("button-calendar"), f"m{meeting.id}:ics"),))


def wish(word: str, reader: Reader) -> Coming | None:
    """What a word says, in English or as the reader says it, with or without accents; None: nothing of these."""
    own = {_folded(reader.say(key)): coming for coming, key in SAID.items()}
    return ({one.value: one for one in Coming} | own).get(_folded(word))


def to_remind(work: Work, meeting: Meeting, of: tuple[Coming | None, ...]) -> list[int]:
    """Who answered one of these (None: nothing yet), and wants to be reminded."""
    said = {one.member_id: one.coming for one in work.all(Rsvp, meeting_id=meeting.id)}
    everyone = asked(work, meeting.group_id)
    return [member.id for member, person in everyone if person.remind and said.get(member.id) in of]


def _folded(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in letters if one.isalpha() and not unicodedata.combining(one))
