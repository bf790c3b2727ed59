"""What people type for a lesson, and where they used one, understood."""

from bot.learning.reading import place, typed


def test_a_place_stands_behind_in_and_ends_where_the_words_begin() -> None:
    for given, found in (
        ("in Ghana we used paper", ("Ghana", "we used paper")),
        ("in Burkina Faso: with tea", ("Burkina Faso", "with tea")),
        ("in New York", ("New York", "")),
        ("in Rosario Con mate en lugar de té", ("Rosario", "Con mate en lugar de té")),
        ("in Ziguinchor Il pleuvait, et personne n’est venu", ("Ziguinchor", "Il pleuvait, et personne n’est venu")),
        ("in South Africa We used paper", ("South Africa", "We used paper")),
        ("in La Paz con mate", ("La Paz", "con mate")),
        ("in Buenos Aires con mate", ("Buenos Aires", "con mate")),
        ("à Dakar, avec du thé", ("Dakar", "avec du thé")),
        ("in “the old library” with tea", ("the old library", "with tea")),
        ("في غانا استخدمنا الورق", ("غانا", "استخدمنا الورق")),
        ("in the end nobody came", ("", "in the end nobody came")),
        ("in 2019 it rained", ("", "in 2019 it rained")),
        ("we used paper in Ghana", ("", "we used paper in Ghana")),
        ("in", ("", "in")),
        ("", ("", "")),
    ):
        assert place(given) == found, given


def test_settings_lines_and_free_text_are_told_apart() -> None:
    for given, words in (
        ("We tried --topic “grant money” paper", {"tried": "We tried paper", "topic": "grant money"}),
        ("--size 40 We tried — and failed", {"tried": "We tried — and failed", "size": "40"}),
        ("--again Snacks and tea --never Paper", {"again": "Snacks and tea", "never": "Paper"}),
        (
            "Paper\nSee https://example.org/a: it is long",
            {"tried": "Paper", "text": "See https://example.org/a: it is long"},
        ),
        ("--region Africa\nPaper\nNEVER: ink", {"tried": "Paper", "region": "Africa", "never": "ink", "text": ""}),
        (
            "Paper\nagain: ink\n--region Africa --size 40",
            {"tried": "Paper", "again": "ink", "region": "Africa", "size": "40"},
        ),
        ("--nameless", {}),
        ("", {}),
    ):
        assert dict(typed(given, "en").words) == words, given
    assert typed("Paper —nameless", "en").nameless
    assert typed("Paper\nfailed: it rained\n--nameless", "en").nameless
