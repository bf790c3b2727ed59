"""What the bot may write, and what Telegram says when it may not."""

import io
import json

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden

from . import Server
from .conftest import Call, refused


def keys(*labels: str, data: str = "x") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)] for label in labels])


async def test_texts_have_limits_in_utf_16_after_entities(server: Server, bot: telegram.Bot) -> None:
    group = server.group("Choir", server.user("Ana"))
    await bot.send_message(group.id, f"<b>{'🗳' * 2048}</b>", parse_mode="HTML")
    with refused(BadRequest, "Message is too long"):
        await bot.send_message(group.id, "🗳" * 2048 + ".")
    with refused(BadRequest, "Message text is empty"):
        await bot.send_message(group.id, "<b>  </b>\n", parse_mode="HTML")
    for wrong, why in {
        "<b>x": 'Can\'t find end tag corresponding to start tag "b"',
        "ä<x>": 'Unsupported start tag "x" at byte offset 2',
        "<b>x</i>": 'Unmatched end tag, expected "</b>", found "</i>" at byte offset 4',
        "x</b>": "Unexpected end tag at byte offset 1",
        "1 < 2": 'Unclosed start tag "" at byte offset 2',
    }.items():
        with refused(BadRequest, why):
            await bot.send_message(group.id, wrong, parse_mode="HTML")
    assert len(group.messages) == 1


async def test_buttons_have_limits(server: Server, bot: telegram.Bot) -> None:
    ana = server.user("Ana")
    group = server.group("Choir", ana)
    await bot.send_message(group.id, "x", reply_markup=keys("Agree", data="ä" * 32))
    for wrong in ("", "x" * 65, "ä" * 33):
        with refused(BadRequest, "Button_data_invalid"):
            await bot.send_message(group.id, "x", reply_markup=keys("Agree", data=wrong))
    with refused(BadRequest, "Text buttons are unallowed"):
        await bot.send_message(group.id, "x", reply_markup=keys(" "))
    with refused(BadRequest, "Reply markup is too long"):
        await bot.send_message(group.id, "x", reply_markup=keys(*["x"] * 101))
    press = ana.presses(group.last, "Agree")
    with refused(BadRequest, "Message_too_long"):
        await bot.answer_callback_query(press.id, "x" * 201)
    assert await bot.answer_callback_query(press.id, "x" * 200, show_alert=True)
    assert press.alert
    with refused(BadRequest, "Query is too old"):
        await bot.answer_callback_query(press.id)


async def test_who_may_be_written_to(server: Server, bot: telegram.Bot) -> None:
    ana, ben = server.user("Ana"), server.user("Ben")
    with refused(BadRequest, "Chat not found"):
        await bot.send_message(ben.id, "Hello")
    server.private(ben)
    with refused(Forbidden, "bot can't initiate conversation with a user"):
        await bot.send_message(ben.id, "Hello")
    ben.starts("p1")
    await bot.send_message(ben.id, "Hello", reply_parameters=ReplyParameters(1))
    assert [one.text for one in ben.messages] == ["Hello"]
    ben.blocks()
    with refused(Forbidden, "blocked by the user"):
        await bot.send_message(ben.id, "Hello")
    ben.unblocks()
    ben.deactivated = True
    with refused(Forbidden, "user is deactivated"):
        await bot.send_message(ben.id, "Hello")

    group = server.group("Choir", ana, ben)
    group.removes(server.bot, by=ana)
    with refused(Forbidden, "bot was kicked from the group chat"):
        await bot.send_message(group.id, "Hello")
    group.joins(server.bot, by=ana)
    assert await bot.leave_chat(group.id)
    with refused(Forbidden, "bot is not a member of the group chat"):
        await bot.send_message(group.id, "Hello")


async def test_a_group_becomes_a_supergroup(server: Server, bot: telegram.Bot) -> None:
    ana = server.user("Ana")
    old = server.group("Choir", ana)
    await bot.send_message(old.id, "P-1")
    new = old.becomes_supergroup()
    with pytest.raises(ChatMigrated) as caught:
        await bot.edit_message_text("P-1: 1", old.id, old.last.id)
    assert caught.value.new_chat_id == new.id
    first, second = [update.message for update in await bot.get_updates()]
    assert first
    assert second
    assert (first.chat.id, first.migrate_to_chat_id) == (old.id, new.id)
    assert (second.chat.id, second.migrate_from_chat_id) == (new.id, old.id)
    assert [one.user.id for one in await bot.get_chat_administrators(new.id)] == [ana.id]


