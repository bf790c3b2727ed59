"""What leads from the group into the private chat and back, and what is edited, deleted, answered natively or shared."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest

from adapters.base import Button, Card, Part, Place, Style
from bot.clock import SetClock
from decisions.model import Poll, Post, Related, Silence
from storage.store import Store
from tests.adapters.telegram_house import House, housed, true
from tests.adapters.telegram_server import Chat, Message, Server, User
from tests.house import START


@dataclass(frozen=True)
class Scene:
    """A bot, Ana who administers the group, Ben who has started the private chat, and Cem who has not."""

    server: Server
    house: House
    group: Chat
    ana: User
    ben: User
    cem: User

    async def until(self, condition: Callable[[], object]) -> None:
        try:
            async with asyncio.timeout(10):
                await self.server.until(condition)
        except TimeoutError:
            said = [f"{one.method} {one.values} -> {one.answer}" for one in self.server.calls[-30:]]
            raise AssertionError("\n".join(said)) from None

    async def put(self, words: str) -> Message:
        """Ana puts something; its card."""
        known = len(self.cards())
        self.group.says(self.ana, words)
        await self.until(lambda: len(self.cards()) > known)
        await sent(self.house.app.store)
        return self.cards()[-1]

    def cards(self) -> list[Message]:
        return [one for one in self.group.messages if one.sender is self.server.bot and one.text.startswith("P-")]

    async def told(self, user: User, words: str) -> Message:
        """What the bot says to somebody alone."""
        await self.until(lambda: any(words in one.text for one in user.private.messages))
        return next(one for one in reversed(user.private.messages) if words in one.text)


@pytest.fixture
async def scene(sqlite_store: Store) -> AsyncIterator[Scene]:
    async with Server() as server:
        ana, ben, cem = (server.user(name) for name in ("Ana", "Ben", "Cem"))
        group = server.supergroup("Partnerships", ana, ben, cem, admins=(ana,))
        async with housed(server, sqlite_store) as house:
            made = Scene(server, house, group, ana, ben, cem)
            ben.starts()
            await made.told(ben, "Hello")
            yield made


async def sent(store: Store) -> None:
    """Wait until it is kept which message each post is: only that lets a reply or an edit find it."""

    def wanted() -> bool:
        with store.reading() as work:
            return any(one.live and not one.message for one in work.all(Post))

    await true(lambda: not wanted())


def link(card: Message, label: str) -> str:
    address = card.button(label).url
    assert address
    return address


async def test_a_reason_is_given_alone_by_a_reply(scene: Scene) -> None:
    card = await scene.put("/propose Meet monthly")
    scene.ben.presses(card, "disagree 0")
    await scene.until(lambda: "disagree 1: Ben" in card.text)
    scene.ben.opens(link(card, "Reason"))
    question = await scene.told(scene.ben, "Your reason for P-1")
    await sent(scene.house.app.store)
    scene.ben.writes("It is too often", reply_to=question)
    await scene.until(lambda: "Ben (disagree): It is too often" in card.text)


async def test_a_block_by_button_opens_the_private_chat_and_asks_why(scene: Scene) -> None:
    card = await scene.put("/propose Meet monthly")
    press = scene.cem.presses(card, "block 0")
    await scene.until(lambda: press.answered)
    assert press.url
    assert "block 0" in str(card.labels)
    scene.cem.opens(press.url)
    question = await scene.told(scene.cem, "To say block on P-1")
    await sent(scene.house.app.store)
    scene.cem.writes("It costs too much", reply_to=question)
    await scene.until(lambda: "Cem (block): It costs too much" in card.text)


async def test_my_ballot_changes_in_place_and_leads_back(scene: Scene) -> None:
    card = await scene.put("/propose Meet monthly")
    scene.ben.opens(link(card, "Mine"))
    mine = await scene.told(scene.ben, "You have not said anything on P-1 yet.")
    assert link(mine, "Back to the group").endswith(f"/{card.id}")
    scene.ben.presses(mine, "agree")
    await scene.until(lambda: "You say: agree" in mine.text)
    assert "✓ agree" in str(mine.labels)
    scene.ben.presses(mine, "Take it back")
    await scene.until(lambda: "agree 0" in card.text and "You have not said" in mine.text)


async def test_a_long_poll_is_answered_page_by_page(scene: Scene) -> None:
    cities = "\n".join(f"City {number}" for number in range(1, 21))
    card = await scene.put(f"/poll Where?\n{cities}")
    assert "City 1" not in str(card.labels)
    scene.ben.opens(link(card, "Vote"))
    mine = await scene.told(scene.ben, "You have not said anything on P-1 yet.")
    scene.ben.presses(mine, "›")
    await scene.until(lambda: "2 / 3" in str(mine.labels))
    scene.ben.presses(mine, "12. City 12")
    await scene.until(lambda: "✓ 12. City 12" in str(mine.labels))
    await scene.until(lambda: "City 12 · 1: Ben" in card.text)


async def test_who_leads_a_poll_closes_it_alone(scene: Scene) -> None:
    card = await scene.put("/propose Meet monthly")
    scene.ana.opens(link(card, "Details"))
    shown = await scene.told(scene.ana, "P-1 · Meet monthly")
    scene.ana.presses(shown, "Close")
    await scene.until(lambda: "Close P-1 now?" in shown.text)
    scene.ana.presses(shown, "Yes, close it")
    await scene.until(lambda: not card.keyboard and "Closed" in shown.text)
    scene.ben.opens("https://t.me/folkmoot_bot?start=p1-show-c" + str(scene.group.id).removeprefix("-"))
    seen = await scene.told(scene.ben, "P-1 · Meet monthly")
    assert "Close" not in [one for row in seen.labels for one in row]


async def test_an_edit_changes_a_reason_and_a_reply_is_discussion(scene: Scene) -> None:
    card = await scene.put("/propose Meet monthly")
    said = scene.group.says(scene.ben, "Agree it wroked", reply_to=card)
    await scene.until(lambda: "it wroked" in card.text)
    scene.ben.edits(said, "Agree it worked")
    await scene.until(lambda: "it worked" in card.text)
    scene.group.says(scene.cem, "Who takes the minutes?", reply_to=card)
    await scene.until(lambda: "One remark" in card.text)
    command = scene.group.says(scene.cem, "Mere talk")
    scene.cem.edits(command, "/propose Another")
    scene.group.says(scene.cem, "/agree P-1")
    await scene.until(lambda: "agree 2" in card.text)
    assert len(scene.cards()) == 1


async def test_a_link_makes_no_member_of_a_stranger(scene: Scene) -> None:
    card = await scene.put("/propose Meet monthly")
    stranger = scene.server.user("Stranger")
    stranger.opens(link(card, "Mine"))
    await scene.told(stranger, "That button is not for you")


async def test_a_straw_poll_in_telegrams_own_form_is_imported(scene: Scene) -> None:
    scene.group.says(scene.ana, '/poll --native "Tea or coffee?" "Tea" "Coffee"')
    await scene.until(lambda: any(one.poll for one in scene.group.messages))
    (shown,) = (one for one in scene.group.messages if one.poll)
    assert shown.poll is not None
    assert (shown.poll.anonymous, shown.poll.several) == (False, False)
    await sent(scene.house.app.store)
    scene.ben.votes(shown, 0)
    scene.cem.votes(shown, 1)
    scene.cem.votes(shown)
    scene.cem.votes(shown, 0)
    await true(lambda: _turnout(scene) == 2)
    scene.group.says(scene.ana, "/close P-1")
    await scene.until(lambda: any("Chosen: Tea; Tea 2" in one.text for one in scene.group.messages))
    await scene.until(lambda: shown.poll is not None and shown.poll.closed)
    assert not any("D-1" in one.text for one in scene.group.messages)


async def test_a_decision_is_shown_elsewhere_where_its_group_lets_that_be(scene: Scene) -> None:
    card = await scene.put("/propose Meet monthly")
    scene.ben.presses(card, "agree 0")
    await scene.until(lambda: "agree 1" in card.text)
    scene.group.says(scene.ana, "/close P-1")
    await scene.until(lambda: any(one.text.startswith("D-1 ·") for one in scene.group.messages))
    elsewhere = scene.server.supergroup("Elsewhere", scene.ben)
    asked = scene.ben.asks_inline("D-1", elsewhere)
    await scene.until(lambda: asked.answered)
    assert asked.results == []
    said = scene.group.says(scene.ana, "/share on")
    await scene.until(lambda: said.reactions)
    asked = scene.ben.asks_inline("monthly", elsewhere)
    await scene.until(lambda: asked.answered)
    shown = asked.chooses(0, elsewhere)
    assert "D-1 · Meet monthly" in shown.text
    assert "Ana" not in shown.text
    stranger = scene.server.user("Stranger")
    nothing = stranger.asks_inline("D-1", elsewhere)
    await scene.until(lambda: nothing.answered)
    assert nothing.results == []


LIKE_IT = "/propose Translate the partnership statement into %s languages"


async def test_who_has_a_private_chat_is_shown_there_what_theirs_looks_like(scene: Scene) -> None:
    await scene.put(LIKE_IT % "twelve")
    said = scene.group.says(scene.ben, LIKE_IT % "many")
    asked = await scene.told(scene.ben, "Before this goes out")
    assert (len(scene.cards()), said.reactions) == (1, {})
    scene.ben.presses(asked, "Go on, link P-1")
    await scene.until(lambda: len(scene.cards()) == 2)
    await scene.until(lambda: "P-2 is open" in asked.text)
    with scene.house.app.store.reading() as work:
        assert [(one.key, one.other_key) for one in work.all(Related)] == [(2, 1)]


async def test_who_has_none_is_not_held_up_and_nobody_reads_what_theirs_looks_like(scene: Scene) -> None:
    await scene.put(LIKE_IT % "twelve")
    said = scene.group.says(scene.cem, LIKE_IT % "many")
    await scene.until(lambda: len(scene.cards()) == 2)
    await scene.until(lambda: said.reactions)
    again = scene.group.says(scene.cem, (LIKE_IT % "some").replace("/propose", "/propose --for 30m"))
    await scene.until(lambda: len(scene.cards()) == 3)
    await scene.until(lambda: again.reactions)
    assert not [one for one in scene.group.messages if "looks like" in one.text]


def _turnout(scene: Scene) -> int:
    with scene.house.app.store.reading() as work:
        return work.the(Poll, id=1).turnout


def silent(store: Store) -> bool:
    """Whether it is kept that something may not have been heard."""
    with store.reading() as work:
        return bool(work.all(Silence))


async def test_after_a_long_silence_the_card_asks_to_press_again(sqlite_store: Store) -> None:
    clock = SetClock(START)
    async with Server() as server:
        ana = server.user("Ana")
        group = server.supergroup("Partnerships", ana, admins=(ana,))
        async with housed(server, sqlite_store, clock=clock):
            group.says(ana, "/propose Meet monthly")
            async with asyncio.timeout(10):
                await server.until(lambda: any(one.text.startswith("P-1") for one in group.messages))
            await sent(sqlite_store)
        card = group.message("P-1 ·")
        clock.at += timedelta(minutes=10)
        async with housed(server, sqlite_store, clock=clock) as house:
            await true(lambda: silent(sqlite_store))
            async with asyncio.timeout(10):
                clock.at += timedelta(minutes=1)  # what could not be edited before the line was there is tried again
                house.publisher.wake()
                await server.until(lambda: "I could not hear presses here" in card.text)
        assert "18:00 UTC" in card.text
        assert "18:07 UTC" in card.text


@pytest.mark.parametrize("method", ["send_message", "edit_message_text"])
async def test_who_does_not_let_others_be_led_to_them_is_told_of_without_a_button(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """Telegram refuses the whole message then."""
    real = getattr(Bot, method)

    async def refusing(self: Bot, *given: Any, **more: Any) -> Any:
        keys = more.get("reply_markup")
        if keys and any((key.url or "").startswith("tg://user") for row in keys.inline_keyboard for key in row):
            raise BadRequest("BUTTON_USER_PRIVACY_RESTRICTED")
        return await real(self, *given, **more)

    place = Place(user=str(scene.ben.id))
    message = await scene.house.telegram.send(place, Card((Part(Style.LINE, "Before"),)), key="0")
    monkeypatch.setattr(Bot, method, refusing)
    rows = ((Button("Write", url="tg://user?id=7"),), (Button("Site", url="https://example.org/"),))
    card = Card((Part(Style.LINE, "This is Ana"),), rows)
    if method == "send_message":
        await scene.house.telegram.send(place, card, key="1")
    else:
        await scene.house.telegram.edit(place, message, card)
    shown = scene.ben.private.last
    assert (shown.text, [[key.url for key in row] for row in shown.keyboard]) == (
        "This is Ana",
        [["https://example.org/"]],
    )
