"""Affiliates: who speaks for which organisation is asked for, confirmed by a facilitator, and told to whom it concerns."""

import re

import pytest
import pytest_asyncio

from adapters.base import Answer, Verdict
from adapters.console.conversation import Person
from decisions.model import Affiliate, Member, Seat
from storage import finding
from storage.verify import verify
from tests.house import AnyHouse
from tests.stories.conftest import ALSO_ON_TELEGRAM, ON_THE_CONSOLE, MakeHouse

ANA = Person(name="ana", role="facilitator")


@pytest_asyncio.fixture
async def house(make_house: MakeHouse) -> AnyHouse:
    return await make_house({"general": "matrix", "chat": "telegram"}, (ANA, *map(_named, ("ben", "cem", "dee"))))


def _named(name: str) -> Person:
    return Person(name=name)


def seats(house: AnyHouse) -> dict[str, tuple[str, Seat]]:
    """Who speaks for what, or asks to."""
    with house.store.reading() as work:
        names = {one.id: one.name for one in work.all(Affiliate)}
        return {
            person.name: (names[member.affiliate_id], member.seat)
            for member, person in finding.members(work, 1)
            if member.affiliate_id is not None
        }


def member(house: AnyHouse, name: str) -> Member:
    with house.store.reading() as work:
        return next(one for one, person in finding.members(work, 1) if person.name == name)


def whole(house: AnyHouse) -> bool:
    with house.store.reading() as work:
        return verify(work) == []


async def done(answer: Answer) -> str:
    assert answer.verdict is Verdict.DONE, answer.text
    return answer.text


async def confirmed(house: AnyHouse, who: str, affiliate: str) -> None:
    await done(await house.say(who, f"!affiliate {affiliate}"))
    await done(await house.say("ana", f"!affiliate confirm {who}"))


@ALSO_ON_TELEGRAM
async def test_a_seat_counts_once_a_facilitator_confirms_it(house: AnyHouse) -> None:
    answer = await house.say("ben", '!affiliate "Wikimedia Norge"')
    assert "It counts once a facilitator confirms it: ana" in answer.text
    assert "ben asks to speak for Wikimedia Norge, which is new here." in house.private("ana")[-1]
    assert seats(house) == {"ben": ("Wikimedia Norge", Seat.ASKED)}
    await house.say("ben", "!propose Meet monthly")
    assert "Put by ben · consensus" in house.card()
    assert "Not heard yet" not in house.card()
    text = await done(await house.say("ana", "!affiliate confirm ben"))
    assert text == "ben speaks for Wikimedia Norge now, as its representative."
    assert "You speak for Wikimedia Norge now, as its representative." in house.private("ben")
    assert seats(house) == {"ben": ("Wikimedia Norge", Seat.REPRESENTATIVE)}
    assert "Put by ben (Wikimedia Norge) · consensus" in house.card()
    assert "Not heard yet: Wikimedia Norge." in house.card()
    assert whole(house)


@ALSO_ON_TELEGRAM
async def test_a_press_confirms_or_declines(house: AnyHouse) -> None:
    await house.say("ben", "!affiliate WMNO")
    await house.say("cem", "!affiliate WMSE --alternate")
    ben, cem = member(house, "ben").id, member(house, "cem").id
    await done(await house.press("ana", f"seat{ben}:yes", room=""))
    await done(await house.press("ana", f"seat{cem}:no", room=""))
    assert seats(house) == {"ben": ("WMNO", Seat.REPRESENTATIVE)}
    assert "A facilitator has not confirmed that you speak for WMSE. You take part as before." in house.private("cem")
    again = await house.press("ana", f"seat{ben}:yes", room="")
    assert again.verdict is Verdict.REFUSED
    assert "somebody has answered already" in again.text
    with house.store.reading() as work:
        assert [one.name for one in work.all(Affiliate)] == ["WMNO"]  # what nobody asks for any more is gone
    assert whole(house)


async def test_only_facilitators_confirm(house: AnyHouse) -> None:
    await house.say("ben", "!affiliate WMNO")
    ben = member(house, "ben").id
    for answer in (
        await house.say("ben", "!affiliate confirm ben"),
        await house.press("ben", f"seat{ben}:yes", room=""),
        await house.say("cem", "!affiliate decline ben"),
        await house.say("cem", "!affiliates WMNO --weight 5"),
        await house.say("cem", "!affiliates WMXX"),
    ):
        assert answer.verdict is Verdict.REFUSED
        assert "Only a facilitator can do that: ana" in answer.text
    assert seats(house) == {"ben": ("WMNO", Seat.ASKED)}


