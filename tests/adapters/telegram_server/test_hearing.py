"""What the bot hears, and what it can ask about chats and people."""

import pytest
import telegram
from telegram import BotCommand, BotCommandScopeAllGroupChats, InlineQueryResultArticle, InputTextMessageContent
from telegram.error import BadRequest

from . import Server
from .conftest import refused


async def texts(bot: telegram.Bot) -> list[str]:
    """What the messages that wait say, and no longer wait."""
    found = await bot.get_updates()
    if found:
        await bot.get_updates(offset=found[-1].update_id + 1)
    return [one.message.text for one in found if one.message and one.message.text]


async def test_privacy_mode(server: Server, bot: telegram.Bot) -> None:
    ana, other = server.user("Ana"), server.user("Other", bot=True, username="other_bot")
    group = server.supergroup("Choir", ana)
    group.joins(other, by=ana)
    await bot.send_message(group.id, "P-1")
    group.says(ana, "hello")
    group.says(ana, "/propose x")
    group.says(ana, "/help@other_bot")
    group.says(ana, "yes", reply_to=group.last)
    group.says(ana, "see /agree")
    assert await texts(bot) == ["/propose x", "yes"]
    group.says(other, "/agree")
    group.says(ana, "/general")
    group.says(ana, "/mine@Folkmoot_bot")
    assert await texts(bot) == ["/mine@Folkmoot_bot"]
    group.promotes(server.bot)
    group.says(ana, "hello")
    group.says(other, "hello from a bot")
    assert await texts(bot) == ["hello"]
    group.demotes(server.bot)
    server.privacy = False
    group.says(ana, "hello again")
    assert await texts(bot) == ["hello again"]
    assert (await bot.get_me()).can_read_all_group_messages


async def test_comings_and_goings(server: Server, bot: telegram.Bot) -> None:
    ana, ben = server.user("Ana"), server.user("Ben")
    group = server.group("Choir", ana, bot=False)
    group.says(ana, "/nobody hears this")
    group.joins(server.bot, by=ana)
    group.joins(ben)
    group.promotes(server.bot)
    group.leaves(ben)
    group.is_renamed(ana, "Big choir")
    group.removes(server.bot, by=ana)
    told = await bot.get_updates()
    mine = [one.my_chat_member.new_chat_member.status for one in told if one.my_chat_member]
    assert mine == ["member", "administrator", "kicked"]
    came = [one.name for update in told if update.message for one in update.message.new_chat_members]
    assert came == ["@folkmoot_bot", f"@{ben.username}"]
    assert [one.message.left_chat_member.id for one in told if one.message and one.message.left_chat_member] == [ben.id]
    assert [one.message.new_chat_title for one in told if one.message and one.message.new_chat_title] == ["Big choir"]


async def test_other_peoples_places_are_told_to_administrators_who_ask(server: Server, bot: telegram.Bot) -> None:
    ana, ben = server.user("Ana"), server.user("Ben")
    group = server.supergroup("Choir", ana)
    group.promotes(server.bot)
    group.joins(ben)
    told = await bot.get_updates(allowed_updates=["chat_member", "message_reaction"])
    assert not any(one.chat_member for one in told)
    group.leaves(ben)
    ana.reacts(group.says(ana, "x"), "👍")
    told = (await bot.get_updates())[-2:]
    assert told[0].chat_member
    assert told[0].chat_member.new_chat_member.status == "left"
    assert told[1].message_reaction
    assert told[1].message_reaction.user


async def test_members(server: Server, bot: telegram.Bot) -> None:
    ana, ben, cem = (server.user(name) for name in ("Ana", "Ben", "Cem"))
    group = server.supergroup("Choir", ana, ben, cem, admins=(ana,))
    assert [one.user.id for one in await bot.get_chat_administrators(group.id)] == [ana.id]
    assert (await bot.get_chat_administrators(group.id))[0].status == "creator"
    assert await bot.get_chat_member_count(group.id) == 4
    assert (await bot.get_chat_member(group.id, ben.id)).status == "member"
    assert (await bot.get_chat_member(group.id, server.user("Dan").id)).status == "left"
    group.hidden = True
    with refused(BadRequest, "Member list is inaccessible"):
        await bot.get_chat_member(group.id, ben.id)
    ana.starts()
    with refused(BadRequest, "There are no administrators in the private chat"):
        await bot.get_chat_administrators(ana.id)


