"""aiogram's models, without the three seconds that its import takes to build all of them: each is built when first asked for."""

import sys
import typing
from functools import cache
from unittest.mock import patch

from pydantic import BaseModel, TypeAdapter

if "aiogram.types" in sys.modules:
    from aiogram import methods, types
    from aiogram.client.default import Default
else:
    with patch.object(BaseModel, "model_rebuild", classmethod(lambda cls, **_: None)):
        from aiogram import methods, types
        from aiogram.client.default import Default

FILE: type[object] = types.InputFile

_NAMES = {name: getattr(types, name) for name in types.__all__} | {
    "Default": Default,
    **{name: getattr(typing, name) for name in ("List", "Optional", "Union", "Literal")},
}


def build_all() -> None:
    """For whoever wants to run aiogram itself in this process."""
    for one in types.__all__:
        if isinstance(found := getattr(types, one), type) and issubclass(found, BaseModel):
            found.model_rebuild(_types_namespace=_NAMES)


@cache
def method(name: str) -> type[BaseModel] | None:
    """The model of a Bot API method, where there is such a method."""
    found = getattr(methods, name[:1].upper() + name[1:], None)
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        return None
    found.model_rebuild(_types_namespace=_NAMES)
    return found


@cache
def returned(name: str) -> TypeAdapter[object]:
    """What a method gives back."""
    kind = getattr(method(name), "__returning__", object)
    for one in (kind, *typing.get_args(kind)):
        _built(one)
    return TypeAdapter(kind)


@cache
def update() -> TypeAdapter[object]:
    _built(types.Update)
    return TypeAdapter(types.Update)


def _built(kind: object) -> None:
    for one in (kind, *typing.get_args(kind)):
        if isinstance(one, type) and issubclass(one, BaseModel):
            one.model_rebuild(_types_namespace=_NAMES)