async def test_a_press_from_another_group_does_nothing(house: AnyHouse) -> None:
    await house.say("ben", "!affiliate WMNO")
    await house.elsewhere("eve", "!propose Tea")
    answer = await house.elsewhere("eve", press=f"seat{member(house, 'ben').id}:yes", chat="")
    assert answer.verdict is Verdict.REFUSED
    assert seats(house) == {"ben": ("WMNO", Seat.ASKED)}


async def test_an_affiliate_has_one_representative(house: AnyHouse) -> None:
    await confirmed(house, "ben", "WMNO")
    await house.say("cem", "!affiliate wmno")  # names are compared in whatever case
    text = await done(await house.say("ana", "!affiliate confirm cem"))
    assert "until now it was ben, who goes on as an alternate" in text
    assert "WMNO has another representative now; you go on as an alternate." in house.private("ben")
    assert seats(house) == {"ben": ("WMNO", Seat.ALTERNATE), "cem": ("WMNO", Seat.REPRESENTATIVE)}
    await done(await house.say("ana", "!affiliate confirm ben"))  # an alternate becomes the representative
    assert seats(house) == {"ben": ("WMNO", Seat.REPRESENTATIVE), "cem": ("WMNO", Seat.ALTERNATE)}
    await done(await house.say("ana", "!affiliate confirm ben --alternate"))
    assert seats(house)["ben"] == ("WMNO", Seat.ALTERNATE)
    assert whole(house)


async def test_the_same_asked_or_confirmed_again_changes_nothing(house: AnyHouse) -> None:
    await house.say("ben", "!affiliate WMNO")
    told = len(house.private("ana"))
    await done(await house.say("ben", "!affiliate WMNO"))
    assert len(house.private("ana")) == told
    await done(await house.say("ana", "!affiliate confirm ben"))
    with house.store.reading() as work:
        lines = work.connection.exec_driver_sql("SELECT count(*) FROM journal").scalar()
    await done(await house.say("ana", "!affiliate confirm ben"))
    with house.store.reading() as work:
        assert work.connection.exec_driver_sql("SELECT count(*) FROM journal").scalar() == lines


async def test_another_wish_takes_the_place_of_the_first(house: AnyHouse) -> None:
    await house.say("ben", "!affiliate WMNO")
    await house.say("ben", "!affiliate WMSE --alternate")
    assert seats(house) == {"ben": ("WMSE", Seat.ASKED_ALTERNATE)}
    with house.store.reading() as work:
        assert [one.name for one in work.all(Affiliate)] == ["WMSE"]
    await done(await house.say("ana", "!affiliate confirm ben"))
    assert seats(house) == {"ben": ("WMSE", Seat.ALTERNATE)}  # as they asked
    assert whole(house)


async def test_who_speaks_for_one_gives_it_up_before_asking_for_another(house: AnyHouse) -> None:
    await confirmed(house, "ben", "WMNO")
    answer = await house.say("ben", "!affiliate WMSE")
    assert answer.verdict is Verdict.REFUSED
    assert "You speak for WMNO." in answer.text
    await done(await house.say("ben", "!affiliate none"))
    assert "ben no longer speaks for WMNO." in house.private("ana")
    await done(await house.say("ben", "!affiliate WMSE"))
    assert seats(house) == {"ben": ("WMSE", Seat.ASKED)}
    await done(await house.say("ben", "!affiliate none"))
    await done(await house.say("ben", "!affiliate none"))
    assert seats(house) == {}
    assert whole(house)


async def test_a_representative_removed_while_a_poll_is_open(house: AnyHouse) -> None:
    await confirmed(house, "ben", "WMNO")
    await house.say("ana", '!propose --roll "ben,cem" Meet monthly')
    await house.say("ben", "!agree P-1")
    await house.say("ana", "!propose Meet weekly")
    text = await done(await house.say("ana", "!affiliate remove ben"))
    assert text.splitlines() == [
        "ben no longer speaks for WMNO. I tell them so.",
        "Open now, with a roll that was fixed before: P-1.",
    ]
    assert "You no longer speak for WMNO. If that is wrong, a facilitator can help." in house.private("ben")
    assert "agree 1: ben" in house.card()  # what was cast stays cast
    assert "Not heard yet" not in house.card(poll="P-2")
    await house.say("ana", "!close P-1")
    assert whole(house)


