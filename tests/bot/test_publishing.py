"""Publishing on a wiki: the record between its two markers, the rest of the page untouched, and every no in one line."""

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import mwclient
import pytest

from bot.publishing import TRIES, Record, Told, bring, markers
from bot.publishing.markers import BEGIN, END, NoMarkers, OddMarkers
from bot.publishing.wiki import Wiki, address
from bot.telling import Failure, reason
from decisions.model import Group, Openness
from tests.bot.hostile import texts
from tests.bot.mediawiki import PASSWORD, MediaWiki, served
from tests.each import of_each

PAGE = "Partnerships/Decisions"
AROUND = "{{header|a=1}}\n__NOTOC__\n", "\n== Notes ==\n<nowiki>~~~~</nowiki> [[Category:Boards]] é \t x"
RECORD = "== Decisions ==\n\n* Ça marche"
GROUP = Group(id=1, name="Partnerships", openness=Openness.PUBLIC, made_at=datetime(2026, 1, 1, tzinfo=UTC))
OURS = Record(RECORD, "The record, brought up to date", GROUP)


@pytest.fixture
def wiki() -> MediaWiki:
    """A wiki whose page has the markers, between two texts of others."""
    made = MediaWiki()
    made.save(PAGE, f"{AROUND[0]}{BEGIN}\nold\n{END}{AROUND[1]}")
    return made


@pytest.fixture
def url(wiki: MediaWiki) -> Iterator[str]:
    with served(wiki) as found:
        yield found


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """For how long the library would have slept."""
    seconds: list[float] = []
    monkeypatch.setattr("mwclient.sleep.time", SimpleNamespace(sleep=seconds.append))
    return seconds


def client(url: str) -> Wiki:
    return Wiki(url, "Folkmoot@publishing", PASSWORD)


def publish(url: str, record: Record = OURS, title: str = PAGE, **more: Any) -> Told:
    return bring(client(url), title, record, **more)


def refused(url: str, **more: Any) -> str:
    """The line in which it is told why it cannot be."""
    with pytest.raises(Failure) as no:
        publish(url, **more)
    code, line = reason(no.value)
    assert code in (1, 2)
    assert "\n" not in line
    return line


# -- what is written --------------------------------------------------------------------------------------------------


def test_it_stands_between_the_markers_and_the_rest_stays_byte_by_byte(wiki: MediaWiki, url: str) -> None:
    assert publish(url).line == f"The page “{PAGE}” is up to date."
    assert wiki.text(PAGE) == f"{AROUND[0]}{BEGIN}\n{RECORD}\n{END}{AROUND[1]}"
    (edit,) = wiki.edits
    assert wiki.pages[PAGE][-1].summary == edit["summary"] == "The record, brought up to date"
    assert [edit[one] for one in ("assert", "nocreate", "maxlag", "baserevid")] == ["user", "1", "5", "1"]
    assert {"md5", "basetimestamp", "starttimestamp", "token"} <= set(edit)


def test_where_nothing_changed_nothing_is_saved(wiki: MediaWiki, url: str) -> None:
    publish(url)
    assert publish(url).line == f"There is nothing to change on the page “{PAGE}”."
    assert (len(wiki.edits), len(wiki.pages[PAGE])) == (1, 2)


def test_a_dry_run_shows_it_and_writes_nothing(wiki: MediaWiki, url: str) -> None:
    told = publish(url, dry=True)
    assert told.text == f"{RECORD}\n"
    assert "Nothing was written" in told.line
    assert wiki.edits == []


def test_a_page_that_is_not_there_is_made_where_that_is_asked_for(wiki: MediaWiki, url: str) -> None:
    for one in (BEGIN, END, "--create"):
        assert one in refused(url, title="New page")
    publish(url, title="New page", create=True)
    assert wiki.text("New page") == f"{BEGIN}\n{RECORD}\n{END}"
    publish(url, Record("more", "", GROUP), title="New page", create=True)
    assert wiki.text("New page") == f"{BEGIN}\nmore\n{END}"


@of_each(
    (
        ("", NoMarkers),
        ("a page", NoMarkers),
        (BEGIN, OddMarkers),
        (END, OddMarkers),
        (f"{END}\n{BEGIN}", OddMarkers),
        (f"{BEGIN}{END}{BEGIN}{END}", OddMarkers),
        (f"{BEGIN}{BEGIN}{END}", OddMarkers),
    )
)
def test_a_page_without_a_clear_place_is_left_alone(case: tuple[str, type[Exception]]) -> None:
    with pytest.raises(case[1]):
        markers.replaced(case[0], RECORD)


