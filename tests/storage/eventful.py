"""A conversation in which everything happens that a journal knows of."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from adapters.base import Answer, Verdict
from adapters.console.conversation import Said
from decisions import lessons, meetings
from decisions.change import Change
from decisions.events import AffiliateNamed, SeatGiven
from decisions.model import Affiliate, Meeting, Member, Related, Seat, Stage, Thing
from storage.store import Store
from tests.house import House

NAMES = ("Xanthippe", "Quillfeather", "Zebulon", "Wilhelmina", "Yolanda")
FORGOTTEN = "Vespertine"
FORGOTTEN_LATER = "Valentina"
FORGOTTEN_LAST = "Theodora"
LINKED = ("Umberto", "Ursuline")
WORDS = ("armadillos", "burlap", "cinnabar", "doldrums", "elderberry", "filigree", "gossamer", "halcyon", "ineffable")
SEATS: dict[str, dict[int, Seat]] = {
    "Europe": {1: Seat.REPRESENTATIVE, 2: Seat.ALTERNATE},
    "Africa": {4: Seat.REPRESENTATIVE},
}
"""Who speaks for an affiliate of that region, besides the third member, who speaks for the guild."""

LINES = 180
"""How many lines its journal has."""


class Heard(House):
    """A house in which everything that is said is carried out."""

    async def _do(self, said: Said, key: str, **more: Any) -> Answer:
        answer = await super()._do(said, key, **more)
        assert answer.verdict is Verdict.DONE or more, answer.text
        return answer


async def play(store: Store) -> House:
    """P-1 decided after much, P-2 a choice, P-3 by a roll, P-4 withdrawn, P-5 open, P-6 still to come, P-7 and P-8 straw
    polls, P-9 forgotten, P-10 by affiliates, P-11 by both majorities, with a proxy and a late addition, P-12 with one ballot
    of two people who turned out to be one."""
    house = Heard(store)
    await _proposal(house)
    await _choice(house)
    await _roll(house)
    await _others(house)
    await _absence(house)
    await _forgetting(house)
    await _affiliates(house)
    await _lists(house)
    await _electorates(house)
    await _rooms(house)
    await _linking(house)
    await _meetings(house)
    await _lessons(house)
    return house


async def _proposal(house: House) -> None:
    xan, quill, zeb, wil, yol = NAMES
    await house.say(xan, "!propose Translate it into armadillos\n  and wrap it in burlap")
    await house.say(quill, "!agree P-1 We had cinnabar in 2019")
    await house.say(zeb, "!disagree P-1 doldrums")
    await house.say(wil, "!abstain P-1")
    await house.say(wil, "!retract P-1")
    await house.press(yol, "p1:0")
    await house.press(yol, "p1:2")
    await house.say(zeb, "!concern P-1 Who pays for the elderberry?")
    await house.say(xan, "!answer C-1 The filigree does")
    await house.say(zeb, "!resolve C-1")
    await house.say(quill, "!concern P-1 What about the filigree?")
    card = house.cards(poll="P-1")[0].post
    await house.say(wil, "The cinnabar was hard to get", reply_to=card, message="m1")
    await house.say(wil, "The cinnabar was very hard to get", edited=True, message="m1")
    await house.say(yol, "halcyon days", reply_to=card, message="m2")
    await house.say(yol, "", removed=True, message="m2")
    await house.say(xan, "!amend P-1 Translate it into two armadillos\n  and burlap")
    await house.say(zeb, "!agree P-1 gossamer")
    await house.say(quill, "!agree P-1")
    await house.say(xan, "!extend P-1 2d")
    await house.wait(timedelta(days=10))
    await house.say(xan, "!outcome D-1 We begin, halcyon")
    await house.say(xan, "!review D-1 2026-09-01")
    await house.say(quill, "!worked D-1 ineffable")


async def _choice(house: House) -> None:
    xan, quill, zeb, wil, _ = NAMES
    await house.say(xan, '!poll "Which cinnabar?" "doldrums" "elderberry" "gossamer"')
    await house.say(quill, "!vote P-2 1")
    await house.say(zeb, "!vote P-2 2")
    await house.say(wil, "!vote P-2 2")
    await house.say(xan, "!close P-2")


async def _roll(house: House) -> None:
    xan, quill, *_ = NAMES
    await house.say(xan, f'!propose --by majority --quorum 2 --roll "{xan},{quill}" More filigree')
    await house.say(quill, "!agree P-3")
    await house.say(xan, "!agree P-3")
    await house.say(xan, "!outcome D-3 --supersedes D-1")
    await house.say(xan, f"!members {quill} facilitator")


async def _others(house: House) -> None:
    xan, quill, zeb, *_ = NAMES
    await house.say(zeb, "!propose Less burlap")
    await house.say(zeb, "!withdraw P-4")
    await house.say(quill, "!propose --by consent Some gossamer")
    await house.say(zeb, "!object P-5 ineffable")
    await house.say(xan, "!propose --from 2026-12-01 Later, halcyon")
    await house.say(zeb, '!poll --by straw "Tea?" "doldrums" "burlap"')
    await house.say(quill, "!vote P-7 1")
    await house.say(zeb, "!close P-7")
    await house.say(zeb, '!poll --by straw "Coffee?" "doldrums" "burlap"')
    await house.say(zeb, "!withdraw P-8")


async def _rooms(house: House) -> None:
    """Another chat joins the group, and leaves it."""
    xan, *_ = NAMES
    await house.say(xan, "!setup")
    (code,) = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", house.notices()[-1])
    await house.elsewhere(xan, f"!setup {code}", chat="Tea", admin=True)
    await house.say(xan, "!group remind 48h")
    await house.elsewhere(xan, "!leave yes", chat="Tea")
    await house.settle()


async def _absence(house: House) -> None:
    await house.gone()
    await house.say(NAMES[0], "!rooms")


async def _forgetting(house: House) -> None:
    """P-9, all of whose words go with who said them; their ballot stays."""
    await house.say(FORGOTTEN, "!propose Sell the halcyon\n  and buy gossamer")
    await house.say(FORGOTTEN, "!agree P-9 the cinnabar is rusty")
    await house.say(FORGOTTEN, "!concern P-9 nobody wants burlap")
    await house.say(FORGOTTEN, "the doldrums again", reply_to=house.cards(poll="P-9")[0].post)
    await house.whisper(FORGOTTEN, "forget me all now")


async def _affiliates(house: House) -> None:
    xan, quill, zeb, wil, _ = NAMES
    await house.say(zeb, "!affiliate Gossamer Guild")
    await house.say(xan, f"!affiliate confirm {zeb}")
    await house.say(xan, "!affiliates Gossamer Guild --weight 3")
    await house.say(wil, "!affiliate Gossamer Guild --alternate")
    await house.say(quill, "!affiliate Burlap Board")
    await house.say(xan, f"!affiliate decline {quill}")


async def _lists(house: House) -> None:
    xan, quill, zeb, *_ = NAMES
    lines = f"{quill};Gossamer Guild;2;doldrums\n@new:example.org;Elderberry Estate;;halcyon"
    await house.say(xan, f"!list import cinnabar\naccount;affiliate;weight;note\n{lines}")
    await house.say(xan, f"!list import filigree\naccount\n{zeb}")
    await house.say(xan, "!list drop filigree")


async def _electorates(house: House) -> None:
    xan, quill, zeb, wil, yol = NAMES
    with house.store.unit_of_work() as work:
        for region, seats in SEATS.items():
            made = Affiliate(id=work.next_id(Affiliate), group_id=1, name=f"Burlap of {region}", region=region)
            named = AffiliateNamed(by=1, affiliate=made.id)
            work.apply(Change(puts=(made,), events=(named,)), 1, house.now)
            for member, seat in seats.items():
                seated = replace(work.the(Member, id=member), affiliate_id=made.id, seat=seat)
                given = SeatGiven(by=1, member=member, affiliate=made.id, seat=seat.value)
                work.apply(Change(puts=(seated,), events=(given,)), 1, house.now)
    await house.wait(timedelta(minutes=1))  # nobody may say so much at once
    await house.say(xan, "!propose --roll affiliates --weighted By halcyon")
    for who, stance in ((quill, "disagree"), (xan, "agree"), (zeb, "agree")):
        await house.say(who, f"!{stance} P-10 gossamer")
    await house.say(xan, "!close P-10")
    await house.say(xan, f'!propose --roll {xan},{quill},{zeb} --double --quorum "1 affiliate" Of burlap')
    await house.whisper(quill, f"proxy {xan} P-11")
    await house.whisper(wil, f"proxy {yol} until 2028-01-01")
    await house.whisper(zeb, f"proxy {yol}")
    await house.whisper(zeb, "proxy none")
    await house.say(xan, f"!roll P-11 add {yol}")
    await house.say(quill, f"!roll P-11 add {yol}")
    await house.say(xan, "!agree P-11")
    await house.say(xan, "!close P-11")


async def _linking(house: House) -> None:
    """P-12: two accounts that turn out to be one person's."""
    xan, one, other = NAMES[0], *LINKED
    for who in LINKED:
        await house.say(who, "!members")
    await house.say(xan, f"!propose --roll {xan},{one},{other} Fewer elderberries")
    await house.say(one, "!agree P-12")
    await house.wait(timedelta(hours=1))
    await house.say(other, "!disagree P-12")
    code = (await house.whisper(one, "link")).text.split("link ")[1].partition(".")[0]
    await house.whisper(other, f"link {code}")
    await house.whisper(one, "link yes")
    await house.whisper(other, "link yes")
    await house.whisper(one, f"unlink {other}")


