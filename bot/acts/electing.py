"""Electing: who may vote in a poll - its roll and who is added to it late - and who speaks for whom."""

import re
from dataclasses import replace
from datetime import datetime

from adapters.base import Answer, Verdict
from bot import notices, references, steps, voices, when
from bot.electorate import said
from bot.turn import Standing, Turn
from decisions import groups, proxies, rolls
from decisions.change import Change
from decisions.lifecycle import Act, after
from decisions.methods import METHODS
from decisions.model import (
    Addition,
    Affiliate,
    Electorate,
    Member,
    Person,
    Poll,
    Proxy,
    Role,
    Status,
    Voter,
)
from decisions.refusals import (
    Example,
    NoProxies,
    NotInElectorate,
    NotTheirProxy,
    ProxyCannotVote,
    UnknownSetting,
)
from storage import electing, finding, polling
from storage.presence import is_where_votes_are
from storage.record import record

IN_POLL = re.compile(r"(?P<before>.*?)\s*(?P<ref>\bP-?\d{1,9}(?:@\d{1,9})?)", re.IGNORECASE | re.DOTALL)
"""`ben P-7`. `P-7 ben` is understood as well."""


# -- the roll ---------------------------------------------------------------------------------------------------------


def roll(turn: Turn, words: str) -> Answer:
    """`roll P-7`: who is on it; `roll P-7 add ana`: a facilitator wants her on it, and the second one puts her there."""
    standing, poll, rest = references.the_poll(turn, words)
    if not rest:
        return _shown(turn, poll)
    verb, _, name = rest.partition(" ")
    if verb.casefold() not in said("add") or not name.strip():
        raise UnknownSetting(rest[:40], (Example(f"roll {poll.ref} add ana"),))
    groups.check_facilitates(standing.member, turn.facilitators(standing))
    return _add(turn, standing, poll, *turn.named(standing, name))


def _shown(turn: Turn, poll: Poll) -> Answer:
    whole = record(turn.work, poll, turn.now, whole=True)
    lines = [*voices.electorate(whole, turn.reader), *voices.roll(whole, turn.reader)]
    lines = lines or [turn.reader.say("roll-later" if poll.electorate is Electorate.ROLL else "roll-open", poll.ref)]
    return Answer(Verdict.DONE, "\n".join([*lines, *voices.proxies(whole, turn.reader)]), looked=True)


def _add(turn: Turn, standing: Standing, poll: Poll, member: Member, person: Person) -> Answer:
    rolls.check_addable(poll, member, person.name)
    wish = turn.work.get(Addition, poll_id=poll.id, member_id=member.id)
    known = {one.id: one for one in turn.work.all(Affiliate, group_id=poll.group_id)}
    change = rolls.add(
        poll,
        rolls.line(poll, member, known),
        wish,
        electing.roll_of(turn.work, poll),
        by=standing.member,
        facilitators=turn.facilitators(standing),
        now=turn.now,
    )
    turn.apply(change, standing)
    if change:
        return _added(turn, standing, poll, member, person, change)
    if not change.puts and wish is None:
        return turn.done("ack-on-roll", person.name, poll.ref)
    if change.puts:
        who = (turn.person.name, person.name, poll.ref)
        notices.tell_facilitators(turn.work, poll.group_id, "notice-addition", *who, but=(standing.member.id,))
    others = [one for one in turn.facilitators(standing) if one != standing.member.id]
    names = finding.named(turn.work, others)
    return turn.done("ack-addition", person.name, poll.ref, tuple(names[one][0] for one in others))


def _added(turn: Turn, standing: Standing, poll: Poll, member: Member, person: Person, change: Change) -> Answer:
    (first,) = (one for one in change.drops if isinstance(one, Addition))
    notices.tell_member(turn.work, member, "notice-added", poll.ref)
    if first.by != member.id:
        asked = turn.work.the(Member, id=first.by)
        notices.tell_member(turn.work, asked, "notice-added-too", turn.person.name, person.name, poll.ref)
    return turn.done("ack-added", person.name, poll.ref)


# -- proxies ----------------------------------------------------------------------------------------------------------


def proxy(turn: Turn, words: str) -> Answer:
    """`proxy`: mine, and whose I am; `proxy ben`, `proxy ben P-7`, `proxy ben until 2027-01-01`; `proxy none`,
    `proxy none P-7`; `proxy refuse ana`."""
    given = words.strip()
    if not given:
        return _listed(turn)
    first, _, rest = given.partition(" ")
    if first.casefold() in said("refuse") and rest.strip():
        return _refuse(turn, rest)
    name, standing, poll, until = _meant(turn, given)
    steps.close_overdue(turn.work, standing.group.id, turn.now)
    poll = poll and turn.work.the(Poll, id=poll.id)
    if poll is not None and poll.status is not Status.SCHEDULED:
        after(poll, Act.CAST, turn.now)
    if name.casefold() in said("none"):
        return _take_back(turn, standing, poll)
    return _name(turn, standing, poll, *turn.named(standing, name), until)


def _meant(turn: Turn, given: str) -> tuple[str, Standing, Poll | None, datetime | None]:
    """Who is named, in which group, for which poll, and until when."""
    first = references.named(turn, given, "P")
    if first is not None and first[2]:
        standing, poll, name = first
        return name, standing, poll, None
    found = IN_POLL.fullmatch(given)
    if found is not None:
        standing, poll, _ = references.needed(turn, found["ref"], "proxy ben P-7")
        return found["before"], standing, poll, None
    words = given.split()
    for place, word in enumerate(words[1:], 1):
        if word.casefold().replace("'", "’") in said("until"):
            reader, said_for = turn.reader, " ".join(words[place + 1 :])
            until = when.instant(said_for, reader.zone, turn.now, end_of_day=False, language=reader.language)
            return " ".join(words[:place]), turn.here(), None, until
    return given, turn.here(), None, None


