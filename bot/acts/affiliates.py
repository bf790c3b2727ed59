"""Affiliates: who speaks for which organisation, what facilitators say to it, and what a group knows of them."""

import re
from collections.abc import Iterable
from dataclasses import replace

from adapters.base import Answer, Verdict
from bot import notices
from bot.arguments import settings, unquoted
from bot.turn import Standing, Turn
from decisions import affiliates
from decisions.change import Change
from decisions.model import Affiliate, Electorate, Member, Poll, Seat, Status, Voter
from decisions.refusals import EmptyText, NoSeat, SeatNotAsked, UnknownButton
from storage import attending, finding

DESCRIBED = ("name", "region", "language", "weight")
STRAIGHT = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
"""Phones make other quotes of those around a region of two words."""

ALTERNATE = re.compile(r"(?:^|\s)(?:--|[\u2013\u2014])alternate(?=\s|$)")
JUDGED = re.compile(r"(confirm|decline|remove)\s+(\S.*)", re.IGNORECASE | re.DOTALL)


def affiliate(turn: Turn, given: str) -> Answer:
    """`affiliate WMNO`: I speak for it; `affiliate none`: no longer; `affiliate confirm ana`, by a facilitator."""
    standing = turn.here()
    words, alternate = ALTERNATE.subn("", given)
    words = words.strip()
    if not words and not alternate:
        return _mine(turn, standing)
    if words.casefold() == "none":
        return _give_up(turn, standing)
    if judged := JUDGED.fullmatch(words):
        return _judge(turn, standing, judged[1].casefold(), judged[2], alternate=bool(alternate))
    return _ask(turn, standing, affiliates.cleaned(unquoted(words)), alternate=bool(alternate))


def pressed(turn: Turn, member_id: int, *, yes: bool) -> Answer:
    """A facilitator's press under somebody's wish."""
    for standing in turn.standings:
        member = turn.work.get(Member, id=member_id, group_id=standing.group.id)
        if member is not None and member.merged_into is None:
            turn.check_facilitates_all(standing)
            name = finding.named(turn.work, [member_id])[member_id][0]
            if not affiliates.asks(member):
                raise SeatNotAsked(name)
            return _confirm(turn, standing, member, name, None) if yes else _decline(turn, standing, member, name)
    raise UnknownButton


# -- members ----------------------------------------------------------------------------------------------------------


def _mine(turn: Turn, standing: Standing) -> Answer:
    held = _held(turn, standing.member)
    if held is None:
        return turn.done("affiliate-none")
    return turn.done(f"affiliate-{standing.member.seat.value.replace(' ', '-')}", held.name)


def _ask(turn: Turn, standing: Standing, name: str, *, alternate: bool) -> Answer:
    if not name:
        raise EmptyText("affiliate")
    member, held = standing.member, _held(turn, standing.member)
    found = affiliates.find(name, _all(turn, standing))
    wished = found or Affiliate(
        id=turn.work.next_id(Affiliate), group_id=standing.group.id, name=name, named=False
    )  # fmt: skip
    if turn.apply(affiliates.ask(member, wished, alternate=alternate, held=held), standing):
        _let_go(turn, held)
        _tell_facilitators(turn, standing, wished, alternate=alternate)
    others = finding.named(turn.work, turn.facilitators(standing))
    return turn.done("ack-seat-asked", wished.name, tuple(one for one, _ in others.values()))


def _tell_facilitators(turn: Turn, standing: Standing, wished: Affiliate, *, alternate: bool) -> None:
    key = "seat-asked-new" if not wished.named else "seat-asked-alternate" if alternate else "seat-asked"
    stands = (turn.person.name, wished.name, str(standing.member.id))
    notices.tell_facilitators(turn.work, standing.group.id, key, *stands)


def _give_up(turn: Turn, standing: Standing) -> Answer:
    held = _held(turn, standing.member)
    if held is None:
        return turn.done("affiliate-none")
    spoke = affiliates.speaks(standing.member)
    turn.apply(affiliates.release(standing.member, by=standing.member.id), standing)
    _seats_changed(turn, standing, held)
    if spoke:
        stands = (turn.person.name, held.name)
        notices.tell_facilitators(turn.work, standing.group.id, "seat-given-up", *stands, but=(standing.member.id,))
    return _with_open(turn, standing.member, "ack-seat-given-up", held.name)


# -- facilitators -----------------------------------------------------------------------------------------------------


def _judge(turn: Turn, standing: Standing, verb: str, name: str, *, alternate: bool) -> Answer:
    turn.check_facilitates_all(standing)
    member, person = turn.named(standing, name)
    if verb == "confirm":
        return _confirm(turn, standing, member, person.name, True if alternate else None)
    if verb == "decline":
        return _decline(turn, standing, member, person.name)
    return _remove(turn, standing, member, person.name)


def _confirm(turn: Turn, standing: Standing, member: Member, name: str, alternate: bool | None) -> Answer:
    """As they asked, or as an alternate; an alternate who asked for nothing becomes the representative."""
    held = _held(turn, member)
    if held is None:
        raise SeatNotAsked(name)
    if alternate is None:
        alternate = member.seat is Seat.ASKED_ALTERNATE
    speaking = attending.speaking(turn.work, held.id)
    change = affiliates.confirm(member, held, alternate=alternate, now_speaking=speaking, by=standing.member.id)
    if turn.apply(change, standing):
        _seats_changed(turn, standing, held)
        notices.tell_member(turn.work, member, "seat-given-alternate" if alternate else "seat-given", held.name)
    moved = _moved(turn, change, member, held)
    if moved:
        return turn.done("ack-seat-given-moved", name, held.name, moved)
    return turn.done("ack-seat-given-alternate" if alternate else "ack-seat-given", name, held.name)


