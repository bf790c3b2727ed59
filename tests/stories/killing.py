"""Killing: the process ends at one step among all that it takes to carry something out and to tell of it."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from adapters.console.scripted import Scripted
from storage import erased
from storage.store import Store
from storage.work import Work


class Killed(BaseException):
    """The process ends here."""


def kill_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step may be the last one: what is written, the instants before and behind the file of those who are forgotten,
    the commit, the emptying of the log, and the instants before and behind a message of ours."""
    left = count(step, -1)

    def stepping(do: Callable[..., Any]) -> Callable[..., Any]:
        def done(*args: Any, **more: Any) -> Any:
            if next(left) == 0:
                raise Killed
            return do(*args, **more)

        return done

    def and_then(do: Callable[..., Any]) -> Callable[..., Any]:
        then = stepping(lambda: None)

        def done(*args: Any, **more: Any) -> Any:
            kept = do(*args, **more)
            then()
            return kept

        return done

    for name in ("put", "drop", "_append"):
        monkeypatch.setattr(Work, name, stepping(getattr(Work, name)))
    monkeypatch.setattr(erased, "add", and_then(stepping(erased.add)))
    monkeypatch.setattr(Store, "leave_no_trace", and_then(stepping(Store.leave_no_trace)))
    monkeypatch.setattr(Scripted, "_say", and_then(stepping(Scripted._say)))