async def _meetings(house: House) -> None:
    """M-1 held, with words of somebody who is forgotten; M-2 moved, reworded and called off; M-3 to come."""
    xan, quill, zeb, *_ = NAMES
    await house.wait(timedelta(minutes=1))
    await house.say(xan, "!startmeeting Of gossamer")
    await house.say(quill, "#topic Cinnabar")
    await house.say(quill, "#info It is in burlap", message="i1")
    await house.say(quill, "#info It is in two burlaps", message="i1", edited=True)
    await house.say(zeb, "#idea doldrums")
    await house.say(zeb, "#undo")
    await house.say(zeb, "#present-")
    await house.say(zeb, "#agreed More filigree")
    await house.say(xan, "#action Buy elderberry")
    await house.say(quill, "#action Sell halcyon")
    await house.say(FORGOTTEN_LATER, "#info The armadillos are ineffable")
    await house.say(FORGOTTEN_LATER, "#action Count the armadillos")
    await house.say(xan, "!endmeeting")
    await house.say(xan, "!done A-1 halcyon")
    await house.say(xan, "!reopen A-1")
    await house.say(xan, "!drop A-2 doldrums")
    await house.say(xan, "!action A-1 by 2026-12-01")
    await house.whisper(FORGOTTEN_LATER, "forget me now")
    _rest(house)


