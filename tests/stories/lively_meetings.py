"""What the people of a lively group leave of meetings: one that was held, and those to come that each of them called."""

from dataclasses import replace
from datetime import timedelta

from decisions import noting, seals
from decisions.change import Change
from decisions.meeting_events import ActionMade
from decisions.model import (
    Account,
    Action,
    Attendance,
    Borne,
    Busy,
    Coming,
    Doubt,
    Feed,
    Hours,
    Meeting,
    Member,
    Note,
    Owner,
    Rsvp,
    Slot,
    Suits,
    Tag,
)
from storage.work import Work
from tests.house import House
from tests.stories.coming import to_come


async def met(house: House, who: tuple[str, ...], takes_all: frozenset[str]) -> None:
    """M-1 is held. `takes_all`: those who take the words of what they put before the group with them."""
    await house.say("ana", "!startmeeting Budget")
    await house.say("ben", "#topic Rent")
    await house.say("ben", "#action cem to pay the rent")
    for number, one in enumerate(who):
        words = one if one in takes_all else f"Person {number}"
        await house.say(one, f"{one} talks", message=f"t{one}")
        await house.say(one, f"#info {one} info", message=f"i{one}")
        await house.say(one, f"#action {one} to write", message=f"w{one}")
        await house.say(one, f"#agreed {words} agreed")
        await house.say(one, f"!agenda add {one} item")
        await house.say(one, f"q+ {one} wish")
        await house.wait(timedelta(minutes=1))
    await house.say("ana", "!endmeeting")
    for number, one in enumerate(who):
        with house.store.reading() as reading:
            account = reading.the(Account, platform="matrix", user=one)
            member = reading.the(Member, person_id=account.person_id, group_id=1)
        words = one if one in takes_all else "A meeting"
        at = house.now + timedelta(days=7 + number)
        meeting = to_come(house, number + 2, words, at, by=member.id, text=words, place=words)
        with house.store.unit_of_work() as work:
            _answers(work, house, account, member, meeting)


def _answers(work: Work, house: House, account: Account, member: Member, meeting: Meeting) -> None:
    at, name, key = house.now, account.user, meeting.id
    work.put(
        Slot(meeting_id=key, number=1, wall=meeting.wall, starts_at=at, by=member.id),
        Suits(meeting_id=key, slot=1, member_id=member.id, mark=2, at=house.now),
        Rsvp(meeting_id=key, member_id=member.id, coming=Coming.YES, at=house.now),
        Borne(meeting_id=1, member_id=member.id, local="02:00", cost=3, at=house.now),
        Hours(person_id=member.person_id, ranges=("1 09:00-17:00",)),
        Feed(person_id=member.person_id, url=f"https://example.org/{name}.ics"),
        Busy(id=work.next_id(Busy), person_id=member.person_id, begins_at=at, ends_at=at + timedelta(hours=1)),
        _doubt(work, house, account),
        replace(work.the(Attendance, meeting_id=1, member_id=member.id), chair=True),
    )
    _is_given(work, house, member, name)


def _is_given(work: Work, house: House, member: Member, name: str) -> None:
    """Ben gives them something to do, together with a guest of that name."""
    action = Action(
        id=work.next_id(Action),
        group_id=1,
        number=work.next_number(Action, 1),
        meeting_id=1,
        text=f"{name} to ask the {name}",
        who=f"{name}, Carol",
        by=2,
        made_at=house.now,
        salt="s",
        seal="",
    )
    action = replace(action, seal=seals.of_action(action))
    made = ActionMade(by=2, action=action.id, seal=action.seal)
    work.apply(Change((action, Owner(action_id=action.id, member_id=member.id)), events=(made,)), 1, house.now)
    note = Note(
        id=work.next_id(Note),
        group_id=1,
        meeting_id=1,
        number=1000 + action.number,
        tag=Tag.ACTION,
        text=action.text,
        by=2,
        at=house.now,
        action_id=action.id,
        salt="s",
        seal="",
    )
    work.apply(noting.make(note), 1, house.now)


def _doubt(work: Work, house: House, account: Account) -> Doubt:
    told = Doubt(
        id=work.next_id(Doubt),
        platform=account.platform,
        user=account.user,
        chat="general",
        private=False,
        text="",
        message="",
        reply_to="",
        words="6",
        readings=(),
        at=house.now,
    )
    return replace(told, text=f"!propose --until 6 {account.user} wants it", message=f"d{account.user}")