def test_what_has_no_clear_place_is_told_what_to_put_there(wiki: MediaWiki, url: str) -> None:
    for text, said in (("A page of ours", "no place"), (f"{END} and {BEGIN}", "in this order")):
        wiki.save(PAGE, text)
        line = refused(url, create=True)
        assert all(one in line for one in (said, BEGIN, END))
    assert wiki.edits == []


@of_each(texts(240))
def test_whatever_stands_around_stays_and_nothing_in_the_record_ends_it(text: str) -> None:
    page = f"{text}{BEGIN}{text}{END}{text}"
    once = markers.replaced(page, "record")
    assert once == f"{text}{BEGIN}\nrecord\n{END}{text}"
    assert markers.replaced(once, "record") == once


def test_letters_that_a_wiki_would_compose_are_composed(wiki: MediaWiki, url: str) -> None:
    apart = unicodedata.normalize("NFD", "Ça marche")
    wiki.pages[PAGE] = []
    wiki.save(PAGE, f"{BEGIN}\n{END}")
    publish(url, Record(apart, "", GROUP))
    assert "Ça marche" in wiki.text(PAGE)


# -- others, meanwhile ------------------------------------------------------------------------------------------------


def test_what_somebody_saved_meanwhile_is_kept(wiki: MediaWiki, url: str) -> None:
    wiki.before_edits = [lambda: wiki.save(PAGE, f"NEWS\n{wiki.text(PAGE)}")] * 2
    publish(url)
    assert wiki.text(PAGE) == f"NEWS\nNEWS\n{AROUND[0]}{BEGIN}\n{RECORD}\n{END}{AROUND[1]}"
    assert len(wiki.edits) == 3


def test_to_those_who_never_stop_the_page_is_left(wiki: MediaWiki, url: str) -> None:
    wiki.before_edits = [lambda: wiki.save(PAGE, f"x{wiki.text(PAGE)}")] * 20
    assert "Others keep changing" in refused(url)
    assert len(wiki.edits) == TRIES
    assert RECORD not in wiki.text(PAGE)


def test_a_page_that_somebody_makes_or_deletes_meanwhile_is_looked_at_again(wiki: MediaWiki, url: str) -> None:
    wiki.before_edits = [lambda: wiki.save("New", f"Ours: {BEGIN}{END}")]
    publish(url, title="New", create=True)
    assert wiki.text("New") == f"Ours: {BEGIN}\n{RECORD}\n{END}"
    wiki.before_edits = [lambda: wiki.pages.pop("New")]
    assert "--create" in refused(url, title="New", record=Record("else", "", GROUP))


def test_markers_that_are_taken_out_meanwhile_are_missed(wiki: MediaWiki, url: str) -> None:
    wiki.before_edits = [lambda: wiki.save(PAGE, "Closed.")]
    assert "no place" in refused(url)
    assert wiki.text(PAGE) == "Closed."


# -- who we are -------------------------------------------------------------------------------------------------------


def test_a_login_that_is_lost_is_made_again(wiki: MediaWiki, url: str) -> None:
    wiki.before_edits = [wiki.log_everybody_out]
    publish(url)
    assert RECORD in wiki.text(PAGE)
    assert wiki.pages[PAGE][-1].user == "Folkmoot"
    assert [one["action"] for one in wiki.asked].count("login") == 2


def test_a_login_that_is_lost_before_the_page_is_read_is_made_again(wiki: MediaWiki, url: str) -> None:
    one = client(url)
    bring(one, PAGE, OURS)
    wiki.log_everybody_out()
    bring(one, PAGE, Record("later", "", GROUP))
    assert f"{BEGIN}\nlater\n{END}" in wiki.text(PAGE)
    assert {edit.user for edit in wiki.pages[PAGE][1:]} == {"Folkmoot"}


def test_a_wiki_that_always_forgets_is_given_up(wiki: MediaWiki, url: str) -> None:
    wiki.before_edits = [wiki.log_everybody_out] * 20
    assert "keeps forgetting" in refused(url)
    assert RECORD not in wiki.text(PAGE)


def test_a_private_wiki_is_read_once_we_are_known(wiki: MediaWiki, url: str) -> None:
    wiki.private = True
    publish(url)
    assert RECORD in wiki.text(PAGE)


