"""Every setting, once: from the environment or `.env`, frozen."""

from pathlib import Path

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
    log_level: str = "WARNING"

    def url(self) -> str:
        """The database's address; makes the data folder where it is needed."""
        if self.database_url:
            return self.database_url
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)  # what people say is in it
        return f"sqlite:///{self.data / 'folkmoot.db'}"
