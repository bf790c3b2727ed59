"""Notices: what is told to one person or one room about no poll in particular, with the buttons that answer it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from adapters.base import Button, Card, Part, Rows, Style
from bot.minutes import doing
from bot.posting import want
from bot.reader import Reader
from decisions.model import Account, Member, Person, Post, PostKind, Room
from storage import finding
from storage.work import Work

Said = tuple[str, ...]

BUTTONS: Mapping[str, Callable[[Said], tuple[tuple[str, str], ...]]] = {
    "notice-room-asks": lambda said: tuple((f"button-room-{one}", f"room:{said[3]}:{one}") for one in ("yes", "no")),
    "seat-asked": lambda said: _seat(said[2]),
    "seat-asked-alternate": lambda said: _seat(said[2]),
    "seat-asked-new": lambda said: _seat(said[2]),
    "notice-action-due": lambda said: (("button-done", f"a{said[3]}:done"),),
    "link-confirm": lambda said: (
        ("button-link-yes", f"link={said[2]}:yes"),
        ("button-link-no", f"link={said[2]}:no"),
    ),
    "notice-lesson-more": lambda said: (("button-lesson-more", f"learn:more={said[1]}"),),
    "notice-peer-offer": lambda said: (("button-peer-again", f"help{said[1]}:renew"),),
    "notice-peer-ask": lambda said: (("button-peer-again", f"help{said[1]}:renew"),),
    "notice-twins": lambda said: (("button-twins-yes", said[4]),),
}
"""Of a notice's key: what its buttons are, made from what stands in it, as (key of the label, press)."""

DAYS: Mapping[str, int] = {"notice-action-due": 2}
"""Of a notice's key: which of what stands in it is a day, to be said as the reader says one."""


def _seat(member: str) -> tuple[tuple[str, str], ...]:
    return (("button-confirm", f"seat{member}:yes"), ("button-decline", f"seat{member}:no"))


def card(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """What a post says that was worded when it was wanted."""
    key, *stands = post.said
    told = [doing.day(one, reader) if place == DAYS.get(key) else one for place, one in enumerate(stands)]
    return Card((Part(Style.LINE, reader.say(key, *told)),), _buttons(key, tuple(stands), reader), reader.language)


def tell_member(work: Work, member: Member, key: str, *stands: str) -> None:
    """Tell a member privately, about their group, where they can be reached."""
    account = finding.account_of(work, member.person_id)
    if account is not None:
        tell_account(work, account, key, *stands, group_id=member.group_id)


def tell_person(work: Work, person: Person, key: str, *stands: str) -> None:
    """Tell a person privately, where they can be reached."""
    account = finding.account_of(work, person.id)
    if account is not None:
        tell_account(work, account, key, *stands)


def tell_account(work: Work, account: Account, key: str, *stands: str, group_id: int | None = None) -> None:
    """Tell whoever has this account, in the private chat on its platform."""
    said = (key, *stands)
    want(work, PostKind.NOTICE, group_id=group_id, platform=account.platform, user=account.user, said=said)


def tell_facilitators(work: Work, group_id: int, key: str, *stands: str, but: Iterable[int] = ()) -> None:
    """Tell each of a group's facilitators privately, but for these members."""
    for member_id in finding.facilitators(work, group_id):
        if member_id not in but:
            tell_member(work, work.the(Member, id=member_id), key, *stands)


def tell_room(work: Work, room: Room, key: str, *stands: str) -> None:
    """Say it in a room, if we are there."""
    if room.gone_at is None:
        want(work, PostKind.NOTICE, group_id=room.group_id, room_id=room.id, said=(key, *stands))


def _buttons(key: str, stands: Said, reader: Reader) -> Rows:
    made = BUTTONS[key](stands) if key in BUTTONS else ()
    return tuple((Button(reader.say(label), press),) for label, press in made)