@ON_THE_CONSOLE
@pytest.mark.parametrize("name", ["\uff37\uff2d\uff2e\uff2f", "wmn\uff4f", "W\u041cNO", "WMN0"])
async def test_what_looks_the_same_is_refused_and_never_merged(house: AnyHouse, name: str) -> None:
    await confirmed(house, "ben", "WMNO")
    for answer in (await house.say("cem", f"!affiliate {name}"), await house.say("ana", f"!affiliates {name}")):
        assert answer.verdict is Verdict.REFUSED
        assert "looks the same as “WMNO”" in answer.text
    assert seats(house) == {"ben": ("WMNO", Seat.REPRESENTATIVE)}


@ON_THE_CONSOLE
@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("!affiliate " + "x" * 81, "That name has 81 characters, and 80 fit."),
        ("!affiliate \u202e\u200b", "The words are missing."),
        ("!affiliate --alternate", "The words are missing."),
        ("!affiliate confirm nobody", "I know nobody here called nobody."),
        ("!affiliate confirm ben", "ben has not asked to speak for an affiliate"),
        ("!affiliate decline ben", "ben has not asked to speak for an affiliate"),
        ("!affiliate remove ben", "ben speaks for no affiliate."),
        ("!affiliates WMNO --weight 0", "“0” is not a weight. Write a whole number from 1 to 100."),
        ("!affiliates WMNO --weight 101", "“101” is not a weight."),
        ("!affiliates WMNO --weight ²", "“²” is not a weight."),
        ("!affiliates WMNO --colour red", "I do not know the setting colour."),
        ('!affiliates WMNO --region "' + "x" * 61 + '"', "That name has 61 characters, and 60 fit."),
        ("!affiliates --weight 2", "The words are missing."),
    ],
)
async def test_what_cannot_be_is_said_and_changes_nothing(house: AnyHouse, said: str, why: str) -> None:
    assert why in (await house.say("ana", said)).text
    with house.store.reading() as work:
        assert work.all(Affiliate) == []


async def test_bidi_and_control_characters_never_come_into_a_name(house: AnyHouse) -> None:
    await house.say("ben", "!affiliate \u202eWM\x07NO\u200b")
    assert seats(house) == {"ben": ("WMNO", Seat.ASKED)}


async def test_affiliates_are_named_described_and_listed(house: AnyHouse) -> None:
    assert "This group has no affiliates yet." in (await house.say("ben", "!affiliates")).text
    text = await done(await house.say("ana", "!affiliates WMNO --region “Northern Europe” --language nb --weight 2"))
    assert text == "Noted: WMNO · Northern Europe · nb · weight 2 · nobody represents it"
    await done(await house.say("ana", '!affiliates WMSE --region "northern europe"'))
    await confirmed(house, "ben", "WMNO")
    await house.say("cem", "!affiliate WMNO --alternate")
    await house.say("dee", "!affiliate WMFI")
    assert (await house.say("cem", "!affiliates")).text.splitlines() == [
        "Partnerships, 3 affiliates:",
        "WMFI · nobody represents it · asked for by dee",
        "WMNO · Northern Europe · nb · weight 2 · ben speaks for it · asked for by cem",
        "WMSE · Northern Europe · nobody represents it",  # the same region, spelt as before
    ]
    await done(await house.say("ana", "!affiliates WMNO --name Norge --weight 3"))
    assert (await house.say("cem", "!affiliates Norge")).text.startswith("Norge · Northern Europe · nb · weight 3")
    assert whole(house)


async def test_what_one_is_can_be_asked(house: AnyHouse) -> None:
    assert "You speak for no affiliate." in (await house.say("ben", "!affiliate")).text
    await house.say("ben", "!affiliate WMNO")
    assert "a facilitator has not confirmed it yet" in (await house.say("ben", "!affiliate")).text
    await house.say("ana", "!affiliate confirm ben")
    assert "You are the representative of WMNO." in (await house.say("ben", "!affiliate")).text


async def test_the_words_say_it_in_french(house: AnyHouse) -> None:
    await house.say("ben", "!language fr")
    text = (await house.say("ben", "!affilié WMNO")).text
    assert re.search(r"Cela comptera une fois confirmé par la facilitation\s: ana", text)
