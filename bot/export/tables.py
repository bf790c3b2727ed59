"""Tables: a group's record as CSV, one file a table, each row with the ids that lead to the others."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.export.cells import Cell, write_csv
from bot.export.wanted import About
from bot.plain import Plain

Rows = Iterable[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: of which kind of things it is, its columns, and the rows that it takes from the whole."""

    about: About
    columns: tuple[str, ...]
    rows: Callable[[Plain], Rows]


def written(whole: Plain, kinds: Iterable[About]) -> dict[str, bytes]:
    """The tables of these kinds, by the names of their files. Those without rows have their header."""
    asked = frozenset(kinds)
    tables = {name: one for name, one in TABLES.items() if one.about in asked}
    return {f"{name}.csv": _written(one, whole).encode("utf-8", "replace") for name, one in tables.items()}


def _written(one: Table, whole: Plain) -> str:
    rows = ([_cell(row[name]) for name in one.columns] for row in one.rows(whole))
    return write_csv(rows, one.columns)


def _cell(value: object) -> Cell:
    """A value in one cell: lists with `;` between, counts as in `agree 7, abstain 1`, truth as `yes` or `no`."""
    match value:
        case None | str():
            return value
        case bool():
            return "yes" if value else "no"
        case int():
            return value
        case Mapping():
            return ", ".join(f"{label} {count}" for label, count in value.items() if count)
        case Sequence():
            return "; ".join(str(one) for one in value)
    raise TypeError(f"no cell for a {type(value).__name__}")


def _decisions(whole: Plain) -> Rows:
    for one in whole["decisions"]:
        more = {"counts": one["tally"], "counts_affiliates": one["tally_affiliates"], "roll": one["rules"]["roll"]}
        yield one | more | {"proxies": [f"{each['proxy']} ({each['member']})" for each in one["proxies"]]}


def _ballots(whole: Plain) -> Rows:
    for one in whole["decisions"]:
        for counted, key in (("yes", "ballots"), ("outvoiced", "outvoiced"), ("unconfirmed", "unconfirmed")):
            yield from ({"decision": one["id"], "counted": counted} | each for each in one[key])


def _beneath(things: str, thing: str, key: str) -> Callable[[Plain], Rows]:
    """The rows of what stands in a list within each thing, with that thing's id."""
    return lambda whole: ({thing: one["id"]} | each for one in whole[things] for each in one[key])


def _meetings(whole: Plain) -> Rows:
    for one in whole["meetings"]:
        people = {name: [each["member"] for each in one[name]] for name in ("people", "regrets")}
        yield one | people


TABLES: Mapping[str, Table] = {
    "decisions": Table(
        About.DECISIONS,
        (
            *("id", "proposal", "title", "method", "outcome", "chosen", "why", "opened_at", "closed_at", "electorate"),
            *("turnout", "counts", "counts_affiliates", "roll", "unheard", "proxies", "by", "statement", "review_at"),
            *("text", "revision"),
        ),
        _decisions,
    ),
    "revisions": Table(
        About.DECISIONS,
        ("decision", "number", "title", "text", "by", "at"),
        _beneath("decisions", "decision", "revisions"),
    ),
    "ballots": Table(
        About.DECISIONS, ("decision", "member", "affiliate", "marks", "reason", "at", "counted"), _ballots
    ),
    "concerns": Table(
        About.DECISIONS,
        ("decision", "id", "by", "text", "answer", "answered_by", "resolved"),
        _beneath("decisions", "decision", "concerns"),
    ),
    "discussion": Table(
        About.DECISIONS,
        ("decision", "member", "affiliate", "text", "at", "link"),
        _beneath("decisions", "decision", "discussion"),
    ),
    "reviews": Table(
        About.DECISIONS,
        ("decision", "member", "affiliate", "verdict", "text", "at"),
        _beneath("decisions", "decision", "reviews"),
    ),
    "meetings": Table(
        About.MEETINGS,
        (
            *(
                "id",
                "title",
                "text",
                "place",
                "zone",
                "stage",
                "called_by",
                "starts_at",
                "wall",
                "minutes",
                "started_at",
            ),
            *("ended_at", "subject", "chairs", "people", "regrets", "guests", "links"),
        ),
        _meetings,
    ),
    "notes": Table(
        About.MEETINGS, ("meeting", "number", "tag", "text", "by", "at"), _beneath("meetings", "meeting", "notes")
    ),
    "actions": Table(
        About.ACTIONS,
        ("id", "meeting", "text", "owners", "others", "by", "made_at", "due", "status", "why", "closed_at"),
        lambda whole: whole["actions"],
    ),
    "lessons": Table(
        About.LESSONS,
        (
            *("id", "decision", "by", "worked", "tried", "text", "happened", "again", "never", "helps", "region"),
            *("affiliate", "size", "language", "topic", "at"),
        ),
        lambda whole: whole["lessons"],
    ),
    "reuses": Table(
        About.LESSONS,
        ("lesson", "group", "member", "place", "worked", "text", "at"),
        _beneath("lessons", "lesson", "reuses"),
    ),
}
"""The tables, by name. A new column stands behind those that are known."""
