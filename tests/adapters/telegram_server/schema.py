"""The published Bot API schema as a judge: names, types and what is required, exactly. Absent file: no opinion."""

import json
from functools import cache
from pathlib import Path
from typing import TypedDict

from .refused import Wire

FILE = Path(__file__).parents[4] / "shared/vectors/telegram/bot-api-10.0.json"


class Field(TypedDict):
    name: str
    types: list[str]
    required: bool
    description: str


class Type(TypedDict, total=False):
    fields: list[Field]
    subtypes: list[str]
    returns: list[str]


class Schema(TypedDict):
    methods: dict[str, Type]
    types: dict[str, Type]


PLAIN: dict[str, tuple[type, ...]] = {"String": (str,), "Integer": (int,), "Float": (int, float), "Boolean": (bool,)}
FILES = "InputFile"
NEWER = frozenset({"can_send_welcome_messages"})
"""Came after the schema's version, and aiogram's models require it."""


@cache
def schema() -> Schema | None:
    if not FILE.exists():
        return None
    read: Schema = json.loads(FILE.read_text())
    return read


def parameter_faults(method: str, parameters: Wire) -> list[str]:
    whole = schema()
    if whole is None:
        return []
    if method not in whole["methods"]:
        return [f"schema: {method}: no such method"]
    return _fields(parameters, tuple(whole["methods"][method].get("fields", [])), method)


def answer_faults(method: str, answer: object) -> list[str]:
    whole = schema()
    return _any_of(answer, whole["methods"][method].get("returns", []), method) if whole else []


def faults(value: object, kind: str, path: str) -> list[str]:
    """Where a value is not of a type of the schema's."""
    whole = schema()
    if whole is None:
        return []
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"schema: {path}: not a list"]
        return [fault for at, one in enumerate(value) for fault in faults(one, kind[9:], f"{path}[{at}]")]
    if kind in PLAIN or kind == FILES:
        fits = isinstance(value, PLAIN.get(kind, (str,))) and isinstance(value, bool) == (kind == "Boolean")
        return [] if fits else [f"schema: {path}: {value!r} is not {kind}"]
    if subtypes := whole["types"][kind].get("subtypes"):
        return _any_of(value, subtypes, path)
    if not isinstance(value, dict):
        return [f"schema: {path}: {value!r} is not {kind}"]
    return _fields(value, tuple(whole["types"][kind].get("fields", [])), path)


def _any_of(value: object, kinds: list[str], path: str) -> list[str]:
    """None, if one of the types fits; else what is wrong with the nearest."""
    return min((faults(value, kind, path) for kind in kinds), key=len)


def _fields(value: Wire, fields: tuple[Field, ...], path: str) -> list[str]:
    known = {field["name"]: field for field in fields}
    found = [f"schema: {path}.{name}: unknown" for name in value if name not in known and name not in NEWER]
    found += [
        f"schema: {path}.{one['name']}: missing" for one in fields if one["required"] and one["name"] not in value
    ]
    for name, one in value.items():
        if name in known:
            found += _any_of(one, known[name]["types"], f"{path}.{name}")
    return found
