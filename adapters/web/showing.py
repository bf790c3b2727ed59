"""Showing: pages written out as HTML; whatever people wrote is escaped by the templates themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

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

_TEMPLATES = Environment(
    loader=PackageLoader("adapters.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(shown: Page, said: str, marks: Marks, root: str, *, wrong: bool) -> str:
    """The page of a member. `said` stands above; `marks` are what they wanted to answer, where it was not kept."""
    return _TEMPLATES.get_template("page.html").render(page=shown, said=said, marks=marks, root=root, wrong=wrong)


def notice(shown: Notice, root: str) -> str:
    """A page that says one thing."""
    return _TEMPLATES.get_template("notice.html").render(page=shown, root=root)