async def _lessons(house: House) -> None:
    """L-1 of what was said of D-1; L-2 amended and used; L-3 withdrawn; L-4 without a name; L-5 of somebody who is forgotten
    with all their words."""
    _, quill, zeb, wil, _ = NAMES
    await house.wait(timedelta(minutes=1))
    await house.say(quill, "!failed --topic halcyon Cinnabar in burlap\nhappened: doldrums")
    await house.say(quill, "!amend L-2 --again gossamer")
    await house.say(zeb, "!worked L-2 in Elderberry with filigree")
    await house.say(zeb, "!failed L-2 in Elderberry")
    await house.say(wil, "!worked Armadillos first")
    await house.say(wil, "!withdraw L-3")
    await house.whisper(wil, "failed --nameless Too much halcyon")
    await house.say(FORGOTTEN_LAST, "!failed Ineffable gossamer")
    await house.say(FORGOTTEN_LAST, "!adapt L-2 in Burlap with doldrums")
    await house.whisper(FORGOTTEN_LAST, "forget me all now")
    with house.store.unit_of_work() as work:
        for thing, key in ((Thing.POLL, 1), (Thing.MEETING, 1)):
            related = Related(group_id=1, thing=thing, key=key, other=Thing.LESSON, other_key=2, by=1, at=house.now)
            work.apply(lessons.relate(related, ()), 1, house.now)


def _rest(house: House) -> None:
    with house.store.unit_of_work() as work:
        for one in (_to_come(house, 2), _to_come(house, 3)):
            work.apply(meetings.call(one, by=1), 1, house.now)
        second, later = work.the(Meeting, id=2), house.now + timedelta(days=9)
        work.apply(meetings.set_time(second, f"{later:%Y-%m-%dT%H:%M}", later, by=1, now=house.now), 1, house.now)
        words = {"title": "Of burlap", "place": "elderberry"}
        work.apply(meetings.reword(work.the(Meeting, id=2), words, by=1), 1, house.now)
        work.apply(meetings.cancel(work.the(Meeting, id=2), by=1), 1, house.now)


def _to_come(house: House, number: int) -> Meeting:
    starts_at = house.now + timedelta(days=7)
    return Meeting(
        id=number,
        group_id=1,
        number=number,
        room_id=1,
        by=1,
        title="Of halcyon",
        stage=Stage.SET,
        zone="UTC",
        wall=f"{starts_at:%Y-%m-%dT%H:%M}",
        starts_at=starts_at,
        uid=f"uid-{number}",
        made_at=house.now,
        salt=f"salt-{number}",
        seal="",
    )
