"""Wiki: pages of a wiki that runs MediaWiki, read and written by one account with a bot password."""

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.publishing.refused import telling
from bot.telling import WRONG, Failure

if TYPE_CHECKING:  # the library is loaded when something is published, not before
    from mwclient import Site
    from mwclient.page import Page as Source

RETRIES, PATIENCE = 3, 5
"""How often, and after how many seconds more each time, a wiki is asked again that is down or too busy."""

LAG = 5
"""Seconds that the wiki's copies may be behind; where they are more, it asks us to wait."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a wiki's api.php is."""

    scheme: str
    host: str
    path: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was read. `text` None: there is none of this title."""

    title: str
    text: str | None
    source: "Source"
    """The library's own page, which knows which revision this was, and when it was read."""


def address(url: str) -> Address:
    """Where the api.php is, from the address of it, of the wiki, or of any of its pages. Raises Failure."""
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc or "@" in parts.netloc:
        raise Failure(WRONG, "wiki-address", url)
    folder, _, script = parts.path.rpartition("/")
    if script in ("api.php", "index.php"):
        return Address(parts.scheme, parts.netloc, f"{folder}/")
    if parts.path in ("", "/") or f"{parts.path}/".startswith("/wiki/"):  # where its pages are, and so not its scripts
        return Address(parts.scheme, parts.netloc, "/w/")
    return Address(parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/")


class Wiki:
    """A wiki, as one account. Every way in which it says no is a Failure, but for those that another try may mend."""

    def __init__(self, url: str, user: str, password: str, patience: int = PATIENCE) -> None:
        """`user`: as `Name@what the bot password is called`."""
        self._address, self._user, self._password = address(url), user, password
        self._patience = patience
        self._site: Site | None = None

    def log_in(self) -> None:
        """Say who we are; once more, where the wiki has forgotten it."""
        self._logged_in()

    def read(self, title: str) -> Page:
        """A page as it stands. Raises Forgotten."""
        with telling(self._address.host, self._user, title):
            site = self._site
            if site is None or not site.logged_in:
                site = self._logged_in()
            source = site.pages[title]
            return Page(source.name, source.text() if source.exists else None, source)

    def write(self, page: Page, text: str, summary: str) -> None:
        """Save a page that was read. Raises Changed where it is another one by now, or Forgotten."""
        kept = unicodedata.normalize("NFC", text)  # as the wiki takes it in, before it compares the sums
        checks = {"md5": hashlib.md5(kept.encode(), usedforsecurity=False).hexdigest(), "maxlag": str(LAG)}
        if page.text is None:
            checks["createonly"] = "1"
        else:
            checks |= {"nocreate": "1", "baserevid": str(page.source.revision)}
        with telling(self._address.host, self._user, page.title):
            page.source.site.blocked = False  # the library takes a block of some pages for one of all: the wiki knows
            page.source.edit(text, summary=summary, **checks)

    def _logged_in(self) -> "Site":
        with telling(self._address.host, self._user):
            self._site = self._site or self._opened()
            self._site.login(self._user, self._password)
            return self._site

    def _opened(self) -> "Site":
        from mwclient import Site

        return Site(
            self._address.host,
            path=self._address.path,
            scheme=self._address.scheme,
            clients_useragent=f"Folkmoot (for {self._user.partition('@')[0]})",
            max_retries=RETRIES,
            retry_timeout=self._patience,
        )
