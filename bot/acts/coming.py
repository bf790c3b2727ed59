"""Coming: whether I come to a meeting, which are to come, moving one and calling it off, and calendars."""

import re
from dataclasses import replace
from zoneinfo import ZoneInfo

from adapters.base import Answer, Button, Card, Part, Style, Verdict
from bot import links, references, when
from bot.alike import relating
from bot.arguments import heading_and_body, settings
from bot.later import later
from bot.meeting import calendars, changing, exact, finding, guests, invited, telling, wishes
from bot.meeting.exact import Moment
from bot.turn import Standing, Turn
from decisions import invitations, meetings, wording
from decisions.model import Coming, Group, Meeting, Rsvp, Stage, Thing
from decisions.refusals import NoAnswer, OnlyProposer, ReferenceNeeded, Who
from storage.work import Work

AHEAD = (Stage.RUNNING, Stage.SET, Stage.ASKED)
LISTED = 20
"""How many meetings of a group are listed."""

ALL = re.compile(r"(?P<word>[^\W\d_]+)(?:\s*[,:;،؛]\s*(?P<why>.*))?", re.DOTALL)


# -- whether I come ---------------------------------------------------------------------------------------------------


def rsvp(turn: Turn, words: str) -> Answer:
    """`rsvp M-3 yes`, `rsvp maybe` for the one that is answered, or the next."""
    standing, meeting, rest = finding.meeting(turn, words, (Stage.SET,))
    said = guests.wish((rest.split() or [""])[0], turn.reader)
    if said is None:
        raise NoAnswer(f"rsvp {meeting.ref} {turn.reader.say('coming-yes').casefold()}")
    return _answered(turn, standing, meeting, said)


def pressed(turn: Turn, standing: Standing, meeting: Meeting, found: re.Match[str]) -> Answer:
    """A press on one of the three answers."""
    return _answered(turn, standing, meeting, Coming(found[1]))


def _answered(turn: Turn, standing: Standing, meeting: Meeting, said: Coming) -> Answer:
    before = turn.work.get(Rsvp, meeting_id=meeting.id, member_id=standing.member.id)
    change = invitations.answer(meeting, before, said, by=standing.member, now=turn.now)
    turn.apply(change, standing)
    if change.puts:
        invited.answered(turn.work, meeting, standing.member)
    return turn.done("ack-rsvp", meeting.ref, guests.SAID[said], meeting.starts_at or "")


# -- which there are --------------------------------------------------------------------------------------------------


def list_(turn: Turn, words: str) -> Answer:
    """`meetings`: what runs and what is to come, in my zone; in private, in each of my groups."""
    lines, buttons = [], []
    for standing in turn.standings:
        found = finding.coming(turn.work, standing.group.id, AHEAD)[:LISTED]
        lines += [turn.reader.say("decisions-heading", standing.group.name)] if found else []
        lines += [_line(turn, standing, one) for one in found]
        buttons += [(turn.button("button-answer", f"m{one.id}:show", one.ref),) for one in found]
    if not lines:
        return Answer(Verdict.DONE, turn.reader.say("meetings-none"), looked=True)
    shown = tuple(buttons) if turn.request.private else ()
    return Answer(Verdict.DONE, "\n".join(lines), shown, looked=True)


def _line(turn: Turn, standing: Standing, meeting: Meeting) -> str:
    """One meeting of the list."""
    set_ = meeting.stage is Stage.SET and meeting.starts_at is not None
    at = meeting.starts_at if set_ else meetings.STANDS[meeting.stage]
    said = turn.work.get(Rsvp, meeting_id=meeting.id, member_id=standing.member.id)
    if said is None or not set_:
        return turn.reader.say("meetings-line", meeting.ref, meeting.title, at)
    return turn.reader.say("meetings-line-said", meeting.ref, meeting.title, at, guests.SAID[said.coming])


def show(turn: Turn, words: str) -> Answer:
    """`show M-3`: all there is to say about it."""
    standing, meeting, _ = finding.meeting(turn, words, AHEAD)
    card = _whole(turn, standing, meeting)
    return Answer(Verdict.DONE, card.text, card.buttons if turn.request.private else (), looked=True)


def pressed_show(turn: Turn, standing: Standing, meeting: Meeting, found: re.Match[str]) -> Answer:
    """A press on Details."""
    return Answer(Verdict.DONE, card=_whole(turn, standing, meeting), looked=True)


def _whole(turn: Turn, standing: Standing, meeting: Meeting) -> Card:
    card = invited.whole(turn.work, meeting, standing.member, turn.reader)
    lines = relating.lines(turn, (Thing.MEETING, meeting.id), meeting.group_id)
    return replace(card, parts=(*card.parts, Part(Style.NOTE, "\n".join(lines)))) if lines else card


# -- moving it, and calling it off ------------------------------------------------------------------------------------


def move(turn: Turn, words: str) -> Answer:
    """`move M-3 2026-12-01 19:00`: another time; a day alone keeps the time of day."""
    standing, meeting, rest = finding.meeting(turn, words, (Stage.SET,))
    _check_called(turn, standing, meeting)
    invitations.check_set(meeting)
    if not rest.strip():
        raise ReferenceNeeded(f"move {meeting.ref} 2027-03-10 18:00")
    moment = _time(turn, meeting, rest.strip())
    if not changing.move(turn.work, meeting, moment.wall, moment.at, by=standing.member, now=turn.now):
        return turn.done("ack-not-moved", meeting.ref, moment.at)
    return turn.done("ack-moved", meeting.ref, moment.at)


