"""An outcome as a picture: where it helps, where it can be shown, and what becomes of its words when somebody is forgotten."""

import re
from dataclasses import replace

import pytest

from adapters.base import Abilities, Card, Place
from adapters.console.scripted import Scripted
from bot.pictures import png, tally
from bot.reader import Reader
from decisions.model import Poll, Post, PostKind
from storage.store import Store
from tests.bot.drawn import SCENES
from tests.house import House

WHO = ("ana", "ben", "cem", "dee", "eli")
PNG = b"\x89PNG\r\n\x1a\n"
CHOICE = '!poll --by choose "Where?" "Lomé" "Dakar" "Tunis"'


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch) -> list[Card]:
    """Every card that is shown, on platforms that can show pictures."""
    shown: list[Card] = []
    send, edit = Scripted.send, Scripted.edit

    async def sent(self: Scripted, place: Place, card: Card, *, key: str, reply_to: str = "") -> str:
        shown.append(card)
        return await send(self, place, card, key=key, reply_to=reply_to)

    async def edited(self: Scripted, place: Place, message: str, card: Card) -> None:
        shown.append(card)
        await edit(self, place, message, card)

    monkeypatch.setattr(png, "_can", lambda letter: True)  # whatever fonts this machine has
    monkeypatch.setattr(Scripted, "send", sent)
    monkeypatch.setattr(Scripted, "edit", edited)
    monkeypatch.setattr(Scripted, "abilities", Abilities(pictures=True))
    return shown


def pictures(cards: list[Card]) -> list[Card]:
    return [one for one in cards if one.picture]


async def decided(house: House, put: str, voters: int = 5, ballot: str = "!vote P-1 2") -> None:
    await house.say("ana", put)
    for one in WHO[:voters]:
        await house.say(one, ballot)
    await house.say("ana", "!close P-1")


async def test_a_choice_of_several_is_shown_as_a_picture(sqlite_store: Store, cards: list[Card]) -> None:
    house = House(sqlite_store, {"general": "matrix", "partners": "telegram"})
    await decided(house, CHOICE)
    one, other = pictures(cards)
    assert one == other
    assert one.picture is not None
    assert one.picture.png.startswith(PNG)
    assert one.silent
    assert one.text.startswith("D-1 · Where?\nBar chart. 1. Lomé: 0 · 0%; 2. Dakar: 5 · 100%, chosen;")
    assert one.picture.alt in one.text


@pytest.mark.parametrize(
    ("put", "voters", "ballot"),
    [
        (CHOICE, 4, "!vote P-1 2"),
        ('!poll --by choose "Where?" "Lomé" "Dakar"', 5, "!vote P-1 2"),
        ('!poll --by straw "Where?" "Lomé" "Dakar" "Tunis"', 5, "!vote P-1 2"),
        ("!propose We meet in Lomé", 5, "!agree P-1"),
    ],
)
async def test_what_words_say_as_well_is_not(
    put: str, voters: int, ballot: str, sqlite_store: Store, cards: list[Card]
) -> None:
    house = House(sqlite_store)
    await decided(house, put, voters, ballot)
    with sqlite_store.reading() as work:
        assert work.the(Poll, number=1).outcome is not None
    assert not pictures(cards)


async def test_a_double_majority_is(sqlite_store: Store, cards: list[Card]) -> None:
    house = House(sqlite_store)
    for one in WHO:
        await house.say(one, "hello")
    await house.say("ana", "!affiliate WMDE")
    await house.say("ana", "!affiliate confirm ana")
    await decided(house, "!propose --by majority --double --roll everyone We meet", ballot="!agree P-1")
    (shown,) = pictures(cards)
    assert "People: agree: 5 · 100%" in shown.text


async def test_where_none_can_be_shown_it_is_let_go(sqlite_store: Store) -> None:
    house = House(sqlite_store)
    await decided(house, CHOICE)
    assert not any("Bar chart" in one for one in house.notices())
    with sqlite_store.reading() as work:
        (post,) = work.all(Post, kind=PostKind.CHART)
    assert (post.live, post.message) == (False, "")


async def test_where_none_can_be_drawn_it_is_let_go(
    sqlite_store: Store, cards: list[Card], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(png, "_can", lambda letter: letter != "D")
    house = House(sqlite_store)
    await decided(house, CHOICE)
    assert not pictures(cards)
    assert "D-1 · Where?" in house.notices()[-1]
    with sqlite_store.reading() as work:
        assert [one.live for one in work.all(Post, kind=PostKind.CHART)] == [False]


async def test_a_library_that_fails_is_no_matter(
    sqlite_store: Store, cards: list[Card], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(svg: str, zoom: float) -> bytes:
        raise ValueError("no")

    monkeypatch.setattr(png, "_drawn", broken)
    monkeypatch.setattr(png, "_can", lambda letter: True)
    await decided(House(sqlite_store), CHOICE)
    assert not pictures(cards)


async def test_the_words_of_who_is_forgotten_go_from_below_it(sqlite_store: Store, cards: list[Card]) -> None:
    house = House(sqlite_store)
    await house.say("ana", "hello")
    await house.say("ben", CHOICE)
    for one in WHO:
        await house.say(one, "!vote P-1 2")
    await house.say("ana", "!close P-1")
    assert "Where?" in pictures(cards)[-1].text
    await house.whisper("ben", "forget me all now")
    assert len(pictures(cards)) == 2
    assert "Where?" not in pictures(cards)[-1].text


@pytest.mark.long  # a machine need have no fonts
def test_words_are_in_what_is_drawn() -> None:
    """A picture whose words were drawn in no font would be of bars alone."""
    picture = tally(SCENES["plain"][1], Reader("en", "UTC"), alone=True)
    bare = replace(picture, svg=re.sub(r"<text .*?</text>", "", picture.svg))
    whole, bars = (png.drawn(one, picture.alt) for one in (picture, bare))
    assert whole is not None
    assert bars is not None
    assert len(whole) > 3 * len(bars)


@pytest.mark.long
def test_letters_that_no_font_has_are_found_out() -> None:
    assert png._can("A")
    assert not png._can(png.NO_LETTER)