def test_a_wrong_password_is_told_and_shown_nowhere(
    wiki: MediaWiki, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    wiki.password = "another"
    line = refused(url)
    assert "Folkmoot@publishing" in line
    assert "Incorrect username or password" in line
    assert PASSWORD not in line + caplog.text


def test_the_library_takes_the_stand_in_for_a_wiki(url: str) -> None:
    host, _, path = url.removeprefix("http://").partition("/")
    site = mwclient.Site(host, path=f"/{path.removesuffix('api.php')}", scheme="http", max_retries=0)
    assert site.version == (1, 43, 1)
    with pytest.raises(mwclient.errors.LoginError):
        site.clientlogin(username="Folkmoot", password="wrong")
    assert site.clientlogin(username="Folkmoot", password=PASSWORD) is True
    assert not site.pages["Nowhere"].exists


# -- a wiki that says no ----------------------------------------------------------------------------------------------

NOES = (
    ("readonly", "The wiki is currently in read-only mode.", "can only be read"),
    ("ratelimited", "You've exceeded your rate limit.", "too busy"),
    ("blocked", "You have been blocked from editing.", "is blocked"),
    ("autoblocked", "Your IP address has been blocked automatically.", "is blocked"),
    ("protectedpage", "This page has been protected.", "does not let"),
    ("cantcreate", "You don't have permission to create new pages.", "does not let"),
    ("permissiondenied", "You don't have permission.", "does not let"),
    ("abusefilter-disallowed", "This action has been identified as harmful.", "filter"),
    ("abusefilter-warning", "Warning: this may be harmful.", "filter"),
    ("spamblacklist", "Your edit was refused because of a link.", "filter"),
    ("titleblacklist-forbidden-edit", "The title has been banned.", "filter"),
    ("contenttoobig", "The content you supplied exceeds the limit.", "--since"),
    ("hookaborted", "Aborted by a hook.", "hookaborted: Aborted by a hook."),
    ("unknown-of-tomorrow", "No.\nReally <b>no</b>.", "unknown-of-tomorrow: No. Really"),
)


def test_every_no_is_one_clear_line(wiki: MediaWiki, url: str) -> None:
    for code, info, said in NOES:
        wiki.refuses = {"code": code, "info": info, "*": "See the documentation."}
        assert said in refused(url), code
    assert len(wiki.pages[PAGE]) == 1


def test_an_edit_that_comes_to_nothing_is_told_as_one(wiki: MediaWiki, url: str) -> None:
    for failure, said in (
        ({"captcha": {"type": "simple", "id": "1", "question": "3+4"}}, "captcha"),
        ({"code": "abusefilter-disallowed", "info": "Harmful"}, "Harmful"),
        ({"spamblacklist": "x.example"}, "spamblacklist"),
    ):
        wiki.comes_to_nothing = failure
        line = refused(url)
        assert said in line
        assert "filter" in line


def test_a_wiki_that_lags_is_waited_for_as_long_as_it_asks_and_not_for_ever(
    wiki: MediaWiki, url: str, waited: list[float]
) -> None:
    wiki.lag = 9
    assert "too busy" in refused(url)
    assert waited == [5, 5, 10]
    assert len(wiki.pages[PAGE]) == 1


def test_who_may_not_edit_is_told_so(wiki: MediaWiki, url: str) -> None:
    wiki.protected = (PAGE,)
    assert "does not let" in refused(url)
    wiki.protected, wiki.blocked = (), "Too many edits"
    assert "Too many edits" in refused(url)
    assert len(wiki.pages[PAGE]) == 1


def test_who_is_blocked_from_other_pages_may_publish(wiki: MediaWiki, url: str) -> None:
    wiki.blocked, wiki.elsewhere = "Leave the main page alone", True
    assert publish(url).line == f"The page “{PAGE}” is up to date."
    assert len(wiki.pages[PAGE]) == 2


def test_a_title_that_is_none_is_told_so(url: str) -> None:
    assert "no title" in refused(url, title="a[b")


def test_what_is_no_wiki_is_told_so(wiki: MediaWiki, url: str, waited: list[float]) -> None:
    assert "no wiki answers" in refused(url.replace("/w/", "/elsewhere/"))
    assert "cannot reach" in refused("http://127.0.0.1:1/w/api.php")
    assert PASSWORD not in refused("http://127.0.0.1:1/w/api.php")


@of_each(
    (
        ("https://meta.wikimedia.org", ("https", "meta.wikimedia.org", "/w/")),
        ("https://meta.wikimedia.org/", ("https", "meta.wikimedia.org", "/w/")),
        ("https://meta.wikimedia.org/wiki/Main_Page", ("https", "meta.wikimedia.org", "/w/")),
        ("https://meta.wikimedia.org/w/api.php", ("https", "meta.wikimedia.org", "/w/")),
        ("https://meta.wikimedia.org/w/index.php", ("https", "meta.wikimedia.org", "/w/")),
        (" http://localhost:8080/api.php ", ("http", "localhost:8080", "/")),
        ("https://example.org/mediawiki", ("https", "example.org", "/mediawiki/")),
    )
)
def test_a_wiki_goes_by_many_addresses(case: tuple[str, tuple[str, str, str]]) -> None:
    found = address(case[0])
    assert (found.scheme, found.host, found.path) == case[1]


@of_each(("", "meta.wikimedia.org", "ftp://example.org", "https://ana:secret@example.org", "https://"))
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(Failure):
        address(given)