async def test_who_speaks_for_whom(server: Server, bot: telegram.Bot) -> None:
    ana, ben = server.user("Ana"), server.user("Ben")
    group = server.supergroup("Choir", ana)
    group.says_anonymously(ana, "/close P-1")
    group.says_as_channel(server.channel("News"), "/agree P-1")
    group.says_as_channel(server.channel("News"), "/agree P-1", linked=True)
    group.forwards(ana, "/agree P-1", of=ben)
    anonymous, channel, linked, forwarded = [one.message for one in await bot.get_updates() if one.message]
    assert anonymous.from_user
    assert channel.from_user
    assert linked.from_user
    assert (anonymous.from_user.id, anonymous.sender_chat) == (1087968824, anonymous.chat)
    assert (channel.from_user.id, channel.sender_chat and channel.sender_chat.type) == (136817688, "channel")
    assert (linked.from_user.id, linked.is_automatic_forward) == (777000, True)
    assert isinstance(forwarded.forward_origin, telegram.MessageOriginUser)


async def test_edits_of_people(server: Server, bot: telegram.Bot) -> None:
    ana = server.user("Ana")
    group = server.group("Choir", ana)
    said = group.says(ana, "/agree P-1 yes")
    ana.edits(said, "/agree P-1 yes, because")
    update = (await bot.get_updates())[-1]
    assert update.edited_message
    assert update.edited_message.text == "/agree P-1 yes, because"
    assert update.edited_message.edit_date


async def test_forged_presses_and_deep_links(server: Server, bot: telegram.Bot) -> None:
    ana = server.user("Ana")
    group = server.group("Choir", ana)
    await bot.send_message(group.id, "P-1")
    ana.forges(group.last, "p1:0")
    (update,) = await bot.get_updates()
    assert update.callback_query
    assert update.callback_query.data == "p1:0"
    with pytest.raises(AssertionError, match="0 buttons"):
        ana.presses(group.last, "p1:0")
    ana.opens("https://t.me/folkmoot_bot?start=p1-reason")
    update = (await bot.get_updates())[-1]
    assert update.message
    assert update.message.text == "/start p1-reason"
    assert [one.type for one in update.message.entities] == ["bot_command"]


async def test_reactions_of_the_bot(server: Server, bot: telegram.Bot) -> None:
    ana = server.user("Ana")
    group = server.group("Choir", ana)
    said = group.says(ana, "/agree P-1")
    await bot.set_message_reaction(group.id, said.id, "👍")
    assert said.reactions[server.bot.id] == [{"type": "emoji", "emoji": "👍"}]
    with refused(BadRequest, "Reaction_invalid"):
        await bot.set_message_reaction(group.id, said.id, "✅")


async def test_menus_by_scope_and_language(server: Server, bot: telegram.Bot) -> None:
    ana, ben = server.user("Ana", language="fr"), server.user("Ben")
    group = server.group("Choir", ana, ben)
    await bot.set_my_commands([BotCommand("help", "What I can do")])
    await bot.set_my_commands([BotCommand("propose", "Something new")], scope=BotCommandScopeAllGroupChats())
    await bot.set_my_commands([BotCommand("proposer", "Du neuf")], BotCommandScopeAllGroupChats(), "fr")
    assert (server.menu(ana, group), server.menu(ben, group)) == (["proposer"], ["propose"])
    assert server.menu(ana, ana.private) == ["help"]
    assert [
        one.command for one in await bot.get_my_commands(language_code="fr", scope=BotCommandScopeAllGroupChats())
    ] == ["proposer"]
    await bot.delete_my_commands(BotCommandScopeAllGroupChats(), "fr")
    assert server.menu(ana, group) == ["propose"]
    with refused(BadRequest, "Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Help", "x")])
    await bot.set_my_description("Decides with you", "en")
    assert (await bot.get_my_description("en")).description == "Decides with you"


async def test_inline_mode(server: Server, bot: telegram.Bot) -> None:
    ana = server.user("Ana")
    elsewhere = server.group("Elsewhere", ana, bot=False)
    query = ana.asks_inline("D-12", elsewhere)
    (update,) = await bot.get_updates()
    assert update.inline_query
    keys = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Log", callback_data="d12")]])
    shown = InputTextMessageContent("<b>D-12</b>", parse_mode="HTML")
    assert await update.inline_query.answer([InlineQueryResultArticle("1", "D-12", shown, reply_markup=keys)])
    message = query.chooses(0, elsewhere)
    assert message.html == "<b>D-12</b>"
    press = ana.presses(message, "log")
    update = (await bot.get_updates())[-1]
    assert update.callback_query
    assert update.callback_query.message is None
    await bot.edit_message_text("D-12, settled", inline_message_id=update.callback_query.inline_message_id)
    assert message.text == "D-12, settled"
    assert not press.answered
    late = ana.asks_inline("D-13")
    server.clock.advance(31)
    with refused(BadRequest, "Query is too old"):
        await bot.answer_inline_query(late.id, [])