def _moved(turn: Turn, change: Change, member: Member, held: Affiliate) -> tuple[str, ...]:
    """Who was the representative until now; they are told."""
    moved = [one for one in change.puts if isinstance(one, Member) and one.id != member.id]
    for one in moved:
        notices.tell_member(turn.work, one, "seat-moved", held.name)
    return tuple(name for name, _ in finding.named(turn.work, [one.id for one in moved]).values())


def _decline(turn: Turn, standing: Standing, member: Member, name: str) -> Answer:
    held = _held(turn, member)
    if held is None or not affiliates.asks(member):
        raise SeatNotAsked(name)
    turn.apply(affiliates.release(member, by=standing.member.id), standing)
    _let_go(turn, held)
    notices.tell_member(turn.work, member, "seat-declined", held.name)
    return turn.done("ack-seat-declined", name, held.name)


def _remove(turn: Turn, standing: Standing, member: Member, name: str) -> Answer:
    held = _held(turn, member)
    if held is None or not affiliates.speaks(member):
        raise NoSeat(name)
    turn.apply(affiliates.release(member, by=standing.member.id), standing)
    _seats_changed(turn, standing, held)
    notices.tell_member(turn.work, member, "seat-removed", held.name)
    return _with_open(turn, member, "ack-seat-removed", name, held.name)


def _with_open(turn: Turn, member: Member, key: str, *stands: str) -> Answer:
    """The same, and in which open polls the roll still names them."""
    lines = [turn.reader.say(key, *stands)]
    open_ = turn.work.all(Poll, group_id=member.group_id, status=Status.OPEN)
    named = [one.ref for one in open_ if turn.work.get(Voter, poll_id=one.id, member_id=member.id) is not None]
    lines += [turn.reader.say("seat-on-rolls", tuple(named))] if named else []
    return Answer(Verdict.DONE, "\n".join(lines))


# -- the group's affiliates -------------------------------------------------------------------------------------------


def named(turn: Turn, given: str) -> Answer:
    """`affiliates`: all of them; `affiliates WMNO --region "Northern Europe" --weight 2`: names or changes one."""
    standing = turn.here()
    if not given.strip():
        return _listed(turn, standing)
    asked, words = settings(given.translate(STRAIGHT), DESCRIBED)
    name = affiliates.cleaned(unquoted(words))
    if not name:
        raise EmptyText("affiliates")
    known = _all(turn, standing)
    found = affiliates.find(name, known)
    if found is not None and not asked:
        return Answer(Verdict.DONE, _line(turn, found), looked=True)
    turn.check_facilitates_all(standing)
    one = found or Affiliate(id=turn.work.next_id(Affiliate), group_id=standing.group.id, name=name)
    change = affiliates.described(one, asked, known=known, by=standing.member.id, new=found is None)
    if turn.apply(change, standing):
        _show_again(turn, standing)
    kept = next((put for put in change.puts if isinstance(put, Affiliate)), one)
    return turn.done("ack-affiliate", _line(turn, kept))


def _listed(turn: Turn, standing: Standing) -> Answer:
    known = sorted(_all(turn, standing), key=lambda one: one.name.casefold())
    if not known:
        return turn.done("affiliates-empty")
    lines = [turn.reader.say("affiliates-heading", standing.group.name, len(known))]
    return Answer(Verdict.DONE, "\n".join([*lines, *(_line(turn, one) for one in known)]), looked=True)


def _line(turn: Turn, one: Affiliate) -> str:
    """An affiliate with all that is said of it, on one line."""
    tell, seats = turn.reader.say, attending.seated(turn.work, one.id)
    said = [one.name, one.region, one.language, tell("affiliates-weight", one.weight) if one.weight > 1 else ""]
    first, *alternates = (_called(turn, seats, seat) for seat in (Seat.REPRESENTATIVE, Seat.ALTERNATE))
    said.append(tell("affiliates-speaks", first) if first else tell("affiliates-nobody"))
    said += [tell("affiliates-alternates", len(names), names) for names in alternates if names]
    asking = [name for seat in affiliates.ASKING for name in _called(turn, seats, seat)]
    said.append(tell("affiliates-asked", tuple(asking)) if asking else "")
    return " · ".join(part for part in said if part)


def _called(turn: Turn, seats: Iterable[Member], seat: Seat) -> tuple[str, ...]:
    ids = [one.id for one in seats if one.seat is seat]
    return tuple(name for name, _ in finding.named(turn.work, ids).values())


# -- parts ------------------------------------------------------------------------------------------------------------


def _all(turn: Turn, standing: Standing) -> list[Affiliate]:
    return turn.work.all(Affiliate, group_id=standing.group.id)


def _held(turn: Turn, member: Member) -> Affiliate | None:
    """The affiliate that a member speaks for, or asked to."""
    if member.affiliate_id is None or member.seat is Seat.NONE:
        return None
    return turn.work.get(Affiliate, id=member.affiliate_id)


def _seats_changed(turn: Turn, standing: Standing, held: Affiliate) -> None:
    _let_go(turn, held)
    _show_again(turn, standing)


def _let_go(turn: Turn, held: Affiliate | None) -> None:
    """Let go of an affiliate that was only asked for, once nobody asks any more."""
    kept = held and turn.work.get(Affiliate, id=held.id)
    if kept and affiliates.needless(kept, attending.seated(turn.work, kept.id)):
        turn.work.drop(kept)


def _show_again(turn: Turn, standing: Standing) -> None:
    """The cards of open polls tell who is not heard yet, and of an open electorate that has just changed."""
    for poll in turn.work.all(Poll, group_id=standing.group.id, status=Status.OPEN):
        if poll.electorate is Electorate.OPEN:
            turn.work.put(replace(poll, version=poll.version + 1))