async def test_replies_edits_and_deletions(server: Server, bot: telegram.Bot) -> None:
    ana = server.user("Ana")
    group = server.group("Choir", ana)
    asked = group.says(ana, "/propose x")
    sent = await bot.send_message(
        group.id, "P-1", reply_parameters=ReplyParameters(asked.id), reply_markup=keys("Agree")
    )
    assert sent.reply_to_message
    assert sent.reply_to_message.text == "/propose x"
    with refused(BadRequest, "Message to be replied not found"):
        await bot.send_message(group.id, "x", reply_parameters=ReplyParameters(99))
    await bot.send_message(group.id, "x", reply_parameters=ReplyParameters(99, allow_sending_without_reply=True))
    with refused(BadRequest, "Message can't be edited"):
        await bot.edit_message_text("x", group.id, asked.id)
    card = group.message("P-1")
    await bot.edit_message_reply_markup(group.id, card.id, reply_markup=keys("Agree · 1"))
    assert (card.labels, card.text) == ([["Agree · 1"]], "P-1")

    with refused(BadRequest, "can't be deleted"):
        await bot.delete_message(group.id, asked.id)
    assert await bot.delete_message(group.id, card.id)
    assert group.messages[0].text == "x"
    with refused(BadRequest, "Message to edit not found"):
        await bot.edit_message_text("x", group.id, card.id)
    ana.forges(card, "p1:0")
    update = (await bot.get_updates())[-1]
    assert update.callback_query
    assert update.callback_query.message
    assert not update.callback_query.message.is_accessible
    server.clock.advance(3 * 86_400)
    with refused(BadRequest, "can't be deleted"):
        await bot.delete_message(group.id, group.last.id)


async def test_pins(server: Server, bot: telegram.Bot) -> None:
    ana = server.user("Ana")
    group = server.supergroup("Choir", ana)
    await bot.send_message(group.id, "P-1")
    with refused(BadRequest, "Not enough rights to manage pinned messages"):
        await bot.pin_chat_message(group.id, group.last.id)
    group.promotes(server.bot)
    await bot.pin_chat_message(group.id, group.last.id, disable_notification=True)
    assert group.last.pinned
    update = (await bot.get_updates())[-1]
    assert update.message
    assert isinstance(update.message.pinned_message, telegram.Message)
    assert (await bot.get_chat(group.id)).pinned_message == update.message.pinned_message
    assert await bot.unpin_chat_message(group.id)
    assert not group.last.pinned


async def test_answers_stay_in_their_topic(server: Server, bot: telegram.Bot) -> None:
    ana = server.user("Ana")
    forum = server.supergroup("Choir", ana, forum=True)
    topic = forum.opens_topic(ana, "Budget")
    forum.says(ana, "/poll Lunch?", topic=topic)
    update = (await bot.get_updates())[-1]
    assert update.message
    assert (update.message.message_thread_id, update.message.is_topic_message) == (topic, True)
    assert update.message.reply_to_message
    assert update.message.reply_to_message.forum_topic_created
    await bot.send_message(forum.id, "P-1", message_thread_id=topic)
    assert forum.last.topic == topic
    with refused(BadRequest, "Message thread not found"):
        await bot.send_message(forum.id, "P-1", message_thread_id=topic + 50)
    forum.closes_topic(ana, topic)
    with refused(BadRequest, "Topic_closed"):
        await bot.send_message(forum.id, "P-1", message_thread_id=topic)


async def test_replies_in_supergroups_carry_a_thread_that_cannot_be_written_to(
    server: Server, bot: telegram.Bot
) -> None:
    ana = server.user("Ana")
    group = server.supergroup("Choir", ana)
    await bot.send_message(group.id, "P-1")
    reply = group.says(ana, "agree", reply_to=group.last)
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.message_thread_id == group.last.id
    assert not update.message.is_topic_message
    with refused(BadRequest, "Message thread not found"):
        await bot.send_message(group.id, "x", message_thread_id=reply.topic)


