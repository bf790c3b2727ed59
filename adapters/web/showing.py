"""Showing: pages written out as HTML; whatever people wrote is escaped by the templates themselves."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from adapters.web.blocks import To
from adapters.web.leaf import Leaf
from adapters.web.pages import Notice, Page

Marks = Mapping[int, int | None]
"""Slot number -> what somebody wants to say of it; None: nothing any more."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of ours, as it is handed out."""

    kind: str
    text: str


def _kept(name: str, kind: str) -> Kept:
    return Kept(kind, files("adapters.web").joinpath("static", name).read_text("utf-8"))


FILES: Mapping[str, Kept] = {
    "page.css": _kept("page.css", "text/css"),
    "icon.svg": _kept("icon.svg", "image/svg+xml"),
    "page.js": _kept("page.js", "text/javascript"),
}
"""All that can be asked for besides pages: name -> file."""

Href = Callable[[To | str], str]
"""Where a link leads from the page on which it stands; empty: nowhere, and it is shown as words alone."""

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What no page may hold."""

ADDRESS = re.compile(r"https?://[^\s<>\"'\\]+", re.IGNORECASE)
"""The only addresses elsewhere that anything of ours leads to."""


def seen(shown: object) -> object:
    """Words without what no page may hold; whatever else is shown as it is."""
    return UNSEEN.sub("\ufffd", shown) if isinstance(shown, str) and not isinstance(shown, Markup) else shown


_TEMPLATES = Environment(
    loader=PackageLoader("adapters.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=seen,
)
_TEMPLATES.filters["drawn"] = Markup


def page(shown: Page, said: str, marks: Marks, root: str, *, wrong: bool) -> str:
    """The page of a member. `said` stands above; `marks` are what they wanted to answer, where it was not kept."""
    return _TEMPLATES.get_template("page.html").render(page=shown, said=said, marks=marks, root=root, wrong=wrong)


def notice(shown: Notice, root: str) -> str:
    """A page that says one thing."""
    return _TEMPLATES.get_template("notice.html").render(page=shown, root=root)


def leaf(shown: Leaf, href: Href, root: str) -> str:
    """A page of the decision log."""
    safe = _safely(href)
    home, finder = To(language=shown.asked), To("search")
    return _TEMPLATES.get_template("leaf.html").render(page=shown, href=safe, root=root, home=home, finder=finder)


def _safely(href: Href) -> Href:
    """An address elsewhere is followed where it is one; what else people wrote leads nowhere."""
    return lambda to: href(to) if isinstance(to, To) or ADDRESS.fullmatch(to) else ""
