"""Hours: when in a week I have time, and the calendar in which I am busy."""

from urllib.parse import urlsplit

from adapters.base import Answer, Verdict
from adapters.feeds import Unread
from adapters.feeds.addresses import checked
from adapters.feeds.reading import busy_in
from bot import feeds, weekly
from bot.turn import Turn
from decisions.model import Busy, Feed, Hours
from decisions.refusals import NoCalendar, NoFeedAddress, SayItAlone

OFF = ("off", "none", "no")
PASTED = "BEGIN:VCALENDAR"
MOMENT = 3.0
"""Seconds that a calendar may take which somebody pasted: others wait."""


# -- the hours of a week ----------------------------------------------------------------------------------------------


def hours(turn: Turn, given: str) -> Answer:
    """`hours mon-fri 9:00-17:00, sat 10-12`: when a week suits me; `hours`: shows it; `hours off`."""
    known, words = turn.work.get(Hours, person_id=turn.person.id), given.strip()
    if not words:
        return _shown(turn, known, "hours-now") if known else turn.done("hours-none")
    if is_off(turn, words):
        turn.work.drop(*([known] if known else []))
        return turn.done("ack-hours-off")
    said = Hours(person_id=turn.person.id, ranges=weekly.read(words, turn.languages))
    turn.work.put(said)
    return _shown(turn, said, "ack-hours")


def is_off(turn: Turn, words: str) -> bool:
    """Whether nothing is to be kept any more."""
    return words.casefold() in (*OFF, turn.reader.say("group-none").casefold())


def _shown(turn: Turn, said: Hours, key: str) -> Answer:
    """What was understood, in the zone in which it counts: whoever has none is counted in each group's."""
    zones = ", ".join(dict.fromkeys(one.group.zone for one in turn.everywhere()))
    zone = turn.person.zone or zones or turn.reader.zone
    lines = [turn.reader.say(key, zone), *weekly.lines(said.ranges, turn.reader)]
    if not turn.person.zone:
        lines.append(turn.reader.say("hours-no-zone", zone))
    return Answer(Verdict.DONE, "\n".join(lines), looked=key == "hours-now")


# -- busy times -------------------------------------------------------------------------------------------------------


def busy(turn: Turn, given: str) -> Answer:
    """`busy https://...`: in which calendar I am busy, or the calendar itself; `busy`: what is known; `busy off`."""
    known, words = turn.work.get(Feed, person_id=turn.person.id), given.strip()
    if not words:
        return _known(turn, known) if known else turn.done("busy-none")
    if is_off(turn, words):
        feeds.forget(turn.work, turn.person.id)
        turn.work.drop(*([known] if known else []))
        return turn.done("ack-busy-off")
    if not turn.request.private:
        raise SayItAlone("busy")
    return _pasted(turn, words) if words[: len(PASTED)].upper() == PASTED else _given(turn, words)


def _given(turn: Turn, words: str) -> Answer:
    """An address: it is looked up by and by, as nothing that is carried out may wait for it."""
    try:
        url = checked(words)
    except Unread:
        raise NoFeedAddress from None
    feeds.forget(turn.work, turn.person.id)
    turn.work.put(Feed(person_id=turn.person.id, url=url, fetch_at=turn.now))
    return turn.done("ack-busy", urlsplit(url).hostname or "")


def _pasted(turn: Turn, words: str) -> Answer:
    zone = feeds.zone_of(turn.work, turn.person.id)
    try:
        spans = busy_in(words.encode(), turn.now, turn.now + feeds.WINDOW, zone, MOMENT)
    except Unread:
        raise NoCalendar from None
    feed = Feed(person_id=turn.person.id, url="")
    turn.work.put(feed)
    feeds.learn(turn.work, feed, spans, turn.now)
    return turn.done("ack-busy-pasted", len(spans))


def _known(turn: Turn, feed: Feed) -> Answer:
    """When it was last read, from where, and how many times are known. No title is: none is kept."""
    count = len(turn.work.all(Busy, person_id=feed.person_id))
    host = urlsplit(feed.url).hostname or turn.reader.say("busy-pasted")
    if feed.fetched_at is None:
        return turn.done("busy-fails" if feed.failures else "busy-waits", host)
    lines = [turn.reader.say("busy-now", host, feed.fetched_at, count)]
    if feed.failures:
        lines.append(turn.reader.say("busy-fails", host))
    return Answer(Verdict.DONE, "\n".join(lines), looked=True)
