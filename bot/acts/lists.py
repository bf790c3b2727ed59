"""Lists of voters that are brought in from outside: taking one over, looking at it, letting it go."""

from adapters.base import Answer, Verdict
from bot import electorate, importing, pieces
from bot.arguments import PLAINLY, settings, unquoted
from bot.turn import Standing, Turn
from decisions import listings
from decisions.model import Affiliate, Group, Listed, Listing, Poll
from decisions.refusals import EmptyText, UnknownList
from decisions.rolls import LIST
from storage import finding

MOST_LINES = 50
"""How many lines of a list one answer shows."""


def listing(turn: Turn, given: str) -> Answer:
    """`list NAME`: its lines; `list import NAME` with CSV on the lines below; `list drop NAME`. By a facilitator."""
    standing = turn.here()
    turn.check_facilitates_all(standing)
    first, newline, below = given.partition("\n")
    verb, _, name = first.strip().partition(" ")
    if verb.casefold() == "import":
        return _bring_in(turn, standing, unquoted(name), below if newline else "")
    if verb.casefold() == "drop":
        return _drop(turn, standing, unquoted(name))
    return _show(turn, standing, unquoted(first))


def lists(turn: Turn, given: str) -> Answer:
    """`lists`: which there are."""
    standing = turn.here()
    found = turn.work.all(Listing, group_id=standing.group.id)
    if not found:
        return turn.done("lists-none")
    lines = [turn.reader.say("lists-heading", standing.group.name, len(found))]
    for one in sorted(found, key=lambda one: one.name.casefold()):
        length = len(turn.work.all(Listed, listing_id=one.id))
        lines.append(turn.reader.say("lists-line", one.name, length, one.at))
    return Answer(Verdict.DONE, "\n".join(lines), looked=True)


def _bring_in(turn: Turn, standing: Standing, name: str, text: str) -> Answer:
    columns = turn.reader.say("list-columns")
    one, lines, new = importing.bring_in(
        turn.work, standing.group, name, text, columns, by=standing.member.id, now=turn.now, salt=turn.salt
    )
    return turn.done("ack-list", one.name, lines, new)


def _drop(turn: Turn, standing: Standing, name: str) -> Answer:
    one, lines = _the(turn, standing, name)
    used = [poll.ref for poll in turn.work.all(Poll, group_id=standing.group.id, roll=listings.roll_of(one))]
    used += ["group usual"] if _is_usual(standing.group, one) else []
    turn.apply(listings.dropped(one, lines, by=standing.member.id, used_in=used), standing)
    return turn.done("ack-list-dropped", one.name)


def _is_usual(group: Group, one: Listing) -> bool:
    """Whether the voters of all that is put there are named by a list, where nothing else is said."""
    flags, _ = settings(PLAINLY.sub("", group.usual))
    return electorate.roll(flags.get("roll", ""))[0].casefold() == f"{LIST}{one.name}".casefold()


def _show(turn: Turn, standing: Standing, name: str) -> Answer:
    one, lines = _the(turn, standing, name)
    people = finding.named(turn.work, [line.member_id for line in lines[:MOST_LINES]])
    nobody = turn.reader.say("forgotten")
    affiliates = {one.id: one.name for one in turn.work.all(Affiliate, group_id=standing.group.id)}
    told = [turn.reader.say("list-heading", one.name, len(lines), one.at)]
    for line in lines[:MOST_LINES]:
        who = pieces.called(people[line.member_id][0] or nobody, affiliates.get(line.affiliate_id or 0, ""))
        weight = turn.reader.say("affiliates-weight", line.weight) if line.weight > 1 else ""
        told.append(" · ".join(part for part in (who, weight, line.note) if part))
    if len(lines) > MOST_LINES:
        told.append(turn.reader.say("picture-more", len(lines) - MOST_LINES))
    return Answer(Verdict.DONE, "\n".join(told), looked=True)


def _the(turn: Turn, standing: Standing, name: str) -> tuple[Listing, list[Listed]]:
    if not name.strip():
        raise EmptyText("list")
    one = importing.known(turn.work, standing.group.id, name.strip())
    if one is None:
        names = tuple(one.name for one in turn.work.all(Listing, group_id=standing.group.id))
        raise UnknownList(name.strip()[:40], names)
    return one, turn.work.all(Listed, listing_id=one.id)
