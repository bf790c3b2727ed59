"""Affiliates: which organisations a group knows, who speaks for them, and what each weighs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from decisions.change import Change
from decisions.events import AffiliateNamed, AffiliateWeighed, Event, SeatAsked, SeatGiven
from decisions.lookalikes import alike
from decisions.model import Affiliate, Member, Seat
from decisions.refusals import AffiliateLooksAlike, BadWeight, EmptyText, NameTooLong, SpeaksAlready
from decisions.wording import line, same

NAME, REGION, LANGUAGE = 80, 60, 40
"""How long they may be."""

MOST_WEIGHT = 100
DIGITS = "0123456789"

SPEAKING = (Seat.REPRESENTATIVE, Seat.ALTERNATE)
ASKING = (Seat.ASKED, Seat.ASKED_ALTERNATE)


def speaks_for(member: Member) -> int | None:
    """The affiliate for which the member speaks and may cast a ballot: as its representative or an alternate."""
    return member.affiliate_id if member.seat in SPEAKING else None


def speaks(member: Member) -> bool:
    """Whether they speak for their affiliate; who has only asked to does not yet."""
    return speaks_for(member) is not None


def asks(member: Member) -> bool:
    """Whether they wait for a facilitator to say that they speak for it."""
    return member.affiliate_id is not None and member.seat in ASKING


# -- what they are called ---------------------------------------------------------------------------------------------


def cleaned(given: str, most: int = NAME) -> str:
    """A name on one line. Raises NameTooLong."""
    name = line(given[: 10 * most])
    if len(name) > most:
        raise NameTooLong(len(line(given)), most)
    return name


def find(name: str, known: Iterable[Affiliate]) -> Affiliate | None:
    """The affiliate of that name, in whatever case. Raises AffiliateLooksAlike for what would be taken for another."""
    known = list(known)
    same = next((one for one in known if one.name.casefold() == name.casefold()), None)
    if same is None:
        check_looks(name, known)
    return same


def check_looks(name: str, known: Iterable[Affiliate]) -> None:
    """Refuse a name that is written otherwise than an affiliate's, and looks the same."""
    for one in known:
        if alike(one.name, name):
            raise AffiliateLooksAlike(name, one.name)


def weight(given: str) -> int:
    """A whole number from 1 to 100. Raises BadWeight."""
    digits = given.strip()
    if not digits or len(digits) > 3 or digits.strip(DIGITS) or not 1 <= int(digits) <= MOST_WEIGHT:
        raise BadWeight(given[:40], MOST_WEIGHT)
    return int(digits)


def described(
    affiliate: Affiliate, asked: Mapping[str, str], *, known: Iterable[Affiliate], by: int | None, new: bool = False
) -> Change:
    """Name an affiliate, or change what is said of it: `name`, `region`, `language`, `weight`. Raises refusals."""
    others = [one for one in known if one.id != affiliate.id]
    changed = replace(
        affiliate,
        name=_renamed(asked["name"], others) if "name" in asked else affiliate.name,
        region=_spelt(asked, "region", REGION, affiliate, others),
        language=_spelt(asked, "language", LANGUAGE, affiliate, others),
        weight=weight(asked["weight"]) if "weight" in asked else affiliate.weight,
        named=True,
    )
    events: list[Event] = []
    if new or replace(changed, weight=affiliate.weight) != affiliate:
        events.append(AffiliateNamed(by=by, affiliate=affiliate.id))
    if changed.weight != affiliate.weight:
        events.append(AffiliateWeighed(by=by, affiliate=affiliate.id, weight=changed.weight))
    return Change(puts=(changed,) if events else (), events=tuple(events))


def _renamed(given: str, others: Iterable[Affiliate]) -> str:
    name = cleaned(given)
    if not name:
        raise EmptyText("affiliates --name")
    check_looks(name, others)
    return name


def _spelt(asked: Mapping[str, str], field: str, most: int, affiliate: Affiliate, others: Iterable[Affiliate]) -> str:
    """A region or language, spelt as with the others where it is the same."""
    if field not in asked:
        return str(getattr(affiliate, field))
    name = cleaned(asked[field], most)
    spelt = [str(getattr(one, field)) for one in others]
    return next((one for one in spelt if same(one, name)), name)


# -- who speaks for them ----------------------------------------------------------------------------------------------


def ask(member: Member, affiliate: Affiliate, *, alternate: bool, held: Affiliate | None) -> Change:
    """A member says that they speak for an affiliate, which counts once a facilitator confirms it.

    `held`: the one that they speak for, or asked for, by now. Asked again, nothing changes.
    """
    if held is not None and speaks(member):
        raise SpeaksAlready(held.name)
    wished = replace(member, affiliate_id=affiliate.id, seat=Seat.ASKED_ALTERNATE if alternate else Seat.ASKED)
    if wished == member:
        return Change()
    return Change(puts=(affiliate, wished), events=(SeatAsked(by=member.id, member=member.id, affiliate=affiliate.id),))


def confirm(
    member: Member, affiliate: Affiliate, *, alternate: bool, now_speaking: Iterable[Member], by: int | None
) -> Change:
    """Give a member a seat. An affiliate has one representative: who was it before becomes an alternate."""
    seat = Seat.ALTERNATE if alternate else Seat.REPRESENTATIVE
    before = [one for one in now_speaking if one.seat is Seat.REPRESENTATIVE and one.id != member.id]
    moved = [] if alternate else [replace(one, seat=Seat.ALTERNATE) for one in before]
    given = [*moved, *([replace(member, seat=seat)] if member.seat is not seat else [])]
    named: tuple[Event, ...] = () if affiliate.named else (AffiliateNamed(by=by, affiliate=affiliate.id),)
    events = tuple(SeatGiven(by=by, member=one.id, affiliate=affiliate.id, seat=one.seat.value) for one in given)
    return Change(puts=(replace(affiliate, named=True), *given), events=(*named, *events)) if given else Change()


def release(member: Member, *, by: int | None) -> Change:
    """A member speaks for their affiliate no more, or is not to."""
    if member.affiliate_id is None:
        return Change()
    given = SeatGiven(by=by, member=member.id, affiliate=member.affiliate_id, seat=Seat.NONE.value)
    return Change(puts=(replace(member, affiliate_id=None, seat=Seat.NONE),), events=(given,))


def needless(affiliate: Affiliate, of: Iterable[Member]) -> bool:
    """Whether it was only asked for, and nobody asks any more. `of`: all who speak for it or ask to."""
    return not affiliate.named and not list(of)
