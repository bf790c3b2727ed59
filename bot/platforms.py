"""The platforms that the settings name, wired to the words and the commands."""

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from hmac import digest
from pathlib import Path
from secrets import token_hex

from adapters.base import Platform
from bot import words
from bot.clock import Clock, SystemClock
from bot.commands import COMMANDS
from bot.config import Settings

OFFERED = ("propose", "poll", "agree", "disagree", "decisions", "mine", "show", "concern", "retract", "help")
"""The commands in Telegram's menu; the others are in `help`."""

LINKED = frozenset({"show", "mine", "decisions", "help"})
"""What a link may say for whoever follows it: looking, never voting."""

DESCRIPTION = 256
"""Characters of a command's description at Telegram."""


def platforms(settings: Settings, clock: Clock | None = None) -> list[Platform]:
    """Every platform that has credentials. A platform's library is imported only where it runs."""
    return [*([_telegram(settings, clock or SystemClock())] if settings.telegram_token else [])]


def _telegram(settings: Settings, clock: Clock) -> Platform:
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
            set_aside=kept_aside(settings.data / "set-aside", clock),
            clock=clock.now,
            menu=menu(),
            links=LINKED,
            webhook=webhook,
            server=settings.telegram_server,
        )
    )


def said(language: str, key: str, *values: str) -> str:
    """A text of the platform's own."""
    return words.say(language or "en", key, *values)


def menu() -> dict[str, Sequence[tuple[str, str]]]:
    """The commands to offer, by language: English for all, and each other language that we speak."""
    return {("" if code == "en" else code): _offered(code) for code in words.languages() if len(code) == 2}


def kept_aside(folder: Path, clock: Clock) -> Callable[[str], str]:
    """Keeps what could not be read, one file each, under a reference."""

    def keep(raw: str) -> str:
        reference = token_hex(4)
        folder.mkdir(parents=True, exist_ok=True)
        kept = {"at": clock.now().isoformat(), "raw": raw}
        (folder / f"{reference}.json").write_text(json.dumps(kept), "utf-8")
        return reference

    return keep


def _secret(token: str) -> str:
    """A word that nobody can guess and that needs no keeping."""
    return digest(token.encode(), b"webhook", sha256).hex()


def _offered(language: str) -> list[tuple[str, str]]:
    by_word = {command.word: command for command in COMMANDS}
    return [(word, _short(words.say(language, f"help-{word}"))) for word in OFFERED if word in by_word]


def _short(text: str) -> str:
    first = text.split(". ")[0]
    return first if len(first) <= DESCRIPTION else f"{first[: DESCRIPTION - 1]}…"
