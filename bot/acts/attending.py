"""Who takes part: who is missing in a poll, asking them for their voice, and a month of the group."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from adapters.base import Answer, Verdict
from bot import picturing, pieces, references, steps
from bot.turn import Standing, Turn
from decisions import groups, participation
from decisions.lifecycle import Act, after
from decisions.model import Account, Member, Person, Poll, PostKind
from decisions.participation import Share, Voice
from decisions.refusals import UnknownMonth, UnknownSetting
from storage import attending, finding, outbox

MONTH = re.compile(r"(20\d{2})-(0?[1-9]|1[0-2])")
MOST_NAMED = 8
"""How many of those least heard are named of one kind."""

MOST_PEOPLE = 40


def missing(turn: Turn, given: str) -> Answer:
    """`missing P-7`, or `missing` for the poll put last: who has not taken part yet. People by name for facilitators alone."""
    standing, poll, _ = references.poll(turn, given)
    voices = attending.voices(turn.work, poll, turn.now)
    whole = participation.share(voices)
    lines = [turn.reader.say("missing-heading", poll.ref, whole.heard, max(whole.of, poll.base, poll.turnout))]
    for key, shares in picturing.dimensions(turn.work, standing.group, participation.shares(voices)):
        lines += _least(turn, key, shares)
    if empty := picturing.unspoken(turn.work, standing.group):
        lines.append(turn.reader.say("picture-unspoken", pieces.shortened(empty, turn.reader)))
    lines += _people(turn, standing, voices)
    return Answer(Verdict.DONE, "\n".join(lines))


def _least(turn: Turn, key: str, shares: Mapping[str, Share]) -> list[str]:
    behind = participation.least(shares)
    named = [turn.reader.say("missing-share", name, share.heard, share.of) for name, share in behind]
    return (
        [turn.reader.say("missing-by", turn.reader.say(key), pieces.shortened(named, turn.reader, MOST_NAMED))]
        if named
        else []
    )


def _people(turn: Turn, standing: Standing, voices: Sequence[Voice]) -> list[str]:
    """Their names: for facilitators, and in private, as an answer given in a room may be seen there."""
    ids = participation.missing(voices)
    if not ids or not groups.is_facilitator(standing.member):
        return []
    if not turn.request.private:
        return [turn.reader.say("missing-who-privately")]
    names = sorted(name for name, _ in finding.named(turn.work, ids).values())
    return [turn.reader.say("missing-who", pieces.shortened(names, turn.reader, MOST_PEOPLE))]


# -- asking them ------------------------------------------------------------------------------------------------------


def nudge(turn: Turn, given: str) -> Answer:
    """`nudge P-7`, by a facilitator: one private message to each who is missing; `nudge off`: none for me."""
    if given.strip().casefold() in ("on", "off"):
        return nudges(turn, given)
    standing, poll, _ = references.poll(turn, given)
    turn.check_facilitates(standing)
    after(poll, Act.REMIND, turn.now)
    asked, unreached, spared = _asked(turn, poll)
    steps.post_to_members(turn.work, poll, PostKind.NUDGE, asked, turn.now)
    lines = [turn.reader.say("ack-nudged", poll.ref, len(asked))]
    lines += [turn.reader.say("ack-nudged-unreached", unreached)] if unreached else []
    lines += [turn.reader.say("ack-nudged-spared", spared)] if spared else []
    return Answer(Verdict.DONE, "\n".join(lines))


def nudges(turn: Turn, given: str) -> Answer:
    """`remind nudges off`, `nudge off`: whether a facilitator may have me asked for my voice."""
    word = given.strip().casefold()
    if word not in ("on", "off"):
        raise UnknownSetting(given[:40], ("remind nudges on", "remind nudges off"))
    turn.work.put(replace(turn.person, nudge=word == "on"))
    return turn.done(f"ack-nudges-{word}")


def _asked(turn: Turn, poll: Poll) -> tuple[list[int], int, int]:
    """Whom to ask; how many cannot be reached; and how many do not want it, or were asked before."""
    before, closed = outbox.nudged(turn.work, poll.id), outbox.turned_away(turn.work, poll.group_id)
    asked, unreached, spared = [], 0, 0
    for member_id in participation.missing(attending.voices(turn.work, poll, turn.now)):
        person = turn.work.the(Person, id=turn.work.the(Member, id=member_id).person_id)
        accounts = [(one.platform, one.user) for one in turn.work.all(Account, person_id=person.id)]
        if not person.nudge or before.intersection(accounts):
            spared += 1
        elif accounts and accounts[0] not in closed:
            asked.append(member_id)
        else:
            unreached += 1
    return asked, unreached, spared


# -- a month ----------------------------------------------------------------------------------------------------------


def month(turn: Turn, given: str) -> Answer:
    """`participation`: this month of the group so far; `participation 2026-10`: that month."""
    standing = turn.here()
    first = _month(given) if given.strip() else participation.month_of(turn.now, standing.group.zone)
    lines = picturing.told(turn.work, standing.group, first, turn.reader, turn.now)
    return Answer(Verdict.DONE, "\n".join(lines))


def _month(given: str) -> date:
    found = MONTH.fullmatch(given.strip())
    if found is None:
        raise UnknownMonth(given[:40])
    return date(int(found[1]), int(found[2]), 1)
