"""Linking accounts: a code shown in one private chat and typed in another, a yes from both sides, and parting again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from adapters.base import Answer, Button, Rows
from bot import codes, linking, notices, pieces
from bot.arriving import reader_for
from bot.linking import Struck
from bot.reader import Reader
from bot.turn import Turn
from decisions.codes import digest, windows
from decisions.model import Account, Code, Group, Person, Post, PostKind, Purpose
from decisions.refusals import (
    AmbiguousAccount,
    NothingToConfirm,
    OnePersonAlready,
    OnlyAccount,
    OwnLinkCode,
    SayItAlone,
    ShownCode,
    UnknownAccount,
    WrongLinkCode,
)
from decisions.wording import line
from storage import finding
from storage.work import Work

GOOD_FOR = timedelta(minutes=10)
LONGEST = 64
"""Characters of an account's id that are shown."""
MOST_LOOKED_AT = 20_000
"""Characters of what is said in a room, in which a code is looked for."""
TAG = 12
"""How many letters of a code's digest its buttons carry, so that those of an earlier one do nothing."""


# -- asking and typing ------------------------------------------------------------------------------------------------


def link(turn: Turn, words: str) -> Answer:
    """`link`: a code; `link CODE`: the code of another account; `link yes`, `link no`: whether that is mine too."""
    said = _yes_or_no(turn, words)
    if not turn.request.private:
        raise ShownCode("link") if words and said is None else SayItAlone("link")
    if said is not None:
        return _said(turn, said, "")
    return _typed(turn, words) if words else _new_code(turn)


def _yes_or_no(turn: Turn, words: str) -> bool | None:
    word = words.strip().casefold()
    yes, no = (turn.reader.say(one).casefold() for one in ("option-yes", "option-no"))
    return True if word in ("yes", yes) else False if word in ("no", no) else None


def _new_code(turn: Turn) -> Answer:
    """An account has one code at a time, and looks for one other account at a time."""
    work, account = turn.work, _account(turn)
    _let_go(work, account, turn.now)
    shown = codes.draw()
    code = Code(
        id=work.next_id(Code),
        purpose=Purpose.LINK,
        digest=digest(shown),
        platform=account.platform,
        user=account.user,
        expires_at=turn.now + GOOD_FOR,
    )
    work.put(code)
    return turn.done("link-code", shown, code.expires_at)


def _typed(turn: Turn, given: str) -> Answer:
    work, account = turn.work, _account(turn)
    codes.check_tries(work, account.platform, account.user, turn.now)
    code = _kept(turn, given)
    if code is None:
        codes.tried(work, account.platform, account.user, turn.now)
        return turn.refused(WrongLinkCode("link"))  # an answer, not raised: that it was tried has to stay
    sides = _Sides(code)
    if sides.holder == _key(account):
        raise OwnLinkCode("link")
    holder = _person(work, sides.holder)
    if holder is not None and holder.id == turn.person.id:
        _drop(work, code)
        return turn.refused(OnePersonAlready())
    if not sides.typed:
        _let_go(work, account, turn.now)
        code = replace(code, other_platform=account.platform, other_user=account.user, expires_at=turn.now + GOOD_FOR)
        work.put(code)
        _ask(work, code, sides.holder, _key(account))
    return turn.done("link-confirm", *_shown(work, sides.holder), buttons=_buttons(turn.reader, code))


def _kept(turn: Turn, given: str) -> Code | None:
    """The code that was typed, if this account may still type it. Again by the same account, it is the same act."""
    code = codes.kept(turn.work, given)
    if code is None or code.purpose is not Purpose.LINK or code.expires_at <= turn.now:
        return None
    return code if _Sides(code).other in (("", ""), _key(_account(turn))) else None


# -- the yes of both sides --------------------------------------------------------------------------------------------


def pressed(turn: Turn, tag: str, yes: bool) -> Answer:
    """A press on yes or no."""
    return _said(turn, yes, tag)


def _said(turn: Turn, yes: bool, tag: str) -> Answer:
    code = _pending(turn.work, _account(turn), turn.now)
    if code is None or not code.digest.startswith(tag):
        raise NothingToConfirm("link")
    return _agree(turn, code) if yes else _call_off(turn, code)


def _agree(turn: Turn, code: Code) -> Answer:
    work, sides, me = turn.work, _Sides(code), _key(_account(turn))
    mine = sides.holder == me
    code = replace(code, agreed=code.agreed or mine, other_agreed=code.other_agreed or not mine)
    other = sides.other if mine else sides.holder
    if not (code.agreed and code.other_agreed):
        work.put(code)
        return turn.done("link-waiting", *_shown(work, other))
    _drop(work, code)
    one, two = _person(work, me), _person(work, other)
    if one is None or two is None or one.id == two.id:
        return turn.refused(OnePersonAlready() if one else NothingToConfirm("link"))
    return _united(turn, one, two, other)


def _call_off(turn: Turn, code: Code) -> Answer:
    _called_off(turn.work, code, _key(_account(turn)))
    return turn.done("ack-link-no")


def _united(turn: Turn, one: Person, two: Person, other: "Key") -> Answer:
    """Both are one, and both sides are told so, and which of their ballots count."""
    work, me = turn.work, _key(_account(turn))
    shown = {key: _shown(work, key)[1] for key in (me, other)}
    struck = linking.unite(work, one, two, turn.now, turn.salt)
    lives = work.the(Person, id=min(one.id, two.id))
    _tell(work, other, "link-done", shown[me])
    said = [turn.reader.say("link-done", shown[other])]
    for each in struck:
        group = work.the(Group, id=each.poll.group_id)
        stands = _ballots(each, reader_for(lives, group))
        _tell(work, other, "link-ballot", *stands)
        said.append(turn.reader.say("link-ballot", *stands))
    return replace(turn.done("link-done", shown[other]), text="\n".join(said))