def _time(turn: Turn, meeting: Meeting, words: str) -> Moment:
    """When that is. Words that name a day alone mean that day at the meeting's own time of day."""
    zone = turn.reader.zone
    words = when.spelled(words, zone, turn.now, turn.reader.language)
    late, early = (exact.instant(words, zone, turn.now, end_of_day=one) for one in (True, False))
    if early == late:
        return exact.once(words, early, zone, meeting.zone)
    day = f"{early.astimezone(ZoneInfo(zone)):%Y-%m-%d}"
    return exact.read(f"{day} {meeting.wall.partition('T')[2]}", meeting.zone, meeting.zone, turn.now)


def amend(turn: Turn, words: str) -> Answer:
    """`amend M-3 NEW TITLE`, `amend M-3 --place ADDRESS`, with the new text below; what is not said stays."""
    standing, meeting, rest = finding.meeting(turn, words, (Stage.SET, Stage.ASKED))
    _check_called(turn, standing, meeting)
    flags, left = settings(rest, ("place",))
    heading, text = heading_and_body(left)
    place = wishes.place_in(flags["place"]) if "place" in flags else None
    if not changing.reword(turn.work, meeting, heading, text, place, by=standing.member, now=turn.now):
        return turn.done("ack-not-reworded", meeting.ref)
    return turn.done("ack-reworded", meeting.ref)


def cancel(turn: Turn, words: str) -> Answer:
    """`cancel M-3`, `cancel M-3 why`; of a series, `cancel M-3 all`: nor is there another one."""
    references.check_names_none_but(turn, words, "M", "cancel M-3")
    standing, meeting, rest = finding.meeting(turn, words, (Stage.SET, Stage.ASKED))
    _check_called(turn, standing, meeting)
    every, why = _all(turn, rest.strip())
    series = bool(meeting.every) and every
    why = wording.reason(why if every else rest)
    changing.cancel(turn.work, meeting, why, by=standing.member, now=turn.now, whole_series=series)
    return turn.done("ack-cancelled-series" if series else "ack-cancelled", meeting.ref)


def _all(turn: Turn, rest: str) -> tuple[bool, str]:
    """Whether all of a series is meant, and why. `all of us are ill` means one meeting, `all, we are ill` all of them."""
    found = ALL.fullmatch(rest)
    if found is None or found["word"].casefold() not in ("all", turn.reader.say("cancel-all").casefold()):
        return False, rest
    return True, found["why"] or ""


def _check_called(turn: Turn, standing: Standing, meeting: Meeting) -> None:
    """Refuse everyone but who called it and the facilitators."""
    if not (turn.is_(standing, meeting.by) or turn.facilitates(standing)):
        raise OnlyProposer(meeting.ref, Who(tuple(dict.fromkeys((meeting.by, *turn.facilitators(standing))))))


# -- calendars --------------------------------------------------------------------------------------------------------


def calendar(turn: Turn, words: str) -> Answer:
    """`calendar M-3`: its file; `calendar`: all of the group's meetings; in private, of all my groups."""
    if words.strip():
        standing, meeting, _ = finding.meeting(turn, words, (Stage.SET,))
        return _file(turn, standing, meeting)
    if turn.request.private and len(turn.standings) > 1:
        return _of_all(turn)
    standing = turn.here()
    link = links.calendar(standing.member) if turn.request.private else None
    opening = ((Button(turn.reader.say("button-subscribe"), url=link),),) if link else ()

    def made(work: Work) -> Answer:
        file = calendars.of_group(work, work.the(Group, id=standing.group.id), turn.now)
        return Answer(Verdict.DONE, turn.reader.say("calendar-group", file.name), opening, looked=True, file=file)

    return later(turn, made)


def _of_all(turn: Turn) -> Answer:
    """The meetings of several groups in one file, and for each of these a calendar to subscribe to."""
    mine = [one for one in turn.standings if one.present] or turn.standings
    opening = tuple(
        (Button(turn.reader.say("button-subscribe-to", one.group.name), url=link),)
        for one in mine
        if (link := links.calendar(one.member))
    )

    def made(work: Work) -> Answer:
        file = calendars.of_groups(work, [work.the(Group, id=one.group.id) for one in mine], turn.now)
        return Answer(Verdict.DONE, turn.reader.say("calendar-groups", file.name), opening, looked=True, file=file)

    return later(turn, made)


def pressed_calendar(turn: Turn, standing: Standing, meeting: Meeting, found: re.Match[str]) -> Answer:
    """A press on Calendar."""
    return _file(turn, standing, meeting)


def _file(turn: Turn, standing: Standing, meeting: Meeting) -> Answer:
    if meeting.starts_at is None:
        invitations.check_set(meeting)

    def made(work: Work) -> Answer:
        found = work.the(Meeting, id=meeting.id)
        file = calendars.of_meeting(work, found, turn.now)
        said = turn.reader.say("calendar-file", file.name, telling.ref(work, found, standing.member))
        return Answer(Verdict.DONE, said, looked=True, file=file)

    return later(turn, made)