async def test_files_go_both_ways(server: Server, bot: telegram.Bot, call: Call) -> None:
    ana = server.user("Ana")
    group = server.group("Choir", ana)
    await bot.send_document(
        group.id, io.BytesIO(b"a,b\n"), filename="export.csv", caption="<i>all</i>", parse_mode="HTML"
    )
    assert group.last.document
    assert (group.last.document.name, group.last.document.content, group.last.html) == (
        "export.csv",
        b"a,b\n",
        "<i>all</i>",
    )
    answer = await call("sendDocument", chat_id=group.id, document=group.last.document.id)
    assert answer["ok"]
    ana.starts()
    ana.private.sends(ana, "ballots.json", json.dumps([1]).encode(), caption="/import")
    update = (await bot.get_updates())[-1]
    assert update.message
    assert update.message.document
    assert update.message.caption == "/import"
    file = await bot.get_file(update.message.document.file_id)
    assert await file.download_as_bytearray() == b"[1]"
    with refused(BadRequest, "caption is too long"):
        await bot.send_document(group.id, io.BytesIO(b"x"), caption="x" * 1025)


async def test_photos_are_pictures_of_sides_that_fit(server: Server, bot: telegram.Bot) -> None:
    ana = server.user("Ana")
    group = server.group("Choir", ana)

    def png(width: int, height: int) -> bytes:
        return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big")

    sent = await bot.send_photo(group.id, png(784, 500), caption="<i>all</i>", parse_mode="HTML")
    assert (sent.photo[-1].width, sent.photo[-1].height, group.last.html) == (784, 500, "<i>all</i>")
    await bot.edit_message_caption(group.id, sent.message_id, caption="none")
    assert group.last.text == "none"
    with refused(BadRequest, "no text in the message to edit"):
        await bot.edit_message_text("x", group.id, sent.message_id)
    for sides in ((9000, 1001), (100, 2001), (0, 5)):
        with refused(BadRequest, "PHOTO_INVALID_DIMENSIONS"):
            await bot.send_photo(group.id, png(*sides))
    with refused(BadRequest, "IMAGE_PROCESS_FAILED"):
        await bot.send_photo(group.id, b"a,b")
    group.no_photos = True
    with refused(BadRequest, "not enough rights to send photos"):
        await bot.send_photo(group.id, png(784, 500))


async def test_native_polls(server: Server, bot: telegram.Bot) -> None:
    ana, ben = server.user("Ana"), server.user("Ben")
    group = server.group("Choir", ana, ben)
    await bot.send_poll(group.id, "Lunch?", ["Soup", "Rice"], is_anonymous=False, open_period=60)
    card = group.last
    ana.votes(card, 1)
    ben.votes(card, 0)
    ben.votes(card)
    told = await bot.get_updates()
    answers = [one.poll_answer.option_ids for one in told if one.poll_answer]
    assert answers == [(1,), (0,), ()]
    assert card.poll
    card.poll.answered_anonymously(group.wire(), 1)
    (update,) = await bot.get_updates(offset=told[-1].update_id + 1)
    assert update.poll_answer
    assert update.poll_answer.voter_chat
    server.clock.advance(60)
    update = (await bot.get_updates())[-1]
    assert update.poll
    assert (update.poll.is_closed, [one.voter_count for one in update.poll.options]) == (True, [0, 1])
    with refused(BadRequest, "Poll has already been closed"):
        await bot.stop_poll(group.id, card.id)
    await bot.send_poll(group.id, "Tea?", ["Yes", "No"])
    ana.votes(group.last, 0)
    assert (await bot.stop_poll(group.id, group.last.id)).total_voter_count == 1
    with refused(BadRequest, "question length must not exceed 300"):
        await bot.send_poll(group.id, "x" * 301, ["Yes", "No"])
    with refused(BadRequest, "can't have more than 12"):
        await bot.send_poll(group.id, "x", [str(at) for at in range(13)])
