"""The platforms that the settings name, wired to the words and the commands."""

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from hmac import digest
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from adapters.base import Platform
from bot import words
from bot.app import App
from bot.clock import Clock
from bot.commands import COMMANDS
from bot.config import Settings
from bot.presses import ALONE
from bot.retention import ASIDE
from bot.telling import WRONG, Failure

if TYPE_CHECKING:
    from adapters.matrix.device import Account
    from adapters.matrix.ghosts import Ghosts

OFFERED = {
    "private": ("mine", "decisions", "show", "reason", "retract", "language", "tz", "remind", "help"),
    "group": ("propose", "poll", "agree", "disagree", "concern", "decisions", "mine", "show", "help"),
    "admin": (
        "propose",
        "poll",
        "agree",
        "disagree",
        "concern",
        "close",
        "extend",
        "decisions",
        "members",
        "setup",
        "rooms",
        "group",
        "log",
        "share",
        "help",
    ),
}
"""The commands in Telegram's menus, by who sees them; the others are in `help`."""

LINKED = frozenset({"show", "mine", "decisions", "help"})
"""What a link may say for whoever follows it: looking, never voting."""

DESCRIPTION = 256
"""Characters of a command's description at Telegram."""


def platforms(settings: Settings, app: App) -> list[Platform]:
    """Every platform that has credentials. A platform's library is imported only where it runs."""
    return [_MAKERS[name](settings, app) for name in named(settings)]


def named(settings: Settings) -> list[str]:
    """The platforms that have credentials."""
    given = {"telegram": settings.telegram_token, "matrix": settings.matrix_homeserver}
    return [name for name, credentials in given.items() if credentials]


def _telegram(settings: Settings, app: App) -> Platform:
    from adapters.telegram.links import Allowed
    from adapters.telegram.platform import Telegram, Wiring
    from adapters.telegram.webhook import Webhook

    webhook = None
    if settings.telegram_webhook_url:
        webhook = Webhook(
            url=settings.telegram_webhook_url,
            secret=settings.telegram_webhook_secret or _secret(settings.telegram_token),
            host=settings.telegram_webhook_host,
            port=settings.telegram_webhook_port,
        )
    return Telegram(
        Wiring(
            token=settings.telegram_token,
            say=said,
            set_aside=kept_aside(settings.data / ASIDE, app.clock),
            clock=app.clock.now,
            menu=menu(),
            allowed=Allowed(LINKED, ALONE),
            look=app.look,
            last_heard=lambda: app.last_heard("telegram"),
            webhook=webhook,
            server=settings.telegram_server,
        )
    )


def _matrix(settings: Settings, app: App) -> Platform:
    from adapters.matrix.platform import Matrix, Wiring

    return Matrix(
        Wiring(
            account=account(settings),
            folder=settings.data / "matrix",
            say=said,
            set_aside=kept_aside(settings.data / ASIDE, app.clock),
            clock=app.clock.now,
            allowed=_listed(settings.matrix_allowed),
            ghosts=ghosts(settings),
            bookmark=lambda: app.bookmark("matrix"),
        )
    )


def ghosts(settings: Settings) -> "Ghosts":
    """What tells the accounts that bridges make from people. The number before a Telegram token's colon is the bot's own."""
    from adapters.matrix.ghosts import USUAL, Ghosts

    ours = settings.telegram_token.partition(":")[0]
    return Ghosts(_listed(settings.matrix_ghosts) or USUAL, frozenset({ours} if ours else ()))


def account(settings: Settings) -> "Account":
    """The bot's account on its homeserver. Raises Failure where who that is was not said."""
    from adapters.matrix.device import Account

    if not (settings.matrix_token or (settings.matrix_user and settings.matrix_password)):
        raise Failure(WRONG, "matrix-nobody")
    return Account(
        homeserver=settings.matrix_homeserver.rstrip("/"),
        user=settings.matrix_user,
        password=settings.matrix_password,
        token=settings.matrix_token,
        encryption=settings.matrix_encryption,
    )


def said(language: str, key: str, *values: str) -> str:
    """A text of the platform's own."""
    return words.say(language or "en", key, *values)


def menu() -> dict[tuple[str, str], Sequence[tuple[str, str]]]:
    """The commands to offer, by scope and language: English for all, and each other language that we speak."""
    spoken = [code for code in words.languages() if len(code) == 2]
    return {(scope, "" if code == "en" else code): _offered(scope, code) for scope in OFFERED for code in spoken}


def kept_aside(folder: Path, clock: Clock) -> Callable[[str], str]:
    """Keeps what could not be read, one file each, under a reference."""

    def keep(raw: str) -> str:
        reference = token_hex(4)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = {"at": clock.now().isoformat(), "raw": raw}
        (folder / f"{reference}.json").write_text(json.dumps(kept), "utf-8")
        return reference

    return keep


def _listed(setting: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(filter(None, (one.strip() for one in setting.split(","))))


def _secret(token: str) -> str:
    """A word that nobody can guess and that needs no keeping."""
    return digest(token.encode(), b"webhook", sha256).hex()


def _offered(scope: str, language: str) -> list[tuple[str, str]]:
    by_word = {command.word: command for command in COMMANDS}
    return [(word, _short(words.say(language, f"help-{word}"))) for word in OFFERED[scope] if word in by_word]


def _short(text: str) -> str:
    first = text.split(". ")[0]
    return first if len(first) <= DESCRIPTION else f"{first[: DESCRIPTION - 1]}…"


_MAKERS: dict[str, Callable[[Settings, App], Platform]] = {"telegram": _telegram, "matrix": _matrix}
