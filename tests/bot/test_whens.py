"""Whens: `folkmoot when` says which time a text means, and ends with how sure that is."""

import json

import pytest

from bot.telling import WRONG, Failure
from bot.whens import ASK, CERTAIN, UNKNOWN, read

NOW = "2026-11-26T10:00"
BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("words", "language", "code", "lines"),
    [
        ("tomorrow at 6pm", "en", CERTAIN, ["Fri 27 Nov 2026, 18:00 CET"]),
        ("2026-12-01 18:00", "en", CERTAIN, ["Tue 1 Dec 2026, 18:00 CET"]),
        ("2026-12-01", "en", CERTAIN, ["Tue 1 Dec 2026"]),
        ("2h", "en", CERTAIN, ["Thu 26 Nov 2026, 12:00 CET"]),
        ("demain à 18h30", "fr", CERTAIN, ["ven. 27 nov. 2026, 18:30 CET"]),
        (
            "tomorrow at 6",
            "en",
            ASK,
            ["Fri 27 Nov 2026, 06:00 CET, right?", "Fri 27 Nov 2026, 18:00 CET, right?"],
        ),
        (
            "tomorrow from 7 to 9pm",
            "en",
            CERTAIN,
            ["Fri 27 Nov 2026, 19:00 CET – Fri 27 Nov 2026, 21:00 CET"],
        ),
        ("in 2 decades", "en", ASK, ["Mon 26 Nov 2046, 10:00 CET, right?"]),
        ("x" * 65, "en", UNKNOWN, ["That is too long to be a time: at most 64 characters. Write only the time, as in 2027-03-10 18:00."]),
    ],
)  # fmt: skip
def test_it_says_which_time_is_meant(words: str, language: str, code: int, lines: list[str]) -> None:
    assert read(words, BERLIN, language, NOW, as_json=False) == (code, lines)


def test_it_says_so_to_programs() -> None:
    code, (line,) = read("Shall we say tomorrow at 6pm?", "berlin", "en", NOW, as_json=True)
    said = json.loads(line)
    first = said["readings"][0]
    assert code == CERTAIN
    assert said["certain"] is True
    assert (said["status"], said["zone"], said["span"]) == ("certain", BERLIN, "tomorrow at 6pm")
    assert said["at"] == first["at"] == "2026-11-27T17:00:00+00:00"
    assert said["local"] == "2026-11-27T18:00:00+01:00"
    assert (said["until"], said["day"], said["now"]) == (None, False, "2026-11-26T09:00:00+00:00")


def test_nothing_read_is_said_to_programs_too() -> None:
    code, (line,) = read("the minutes are nice", BERLIN, "en", NOW, as_json=True)
    said = json.loads(line)
    assert code == UNKNOWN
    assert (said["certain"], said["status"], said["at"], said["readings"]) == (False, "unknown", None, [])
    assert said["why"].startswith("I do not understand the time")


@pytest.mark.parametrize("as_json", [False, True])
def test_a_wrong_zone_names_the_nearest(as_json: bool) -> None:
    with pytest.raises(Failure) as no:
        read("tomorrow", "Europe/Pariss", "en", NOW, as_json=as_json)
    assert no.value.code == WRONG  # how it was called, and not what was asked
    assert "Europe/Paris" in str(no.value.said_with)


def test_a_now_that_is_none_is_refused() -> None:
    with pytest.raises(Failure):
        read("tomorrow", BERLIN, "en", "yesterday", as_json=False)
