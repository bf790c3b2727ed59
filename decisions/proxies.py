"""Proxies: one member lets another's ballot count for both, in one poll or in all of them for a time."""

from collections.abc import Collection, Iterable
from datetime import datetime

from decisions.change import Change
from decisions.events import ProxyEnded, ProxyNamed
from decisions.model import Member, Poll, Proxy
from decisions.refusals import IsProxy, NoProxies, NoProxy, OwnProxy, ProxyHasProxy, TimeInPast, Who

ALL = 0
"""What stands for a poll where all are meant."""


def in_force(proxy: Proxy, at: datetime) -> bool:
    """Whether its time has not passed yet."""
    return proxy.until is None or at < proxy.until


def pairs(poll_id: int, kept: Iterable[Proxy], at: datetime) -> dict[int, int]:
    """Member -> proxy in one poll. What was said of that poll goes before what was said of all; oneself is nobody."""
    said = sorted((one for one in kept if one.poll_id in (ALL, poll_id)), key=lambda one: one.poll_id)
    found = {one.member_id: one.proxy_id for one in said if in_force(one, at)}
    return {member: proxy for member, proxy in found.items() if member != proxy}


def name(
    member: Member, proxy: Member, poll: Poll | None, kept: Collection[Proxy], *, until: datetime | None, called: str,
    now: datetime,
) -> Change:  # fmt: skip
    """Name a proxy; `kept`: all that the group's members have named. A proxy votes for themselves: there are no chains."""
    if member.id == proxy.id:
        raise OwnProxy
    if poll is not None and poll.rules.by_affiliate:
        raise NoProxies(poll.ref)
    if until is not None and until <= now:
        raise TimeInPast(until)
    others = [one for one in kept if in_force(one, now) and _meet(one, poll) and one.member_id != one.proxy_id]
    if any(one.member_id == proxy.id for one in others):
        raise ProxyHasProxy(called)
    if mine := sorted({one.member_id for one in others if one.proxy_id == member.id}):
        raise IsProxy(Who(tuple(mine)), "proxy")
    said = Proxy(member_id=member.id, poll_id=poll.id if poll else ALL, proxy_id=proxy.id, until=until)
    return Change() if said in kept else _named(said)


def take_back(member: Member, poll: Poll | None, kept: Collection[Proxy], *, now: datetime) -> Change:
    """Speak for oneself again: everywhere, or in one poll, though there be a proxy for all the others."""
    mine = [one for one in kept if one.member_id == member.id and in_force(one, now)]
    if poll is None:
        if not mine:
            raise NoProxy
        return end(mine, by=member)
    here = [one for one in mine if one.poll_id == poll.id and one.proxy_id != member.id]
    if any(one.poll_id == ALL for one in mine):
        myself = Proxy(member_id=member.id, poll_id=poll.id, proxy_id=member.id)
        return Change() if myself in mine else _named(myself)
    if not here:
        raise NoProxy
    return end(here, by=member)


def end(ended: Iterable[Proxy], *, by: Member) -> Change:
    """Let proxies end: whoever named them, or whoever was named, wants it."""
    drops = tuple(ended)
    events = tuple(ProxyEnded(by=by.id, member=one.member_id, for_poll=one.poll_id) for one in drops)
    return Change(drops=drops, events=events)


def _meet(one: Proxy, poll: Poll | None) -> bool:
    """Whether there is a poll in which both are meant."""
    return poll is None or one.poll_id in (ALL, poll.id)


def _named(said: Proxy) -> Change:
    until = said.until.isoformat() if said.until else ""
    event = ProxyNamed(
        by=said.member_id, member=said.member_id, proxy=said.proxy_id, for_poll=said.poll_id, until=until
    )
    return Change(puts=(said,), events=(event,))
