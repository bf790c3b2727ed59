"""Values of the rules that live in one column: how each is written as JSON text and read back."""

import json
from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import Text
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeDecorator

from decisions.model import ADDED_RULES, Base, Earlier, Marks, Outcome, Result, Rules


class Packed(TypeDecorator[Any]):
    """A column of JSON text with a pair of functions; reading is remembered where the value cannot change."""

    impl = Text
    cache_ok = True

    def __init__(self, name: str, pack: Callable[[Any], Any], unpack: Callable[[Any], Any]) -> None:
        super().__init__()
        self.name = name
        self.pack = pack
        self.unpack = unpack

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        return None if value is None else dumps(self.pack(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else self.unpack(value)


class Named(TypeDecorator[Any]):
    """A column that holds the value of a StrEnum."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind
        self._members = {str(one.value): one for one in kind}

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self._members[value]


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def dumps(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, any script as it is."""
    return _CANONICAL.encode(value)


def rules_to_plain(rules: Rules) -> dict[str, Any]:
    """Return rules as plain JSON values; fractions as `n/d`."""
    plain = {
        "quorum": None if rules.quorum is None else _number(rules.quorum),
        "threshold": _number(rules.threshold),
        "beyond": rules.beyond,
        "base": rules.base.value,
        "least": rules.least,
        "most": rules.most,
        "points": rules.points,
    }
    return plain | {name: value for name in ADDED_RULES if (value := getattr(rules, name))}


def outcome_to_plain(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as plain JSON values."""
    plain = {
        "result": outcome.result.value,
        "counts": dict(outcome.counts),
        "chosen": list(outcome.chosen),
        "tied": list(outcome.tied),
        "turnout": outcome.turnout,
        "base": outcome.base,
        "needed": outcome.needed,
    }
    return plain | _outcome_more(outcome)


def _outcome_more(outcome: Outcome) -> dict[str, Any]:
    """What came later, where there is any of it."""
    more = {
        "by_affiliates": dict(outcome.by_affiliates),
        "heard": list(outcome.heard or ()),
        "unheard": list(outcome.unheard),
        "proxies": [list(pair) for pair in outcome.proxies],
    }
    return {name: value for name, value in more.items() if value}


def _number(value: int | Fraction) -> str:
    return f"{value.numerator}/{value.denominator}" if isinstance(value, Fraction) else str(value)


def _to_number(text: str) -> int | Fraction:
    return Fraction(text) if "/" in text else int(text)


@lru_cache(maxsize=256)
def _rules(text: str) -> Rules:
    plain = json.loads(text)
    return Rules(
        quorum=None if plain["quorum"] is None else _to_number(plain["quorum"]),
        threshold=Fraction(plain["threshold"]),
        beyond=plain["beyond"],
        base=Base(plain["base"]),
        least=plain["least"],
        most=plain["most"],
        points=plain["points"],
        **{name: plain[name] for name in ADDED_RULES if name in plain},
    )


def _outcome(text: str) -> Outcome:
    plain = json.loads(text)
    return Outcome(
        result=Result(plain["result"]),
        counts=plain["counts"],
        chosen=tuple(plain["chosen"]),
        tied=tuple(plain["tied"]),
        turnout=plain["turnout"],
        base=plain["base"],
        needed=plain["needed"],
        by_affiliates=plain.get("by_affiliates", {}),
        heard=tuple(plain["heard"]) if "heard" in plain else None,
        unheard=tuple(plain.get("unheard", ())),
        proxies=tuple((member, proxy) for member, proxy in plain.get("proxies", ())),
    )


@lru_cache(maxsize=256)
def _options(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _earlier_to_plain(earlier: Earlier) -> dict[str, Any]:
    return {"revision": earlier.revision, "marks": dict(earlier.marks), "reason": earlier.reason}


def _earlier(text: str) -> Earlier:
    return Earlier(**json.loads(text))


def _marks(text: str) -> Marks:
    marks: dict[str, int] = json.loads(text)
    return marks


RULES = Packed("rules", rules_to_plain, _rules)
OUTCOME = Packed("outcome", outcome_to_plain, _outcome)
OPTIONS = Packed("options", list, _options)
MARKS = Packed("marks", dict, _marks)
EARLIER = Packed("earlier", _earlier_to_plain, _earlier)
