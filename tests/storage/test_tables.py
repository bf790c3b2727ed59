"""Tables: each noun's twin has its fields as columns, and a value comes back as it was written."""

from dataclasses import fields
from datetime import datetime
from typing import Any, get_args, get_type_hints

import pytest
from sqlalchemy import select

from decisions.deadlines import next_due
from decisions.model import (
    Noun,
    Poll,
    Status,
)
from storage.store import Store
from storage.tables import TABLES
from storage.work import Work
from tests.storage.samples import VALUES

NOUNS: tuple[type[Noun], ...] = get_args(Noun)
DERIVED: dict[type[Noun], set[str]] = {Poll: {"due_at"}}
"""Columns that no noun has, because they follow from those it has."""


def test_every_noun_has_a_table() -> None:
    assert set(TABLES) == set(NOUNS)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_table_is_its_nouns_twin(noun: type[Noun]) -> None:
    columns = {column.name for column in TABLES[noun].columns}
    assert columns - DERIVED.get(noun, set()) == {one.name for one in fields(noun)}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_column_is_empty_where_its_field_may_be(noun: type[Noun]) -> None:
    empty = {name for name, kind in get_type_hints(noun).items() if type(None) in get_args(kind)}
    nullable = {column.name for column in TABLES[noun].columns if column.nullable}
    assert nullable - DERIVED.get(noun, set()) == empty


def test_a_value_comes_back_as_it_was_written(store: Store) -> None:
    assert {type(one) for one in VALUES} == set(NOUNS)
    with store.unit_of_work() as work:
        work.put(*VALUES)
    with store.reading() as work:
        found: list[Any] = [one for noun in NOUNS for one in work.all(noun)]
    assert found == sorted(VALUES, key=lambda one: NOUNS.index(type(one)))


def test_due_at_is_when_the_clock_has_to_look(played: Store) -> None:
    with played.reading() as work:
        assert {one.status for one in work.all(Poll)} == set(Status)
        assert _due(work) == {one.id: next_due(one) for one in work.all(Poll)}


def _due(work: Work) -> dict[int, datetime | None]:
    columns = TABLES[Poll].c
    return {row[0]: row[1] for row in work.connection.execute(select(columns.id, columns.due_at))}
