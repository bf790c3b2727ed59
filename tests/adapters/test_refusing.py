"""What sounds meant, and how seldom the same no is said."""

import pytest

from adapters.refusing import MOST, PAUSE, Seldom, sounds_meant


@pytest.mark.parametrize(
    "text",
    ["/agree", "!propose Tea", "+1", "+1 gladly", "-1, no", "\u22121", "0", "0 as before", "PROPOSAL: Tea", "resolved : Tea",
     " \u200f+1", "\u2067/agree\u2069"],
)  # fmt: skip
def test_what_would_be_done_sounds_meant(text: str) -> None:
    assert sounds_meant(text)


@pytest.mark.parametrize("text", ["", "Tea?", "+10 points", "-1st", "0.5 l", "07 it is", "!!!", "/ or not", "we agree"])
def test_mere_talk_does_not(text: str) -> None:
    assert not sounds_meant(text)


def test_the_same_is_said_once_a_minute_in_a_place() -> None:
    now = [0.0]
    seldom = Seldom(lambda: now[0])
    assert seldom.may("here", "why")
    assert not seldom.may("here", "why")
    assert seldom.may("here", "another")
    assert seldom.may("there", "why")
    now[0] = PAUSE - 1
    assert not seldom.may("here", "why")
    now[0] = PAUSE
    assert seldom.may("here", "why")


def test_more_places_than_can_be_remembered_are_silent_until_others_are_let_go() -> None:
    now = [0.0]
    seldom = Seldom(lambda: now[0])
    assert all(seldom.may(str(place), "why") for place in range(MOST))
    assert not seldom.may("one more", "why")
    now[0] = PAUSE
    assert seldom.may("one more", "why")
