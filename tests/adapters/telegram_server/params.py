"""A request's parameters: read from a query string, a form or JSON, as Telegram takes them."""

import json
from collections.abc import Callable

from aiohttp import BodyPartReader, web

from . import oracle
from .oracle import Kind
from .refused import Wire, bad

FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Parameters:
    """Typed access. What is missing is empty, None or False, as the server takes it."""

    def __init__(self, values: Wire, files: dict[str, tuple[str, bytes]] | None = None) -> None:
        self.values = values
        self.files = files or {}

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        return str(self.values.get(name, ""))

    def number(self, name: str, default: int = 0) -> int:
        value = self.values.get(name, default)
        return value if isinstance(value, int) else default

    def flag(self, name: str) -> bool:
        return self.values.get(name) is True

    def wire(self, name: str) -> Wire:
        value = self.values.get(name)
        return value if isinstance(value, dict) else {}

    def items(self, name: str) -> list[object]:
        value = self.values.get(name)
        return value if isinstance(value, list) else []

    def wires(self, name: str) -> list[Wire]:
        return [one for one in self.items(name) if isinstance(one, dict)]


async def read(request: web.Request, method: str) -> Parameters:
    """All a request says. Forms are text: each parameter is read as its type asks."""
    values: Wire = dict(request.query)
    files: dict[str, tuple[str, bytes]] = {}
    if request.content_type == "application/json":
        body = await request.json()
        if not isinstance(body, dict):
            raise bad("can't parse JSON object")
        return Parameters(values | body)
    if request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name:
                await _part(part, values, files)
    else:
        values |= dict(await request.post())
    kinds = oracle.kinds(method)
    typed: Wire = {name: typed_as(kinds.get(name, "text"), value, name) for name, value in values.items()}
    return Parameters(typed, files)


async def _part(part: BodyPartReader, values: Wire, files: dict[str, tuple[str, bytes]]) -> None:
    name = str(part.name)
    content = bytes(await part.read())
    if part.filename is None:
        values[name] = content.decode(errors="surrogateescape")
        return
    files[name] = (part.filename, content)
    if name in ("document", "photo", "certificate", "thumbnail"):
        values[name] = f"attach://{name}"


def typed_as(kind: Kind, value: object, name: str) -> object:
    """A form's text as its type; what can't be read so stays text, and is found by the judges."""
    if not isinstance(value, str):
        return value
    try:
        return READ[kind](value)
    except (ValueError, KeyError, RecursionError):
        if kind == "json":
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None
        return value


def _either(value: str) -> object:
    return int(value) if value.removeprefix("-").isdecimal() else value


READ: dict[Kind, Callable[[str], object]] = {
    "text": str,
    "number": int,
    "real": float,
    "flag": lambda value: FLAGS[value.lower()],
    "either": _either,
    "json": json.loads,
}
