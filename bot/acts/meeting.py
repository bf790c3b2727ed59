"""Calling a meeting: `meet "Topic" 60m next week` finds times that are fair to all who may come, and asks them."""

from dataclasses import replace
from datetime import datetime, timedelta

from adapters.base import Answer, Rows, Verdict
from bot.acts.deciding import home
from bot.alike import holding
from bot.alike.finding import Sought
from bot.meeting import calling, exact, invited, seeking, spans, twins, wishes
from bot.meeting.seeking import Circle
from bot.meeting.wishes import Wish
from bot.turn import Standing, Turn
from decisions import choosing, meetings, slots
from decisions.model import Meeting, Slot, Stage, Thing
from decisions.polls import check_ahead
from decisions.refusals import NoSlots, Told
from decisions.slots import Proposed

PROPOSED, LEAST = 5, 2
"""How many times are proposed where nothing is said: so many, or as many as are as fair as the best one."""


def meet(turn: Turn, words: str) -> Answer:
    """`meet "Topic" 60m next week`, `meet "Topic" --at "2027-03-10 18:00"`."""
    standing = turn.here()
    turn.check_proposes(standing)
    calling.check_fits(turn.work, standing.group.id)
    wish = wishes.read(words, standing.group.zone, turn.reader.zone, turn.now, turn.reader.language)
    meeting = _meeting(turn, standing, wish)
    sought = Sought(thing=Thing.MEETING, title=meeting.title, text=meeting.text, at=wish.at and wish.at.at)
    found = holding.found(turn, standing, sought)
    answer = _set(turn, meeting, wish.at) if wish.at is not None else _ask(turn, standing, meeting, wish)
    return holding.after(turn, standing, found, (Thing.MEETING, meeting.id), answer)


def _meeting(turn: Turn, standing: Standing, wish: Wish) -> Meeting:
    made = calling.new(
        turn.work,
        group_id=standing.group.id,
        salt=turn.salt(),
        now=turn.now,
        room_id=home(turn, standing).id,
        by=standing.member.id,
        title=wish.title,
        text=wish.text,
        place=wish.place,
        minutes=wish.minutes,
        stage=Stage.ASKED,
        zone=wish.zone,
        every=wish.every,
    )
    return replace(made, series=made.id if made.every else 0)


def _set(turn: Turn, meeting: Meeting, moment: exact.Moment) -> Answer:
    """Its time was said."""
    check_ahead(moment.at, turn.now)
    made = replace(meeting, stage=Stage.SET, wall=moment.wall, starts_at=moment.at)
    made = replace(made, wake_at=meetings.next_wake(made, turn.now))
    turn.work.apply(meetings.call(made, by=made.by), made.group_id, turn.now)
    invited.announce(turn.work, turn.work.the(Meeting, id=made.id), turn.now)
    return turn.done("ack-meeting-set", made.ref, moment.at)


def _ask(turn: Turn, standing: Standing, meeting: Meeting, wish: Wish) -> Answer:
    """Look for its time."""
    end = spans.start(wish.days.last + timedelta(days=1), wish.zone)
    begin = max(spans.start(wish.days.first, wish.zone), turn.now + _ahead(end, turn.now))
    circle = seeking.circle(turn.work, standing.group, begin, end)
    lasts = timedelta(minutes=wish.minutes)
    found = slots.best(circle.seekers, begin, end, lasts=lasts, wanted=wish.proposed or PROPOSED)
    found = found if wish.proposed else _fair(found)
    if not found:
        raise NoSlots(wishes.EXAMPLE)
    times = _numbered(meeting, found)
    until = _until(wish, times[0].starts_at, turn.now)
    asked = replace(meeting, ask_until=until)
    asked = replace(asked, wake_at=meetings.next_wake(asked, turn.now))
    calling.ask(turn.work, asked, times, circle.members, turn.now)
    return _asked(turn, asked, found, circle)


def _ahead(end: datetime, now: datetime) -> timedelta:
    """How far ahead the first time may be: where there are days enough, so far that people see the question before."""
    return calling.AHEAD if end - now < calling.ROOMY else calling.SEEN


def _fair(found: tuple[Proposed, ...]) -> tuple[Proposed, ...]:
    """Those that are as good for the worst-off as the best one; two at least, so that there is something to choose."""
    alike = tuple(one for one in found if one.rank[:2] == found[0].rank[:2])
    return alike if len(alike) >= LEAST else found[:LEAST]


def _numbered(meeting: Meeting, found: tuple[Proposed, ...]) -> list[Slot]:
    """The times in their order, with numbers."""
    moments = [exact.on_clocks(one, meeting.zone) for one in sorted(one.starts_at for one in found)]
    return [
        Slot(meeting_id=meeting.id, number=number, wall=moment.wall, starts_at=moment.at, by=None)
        for number, moment in enumerate(moments, 1)
    ]


def _until(wish: Wish, first: datetime, now: datetime) -> datetime:
    if wish.until is None:
        return choosing.ask_until(first, now)
    choosing.check_until(wish.until, first, now)
    return wish.until


def _asked(turn: Turn, meeting: Meeting, found: tuple[Proposed, ...], circle: Circle) -> Answer:
    """What the caller is told: whom I ask until when; for whom no zone is known; whether two sessions would serve better."""
    said = [Told("ack-meeting-asked", (meeting.ref, len(found), len(circle.members), meeting.ask_until))]
    if circle.without_zone:
        said.append(Told("ack-no-zone", (len(circle.without_zone), circle.group.zone)))
    buttons: Rows = ()
    if not any(twins.serves_all(one) for one in found):
        pair = twins.found_for(turn.work, meeting, turn.now)
        said.append(Told("ack-none-fits") if pair is None else Told("ack-twins", (*pair, meeting.ref)))
        buttons = () if pair is None else ((turn.button("button-twins-yes", twins.press(meeting, pair)),),)
    text = "\n".join(turn.reader.say(one.key, *one.stands) for one in said)
    return Answer(Verdict.DONE, text, buttons)
