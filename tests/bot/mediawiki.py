"""A stand-in for a wiki: as much of MediaWiki's action API as is needed to log in, to read pages and to save them.

It answers as MediaWiki 1.43 documents it (format=json, formatversion=1), so that a client library runs on it unmodified. What
it does not do: merge two edits of a page that do not touch each other; there it says `editconflict`.
"""

import asyncio
import hashlib
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from aiohttp import web

ANONYMOUS = "+\\"
PASSWORD = "n0bodyknows"
COOKIE = "testwiki_session"
BAD = "<>[]{}|#"
"""What no title may hold."""

Answer = dict[str, Any]


@dataclass(frozen=True)
class Revision:
    """One state of a page."""

    id: int
    text: str
    user: str
    summary: str
    at: datetime


@dataclass
class MediaWiki:
    """The wiki: its pages, its one account with a bot password, and what is wrong with it just now."""

    account: str = "Folkmoot"
    bot: str = "publishing"
    password: str = PASSWORD
    rights: tuple[str, ...] = ("read", "edit", "createpage", "writeapi", "autoconfirmed")
    private: bool = False
    """Only who is logged in may read."""
    blocked: str = ""
    elsewhere: bool = False
    """The block is one of other pages alone."""
    lag: int = 0
    refuses: Answer = field(default_factory=dict)
    """With which error it answers every edit."""
    comes_to_nothing: Answer = field(default_factory=dict)
    """With which failure, that is no error, it answers every edit."""
    protected: tuple[str, ...] = ()
    pages: dict[str, list[Revision]] = field(default_factory=dict)
    before_edits: list[Callable[[], object]] = field(default_factory=list)
    """What happens just before the next edits come in, one thing before each."""
    asked: list[dict[str, str]] = field(default_factory=list)
    """All that it was asked."""
    sessions: dict[str, str] = field(default_factory=dict)
    """Session -> user; empty: nobody yet."""

    def save(self, title: str, text: str, user: str = "Somebody", summary: str = "") -> Revision:
        """A page is saved, as a wiki takes texts in."""
        number = sum(map(len, self.pages.values())) + 1
        kept = unicodedata.normalize("NFC", text).rstrip()
        made = Revision(number, kept, user, summary, datetime(2026, 3, 2, tzinfo=UTC) + timedelta(seconds=number))
        self.pages.setdefault(title, []).append(made)
        return made

    def text(self, title: str) -> str:
        """A page as it stands."""
        return self.pages[title][-1].text

    def log_everybody_out(self) -> None:
        """The sessions are lost, as where their store is emptied."""
        self.sessions.clear()

    @property
    def edits(self) -> list[dict[str, str]]:
        """The edits that it was asked for."""
        return [one for one in self.asked if one["action"] == "edit"]

    # -- answering ----------------------------------------------------------------------------------------------------

    def answer(self, given: Mapping[str, str], session: str, *, posted: bool) -> Answer:
        """What it answers to a request."""
        self.asked.append(dict(given))
        user = self.sessions.get(session, "")
        if self.lag and int(given.get("maxlag", self.lag)) < self.lag:
            return _error("maxlag", f"Waiting for a database server: {self.lag} seconds lagged.", lag=self.lag)
        if given.get("assert") == "user" and not user:
            return _error("assertuserfailed", "You are no longer logged in, so the action could not be completed.")
        match given.get("action"):
            case "query":
                return self._query(given, user, session)
            case "login" if posted:
                return {"login": self._login(given, session)}
            case "clientlogin" if posted:
                return {"clientlogin": self._clientlogin(given, session)}
            case "edit" if posted:
                return self._edit(given, user, session)
            case "login" | "clientlogin" | "edit" as action:
                return _error("mustbeposted", f'The "{action}" module requires a POST request.')
        return _error("badvalue", f'Unrecognized value for parameter "action": {given.get("action")}.')

    def _query(self, given: Mapping[str, str], user: str, session: str) -> Answer:
        meta = given.get("meta", "").split("|")
        if self.private and not user and set(meta) != {"tokens"}:
            return _error("readapidenied", "You need read permission to use this module.")
        found: Answer = {}
        if "tokens" in meta:
            type_ = given.get("type", "csrf")
            found["tokens"] = {f"{type_}token": _token(type_, session if type_ == "login" or user else "")}
        if "siteinfo" in meta:
            found["general"] = {"sitename": "Test", "generator": "MediaWiki 1.43.1", "case": "first-letter"}
            found["namespaces"] = {"0": {"id": 0, "case": "first-letter", "content": "", "*": ""}}
        if "userinfo" in meta:
            found["userinfo"] = self._userinfo(user)
        if "titles" in given:
            found["pages"] = self._pages(given)
        return {"batchcomplete": "", "query": found}

    def _userinfo(self, user: str) -> Answer:
        if not user:
            return {"id": 0, "name": "127.0.0.1", "anon": "", "groups": ["*"], "rights": ["read", "edit", "createpage"]}
        found: Answer = {"id": 7, "name": user, "groups": ["*", "user", "bot"], "rights": list(self.rights)}
        if self.blocked:
            found |= {"blockid": 1, "blockedby": "Sysop", "blockedbyid": 2, "blockreason": self.blocked}
            found |= {"blockpartial": ""} if self.elsewhere else {}
        return found

    def _pages(self, given: Mapping[str, str]) -> Answer:
        title = given["titles"][:1].upper() + given["titles"][1:].replace("_", " ")
        bad = next((one for one in title if one in BAD), "")
        if bad:
            why = f'The requested page title contains invalid characters: "{bad}".'
            return {"-1": {"title": title, "invalidreason": why, "invalid": ""}}
        found: Answer = {"ns": 0, "title": title}
        if title not in self.pages:
            return {"-1": found | {"missing": "", "contentmodel": "wikitext"}}
        revisions, number = self.pages[title], list(self.pages).index(title) + 1
        found |= {"pageid": number}
        if "info" in given.get("prop", ""):
            level = [{"type": "edit", "level": "sysop", "expiry": "infinity"}] if title in self.protected else []
            found |= {"contentmodel": "wikitext", "lastrevid": revisions[-1].id, "touched": _iso(revisions[-1].at)}
            found |= {"length": len(revisions[-1].text.encode()), "protection": level}
        if "revisions" in given.get("prop", ""):
            main = {"contentmodel": "wikitext", "contentformat": "text/x-wiki", "*": revisions[-1].text}
            found["revisions"] = [{"timestamp": _iso(revisions[-1].at), "slots": {"main": main}}]
        return {str(number): found}

    def _login(self, given: Mapping[str, str], session: str) -> Answer:
        if given.get("lgtoken") != _token("login", session):
            return {"result": "NeedToken", "token": _token("login", session)}
        if (given.get("lgname"), given.get("lgpassword")) != (f"{self.account}@{self.bot}", self.password):
            return {"result": "Failed", "reason": "Incorrect username or password entered. Please try again."}
        self.sessions[session] = self.account
        return {"result": "Success", "lguserid": 7, "lgusername": self.account}

    def _clientlogin(self, given: Mapping[str, str], session: str) -> Answer:
        if (given.get("username"), given.get("password")) != (self.account, self.password):
            message = "Incorrect username or password entered. Please try again."
            return {"status": "FAIL", "message": message, "messagecode": "wrongpassword"}
        self.sessions[session] = self.account
        return {"status": "PASS", "username": self.account}

    def _edit(self, given: Mapping[str, str], user: str, session: str) -> Answer:
        if self.before_edits:
            self.before_edits.pop(0)()
            if user and session not in self.sessions:
                return _error("assertuserfailed", "You are no longer logged in, so the action could not be completed.")
        if given.get("token") != _token("csrf", session if user else ""):
            return _error("badtoken", "Invalid CSRF token.")
        if self.blocked and not self.elsewhere:
            return _error("blocked", f"You have been blocked from editing: {self.blocked}")
        if self.refuses or self.comes_to_nothing:
            return {"error": self.refuses} if self.refuses else {"edit": {"result": "Failure"} | self.comes_to_nothing}
        title, text = given["title"], unicodedata.normalize("NFC", given["text"])
        if given.get("md5", sum_of(text)) != sum_of(text):
            return _error("badmd5", "The supplied MD5 hash was incorrect.")
        before = self.pages.get(title, [])
        if (no := _outdated(given, before, user)) is not None:
            return no
        done: Answer = {"result": "Success", "pageid": 1, "title": title, "contentmodel": "wikitext"}
        if before and before[-1].text == text.rstrip():
            return {"edit": done | {"nochange": ""}}
        made = self.save(title, text, user, given.get("summary", ""))
        done |= {"oldrevid": before[-2].id if len(before) > 1 else 0, "newrevid": made.id}
        return {"edit": done | {"newtimestamp": _iso(made.at)}}


