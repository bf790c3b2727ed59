"""Templates: the ways to decide that people ask for by name, each a method with its rules, read from `templates.toml`."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from importlib.resources import files
from typing import Any

from decisions.model import Base, Rules
from decisions.refusals import UnknownTemplate

DEFAULT = "consensus"
"""What is taken where nobody says otherwise."""

STRAW = "straw"
"""What shows how things stand and decides nothing."""

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LONGEST_GIVEN = 40


@dataclass(frozen=True, slots=True)
class Template:
    """A way to decide, by the name people use."""

    name: str
    method: str
    rules: Rules
    lasts: timedelta
    aliases: tuple[str, ...]
    binding: bool
    """What comes of it is a decision; False: it only shows how things stand."""


def template(name: str) -> Template:
    """The template of that name or alias, in any case; spaces, hyphens and underscores are the same."""
    found = _BY_NAME.get(_plain(name))
    if found is None:
        raise UnknownTemplate(name.strip()[:_LONGEST_GIVEN], tuple(TEMPLATES))
    return found


def _plain(name: str) -> str:
    return " ".join(name.replace("-", " ").replace("_", " ").casefold().split())


def _duration(text: str) -> timedelta:
    return timedelta(**{_UNITS[text[-1]]: int(text[:-1])})


_AS_WRITTEN: Mapping[str, Callable[[Any], Any]] = {"threshold": Fraction, "base": Base}
"""TOML has neither fractions nor our names for things."""


def _template(
    name: str, method: str, lasts: str, aliases: tuple[str, ...] = (), binding: bool = True, **rules: Any
) -> Template:
    read = {key: _AS_WRITTEN.get(key, lambda plain: plain)(value) for key, value in rules.items()}
    return Template(name, method, Rules(**read), _duration(lasts), tuple(aliases), binding)


def _load() -> dict[str, Template]:
    text = files("decisions").joinpath("templates.toml").read_text(encoding="utf-8")
    return {name: _template(name, **block) for name, block in tomllib.loads(text).items()}


TEMPLATES: dict[str, Template] = _load()
_BY_NAME = {_plain(called): one for one in TEMPLATES.values() for called in (one.name, *one.aliases)}
