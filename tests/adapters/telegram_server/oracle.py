"""Judges that nobody here wrote: aiogram's models, and the published Bot API schema where it is present."""

import types
from collections.abc import Callable
from functools import cache
from typing import Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from . import models, schema
from .refused import Wire

Kind = Literal["text", "number", "real", "flag", "either", "json"]


@cache
def kinds(method: str) -> dict[str, Kind]:
    """How each parameter of a method is written in a form."""
    known = models.method(method)
    fields = known.model_fields if known else {}
    return {field.alias or name: _kind(_leaves(field.annotation)) for name, field in fields.items()}


def _kind(leaves: frozenset[object]) -> Kind:
    if leaves <= {str, models.FILE}:
        return "text"
    if leaves == {bool}:
        return "flag"
    if leaves == {float}:
        return "real"
    if leaves == {int, str}:
        return "either"
    return "number" if int in leaves else "json"


def _leaves(annotation: object) -> frozenset[object]:
    """The types in a union. Lists and models count as themselves; what stands for "unset" is left out."""
    if get_origin(annotation) in (Union, types.UnionType):
        return frozenset().union(*map(_leaves, get_args(annotation)))
    if annotation is type(None) or getattr(annotation, "__name__", "") == "Default":
        return frozenset()
    return frozenset({get_origin(annotation) or annotation})


def request_faults(method: str, parameters: Wire) -> list[str]:
    """What is wrong with a request: parameters that are unknown, missing or of another type."""
    known = models.method(method)
    if known is None:
        return ["no such method"]
    return _model_faults(known.model_validate, parameters) + schema.parameter_faults(method, parameters)


def answer_faults(method: str, answer: object) -> list[str]:
    """What is wrong with an answer of ours."""
    return _model_faults(models.returned(method).validate_python, answer) + schema.answer_faults(method, answer)


def update_faults(update: Wire) -> list[str]:
    """What is wrong with an update of ours."""
    return _model_faults(models.update().validate_python, update) + schema.faults(update, "Update", "update")


def _model_faults(judge: Callable[[object], object], value: object) -> list[str]:
    try:
        return _extras(judge(value), "")
    except ValidationError as error:
        return [f"aiogram: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]


def _extras(value: object, path: str) -> list[str]:
    """Fields that aiogram does not know, however deep."""
    if isinstance(value, list | tuple):
        return [fault for at, one in enumerate(value) for fault in _extras(one, f"{path}[{at}]")]
    if not isinstance(value, BaseModel):
        return []
    unknown = [f"aiogram: {path}.{name}: unknown" for name in value.model_extra or ()]
    inner = [(name, getattr(value, name)) for name in value.model_fields_set if name in type(value).model_fields]
    return unknown + [fault for name, one in inner for fault in _extras(one, f"{path}.{name}")]
