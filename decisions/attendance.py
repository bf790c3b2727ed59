"""Attendance: who is in a meeting, who sent regrets, who chairs it, and who waits for the word."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from decisions.change import Change
from decisions.meeting_events import AttendanceNoted
from decisions.model import Attendance


def come(known: Attendance, *, by: int, now: datetime) -> Change:
    """They are there."""
    if known.here:
        return Change()
    return _noted(replace(known, here=True, regrets=False, at=now), by)


def send_regrets(known: Attendance, *, by: int) -> Change:
    """They cannot come, or do not stay: whoever is not there waits for no word."""
    if known.regrets and not known.here:
        return Change()
    return _noted(replace(known, here=False, regrets=True, queued_at=None, queued_for=""), by)


def leave(known: Attendance, *, by: int) -> Change:
    """They were taken to be there, and are not."""
    if not known.here:
        return Change()
    return _noted(replace(known, here=False, queued_at=None, queued_for=""), by)


def ask_the_word(known: Attendance, about: str, now: datetime) -> Attendance:
    """They want to speak. Asked again, they keep their place, and say anew what about."""
    return replace(known, queued_at=known.queued_at or now, queued_for=about or known.queued_for)


def let_go(known: Attendance) -> Attendance:
    """They do not want to speak any more."""
    return replace(known, queued_at=None, queued_for="")


def give_the_word(known: Attendance) -> Attendance:
    """It is their turn."""
    return replace(let_go(known), spoken=known.spoken + 1)


def queue(known: Iterable[Attendance]) -> list[Attendance]:
    """Who waits for the word, in the order in which they asked."""
    waiting = [(one.queued_at, one.member_id, one) for one in known if one.queued_at is not None]
    return [one for _, _, one in sorted(waiting, key=lambda found: found[:2])]


def next_to_speak(waiting: Iterable[Attendance]) -> Attendance | None:
    """Whose turn it is: the first of those who have spoken least."""
    return min(waiting, key=lambda one: one.spoken > 0, default=None)


def _noted(changed: Attendance, by: int) -> Change:
    event = AttendanceNoted(by=by, meeting=changed.meeting_id, member=changed.member_id, here=changed.here)
    return Change(puts=(changed,), events=(event,))