def sum_of(text: str) -> str:
    """By which it is seen whether a text came whole."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _outdated(given: Mapping[str, str], before: list[Revision], user: str) -> Answer | None:
    """The no to an edit of a page that is another one by now. Conflicts with oneself are none."""
    if "createonly" in given and before:
        return _error("articleexists", "The article you tried to create has been created already.")
    if "nocreate" in given and not before:
        return _error("missingtitle", "The page you specified doesn't exist.")
    base = int(given.get("baserevid", "0"))
    if base and any(one.id > base and one.user != user for one in before):
        return _error("editconflict", "Edit conflict.")
    if "basetimestamp" in given:
        at = datetime.strptime(given["basetimestamp"], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        if any(one.at > at and one.user != user for one in before):
            return _error("editconflict", "Edit conflict.")
    return None


def _error(code: str, info: str, **more: Any) -> Answer:
    help_ = "See https://wiki.example.org/w/api.php for API usage."
    return {"error": {"code": code, "info": info, **more, "*": help_}, "servedby": "test"}


def _token(type_: str, session: str) -> str:
    """Nobody's token is the same for all, as on any wiki."""
    return hashlib.sha256(f"{type_}{session}".encode()).hexdigest() + ANONYMOUS if session else ANONYMOUS


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


# -- served -----------------------------------------------------------------------------------------------------------


async def _handle(wiki: MediaWiki, request: web.Request) -> web.Response:
    posted = {str(name): str(value) for name, value in (await request.post()).items()}
    session = request.cookies.get(COOKIE) or f"session-{len(wiki.asked)}"
    found = wiki.answer({**request.query, **posted}, session, posted=request.method == "POST")
    told = web.json_response(found)
    told.set_cookie(COOKIE, session, httponly=True)
    if "error" in found:
        told.headers["MediaWiki-API-Error"] = str(found["error"]["code"])
        if found["error"]["code"] == "maxlag":
            told.headers.update({"Retry-After": "5", "X-Database-Lag": str(wiki.lag)})
    return told


@contextmanager
def served(wiki: MediaWiki, path: str = "/w/api.php") -> Iterator[str]:
    """The wiki on a free port, in a thread of its own, for its clients wait; the address of its api.php."""
    loop, ports = asyncio.new_event_loop(), []

    async def start() -> web.AppRunner:
        app = web.Application(client_max_size=1 << 24)
        app.router.add_route("*", path, partial(_handle, wiki))
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        ports.append(runner.addresses[0][1])
        return runner

    runner = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{ports[0]}{path}"
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
