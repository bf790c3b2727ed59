"""Asking: a query put into the words of the database, so that no word of it is ever an operator there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, or_, select

from decisions.affiliates import ASKING
from decisions.learned import Thing
from decisions.lookalikes import alike, number_in
from decisions.model import Affiliate, Group, Lesson, Member, Person, Result
from decisions.searching import Query
from storage import folding
from storage.prepared import Prepared, among, several
from storage.tables import ENTRIES, TABLES
from storage.work import Work

DECIDED = frozenset(one.value for one in Result if one is not Result.WITHDRAWN)
"""The outcomes of what came to a decision."""

Form = tuple[str, ...]
"""Folded words that follow each other."""

Term = tuple[Form, ...]
"""What is looked for in any of these forms."""

_GROUPS, _MEMBERS, _PERSONS = TABLES[Group].c, TABLES[Member].c, TABLES[Person].c
_AFFILIATES, _LESSONS = TABLES[Affiliate].c, TABLES[Lesson].c


@cache
def _spoken(kind: str) -> Prepared:
    return Prepared(select(_GROUPS.language, _GROUPS.languages).where(among(kind, _GROUPS.id, "groups")))


@dataclass(frozen=True, slots=True)
class Asked:
    """What an entry must hold and be: all of these terms, in one of these groups."""

    terms: Sequence[Term]
    groups: Collection[int]
    where: Sequence[ColumnElement[bool]] = ()


def asked(work: Work, query: Query, groups: Collection[int], languages: tuple[str, ...]) -> Asked | None:
    """A query for the index; None: nothing can be found."""
    chosen = _groups(work, query.group, groups)
    where = _where(work, query, chosen)
    phrases = [(form,) for form in map(folding.quoted, query.phrases) if form]
    terms = [*phrases, *folding.wanted(query.words, languages)]
    if not chosen or (query.says_something and not terms):
        return None
    return Asked(terms, chosen, where)


def spoken(work: Work, groups: Collection[int], languages: Collection[str]) -> tuple[str, ...]:
    """The languages of whoever asks, and those of the groups: a word is looked for in its forms in all of them."""
    found = dict.fromkeys(languages)
    kind = work.connection.dialect.name
    for language, others in _spoken(kind).all(work.connection, {"groups": several(kind, sorted(groups))}):
        found |= dict.fromkeys((language, *others))
    return tuple(found)


def distinct(text: str, languages: tuple[str, ...]) -> list[Term]:
    """Each word of a text on its own, in its forms."""
    found: dict[Form, Term] = {}
    for term in folding.each(text, languages):
        found.setdefault(term[0], term)
    return list(found.values())


# -- filters ----------------------------------------------------------------------------------------------------------


def _groups(work: Work, named: str, groups: Collection[int]) -> Collection[int]:
    if not named:
        return groups
    if named.isdecimal():
        return {one for one in groups if one == int(named[:9])}
    statement = select(_GROUPS.id, _GROUPS.name).where(_GROUPS.id.in_(sorted(groups)))
    return {row[0] for row in work.connection.execute(statement) if _named(named, row[1])}


def _where(work: Work, query: Query, groups: Collection[int]) -> list[ColumnElement[bool]]:
    kept = ENTRIES.c
    where: list[ColumnElement[bool]] = []
    if query.by:
        where.append(kept.by.in_(_people(work, query.by, groups)))
    if query.mine:
        where.append(kept.by.in_(sorted(query.mine)))
    if query.affiliate:
        where.append(_speaks_for(work, query.affiliate, groups))
    if query.kinds:
        where.append(kept.kind.in_(sorted(query.kinds)))
    if query.decided:
        where += [kept.thing == Thing.POLL, kept.outcome.in_(sorted(DECIDED))]
    if query.outcomes:
        where.append(kept.outcome.in_(sorted(query.outcomes)))
    if query.since is not None:
        where.append(kept.at >= query.since)
    if query.until is not None:
        where.append(kept.at < query.until)
    return where


def _people(work: Work, name: str, groups: Collection[int]) -> list[int]:
    """The ids of all members who go by a name, or are the same as somebody who does."""
    statement = (
        select(_MEMBERS.id, _MEMBERS.merged_into, _PERSONS.name)
        .join_from(TABLES[Member], TABLES[Person], _PERSONS.id == _MEMBERS.person_id)
        .where(_MEMBERS.group_id.in_(sorted(groups)))
    )
    everyone = work.connection.execute(statement).all()
    number = number_in(name)
    called = {key for key, _, known in everyone if known and (_named(name, known) or alike(known, name))}
    called |= {key for key, _, known in everyone if number and key == number[1] and known}
    return sorted(key for key, into, _ in everyone if (key if into is None else into) in called)


def _speaks_for(work: Work, name: str, groups: Collection[int]) -> ColumnElement[bool]:
    """What members said who speak for an affiliate, and the lessons about it."""
    statement = select(_AFFILIATES.id, _AFFILIATES.name).where(_AFFILIATES.group_id.in_(sorted(groups)))
    named = [row[0] for row in work.connection.execute(statement) if _named(name, row[1])]
    members = select(_MEMBERS.id).where(_MEMBERS.affiliate_id.in_(named), _MEMBERS.seat.not_in(ASKING))
    about = select(_LESSONS.id, _LESSONS.affiliate).where(
        _LESSONS.group_id.in_(sorted(groups)), _LESSONS.affiliate != ""
    )
    lessons = [row[0] for row in work.connection.execute(about) if _named(name, row[1])]
    theirs = ENTRIES.c.by.in_(list(work.connection.execute(members).scalars()))
    return or_(theirs, (ENTRIES.c.thing == Thing.LESSON) & ENTRIES.c.key.in_(lessons))


def _named(part: str, name: str) -> bool:
    """Whether every word of what was said begins one of a name."""
    said, words = folding.words(part), folding.words(name)
    return bool(said) and all(any(word.startswith(one) for word in words) for one in said)


# -- the words of the database ----------------------------------------------------------------------------------------


def sqlite(asked: Asked, *, titled: bool, most: int) -> str:
    """For FTS5. All words are quoted, and none of them holds a quote."""
    scope = _scope(asked.groups, most)
    said = _titled_phrase if titled else _phrase
    parts = ["(" + " OR ".join(said(form) for form in term) + ")" for term in asked.terms]
    return " AND ".join([*parts, *(["(" + " OR ".join(f'"{one}"' for one in scope) + ")"] if scope else [])])


def _phrase(form: Form) -> str:
    return _quoted(" ".join(form), form)


def _titled_phrase(form: Form) -> str:
    """Its words in the title; of several, a title does not say in which order."""
    marked = [_quoted(f"{folding.TITLED}{one}", form) for one in form]
    return marked[0] if len(form) == 1 else f"({' AND '.join([*marked, _phrase(form)])})"


def _quoted(words: str, form: Form) -> str:
    return f'"{words}"' + (" *" if _begins(form) else "")


def postgresql(asked: Asked, *, titled: bool, most: int) -> str:
    """For a tsquery."""
    scope = _scope(asked.groups, most)
    said = _titled_follows if titled else _follows
    parts = ["(" + " | ".join(f"({said(form)})" for form in term) + ")" for term in asked.terms]
    return " & ".join([*parts, *(["(" + " | ".join(f"'{one}'" for one in scope) + ")"] if scope else [])])


def _follows(form: Form) -> str:
    return " <-> ".join(_lexeme(one, form) for one in form)


def _titled_follows(form: Form) -> str:
    marked = [_lexeme(f"{folding.TITLED}{one}", form) for one in form]
    return " & ".join(marked if len(form) == 1 else [*marked, f"({_follows(form)})"])


def _lexeme(word: str, form: Form) -> str:
    return f"'{word}'" + (":*" if _begins(form) else "")


def _begins(form: Form) -> bool:
    """Whether it is a single character of those that are kept in pairs: any pair that begins with it will do."""
    return len(form) == 1 and len(form[0]) == 1 and folding.RUN.match(form[0]) is not None


def _scope(groups: Collection[int], most: int) -> list[str]:
    """The groups, as words of the index; none where there are too many."""
    return [f"{folding.WITHIN}{one}" for one in sorted(groups)] if len(groups) <= most else []
