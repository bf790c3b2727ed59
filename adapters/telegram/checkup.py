"""A look at Telegram from outside the running bot: whose token it is, what it sees, and where it may speak."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Bot, ChatMember
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError

from adapters.telegram.http import Http

SPEAKS = ("creator", "administrator", "member")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """`name` empty: Telegram does not know the token. `shut` are the chats, of those asked about, that are closed to us."""

    name: str = ""
    sees_all: bool = False
    webhook: str = ""
    waiting: int = 0
    trouble: str = ""
    """What Telegram last complained of when it brought updates to the webhook."""
    shut: tuple[str, ...] = ()
    no_pins: tuple[str, ...] = ()
    """Those in which we may write and not pin."""


async def look(token: str, server: str, chats: Sequence[str]) -> Checkup:
    """Ask Telegram. Raises ConnectionError where it cannot be reached."""
    http = Http()
    bot = Bot(token, base_url=f"{server}/bot", request=http)
    try:
        me = await bot.get_me()
        webhook = await bot.get_webhook_info()
        ours = {chat: await _ours(bot, chat, me.id) for chat in chats}
        return Checkup(
            name=me.username or "",
            sees_all=bool(me.can_read_all_group_messages),
            webhook=webhook.url,
            waiting=webhook.pending_update_count,
            trouble=webhook.last_error_message or "",
            shut=tuple(chat for chat, one in ours.items() if one is None or not _speaks(one)),
            no_pins=tuple(chat for chat, one in ours.items() if one and _speaks(one) and not _pins(one)),
        )
    except InvalidToken:
        return Checkup()
    except NetworkError as unreached:
        raise ConnectionError(server) from unreached
    finally:
        await http.shutdown()


async def _ours(bot: Bot, chat: str, me: int) -> ChatMember | None:
    try:
        return await bot.get_chat_member(chat, me)
    except (BadRequest, Forbidden):
        return None


def _speaks(member: ChatMember) -> bool:
    return member.status in SPEAKS or bool(getattr(member, "can_send_messages", False))


def _pins(member: ChatMember) -> bool:
    return member.status == ChatMember.OWNER or bool(getattr(member, "can_pin_messages", False))
