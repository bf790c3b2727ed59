"""Every setting, once: from the environment or `.env`, frozen."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Each field is the variable `FOLKMOOT_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="FOLKMOOT_", env_file=".env", extra="ignore", frozen=True)

    data: Path = Path("data")
    """The folder in which everything is kept."""
    database_url: str = ""
    """A database of its own, as `postgresql+psycopg://...`; empty: SQLite in the data folder."""
    language: str = "en"
    """The language of groups that have not said theirs."""
    zone: str = "UTC"
    """The time zone of groups that have not said theirs."""
    name: str = ""
    """Who speaks in the terminal room; empty: the name of the account on this computer."""
    limits: bool = True
    """Whether an account is followed for so many commands and presses a minute only; `bot.limits` has how many."""
    log_level: str = "WARNING"
    telegram_token: str = Field("", repr=False)
    """What BotFather gave for the bot; empty: no Telegram."""
    telegram_webhook_url: str = ""
    """Where Telegram is to bring updates (https); empty: we ask for them."""
    telegram_webhook_secret: str = Field("", repr=False)
    """The word by which Telegram shows that it is Telegram: 1 to 256 letters, digits, `_` and `-`; empty: one is
    made from the token."""
    telegram_webhook_host: str = "127.0.0.1"
    telegram_webhook_port: int = 8443
    telegram_server: str = "https://api.telegram.org"
    """The Bot API server, where it is one's own."""

    matrix_homeserver: str = ""
    """The address of the homeserver on which the bot has an account, as `https://matrix.org`; empty: no Matrix."""
    matrix_user: str = ""
    """The bot's account, as `@folkmoot:example.org`."""
    matrix_password: str = Field("", repr=False)
    matrix_token: str = Field("", repr=False)
    """An access token, instead of user and password."""
    matrix_encryption: bool = True
    """Whether the bot reads and writes in encrypted rooms."""
    matrix_allowed: str = ""
    """Whose invitations the bot follows: users and servers, with commas between them, or `*`; empty: its own server's."""
    matrix_ghosts: str = ""
    """How the accounts are called that bridges make for people on other networks, with commas between, as
    `telegram_*, _discord_*`; empty: as bridges usually call them."""

    web_url: str = ""
    """The public address of the web page, as `https://moot.example.org`; empty: no web page."""
    web_host: str = "127.0.0.1"
    web_port: int = 8080
    web_key: str = Field("", repr=False)
    """What the links to the page are sealed with: 32 characters at least; empty: a key kept in the data folder."""

    wiki_url: str = ""
    """The address of the wiki on which records are published, as `https://meta.wikimedia.org`; also that of its api.php."""
    wiki_user: str = ""
    """The account there, with the name of its bot password behind it, as `Folkmoot@publishing`."""
    wiki_password: str = Field("", repr=False)
    """The bot password that the wiki gave for it."""

    def url(self) -> str:
        """The database's address; makes the data folder where it is needed."""
        if self.database_url:
            return self.database_url
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)  # what people say is in it
        return f"sqlite:///{self.data / 'folkmoot.db'}"
