"""Invitations: an answer is to one time; what is not to come can be neither answered, nor moved, nor reworded."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from decisions import invitations
from decisions.meeting_events import MeetingCancelled, MeetingReworded, MeetingTimed
from decisions.model import Coming, Meeting, Member, Rsvp, Stage
from decisions.refusals import EmptyTitle, MeetingNotSo, TimeInPast, TitleTooLong, TooFarAhead

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
BEGINS = NOW + timedelta(days=3)
LATER = BEGINS + timedelta(days=1)
ANA = Member(id=1, group_id=1, person_id=1, joined_at=NOW)
MEETING = Meeting(
    id=1,
    group_id=1,
    number=1,
    room_id=1,
    by=1,
    title="Spring planning",
    stage=Stage.SET,
    zone="UTC",
    wall="2026-03-05T18:00",
    starts_at=BEGINS,
    every=7,
    uid="1@folkmoot",
    made_at=NOW,
    salt="00",
    seal="",
)
YES = Rsvp(meeting_id=1, member_id=1, coming=Coming.YES, at=NOW)
NOT_TO_COME = [one for one in Stage if one is not Stage.SET]


def test_an_answer_is_kept_and_shown() -> None:
    change = invitations.answer(MEETING, None, Coming.YES, by=ANA, now=NOW)
    assert change.puts == (YES, replace(MEETING, version=2))
    assert change.events == ()


def test_the_same_answer_again_changes_nothing_and_another_one_does() -> None:
    assert invitations.answer(MEETING, YES, Coming.YES, by=ANA, now=LATER).puts == ()
    (said, _) = invitations.answer(MEETING, YES, Coming.NO, by=ANA, now=LATER).puts
    assert said == replace(YES, coming=Coming.NO, at=LATER)


@pytest.mark.parametrize("stage", NOT_TO_COME)
def test_only_what_is_to_come_is_answered_and_moved(stage: Stage) -> None:
    there = replace(MEETING, stage=stage)
    with pytest.raises(MeetingNotSo):
        invitations.answer(there, None, Coming.YES, by=ANA, now=NOW)
    with pytest.raises(MeetingNotSo):
        invitations.move(there, "2026-03-06T18:00", LATER, (), by=ANA, now=NOW)


def test_moving_lets_the_answers_go_and_counts_for_calendars() -> None:
    change = invitations.move(MEETING, "2026-03-06T18:00", LATER, [YES], by=ANA, now=NOW)
    (moved,) = change.puts
    assert isinstance(moved, Meeting)
    assert change.drops == (YES,)
    assert (moved.starts_at, moved.wall, moved.sequence, moved.version) == (LATER, "2026-03-06T18:00", 1, 2)
    assert moved.wake_at == LATER - timedelta(hours=24)
    assert change.events == (MeetingTimed(by=1, meeting=1, starts_at=LATER.isoformat()),)


def test_moving_to_where_it_is_keeps_the_answers() -> None:
    change = invitations.move(MEETING, MEETING.wall, BEGINS, [YES], by=ANA, now=NOW)
    assert (change.puts, change.drops, change.events) == ((), (), ())


@pytest.mark.parametrize(("at", "no"), [(NOW, TimeInPast), (NOW + timedelta(days=4000), TooFarAhead)])
def test_a_time_that_cannot_be_is_refused(at: datetime, no: type[Exception]) -> None:
    with pytest.raises(no):
        invitations.move(MEETING, "", at, (), by=ANA, now=NOW)


def test_of_a_series_one_is_called_off_or_all() -> None:
    for whole, every in ((False, 7), (True, 0)):
        change = invitations.cancel(MEETING, by=ANA, whole_series=whole)
        (off,) = change.puts
        assert isinstance(off, Meeting)
        assert (off.stage, off.every, off.sequence, off.wake_at) == (Stage.CANCELLED, every, 1, None)
        assert change.events == (MeetingCancelled(by=1, meeting=1),)


def test_other_words_are_sealed_and_what_is_not_said_stays() -> None:
    said = replace(MEETING, text="Bring numbers.")
    change = invitations.reword(said, " Autumn\u202e planning ", "", by=ANA)
    (new,) = change.puts
    assert isinstance(new, Meeting)
    assert (new.title, new.text, new.sequence, new.version) == ("Autumn planning", "Bring numbers.", 1, 2)
    assert new.seal not in ("", said.seal)
    assert change.events == (MeetingReworded(by=1, meeting=1, seal=new.seal),)


def test_the_same_words_change_nothing_and_no_words_are_refused() -> None:
    sealed = invitations.reword(MEETING, "Autumn", "", by=ANA).puts[0]
    assert isinstance(sealed, Meeting)
    assert not invitations.reword(sealed, "Autumn", "", by=ANA)
    for heading, no in (("", EmptyTitle), (" \u200b\u202e", EmptyTitle), ("x" * 1001, TitleTooLong)):
        with pytest.raises(no):
            invitations.reword(MEETING, heading, "", by=ANA)


@pytest.mark.parametrize("stage", [Stage.RUNNING, Stage.ENDED, Stage.CANCELLED])
def test_what_is_not_to_come_keeps_its_words(stage: Stage) -> None:
    with pytest.raises(MeetingNotSo):
        invitations.reword(replace(MEETING, stage=stage), "Autumn", "", by=ANA)