def _ballots(one: Struck, reader: Reader) -> tuple[str, ...]:
    stands, struck = (pieces.marked(one.poll, each.marks, reader) for each in (one.stands, one.struck))
    return one.poll.ref, stands, struck, reader.listed([each.capitalize() for each in one.platforms])


# -- codes in rooms ---------------------------------------------------------------------------------------------------


def shown_in_room(turn: Turn) -> Code | None:
    """A code that is good, and stands in what is said in a room."""
    if turn.request.private:
        return None
    good = [one for one in turn.work.all(Code, purpose=Purpose.LINK) if turn.now < one.expires_at]
    if not good:
        return None
    known = {one.digest: one for one in good}
    said = (digest(one) for one in windows(turn.request.text[:MOST_LOOKED_AT]))
    return next((known[one] for one in said if one in known), None)


def burn(turn: Turn, code: Code) -> Answer:
    """A code that was shown to everybody is good for nothing any more, and whoever it was shown to is told."""
    sides, me = _Sides(code), _key(_account(turn))
    _drop(turn.work, code)
    for key in sides.both:
        if key != me:
            _tell(turn.work, key, "link-burned")
    return turn.refused(ShownCode("link"))


# -- parting ----------------------------------------------------------------------------------------------------------


def unlink(turn: Turn, words: str) -> Answer:
    """`unlink`: my accounts; `unlink telegram`: that one is somebody of its own from now on."""
    if not turn.request.private:
        raise SayItAlone("unlink")
    mine = turn.work.all(Account, person_id=turn.person.id)
    if len(mine) == 1:
        raise OnlyAccount
    if not words:
        return turn.done("unlink-list", tuple(_called(one) for one in mine))
    account = _meant(mine, words)
    _let_go(turn.work, account, turn.now)
    linking.separate(turn.work, account, turn.now)
    if _key(account) != _key(_account(turn)):
        _tell(turn.work, _key(account), "unlinked")
    return turn.done("ack-unlinked", _called(account))


def _meant(mine: list[Account], words: str) -> Account:
    wanted = line(words).casefold()
    found = [one for one in mine if wanted in (one.platform, one.user.casefold(), _called(one).casefold())]
    if not found:
        raise UnknownAccount(line(words)[:LONGEST], tuple(_called(one) for one in mine))
    if len(found) > 1:
        raise AmbiguousAccount(line(words)[:LONGEST], tuple(_called(one) for one in found))
    return found[0]


# -- sides ------------------------------------------------------------------------------------------------------------

Key = tuple[str, str]
"""An account, as (platform, user)."""


@dataclass(frozen=True, slots=True)
class _Sides:
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


def _account(turn: Turn) -> Account:
    return turn.work.the(Account, platform=turn.request.platform, user=turn.request.user)


def _key(account: Account) -> Key:
    return account.platform, account.user


def _person(work: Work, key: Key) -> Person | None:
    return finding.person_of(work, *key)


def _called(account: Account) -> str:
    return f"{account.platform.capitalize()} {line(account.user)[:LONGEST]}"


def _shown(work: Work, key: Key) -> tuple[str, str]:
    """The name of whoever has an account, and the account."""
    person = _person(work, key)
    return person.name if person else "", _called(Account(platform=key[0], user=key[1], person_id=0))


def _codes(work: Work, key: Key) -> list[Code]:
    platform, user = key
    mine = work.all(Code, purpose=Purpose.LINK, platform=platform, user=user)
    return mine + work.all(Code, purpose=Purpose.LINK, other_platform=platform, other_user=user)


def _pending(work: Work, account: Account, now: datetime) -> Code | None:
    """The code that this account has to say yes or no to."""
    typed = (one for one in _codes(work, _key(account)) if _Sides(one).typed and now < one.expires_at)
    return next(typed, None)


def _let_go(work: Work, account: Account, now: datetime) -> None:
    """Let go of whatever this account has begun, and of all that has expired."""
    for one in work.all(Code, purpose=Purpose.LINK):
        if one.expires_at <= now:
            _drop(work, one)
        elif _key(account) in _Sides(one).both:
            _called_off(work, one, _key(account))


def _called_off(work: Work, code: Code, by: Key) -> None:
    _drop(work, code)
    for key in _Sides(code).both:
        if key != by:
            _tell(work, key, "link-called-off")


def _drop(work: Work, code: Code) -> None:
    """Nor is there anything left that says who the other side is."""
    work.drop(code)
    for platform, user in _Sides(code).both:
        for post in work.all(Post, kind=PostKind.NOTICE, platform=platform, user=user):
            if post.said[0] == "link-confirm":
                work.drop(post)


def _ask(work: Work, code: Code, holder: Key, other: Key) -> None:
    _tell(work, holder, "link-confirm", *_shown(work, other), code.digest[:TAG])


def _tell(work: Work, key: Key, text: str, *stands: str) -> None:
    notices.tell_account(work, Account(platform=key[0], user=key[1], person_id=0), text, *stands)


def _buttons(reader: Reader, code: Code) -> Rows:
    made = notices.BUTTONS["link-confirm"](("", "", code.digest[:TAG]))
    return tuple((Button(reader.say(label), press),) for label, press in made)
