"""Pairing: the two accounts of a code for linking, what each is told of the other, and how it is let go of."""

from dataclasses import dataclass
from datetime import datetime

from adapters.base import Button, Rows
from bot import notices
from bot.codes import TAG
from bot.reader import Reader
from bot.turn import Turn
from decisions.model import Account, Code, Person, Post, PostKind, Purpose
from decisions.wording import line
from storage import finding, outbox
from storage.work import Work

LONGEST = 64
"""Characters of an account's id that are shown."""

Key = tuple[str, str]
"""An account, as (platform, user)."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The two accounts of a code: whom it was shown to, and who typed it."""

    code: Code

    @property
    def holder(self) -> Key:
        return self.code.platform, self.code.user

    @property
    def other(self) -> Key:
        return self.code.other_platform, self.code.other_user

    @property
    def typed(self) -> bool:
        return bool(self.code.other_user)

    @property
    def both(self) -> tuple[Key, ...]:
        return (self.holder, self.other) if self.typed else (self.holder,)


def asking(turn: Turn) -> Account:
    """The account that speaks."""
    return turn.work.the(Account, platform=turn.request.platform, user=turn.request.user)


def key(account: Account) -> Key:
    """What an account is known by, whoever it belongs to."""
    return account.platform, account.user


def person_behind(work: Work, side: Key) -> Person | None:
    """Whoever has an account now."""
    return finding.person_of(work, *side)


def called(account: Account) -> str:
    """An account as people read it: `Matrix @ana:example.org`."""
    return f"{account.platform.capitalize()} {line(account.user)[:LONGEST]}"


def shown(work: Work, side: Key) -> tuple[str, str]:
    """The name of whoever has an account, and the account."""
    person = person_behind(work, side)
    return person.name if person else "", called(_account(side))


def _account(side: Key) -> Account:
    """Whoever it belongs to."""
    return Account(platform=side[0], user=side[1], person_id=0)


def _codes(work: Work, side: Key) -> list[Code]:
    platform, user = side
    mine = work.all(Code, purpose=Purpose.LINK, platform=platform, user=user)
    return mine + work.all(Code, purpose=Purpose.LINK, other_platform=platform, other_user=user)


def pending(work: Work, account: Account, now: datetime) -> Code | None:
    """The code that this account has to say yes or no to."""
    typed = (one for one in _codes(work, key(account)) if Sides(one).typed and now < one.expires_at)
    return next(typed, None)


def let_go(work: Work, account: Account, now: datetime) -> None:
    """Let go of whatever this account has begun, and of all that has expired."""
    for one in work.all(Code, purpose=Purpose.LINK):
        if one.expires_at <= now:
            drop(work, one)
        elif key(account) in Sides(one).both:
            called_off(work, one, key(account))


def called_off(work: Work, code: Code, by: Key) -> None:
    """One side goes no further, and the other is told."""
    drop(work, code)
    for side in Sides(code).both:
        if side != by:
            tell(work, side, "link-called-off")


def drop(work: Work, code: Code) -> None:
    """Let go of a code; nor is there anything left that says who the other side is."""
    work.drop(code)
    for platform, user in Sides(code).both:
        told = work.all(Post, kind=PostKind.NOTICE, platform=platform, user=user)
        outbox.let_go(work, [one for one in told if one.said[:1] == ("link-confirm",)])


def ask(work: Work, code: Code, holder: Key, other: Key) -> None:
    """Ask whoever the code was shown to; the other side reads it in the answer."""
    tell(work, holder, "link-confirm", *shown(work, other), code.digest[:TAG])


def tell(work: Work, side: Key, text: str, *stands: str) -> None:
    """Tell one side, whoever that is by now."""
    notices.tell_account(work, _account(side), text, *stands)


def buttons(reader: Reader, code: Code) -> Rows:
    """The same buttons as whoever is asked by a notice has."""
    made = notices.BUTTONS["link-confirm"](("", "", code.digest[:TAG]))
    return tuple((Button(reader.say(label), press),) for label, press in made)
