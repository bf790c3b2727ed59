"""A small Bot API server for tests. What it imitates and what it does not: docs/telegram-emulator.md."""

from .chats import Chat
from .clock import Clock
from .messages import Content, Key, Message
from .people import Press, User
from .server import TOKEN, Server

__all__ = ["TOKEN", "Chat", "Clock", "Content", "Key", "Message", "Press", "Server", "User"]
