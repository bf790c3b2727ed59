"""Refused: every way in which a wiki says no, as one line for whoever publishes, or as what another try may mend."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from bot.telling import REFUSED, Failure


class Changed(Exception):  # noqa: N818 - a fact about a page
    """The page is another one than was read."""


class Forgotten(Exception):  # noqa: N818
    """The wiki does not know any more who we are."""


CODES = {
    "assertuserfailed": Forgotten,
    "assertnameduserfailed": Forgotten,
    "notloggedin": Forgotten,
    "editconflict": Changed,
    "articleexists": Changed,
    "pagedeleted": Changed,
    "missingtitle": Changed,
}
"""What MediaWiki answers where another try may mend it."""

BEGINNINGS = (
    ("readonly", "wiki-read-only"),
    ("maxlag", "wiki-busy"),
    ("ratelimited", "wiki-busy"),
    ("internal_api_error_DB", "wiki-busy"),
    ("blocked", "wiki-blocked"),
    ("autoblocked", "wiki-blocked"),
    ("systemblocked", "wiki-blocked"),
    ("globalblocking", "wiki-blocked"),
    ("abusefilter", "wiki-filtered"),
    ("spam", "wiki-filtered"),
    ("titleblacklist", "wiki-filtered"),
    ("captcha", "wiki-filtered"),
    ("contenttoobig", "wiki-too-large"),
    ("permissiondenied", "wiki-protected"),
    ("writeapidenied", "wiki-protected"),
    ("noapiwrite", "wiki-protected"),
    ("readapidenied", "wiki-protected"),
    ("cantcreate", "wiki-protected"),
    ("protected", "wiki-protected"),
    ("cascadeprotected", "wiki-protected"),
    ("noedit", "wiki-protected"),
    ("tpt-target-page", "wiki-protected"),
    ("invalidtitle", "wiki-title"),
)
"""What else it answers, by how the code begins -> the text that says so."""


@contextmanager
def telling(host: str, user: str, page: str = "") -> Iterator[None]:
    """What the library raises, as Changed, Forgotten or Failure. Its own words are told nowhere: the password may stand in them."""
    from mwclient import errors
    from requests.exceptions import HTTPError, RequestException

    try:
        yield
    except errors.AssertUserFailedError:
        raise Forgotten from None
    except errors.LoginError as no:
        raise Failure(REFUSED, "wiki-login", user, _plain(no.info or no.code)) from None
    except errors.UserBlocked as no:
        raise Failure(REFUSED, "wiki-blocked", user, _plain(" ".join(map(str, no.args[0])))) from None
    except errors.ProtectedPageError as no:
        raise Failure(REFUSED, "wiki-protected", user, page, _plain(str(no))) from None
    except errors.EditError as no:
        _not_saved(no)
    except errors.APIError as no:
        _answered(str(no.code), _plain(no.info), user, page)
    except errors.InsufficientPermission:
        raise Failure(REFUSED, "wiki-protected", user, page, "read") from None
    except errors.InvalidPageTitle as no:
        raise Failure(REFUSED, "wiki-title", page, _plain(str(no))) from None
    except errors.MaximumRetriesExceeded:
        raise Failure(REFUSED, "wiki-busy", host) from None
    except HTTPError as no:
        raise Failure(REFUSED, "wiki-none", host, str(getattr(no.response, "status_code", ""))) from None
    except RequestException as no:
        raise Failure(REFUSED, "wiki-unreached", host, type(no).__name__) from None
    except (
        errors.MwClientError,
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
    ) as no:  # what answers is no MediaWiki
        raise Failure(REFUSED, "wiki-none", host, type(no).__name__) from None


def _not_saved(no: Exception) -> NoReturn:
    """The library has one exception for a page that was changed since, and for an answer that the edit came to nothing."""
    if len(no.args) != 2 or not isinstance(no.args[1], dict):
        raise Changed from None
    answer = no.args[1]
    told = answer.get("info") or answer.get("code") or ", ".join(one for one in answer if one != "result")
    raise Failure(REFUSED, "wiki-filtered", _plain(str(told))) from None


def _answered(code: str, told: str, user: str, page: str) -> NoReturn:
    if code in CODES:
        raise CODES[code] from None
    key = next((key for begins, key in BEGINNINGS if code.startswith(begins)), "wiki-said")
    stands = {
        "wiki-blocked": (user, told),
        "wiki-too-large": (page,),
        "wiki-protected": (user, page, told),
        "wiki-title": (page, told),
        "wiki-said": (code, told),
    }
    raise Failure(REFUSED, key, *stands.get(key, (told,))) from None


def _plain(told: object) -> str:
    """What a wiki says, on one line that is not too long."""
    return " ".join(str(told).split())[:300]
