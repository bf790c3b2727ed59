"""The templates: what they stand for, and the ways to name them."""

from datetime import timedelta
from fractions import Fraction

import pytest

from decisions.methods import METHODS
from decisions.model import Base, Rules
from decisions.refusals import UnknownTemplate
from decisions.templates import DEFAULT, TEMPLATES, Template, template

WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("name", "method", "rules", "lasts"),
    [
        ("consensus", "consensus", Rules(), WEEK),
        ("consent", "consent", Rules(), WEEK),
        ("lazy", "lazy_consensus", Rules(), timedelta(hours=72)),
        ("majority", "majority", Rules(), WEEK),
        ("absolute", "majority", Rules(base=Base.ELECTORATE), WEEK),
        ("super", "majority", Rules(threshold=Fraction(2, 3), beyond=False), WEEK),
        ("choose", "choose", Rules(), WEEK),
        ("approve", "approve", Rules(), WEEK),
        ("score", "score", Rules(points=5), WEEK),
        ("dots", "dots", Rules(points=8), WEEK),
        ("sense", "majority", Rules(), timedelta(days=3)),
    ],
)
def test_what_a_template_stands_for(name: str, method: str, rules: Rules, lasts: timedelta) -> None:
    found = template(name)
    assert (found.name, found.method, found.rules, found.lasts) == (name, method, rules, lasts)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("lazy consensus", "lazy"),
        ("Lazy-Consensus", "lazy"),
        (" LAZY_consensus ", "lazy"),
        ("lazy  _consensus", "lazy"),
        ("simple", "majority"),
        ("Sense Check", "sense"),
    ],
)
def test_names_are_taken_as_people_write_them(given: str, name: str) -> None:
    assert template(given) is TEMPLATES[name]


@pytest.mark.parametrize("given", ["", "lazyconsensus", "dictatorship", "x" * 5000])
def test_a_template_that_is_not_there(given: str) -> None:
    with pytest.raises(UnknownTemplate) as refusal:
        template(given)
    assert refusal.value.values() == (given[:40], tuple(TEMPLATES))


@pytest.mark.parametrize("one", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_every_template(one: Template) -> None:
    assert one.method in METHODS
    assert one.lasts > timedelta()
    assert type(one.rules.threshold) is Fraction
    assert 0 < one.rules.threshold <= 1
    assert all(template(called) is one for called in (one.name, *one.aliases)), "a name taken twice"
    assert METHODS[one.method].values(one.rules), "no button could be pressed"


def test_every_method_has_a_template() -> None:
    assert {one.method for one in TEMPLATES.values()} == METHODS.keys()


def test_consensus_is_the_default() -> None:
    assert template(DEFAULT) is next(iter(TEMPLATES.values()))
    assert DEFAULT == "consensus"
