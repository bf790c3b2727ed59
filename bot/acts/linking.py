"""Linking accounts: a code shown in one private chat and typed in another, a yes from both sides, and parting again."""

from dataclasses import replace
from datetime import timedelta

from adapters.base import Answer
from bot import codes, linking, pairing, pieces
from bot.linking import Struck
from bot.reader import Reader, reader_for
from bot.turn import Turn
from decisions.codes import LENGTH, digest, windows
from decisions.model import Account, Code, Group, Person, Purpose
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

GOOD_FOR = timedelta(minutes=10)
MOST_LOOKED_AT = 20_000
"""Characters of what is said in a room, in which a code is looked for."""


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
    work, account = turn.work, pairing.asking(turn)
    pairing.let_go(work, account, turn.now)
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
    work, account = turn.work, pairing.asking(turn)
    codes.check_tries(work, account.platform, account.user, turn.now)
    code = _kept(turn, given)
    if code is None:
        codes.tried(work, account.platform, account.user, turn.now)
        return turn.refused(WrongLinkCode("link"))  # an answer, not raised: that it was tried has to stay
    sides = pairing.Sides(code)
    if sides.holder == pairing.key(account):
        raise OwnLinkCode("link")
    holder = pairing.person_behind(work, sides.holder)
    if holder is not None and holder.id == turn.person.id:
        pairing.drop(work, code)
        return turn.refused(OnePersonAlready())
    if not sides.typed:
        pairing.let_go(work, account, turn.now)
        code = replace(code, other_platform=account.platform, other_user=account.user, expires_at=turn.now + GOOD_FOR)
        work.put(code)
        pairing.ask(work, code, sides.holder, pairing.key(account))
    return turn.done("link-confirm", *pairing.shown(work, sides.holder), buttons=pairing.buttons(turn.reader, code))


def _kept(turn: Turn, given: str) -> Code | None:
    """The code that was typed, if this account may still type it. Again by the same account, it is the same act."""
    code = codes.kept(turn.work, given)
    if code is None or code.purpose is not Purpose.LINK or code.expires_at <= turn.now:
        return None
    return code if pairing.Sides(code).other in (("", ""), pairing.key(pairing.asking(turn))) else None


# -- the yes of both sides --------------------------------------------------------------------------------------------


def pressed(turn: Turn, tag: str, yes: bool) -> Answer:
    """A press on yes or no."""
    return _said(turn, yes, tag)


def _said(turn: Turn, yes: bool, tag: str) -> Answer:
    code = pairing.pending(turn.work, pairing.asking(turn), turn.now)
    if code is None or not code.digest.startswith(tag):
        raise NothingToConfirm("link")
    return _agree(turn, code) if yes else _call_off(turn, code)


def _agree(turn: Turn, code: Code) -> Answer:
    work, sides, me = turn.work, pairing.Sides(code), pairing.key(pairing.asking(turn))
    mine = sides.holder == me
    code = replace(code, agreed=code.agreed or mine, other_agreed=code.other_agreed or not mine)
    other = sides.other if mine else sides.holder
    if not (code.agreed and code.other_agreed):
        work.put(code)
        return turn.done("link-waiting", *pairing.shown(work, other))
    pairing.drop(work, code)
    one, two = pairing.person_behind(work, me), pairing.person_behind(work, other)
    if one is None or two is None or one.id == two.id:
        return turn.refused(OnePersonAlready() if one else NothingToConfirm("link"))
    return _united(turn, one, two, other)


def _call_off(turn: Turn, code: Code) -> Answer:
    pairing.called_off(turn.work, code, pairing.key(pairing.asking(turn)))
    return turn.done("ack-link-no")


def _united(turn: Turn, one: Person, two: Person, other: pairing.Key) -> Answer:
    """Both are one, and both sides are told so, and which of their ballots count."""
    work, me = turn.work, pairing.key(pairing.asking(turn))
    shown = {key: pairing.shown(work, key)[1] for key in (me, other)}
    struck = linking.unite(work, one, two, turn.now, turn.salt)
    lives = work.the(Person, id=min(one.id, two.id))
    pairing.tell(work, other, "link-done", shown[me])
    said = [turn.reader.say("link-done", shown[other])]
    for each in struck:
        group = work.the(Group, id=each.poll.group_id)
        stands = _ballots(each, reader_for(lives, group))
        pairing.tell(work, other, "link-ballot", *stands)
        said.append(turn.reader.say("link-ballot", *stands))
    return replace(turn.done("link-done", shown[other]), text="\n".join(said))


def _ballots(one: Struck, reader: Reader) -> tuple[str, ...]:
    stands, struck = (pieces.marked(one.poll, each.marks, reader) for each in (one.stands, one.struck))
    return one.poll.ref, stands, struck, reader.listed([each.capitalize() for each in one.platforms])


# -- codes in rooms ---------------------------------------------------------------------------------------------------


def shown_in_room(turn: Turn) -> Code | None:
    """A code that is good, and stands in what is said in a room."""
    text = turn.request.text[:MOST_LOOKED_AT]
    if turn.request.private or len(text) < LENGTH:
        return None
    good = [one for one in turn.work.all(Code, purpose=Purpose.LINK) if turn.now < one.expires_at]
    if not good:
        return None
    known = {one.digest: one for one in good}
    said = (digest(one) for one in windows(text))
    return next((known[one] for one in said if one in known), None)


def burn(turn: Turn, code: Code) -> Answer:
    """A code that was shown to everybody is good for nothing any more, and whoever it was shown to is told."""
    sides, me = pairing.Sides(code), (turn.request.platform, turn.request.user)  # who need not be known to us
    pairing.drop(turn.work, code)
    for key in sides.both:
        if key != me:
            pairing.tell(turn.work, key, "link-burned")
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
        return turn.done("unlink-list", tuple(pairing.called(one) for one in mine))
    account = _meant(mine, words)
    pairing.let_go(turn.work, account, turn.now)
    linking.separate(turn.work, account, turn.now)
    if pairing.key(account) != pairing.key(pairing.asking(turn)):
        pairing.tell(turn.work, pairing.key(account), "unlinked")
    return turn.done("ack-unlinked", pairing.called(account))


def _meant(mine: list[Account], words: str) -> Account:
    wanted = line(words).casefold()
    found = [one for one in mine if wanted in (one.platform, one.user.casefold(), pairing.called(one).casefold())]
    if not found:
        raise UnknownAccount(line(words)[: pairing.LONGEST], tuple(pairing.called(one) for one in mine))
    if len(found) > 1:
        raise AmbiguousAccount(line(words)[: pairing.LONGEST], tuple(pairing.called(one) for one in found))
    return found[0]
