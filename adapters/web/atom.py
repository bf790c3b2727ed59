"""Atom: what is new in a group, as feed readers read it (RFC 4287)."""

from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from adapters.web.blocks import To
from adapters.web.leaf import Feed, New
from adapters.web.showing import Href, seen

NAMESPACE = "http://www.w3.org/2005/Atom"
register_namespace("", NAMESPACE)


def written(feed: Feed, href: Href) -> str:
    """The whole feed."""
    root = Element(_name("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": feed.language})
    _put(root, "id", feed.uid)
    _put(root, "title", feed.title)
    _put(root, "updated", feed.at)
    _link(root, f"{feed.home}{href(To())}", "alternate")
    for one in feed.news:
        _entry(SubElement(root, _name("entry")), one, feed, href)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _entry(entry: Element, new: New, feed: Feed, href: Href) -> None:
    _put(entry, "id", new.uid)
    _put(entry, "title", new.title)
    _put(entry, "updated", new.at)
    _link(entry, f"{feed.home}{href(new.to)}", "alternate")
    _put(SubElement(entry, _name("author")), "name", feed.title)
    if new.text:
        _put(entry, "summary", new.text)


def _put(above: Element, name: str, text: str) -> None:
    one = SubElement(above, _name(name), {"type": "text"} if name in ("title", "summary") else {})
    one.text = str(seen(text))


def _link(above: Element, address: str, kind: str) -> None:
    SubElement(above, _name("link"), {"rel": kind, "type": "text/html", "href": address})


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
