"""Peers: who may help whom, told without names until both want it.

Nothing here happens at once: what is filed is looked at, and shown to others, from the second midnight on at the latest and
half a day later at the earliest, together with all that was filed that day. So nobody can tell from when a thing comes up
who it was that just spoke with the bot.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from decisions import quiet
from decisions.model import Help, Introduction, Side
from decisions.refusals import HelpNeeded, HelpTellsWhere, HelpTooLong, TooManyFiled, TooManyHelps
from decisions.wording import MOST_TYPED, line, same

KEPT = timedelta(days=90)
"""How long something is offered or asked for."""

RENEWABLE = timedelta(days=30)
"""How long it can be renewed once it is over."""

ANSWERABLE = timedelta(days=14)
"""How long a question whether two want to be brought together can be answered."""

HIDDEN = timedelta(hours=12)
"""How long at least nobody else hears of what was filed."""

LATELY = timedelta(days=7)

MOST_OPEN = 5
"""How many things one person may have open."""

MOST_FILED = 10
"""How many they may file in a week, whatever became of them: who would fish files many."""

MOST_ASKED = 3
"""For how many others a thing is brought up at once, and in a week. It is counted a thing and not a person, or one could
find out which things are of one person."""

LONGEST = 500

SHORTEST = 2
"""Letters; in some scripts two are a word."""

MORNING = time(9)
"""When people are asked, in their own zone."""

ENDINGS = "com|org|net|info|io|me|co|eu|app|dev|link|site|online|xyz|ly|gg|page|wiki"
WHERE = re.compile(
    rf"\w+://|\b(?:mailto|tel|xmpp|matrix|tg):|\bwww\.|(?<!\w)[@#!]\w[\w.-]*:\w|\S@\w|(?<!\w)@\w"
    rf"|\w\.(?:{ENDINGS})\b|\w\.[^\W\d_]{{2,}}/|(?:\+|\b00)\d[\d\s().-]{{6,}}\d",
    re.IGNORECASE,
)
"""Addresses, accounts, telephone numbers: whoever opens one is seen by whoever wrote it."""

Likeness = Callable[[str, str], float]


# -- filing -----------------------------------------------------------------------------------------------------------


def file(
    mine: Sequence[Help], person_id: int, side: Side, text: str, language: str, now: datetime, *, id_: int
) -> Help:
    """Offer something, or ask for it. `mine`: all that the person has filed and that is still known. What they have open
    already is not filed again."""
    text = worded(text, side)
    open_ = [one for one in mine if is_open(one, now)]
    known = next((one for one in open_ if one.side is side and same(one.text, text)), None)
    if known is not None:
        return known
    if len(open_) >= MOST_OPEN:
        raise TooManyHelps(MOST_OPEN, f"{side.value}s")
    if sum(now - one.at < LATELY for one in mine) >= MOST_FILED:
        raise TooManyFiled(MOST_FILED, LATELY.days)
    return Help(
        id=id_,
        person_id=person_id,
        side=side,
        text=text,
        language=language,
        at=now,
        ends_at=midnight(now + KEPT),
        seek_at=midnight(now + HIDDEN),
    )


def worded(text: str, side: Side) -> str:
    """The words on one line, as others read them. Raises HelpNeeded, HelpTooLong, HelpTellsWhere."""
    fit = text if len(text) > MOST_TYPED else line(text)
    if len(fit) > LONGEST:
        raise HelpTooLong(len(fit), LONGEST)
    if sum(letter.isalpha() for letter in fit) < SHORTEST:
        raise HelpNeeded(side.value)
    if (found := WHERE.search(fit)) is not None:
        before, behind = fit[: found.start()].rpartition(" ")[2], fit[found.end() :].partition(" ")[0]
        raise HelpTellsWhere(f"{before}{found[0]}{behind}"[:40])
    return fit


def renew(help_: Help, mine: Sequence[Help], now: datetime) -> Help:
    """It goes on for as long as when it was filed; one that was over is looked at anew."""
    if is_open(help_, now):
        return replace(help_, ends_at=midnight(now + KEPT))
    if sum(is_open(one, now) for one in mine) >= MOST_OPEN:
        raise TooManyHelps(MOST_OPEN, f"{help_.side.value}s")
    return replace(help_, ends_at=midnight(now + KEPT), seek_at=midnight(now + HIDDEN))


def ended(help_: Help) -> Help:
    """Whoever filed it ends it: its words are gone. What is left says that something was filed, and when."""
    return replace(help_, text="", language="", ends_at=None, seek_at=None)


def lapsed(help_: Help) -> Help:
    """Its time is over."""
    return replace(help_, ends_at=None, seek_at=None)


def is_open(help_: Help, now: datetime) -> bool:
    """Whether it still holds."""
    return help_.ends_at is not None and now < help_.ends_at


def is_renewable(help_: Help, now: datetime) -> bool:
    """Whether it is over by itself, and not for long."""
    return not is_open(help_, now) and bool(help_.text) and now < help_.at + KEPT + RENEWABLE


def is_forgettable(help_: Help, now: datetime) -> bool:
    """Whether nothing is needed of it any more: neither its words nor that it was filed."""
    return not is_open(help_, now) and not is_renewable(help_, now) and now - help_.at >= LATELY


# -- when -------------------------------------------------------------------------------------------------------------


def midnight(after: datetime) -> datetime:
    """The next midnight in UTC, when all is looked at that was filed since the last."""
    day = after.replace(hour=0, minute=0, second=0, microsecond=0)
    return day if day == after else day + timedelta(days=1)


def morning(zone: str, hush: str, now: datetime) -> datetime:
    """When somebody is asked: in the morning of their own zone, after their group's quiet hours."""
    here = now.astimezone(ZoneInfo(zone))
    at = datetime.combine(here.date(), MORNING, here.tzinfo)
    if at < here:
        at = datetime.combine(here.date() + timedelta(days=1), MORNING, here.tzinfo)
    at = at.astimezone(now.tzinfo)
    return quiet.ends(hush, zone, at) or at