def _name(
    turn: Turn, standing: Standing, poll: Poll | None, member: Member, person: Person, until: datetime | None
) -> Answer:
    mine = standing.member
    kept = electing.kept_in(turn.work, standing.group.id)
    if poll is not None and poll.rules.by_affiliate:
        raise NoProxies(poll.ref)
    _check_votes(turn, standing, poll)
    if member.role is Role.OBSERVER or (poll is not None and not _may_vote(turn, member, poll)):
        raise ProxyCannotVote(person.name)
    change = proxies.name(mine, member, poll, kept, until=until, called=person.name, now=turn.now)
    _keep(turn, standing, poll, change)
    if change:
        key, *rest = _scope("notice-proxy", poll, until, turn)
        notices.tell_member(turn.work, member, key, turn.person.name, *rest)
    key, *rest = _scope("ack-proxy", poll, until, turn)
    return turn.done(key, person.name, *rest)


def _check_votes(turn: Turn, standing: Standing, poll: Poll | None) -> None:
    groups.check_votes(standing.member, turn.facilitators(standing))
    if poll is not None and not _may_vote(turn, standing.member, poll):
        raise NotInElectorate(poll.ref)


def _may_vote(turn: Turn, member: Member, poll: Poll) -> bool:
    """Whether a member is in the electorate of a poll; of a roll that is still to be made, nobody knows."""
    if poll.electorate is Electorate.OPEN:
        return is_where_votes_are(turn.work, member.id)
    return poll.status is Status.SCHEDULED or turn.work.get(Voter, poll_id=poll.id, member_id=member.id) is not None


def _take_back(turn: Turn, standing: Standing, poll: Poll | None) -> Answer:
    kept = electing.kept_in(turn.work, standing.group.id)
    change = proxies.take_back(standing.member, poll, kept, now=turn.now)
    _keep(turn, standing, poll, change)
    before = [one for one in kept if one.member_id == standing.member.id != one.proxy_id]
    before = [one for one in before if proxies.in_force(one, turn.now)]
    for member_id in sorted({one.proxy_id for one in before if poll is None or one.poll_id in (proxies.ALL, poll.id)}):
        _tell_of_end(turn, member_id, poll)
    return turn.done("ack-proxy-none-here", poll.ref) if poll else turn.done("ack-proxy-none")


def _tell_of_end(turn: Turn, member_id: int, poll: Poll | None) -> None:
    member = turn.work.the(Member, id=member_id)
    if poll is None:
        notices.tell_member(turn.work, member, "notice-proxy-ended", turn.person.name)
    else:
        notices.tell_member(turn.work, member, "notice-proxy-ended-here", turn.person.name, poll.ref)


def _refuse(turn: Turn, name: str) -> Answer:
    standing = turn.here()
    member, person = turn.named(standing, name)
    steps.close_overdue(turn.work, standing.group.id, turn.now)
    kept = electing.kept_in(turn.work, standing.group.id)
    theirs = [one for one in kept if (one.member_id, one.proxy_id) == (member.id, standing.member.id)]
    if not theirs or member.id == standing.member.id:
        raise NotTheirProxy(person.name)
    _keep(turn, standing, None, proxies.end(theirs, by=standing.member))
    notices.tell_member(turn.work, member, "notice-proxy-refused", turn.person.name)
    return turn.done("ack-proxy-refused", person.name)


def _keep(turn: Turn, standing: Standing, poll: Poll | None, change: Change) -> None:
    """Write it, and let the cards show it that it concerns."""
    if not change:
        return
    for one in change.puts:
        if isinstance(one, Proxy):
            turn.work.get(Proxy, member_id=one.member_id, poll_id=one.poll_id)  # what was said before is replaced
    turn.apply(change, standing)
    open_ = polling.latest_open(turn.work, standing.group.id, tuple(METHODS))
    turn.work.put(*(replace(one, version=one.version + 1) for one in open_ if poll is None or one.id == poll.id))


def _scope(key: str, poll: Poll | None, until: datetime | None, turn: Turn) -> tuple[str, ...]:
    if poll is not None:
        return f"{key}-here", poll.ref
    return (f"{key}-until", turn.reader.at(until)) if until else (key,)


def _listed(turn: Turn) -> Answer:
    lines = [line for standing in turn.standings for line in _of(turn, standing)]
    return Answer(Verdict.DONE, "\n".join(lines or [turn.reader.say("proxy-nobody")]), looked=True)


def _of(turn: Turn, standing: Standing) -> list[str]:
    mine = standing.member.id
    kept = [one for one in electing.kept_in(turn.work, standing.group.id) if proxies.in_force(one, turn.now)]
    kept = [one for one in kept if mine in (one.member_id, one.proxy_id)]
    names = finding.named(turn.work, [one for pair in kept for one in (pair.member_id, pair.proxy_id)])
    lines = []
    for one in kept:
        other = one.proxy_id if one.member_id == mine else one.member_id
        key = "proxy-mine" if one.member_id == mine else "proxy-for"
        key = "proxy-myself" if one.member_id == one.proxy_id else key
        lines.append(turn.reader.say(key, names[other][0], _where(turn, one)))
    return lines


def _where(turn: Turn, one: Proxy) -> str:
    poll = turn.work.get(Poll, id=one.poll_id) if one.poll_id else None
    if poll is not None:
        return poll.ref
    return turn.reader.say("proxy-until", one.until) if one.until else turn.reader.say("proxy-all")
