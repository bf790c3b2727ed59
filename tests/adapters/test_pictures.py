"""Pictures as platforms take them: with their words on Telegram, in the clear and sealed on Matrix, and where none is taken."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from telegram.error import BadRequest

from adapters.base import Card, Gone, Image, Part, Place, Style
from adapters.matrix.platform import Matrix
from bot.pictures import png, tally
from bot.reader import Reader
from decisions.model import Post, PostKind
from storage.store import Store
from tests.adapters.matrix_house import account_of, housed, people, says
from tests.adapters.matrix_sealed import sealed
from tests.adapters.matrix_seen import opened
from tests.adapters.matrix_server import Json, Synapse, User, until
from tests.adapters.telegram_house import House, true
from tests.adapters.telegram_house import housed as at_telegram
from tests.adapters.telegram_server import Server
from tests.adapters.telegram_server.groups import Group
from tests.adapters.test_files import fetched
from tests.adapters.test_matrix_sealed import SEALED
from tests.bot.drawn import SCENES

PICTURE = tally(SCENES["twelve"][1], Reader("en", "UTC"), alone=True)


def image() -> Image:
    raw = png.drawn(PICTURE, "")
    assert raw is not None
    return Image("D-1.png", raw, PICTURE.alt, PICTURE.width * png.ZOOM, PICTURE.height * png.ZOOM)


def card(title: str = "D-1 · Where <b>?") -> Card:
    parts = (Part(Style.TITLE, title), Part(Style.WORDS, PICTURE.alt))
    return Card(parts, (), "en", silent=True, picture=image())


# -- Telegram ---------------------------------------------------------------------------------------------------------


async def choice(server: Server, group: Group, number: int = 1) -> None:
    """Five people choose among three, and the poll is closed."""
    ana, *others = group.members[:5]
    group.says(ana, '/poll --by choose "Where?" "Lomé" "Dakar" "Tunis"')
    await server.until(lambda: any(f"P-{number} ·" in one.text for one in group.messages))
    for one in (ana, *others):
        group.says(one, f"/vote P-{number} 2")
    await server.until(lambda: "Dakar · 5" in next(m.text for m in group.messages if f"P-{number} ·" in m.text))
    group.says(ana, f"/close P-{number}")
    await server.until(lambda: any(one.text.startswith(f"D-{number} ·") and not one.photo for one in group.messages))


def five(server: Server) -> Group:
    who = [server.user(name) for name in ("Ana", "Ben", "Cem", "Dee", "Eli")]
    return server.supergroup("Partnerships", *who, admins=(who[0],))


async def test_on_telegram_an_outcome_is_a_photo_with_the_same_in_words(sqlite_store: Store) -> None:
    async with Server(privacy=False) as server, at_telegram(server, sqlite_store, fast=True), asyncio.timeout(20):
        group = five(server)
        await choice(server, group)
        await server.until(lambda: any(one.photo for one in group.messages))
        (sent,) = (one for one in group.messages if one.photo)
        assert sent.photo is not None
        assert sent.photo.width == PICTURE.width * png.ZOOM
        assert sent.text.startswith("D-1 · Where?\nBar chart. 1. Lomé: 0 · 0%; 2. Dakar: 5 · 100%, chosen;")
        assert sent.html.startswith("<b>D-1 · Where?</b>\n<blockquote>")
        assert sent.silent
        assert sent.reply_to is not None
        assert sent.reply_to.text.startswith("P-1 ·")


async def test_a_chat_that_takes_no_photos_goes_without(sqlite_store: Store) -> None:
    async with Server(privacy=False) as server, at_telegram(server, sqlite_store, fast=True), asyncio.timeout(20):
        group = five(server)
        group.no_photos = True
        await choice(server, group)
        await true(lambda: charts(sqlite_store) == [False])
        await choice(server, group, 2)
        assert not any(one.photo for one in group.messages)


def charts(store: Store) -> list[bool]:
    with store.reading() as work:
        return [one.live for one in work.all(Post, kind=PostKind.CHART)]


async def ready(server: Server, house: House, group: Group) -> Place:
    group.says(group.members[0], "/help")
    await server.until(lambda: group.messages)
    return Place(chat=str(group.id))


async def test_what_stands_below_a_photo_can_change_and_no_caption_is_too_long(sqlite_store: Store) -> None:
    async with Server(privacy=False) as server, at_telegram(server, sqlite_store) as house, asyncio.timeout(20):
        group = five(server)
        place = await ready(server, house, group)
        message = await house.telegram.send(place, card("D-1 · " + "W" * 3000), key="a")
        assert len(group.last.text) <= 1024
        await house.telegram.edit(place, message, card())
        await house.telegram.edit(place, message, card())
        assert group.last.text.startswith("D-1 · Where <b>?\n")
        assert group.last.photo is not None


async def test_what_telegram_cannot_take_for_a_photo_is_let_go(sqlite_store: Store) -> None:
    async with Server(privacy=False) as server, at_telegram(server, sqlite_store) as house, asyncio.timeout(20):
        place = await ready(server, house, five(server))
        with pytest.raises(Gone):
            await house.telegram.send(place, replace(card(), picture=replace(image(), png=b"no picture")), key="a")
        with pytest.raises(BadRequest):
            await house.telegram._bot.send_photo(int(place.chat), b"no picture")


# -- Matrix -----------------------------------------------------------------------------------------------------------


async def images(user: User, room: str) -> list[Json]:
    return [one for one in await user.events(room) if one["content"].get("msgtype") == "m.image"]


async def test_on_matrix_a_picture_says_the_same_in_words(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path
) -> None:
    account, shown = account_of(homeserver), image()
    async with (
        people(homeserver, "Ana") as (ana,),
        housed(homeserver, account, sqlite_store, tmp_path) as house,
    ):
        room = await ana.makes_room(account.user)
        await says(ana, room, account.user, "Hello, I am Folkmoot")
        place = Place(chat=room)
        event = await house.matrix.send(place, card(), key="a")
        assert await house.matrix.send(place, card(), key="a") == event
        (sent,) = await images(ana, room)
        told = sent["content"]
        assert (told["body"], told["filename"]) == (f"D-1 · Where <b>?\n{PICTURE.alt}", "D-1.png")
        size = {"w": shown.width, "h": shown.height}
        assert told["info"] == {"mimetype": "image/png", "size": len(shown.png)} | size
        assert await fetched(homeserver, ana.token, told["url"]) == shown.png
        await house.matrix.edit(place, event, card("D-1 · (forgotten)"))
        edited = (await images(ana, room))[-1]["content"]
        assert edited["m.new_content"]["body"].startswith("D-1 · (forgotten)\n")
        assert edited["m.relates_to"]["event_id"] == event
        await refused(house.matrix, place)


async def refused(matrix: Matrix, place: Place) -> None:
    """A picture that is too large for the homeserver."""
    with pytest.raises(Gone):
        await matrix.send(place, replace(card(), picture=replace(image(), png=b"x" * 2_200_000)), key="b")


@pytest.mark.long
async def test_in_an_encrypted_room_a_picture_is_sealed(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path
) -> None:
    account, shown = account_of(homeserver, encryption=True), image()
    async with (
        sealed(homeserver, "Ben", tmp_path) as ben,
        housed(homeserver, account, sqlite_store, tmp_path / "bot") as house,
        people(homeserver, "Ana") as (ana,),
    ):
        room = await ana.makes_room(account.user, initial_state=[SEALED])
        await ben.joins(room)

        async def known() -> bool:
            await ben.sync()
            return "Hello, I am Folkmoot" in await ben.reads(room, account.user)

        await until(known)
        await house.matrix.send(Place(chat=room), card(), key="a")

        async def came() -> Json | None:
            return next((one for one in await ben.events(room) if one["content"].get("msgtype") == "m.image"), None)

        sent: Json = await until(came)
        assert "url" not in sent["content"]
        kept = await fetched(homeserver, ben.client.access_token, sent["content"]["file"]["url"])
        assert shown.png not in kept
        assert opened(sent["content"]["file"], kept) == shown.png
