"""The discussion on Telegram: chains of replies, forum topics, edits, and what of it the bot hears in privacy mode."""

from collections.abc import Callable

from decisions.model import Post, Remark
from storage.store import Store
from tests.adapters.telegram_house import housed, true
from tests.adapters.telegram_server import Chat, Message, Server


def said(store: Store) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    with store.reading() as work:
        for one in work.all(Remark):
            found.setdefault(one.poll_id, []).append(one.text)
    return found


def kept(store: Store, **wanted: list[str]) -> Callable[[], bool]:
    """Whether just this is kept, by poll (`p1`)."""
    return lambda: said(store) == {int(name[1:]): texts for name, texts in wanted.items()}


def kept_as_ours(store: Store, message: Message) -> Callable[[], bool]:
    """Whether the bot knows the message as its own: a reply in the moment before that is to nothing it knows."""

    def known() -> bool:
        with store.reading() as work:
            return bool(work.all(Post, message=str(message.id)))

    return known


async def shown(server: Server, chat: Chat, words: str) -> Message:
    """The message of the bot's that says this, once it is there."""
    await server.until(lambda: any(words in one.text for one in chat.messages))
    return next(one for one in chat.messages if words in one.text and one.sender is server.bot)


async def test_chains_of_replies_are_the_discussion_and_follow_edits(sqlite_store: Store) -> None:
    async with Server(privacy=False) as server, housed(server, sqlite_store):
        ana, ben = server.user("Ana"), server.user("Ben")
        group = server.supergroup("Partnerships", ana, ben, admins=(ana,))
        put = group.says(ana, "/propose Meet monthly")
        card = await shown(server, group, "P-1 ·")
        first = group.says(ben, "Who takes the minuets?", reply_to=card)
        second = group.says(ana, "In turn", reply_to=first)
        group.says(ben, "Off the record: I am tired", reply_to=second)
        group.says(ben, "Fine", reply_to=put)
        group.says(ben, "What a day")
        ben.edits(first, "Who takes the minutes?")
        await true(kept(sqlite_store, p1=["Who takes the minutes?", "In turn", "Fine"]))
        ana.starts()
        ana.writes("show P-1")
        listed = await shown(server, ana.private, "Discussion (3 remarks)")
        assert "UTC: Who takes the minutes?" in listed.text
        assert f"https://t.me/c/{str(group.id).removeprefix('-100')}/{first.id}" in listed.text
        ana.edits(second, "In turn, hors pv")
        group.says(ben, "off the record", reply_to=first)
        await true(kept(sqlite_store, p1=["Fine"]))


async def test_a_topic_is_the_discussion_of_the_one_open_poll_put_there(sqlite_store: Store) -> None:
    async with Server(privacy=False) as server, housed(server, sqlite_store):
        ana, ben = server.user("Ana"), server.user("Ben")
        forum = server.supergroup("Partnerships", ana, ben, admins=(ana,), forum=True)
        van, other = forum.opens_topic(ana, "The van"), forum.opens_topic(ana, "Other things")
        forum.says(ana, "/propose Buy a van", topic=van)
        card = await shown(server, forum, "P-1 ·")
        assert card.topic == van
        assert "What is said in the topic or thread where it was put" in card.text
        first = forum.says(ben, "Which one?", topic=van)
        forum.says(ben, "What a day", topic=other)
        forum.says(ben, "Nice to be here")
        forum.says(ana, "A blue one", reply_to=first, topic=van)
        await true(kept(sqlite_store, p1=["Which one?", "A blue one"]))
        forum.says(ana, "/propose Sell the old one", topic=van)
        second = await shown(server, forum, "P-2 ·")
        await true(kept_as_ours(sqlite_store, second))
        forum.says(ben, "Which of them?", topic=van)
        forum.says(ben, "It is old", reply_to=second, topic=van)
        forum.says(ben, "Blue is fine", reply_to=first, topic=van)
        await true(kept(sqlite_store, p1=["Which one?", "A blue one", "Blue is fine"], p2=["It is old"]))


async def test_in_privacy_mode_replies_to_us_are_kept_and_an_edit_takes_them_out(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store):
        ana, ben = server.user("Ana"), server.user("Ben")
        group = server.supergroup("Partnerships", ana, ben)
        group.says(ana, "/propose Meet monthly")
        card = await shown(server, group, "P-1 ·")
        first = group.says(ben, "Who takes the minutes?", reply_to=card)
        group.says(ana, "In turn", reply_to=first)  # not heard
        last = group.says(ben, "Fine", reply_to=card)
        await true(kept(sqlite_store, p1=["Who takes the minutes?", "Fine"]))
        ben.edits(first, "Who takes the minutes? Off the record")
        ben.edits(last, "Fine!")
        await true(kept(sqlite_store, p1=["Fine!"]))
