"""Gathering: who is in the meeting, who is not, who leads it, and who takes part without being a member."""

import re
from collections.abc import Sequence

from adapters.base import Answer
from bot import notices
from bot.arriving import name_of
from bot.meeting import held, noted, there
from bot.tags import Tagged
from bot.turn import Standing, Turn
from decisions import attendance, wording
from decisions.model import Meeting, Note, Tag
from decisions.refusals import TooManyTags, UnknownMember
from storage import finding

COMMAS = re.compile(r"\s*[,;،؛、，；]\s*")
MOST_NAMES = 50
MYSELF = ("", "me")
LONGEST_ACCOUNT = 255


def here(turn: Turn, standing: Standing, meeting: Meeting, said: Tagged) -> Answer:
    """`present+`: I am there; `present+ Carol, Bo`: they are. Whoever is no member is a guest."""
    known, guests = named(turn, standing, said.words)
    for one in known or (() if guests else (standing.member.id,)):
        there.come(turn.work, meeting, one, by=standing.member.id, now=turn.now)
    for name in guests:
        _welcome(turn, standing, meeting, name)
    return turn.done("ack-noted-nothing")


def absent(turn: Turn, standing: Standing, meeting: Meeting, said: Tagged) -> Answer:
    """`present-`: they are not there, after all."""
    for one in members(turn, standing, said.words):
        change = attendance.leave(there.known(turn.work, meeting, one, turn.now), by=standing.member.id)
        turn.apply(change, standing)
    return turn.done("ack-noted-nothing")


def regrets(turn: Turn, standing: Standing, meeting: Meeting, said: Tagged) -> Answer:
    """`regrets+`: I cannot come; `regrets+ Carol`: she cannot."""
    for one in members(turn, standing, said.words):
        known = there.known(turn.work, meeting, one, turn.now)
        turn.apply(attendance.send_regrets(known, by=standing.member.id), standing)
    return turn.done("ack-noted-nothing")


def chair(turn: Turn, standing: Standing, meeting: Meeting, said: Tagged) -> Answer:
    """`chair Ana, Bo`: they lead it too."""
    return _chair(turn, standing, meeting, said, True)


def unchair(turn: Turn, standing: Standing, meeting: Meeting, said: Tagged) -> Answer:
    """`unchair Bo`: he leads it no longer."""
    return _chair(turn, standing, meeting, said, False)


def _chair(turn: Turn, standing: Standing, meeting: Meeting, said: Tagged, leads: bool) -> Answer:
    held.check_leads(turn, standing, meeting)
    known, strangers = ([], []) if said.words.strip().casefold() in MYSELF else named(turn, standing, said.words)
    for name in strangers:
        _await(turn, standing, meeting, name, leads)
    for one in known or (() if strangers else (standing.member.id,)):
        there.set_chair(turn.work, meeting, one, leads, turn.now)
    return turn.done("ack-noted-nothing")


def _await(turn: Turn, standing: Standing, meeting: Meeting, name: str, leads: bool) -> None:
    """Nobody is called that; it may be an account that has not spoken yet. Raises UnknownMember where it cannot be."""
    account = wording.line(name[:LONGEST_ACCOUNT])
    one_word = name.isprintable() and account == name and not any(each.isspace() for each in name)
    if leads and one_word:
        there.await_chair(turn.work, meeting, account)
        notices.tell_member(turn.work, standing.member, "notice-chair-awaited", account)
    elif leads or not there.await_no_more(turn.work, meeting, account):
        raise UnknownMember(name[:40])


def members(turn: Turn, standing: Standing, words: str) -> Sequence[int]:
    """The members who are named; nobody named: whoever speaks. Raises UnknownMember for who is none."""
    if words.strip().casefold() in MYSELF:
        return (standing.member.id,)
    known, strangers = named(turn, standing, words)
    if strangers:
        raise UnknownMember(strangers[0][:40])
    return known


def named(turn: Turn, standing: Standing, words: str) -> tuple[list[int], list[str]]:
    """The members who are named here, and the names of those who are none. Names stand between commas; without one it is
    one name, or, where each word is a member's, several."""
    parts = [one for one in COMMAS.split(words.strip()) if one]
    if len(parts) > MOST_NAMES:
        raise TooManyTags(len(parts), MOST_NAMES)
    everyone = finding.members(turn.work, standing.group.id)

    def member(name: str) -> int | None:
        try:
            return turn.named(standing, name, everyone)[0].id
        except UnknownMember:
            return None

    if len(parts) == 1 and member(parts[0]) is None:
        single = parts[0].split()
        if len(single) <= MOST_NAMES and all(member(one) is not None for one in single):
            parts = single
    found = [(one, member(one)) for one in parts]
    return [known for _, known in found if known is not None], [name for name, known in found if known is None]


def _welcome(turn: Turn, standing: Standing, meeting: Meeting, name: str) -> None:
    known = turn.work.all(Note, meeting_id=meeting.id, tag=Tag.GUEST)
    said = name_of(name, "")
    if said and not any(one.text == said and not one.undone for one in known):
        noted.make(
            turn.work,
            meeting,
            Tag.GUEST,
            said,
            by=standing.member.id,
            salt=turn.salt(),
            now=turn.now,
            origin=turn.origin,
        )
