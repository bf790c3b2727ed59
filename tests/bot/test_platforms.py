"""The platforms that the settings name, and what they are handed."""

import json
import re
from pathlib import Path

import pytest

from adapters.telegram.platform import SCOPES, Telegram
from adapters.telegram.webhook import Webhook
from bot.app import App
from bot.clock import SystemClock
from bot.commands import COMMANDS
from bot.config import Settings
from bot.platforms import LINKED, OFFERED, kept_aside, menu, platforms, said
from storage.store import Store


@pytest.fixture
def app(sqlite_store: Store) -> App:
    return App(sqlite_store, SystemClock())


def test_a_platform_runs_where_it_has_credentials(app: App) -> None:
    assert platforms(Settings(_env_file=None), app) == []
    (telegram,) = platforms(Settings(_env_file=None, telegram_token="1:secret"), app)
    assert isinstance(telegram, Telegram)
    assert "secret" not in repr(Settings(_env_file=None, telegram_token="1:secret"))


def test_a_webhook_has_a_secret_even_where_none_is_set(app: App) -> None:
    settings = Settings(_env_file=None, telegram_token="1:secret", telegram_webhook_url="https://example.org/telegram")
    assert len(platforms(settings, app)) == 1
    with pytest.raises(ValueError, match="lets anybody in"):
        Webhook(url="https://example.org/telegram", secret="")


def test_the_menu_is_one_that_telegram_takes() -> None:
    known = {command.word for command in COMMANDS}
    assert known.issuperset(word for offered in OFFERED.values() for word in offered)
    assert known.issuperset(LINKED)
    for (scope, language), commands in menu().items():
        assert scope in SCOPES
        assert re.fullmatch(r"([a-z]{2})?", language)
        assert 0 < len(commands) <= 100
        for word, description in commands:
            assert re.fullmatch(r"[a-z0-9_]{1,32}", word)
            assert 0 < len(description) <= 256


def test_what_cannot_be_read_is_found_again_by_its_reference(tmp_path: Path) -> None:
    keep = kept_aside(tmp_path / "set-aside", SystemClock())
    first, second = keep("\ud800{"), keep("other")
    assert first != second
    kept = json.loads((tmp_path / "set-aside" / f"{first}.json").read_text("utf-8"))
    assert kept["raw"] == "\ud800{"


def test_texts_of_the_platform_are_said_in_a_language_that_is_known() -> None:
    assert said("", "telegram-alone") == said("xx", "telegram-alone") == said("en", "telegram-alone")