# -- who fits whom ----------------------------------------------------------------------------------------------------


def fitting(
    help_: Help,
    others: Iterable[Help],
    known: Iterable[Introduction],
    like: Likeness,
    least: float,
    now: datetime,
) -> list[Help]:
    """What others have open on the other side that may fit, the best first: of the same language before others, then by
    likeness. `known`: the introductions of all of these until now."""
    known = list(known)
    room = MOST_ASKED - _lately(help_, known, now)
    able = [one for one in others if _able(help_, one, known, now)]
    scored = [(like(help_.text, one.text), one) for one in able]
    near = [(one.language == help_.language, score, one) for score, one in scored if score >= least]
    near.sort(key=lambda each: (not each[0], -each[1], each[2].id))
    return [one for _, _, one in near][: max(room, 0)]


def _able(help_: Help, other: Help, known: Sequence[Introduction], now: datetime) -> bool:
    if other.side is help_.side or other.person_id == help_.person_id or not is_open(other, now):
        return False
    if other.seek_at is not None and now < other.seek_at:
        return False
    pair = {help_.id, other.id}
    return _lately(other, known, now) < MOST_ASKED and not any({one.offer_id, one.ask_id} == pair for one in known)


def _lately(help_: Help, known: Iterable[Introduction], now: datetime) -> int:
    return sum(help_.id in (one.offer_id, one.ask_id) and now - one.at < LATELY for one in known)


def introduce(help_: Help, other: Help, taken: Callable[[int], bool], now: datetime) -> Introduction:
    """Ask both. Its id says nothing of how many there are; `taken`: whether another has an id."""
    offer, ask = (help_, other) if help_.side is Side.OFFER else (other, help_)
    drawn = f"{offer.id} {ask.id} {now.isoformat()}"
    id_ = number(drawn)
    while taken(id_):
        drawn += " again"
        id_ = number(drawn)
    return Introduction(id=id_, offer_id=offer.id, ask_id=ask.id, at=now)


def number(drawn: str) -> int:
    """A number of six digits, made from what was drawn: nobody can count by it what others did."""
    return 100_000 + int(sha256(drawn.encode()).hexdigest()[:12], 16) % 900_000


def shuffled(helps: Iterable[Help], reader: int, now: datetime, most: int) -> list[Help]:
    """A few of others' for one reader: other ones every day, so that nobody reads them all at once."""
    day = now.date().isoformat()
    shown = [one for one in helps if one.seek_at is None and is_open(one, now) and one.person_id != reader]
    return sorted(shown, key=lambda one: sha256(f"{day} {reader} {one.id}".encode()).digest())[:most]


# -- answering --------------------------------------------------------------------------------------------------------


def answer(introduction: Introduction, side: Side, yes: bool) -> Introduction:
    """One side says whether it wants it. It may say otherwise for as long as it was not told who the other is."""
    return replace(introduction, offers=yes) if side is Side.OFFER else replace(introduction, asks=yes)


def is_mutual(introduction: Introduction) -> bool:
    """Whether both have said yes."""
    return bool(introduction.offers and introduction.asks)
