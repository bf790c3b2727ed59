"""Picturing: how a group took part in a month, as text; it is asked for, or posted once a month where a group wants it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import dropwhile

from adapters.base import Card, Part, Style
from bot import pieces, times
from bot.posting import want
from bot.reader import Reader
from decisions import participation, polls
from decisions.affiliates import speaks
from decisions.model import Affiliate, Group, Poll, Post, PostKind
from decisions.participation import Month, Share, Shares
from storage import attending, finding
from storage.attending import Around
from storage.work import Work

BAR = 10
"""Characters of a bar."""

MOST_BARS = 15
"""How many a picture has of one kind; a number stands for the rest."""


def post(work: Work, group: Group, now: datetime) -> None:
    """Want the picture of the month that has ended in every room, unless nothing closed in it, and plan the next."""
    if group.pictured_at is None or group.pictured_at > now:
        return  # somebody else did
    month = participation.before(participation.month_of(group.pictured_at, group.zone))
    work.put(replace(group, pictured_at=participation.next_picture(now, group.zone)))
    if not _polls(work, group, month):
        return
    for room in finding.rooms(work, group.id):
        want(work, PostKind.PICTURE, group_id=group.id, room_id=room.id, said=(f"{month:%Y-%m}",))


def card(work: Work, one: Post, reader: Reader, now: datetime) -> Card:
    """What a picture says when it is sent."""
    group = work.the(Group, id=one.group_id)
    title, *lines = told(work, group, date.fromisoformat(f"{one.said[0]}-01"), reader, now)
    return Card((Part(Style.TITLE, title), Part(Style.LINE, "\n".join(lines))), (), reader.language, silent=True)


def told(work: Work, group: Group, month: date, reader: Reader, now: datetime) -> list[str]:
    """A month of a group, line by line; nobody is named in it but affiliates."""
    known = attending.around(work, group.id)
    this, before = (_month(work, group, one, now, known) for one in (month, participation.before(month)))
    lines = [reader.say("picture-heading", group.name, times.shown_month(month, reader.language))]
    lines.append(reader.say("picture-polls", this.polls, this.people.heard, this.people.of))
    lines.append(reader.say("picture-before", before.polls, before.people.heard, before.people.of))
    if this.polls:
        lines += _by(work, group, this, reader)
    return lines


def months(work: Work, group: Group, now: datetime, most: int = 12) -> list[tuple[date, Month]]:
    """The last months up to this one, from the first of them in which a poll closed, each by its first day."""
    days = [participation.month_of(now, group.zone)]
    while len(days) < most:
        days.append(participation.before(days[-1]))
    known = attending.around(work, group.id)
    found = [(day, _month(work, group, day, now, known)) for day in reversed(days)]
    return list(dropwhile(lambda one: not one[1].polls, found))


def dimensions(work: Work, group: Group, shares: Shares) -> list[tuple[str, Mapping[str, Share]]]:
    """Shares by all that voices stand for: the key of what it is, and each by name."""
    names = {one.id: one.name for one in work.all(Affiliate, group_id=group.id)}
    affiliates = {names[one]: share for one, share in shares.affiliates.items() if one in names}
    return [
        ("dimension-affiliates", affiliates),
        ("dimension-regions", shares.regions),
        ("dimension-languages", shares.languages),
        ("dimension-platforms", shares.platforms),
    ]


def unspoken(work: Work, group: Group) -> list[str]:
    """The affiliates for which nobody speaks."""
    spoken = {member.affiliate_id for member, _ in finding.members(work, group.id) if speaks(member)}
    named = [one for one in work.all(Affiliate, group_id=group.id) if one.named and one.id not in spoken]
    return sorted(one.name for one in named)


def _month(work: Work, group: Group, month: date, now: datetime, known: Around) -> Month:
    return participation.month([attending.voices(work, one, now, known) for one in _polls(work, group, month)])


def _polls(work: Work, group: Group, month: date) -> list[Poll]:
    """The polls that closed in it; of those that decide nothing, only where people took part."""
    closed = attending.closed_between(work, group.id, *participation.bounds(month, group.zone))
    return [one for one in closed if polls.binding(one) or one.turnout]


def _by(work: Work, group: Group, month: Month, reader: Reader) -> list[str]:
    lines = [reader.say("picture-shares")]
    for key, shares in dimensions(work, group, month.shares):
        lines += _bars(key, shares, reader)
    names = {one.id: one.name for one in work.all(Affiliate, group_id=group.id)}
    silent = [names[one] for one in month.unheard if one in names]
    if silent:
        lines.append(reader.say("picture-unheard", pieces.shortened(sorted(silent), reader)))
    if empty := unspoken(work, group):
        lines.append(reader.say("picture-unspoken", pieces.shortened(empty, reader)))
    return lines


def _bars(key: str, shares: Mapping[str, Share], reader: Reader) -> list[str]:
    """Those least heard come first."""
    ordered = sorted(shares.items(), key=lambda pair: (pair[1].part, pair[0]))
    lines = [reader.say("picture-bar", _bar(one), one.heard, one.of, name) for name, one in ordered[:MOST_BARS]]
    more = len(ordered) - MOST_BARS
    lines += [reader.say("picture-more", more)] if more > 0 else []
    return [reader.say(key), *lines] if lines else []


def _bar(share: Share) -> str:
    full = -(-BAR * share.heard // share.of) if share.of else 0
    return "█" * full + "░" * (BAR - full)
