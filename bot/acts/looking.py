"""Looking: what is decided, what is open, and what waits for me. Nothing here changes anything."""

from adapters.base import Answer, Verdict
from bot import pieces, references, views
from bot.acts import alone, coming, doing, lessons
from bot.turn import Standing, Turn
from decisions import polls
from decisions.lookalikes import ambiguous, apart
from decisions.methods import METHODS
from decisions.model import Ballot, Electorate, Poll, Role
from decisions.refusals import ReferenceNeeded
from storage import finding, polling, spending
from storage.record import record

ANSWERED = 20
"""How many of the polls that wait have a button; the others have their ids."""

LAST = 10
"""How many decisions one answer lists."""


def show(turn: Turn, words: str) -> Answer:
    """`show P-7`, `show D-12`, `show C-3`, `show A-9`, `show M-3`, `show L-4`: all there is to say about it; `show P-7 2`: the
    second page of its discussion."""
    if doing.names_one(words):
        return doing.show(turn, words)
    if references.id_in(words, "M"):
        return coming.show(turn, words)
    if lessons.names_one(words):
        return lessons.show(turn, words)
    concern = references.concern(turn, words)
    found = references.named(turn, words)
    if concern is not None:
        poll = concern[1]
    elif found is not None:
        poll, page = found[1], found[2].strip()
        if page.isascii() and page.isdecimal():
            return alone.discussion(turn, poll, int(page[:6]))
    else:
        raise ReferenceNeeded("show P-7")
    return alone.details(turn, poll)


def decisions(turn: Turn, words: str) -> Answer:
    """`decisions`: what is open and what was decided last; in private, in each of my groups."""
    lines = [line for standing in turn.standings for line in _group(turn, standing)]
    return Answer(Verdict.DONE, "\n".join(lines)) if lines else turn.done("decisions-none")


def _group(turn: Turn, standing: Standing) -> list[str]:
    open_ = polling.latest_open(turn.work, standing.group.id, tuple(METHODS))
    closed = polling.decided(turn.work, standing.group.id, LAST)
    lines = [views.open_line(record(turn.work, one), turn.reader) for one in open_]
    lines += [views.decided_line(record(turn.work, one), turn.reader) for one in closed]
    return [turn.reader.say("decisions-heading", standing.group.name), *lines] if lines else []


def mine(turn: Turn, words: str) -> Answer:
    """`mine`: the open polls that wait for me in all my groups, my ballots on the others, each with a button to take it
    back, and what I have to do; `mine P-7`: my ballot there."""
    if references.named(turn, words) is not None:
        return alone.mine(turn, words)
    groups = turn.everywhere()
    found = [(one, *pair) for one in groups for pair in _open_for(turn, one)]
    waiting = [(one, poll) for one, poll, ballot in found if ballot is None or not polls.counts(poll, ballot)]
    cast = [(one, poll, ballot) for one, poll, ballot in found if ballot is not None]
    refs = {poll.id: _ref(one, poll, groups) for one, poll, _ in found}
    lines = [_waits(turn, poll, one, groups) for one, poll in waiting]
    lines = [turn.reader.say("mine-heading"), *lines, turn.reader.say("mine-next")] if waiting else []
    lines += [
        turn.reader.say("mine-cast", refs[poll.id], pieces.marked(poll, one.marks, turn.reader))
        for _, poll, one in cast
    ]
    buttons = tuple(
        (turn.button("button-answer", f"p{poll.id}:mine", refs[poll.id]),) for _, poll in waiting[:ANSWERED]
    )
    buttons += tuple((turn.button("button-retract", f"p{poll.id}:retract", refs[poll.id]),) for _, poll, _ in cast)
    lines = [*lines, *doing.mine(turn)] or [turn.reader.say("mine-nothing")]
    return Answer(Verdict.DONE, "\n".join(lines), buttons)


def _waits(turn: Turn, poll: Poll, standing: Standing, groups: tuple[Standing, ...]) -> str:
    line = views.open_line(record(turn.work, poll), turn.reader)
    return line if len(groups) == 1 else turn.reader.say("mine-in", line, standing.group.name)


def _ref(standing: Standing, poll: Poll, groups: tuple[Standing, ...]) -> str:
    """What to call it: with the group's number where the same id could be another group's."""
    return poll.ref if len(groups) == 1 else f"{poll.ref}@{standing.group.id}"


def _open_for(turn: Turn, standing: Standing) -> list[tuple[Poll, Ballot | None]]:
    found = [] if standing.member.role is Role.OBSERVER else polling.open_for(turn.work, standing.member)
    may = [one for one in found if standing.present or one[0].electorate is Electorate.ROLL or one[1] is not None]
    open_ = [(poll, ballot) for poll, ballot in may if turn.now < poll.closes_at]
    asks = turn.request
    return [one for one in open_ if not spending.is_spent(turn.work, one[0], asks.platform, asks.user)]


def members(turn: Turn, words: str) -> Answer:
    """`members`: who is in the group, by role."""
    standing = turn.here()
    everyone = finding.members(turn.work, standing.group.id)
    names = {member.id: person.name for member, person in everyone}
    alike, told = ambiguous(names), apart(names)
    affiliates = finding.named(turn.work, names)
    shown = {one: turn.reader.say("member-alike", name) if one in alike else name for one, name in told.items()}
    lines = []
    for role in (Role.FACILITATOR, Role.MEMBER, Role.OBSERVER):
        called = [
            pieces.called(shown[member.id], affiliates[member.id][1]) for member, _ in everyone if member.role is role
        ]
        if called:
            lines.append(turn.reader.say(f"members-{role.value}", len(called), turn.reader.listed(called)))
    if alike:
        lines.append(turn.reader.say("members-alike", f"#{min(alike)}"))
    return Answer(Verdict.DONE, "\n".join(lines))
