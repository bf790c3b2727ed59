"""Dates: what people say of when is read rightly, or asked back; it is never silently wrong."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import when
from bot.dates import MOST_TYPED, Reading, beginning, read, understood
from bot.dates.holidays import easter
from bot.dates.lexicon import FOLDER, lexicon
from decisions.refusals import Refusal, UnknownTime, UnsureTime

BERLIN = "Europe/Berlin"
THURSDAY = datetime(2026, 3, 5, 10, 0, tzinfo=ZoneInfo(BERLIN))
"""Thursday 5 March 2026, ten in the morning."""

OURS = ("en", "fr", "es", "de", "pt", "ar")
OTHERS = ("it", "nl", "ru", "pl", "tr", "sv", "ja")


def seen(words: str, language: str = "en", now: datetime = THURSDAY) -> Reading:
    return read(words, language, BERLIN, now)


def shown(reading: Reading) -> list[str]:
    """Days as days, times as wall time, stretches with their end."""
    return [
        f"{one.local:%Y-%m-%d}"
        if one.day
        else f"{one.local:%Y-%m-%d %H:%M}" + (f" {one.until.astimezone(ZoneInfo(BERLIN)):%H:%M}" if one.until else "")
        for one in reading.readings
    ]


CERTAIN = {
    "en": {
        "tomorrow at 6pm": "2026-03-06 18:00",
        "6 pm tomorrow": "2026-03-06 18:00",
        "noon tomorrow": "2026-03-06 12:00",
        "tonight at 8": "2026-03-05 20:00",
        "Sunday": "2026-03-08",
        "this Sunday": "2026-03-08",
        "next Monday": "2026-03-09",
        "next week Wednesday": "2026-03-11",
        "Wednesday of next week": "2026-03-11",
        "the day after tomorrow": "2026-03-07",
        "day after tomorrow at 18:00": "2026-03-07 18:00",
        "in two weeks": "2026-03-19",
        "in 90 minutes": "2026-03-05 11:30",
        "3 hours from now": "2026-03-05 13:00",
        "March 31st": "2026-03-31",
        "31 March 2027 at 08:15": "2027-03-31 08:15",
        "the 15th": "2026-03-15",
        "the 15th of next month": "2026-04-15",
        "Friday the thirteenth": "2026-03-13",
        "half past six pm": "2026-03-05 18:30",
        "half past six in the evening": "2026-03-05 18:30",
        "quarter to eight in the morning": "2026-03-06 07:45",
        "end of tomorrow": "2026-03-06 23:59",
        "two weeks before Christmas": "2026-12-11",
        "easter": "2026-04-05",
        "Saturday from 7 to 9pm": "2026-03-07 19:00 21:00",
        "Saturday 11am-1pm": "2026-03-07 11:00 13:00",
        "10pm-2am tomorrow": "2026-03-06 22:00 02:00",
        "2026-W12-2": "2026-03-17",
        "13/04": "2026-04-13",
        "now": "2026-03-05 10:00",
    },
    "fr": {
        "demain à 18h30": "2026-03-06 18:30",
        "lundi prochain à 9h": "2026-03-09 09:00",
        "après-demain": "2026-03-07",
        "mercredi de la semaine prochaine": "2026-03-11",
        "dans trois jours": "2026-03-08",
        "le 14 juillet à midi": "2026-07-14 12:00",
        "le 1er mai": "2026-05-01",
        "ce soir à huit heures": "2026-03-05 20:00",
        "samedi de 14h à 16h": "2026-03-07 14:00 16:00",
        "dans 20 minutes": "2026-03-05 10:20",
    },
    "es": {
        "pasado mañana": "2026-03-07",
        "mañana a las 6 de la tarde": "2026-03-06 18:00",
        "mañana por la mañana a las 9": "2026-03-06 09:00",
        "el lunes a las ocho y media de la noche": "2026-03-09 20:30",
        "el 15 de abril de 2026": "2026-04-15",
        "en tres semanas": "2026-03-26",
        "hoy a mediodía": "2026-03-05 12:00",
        "viernes santo": "2026-04-03",
    },
    "de": {
        "morgen um 18 Uhr": "2026-03-06 18:00",
        "übermorgen": "2026-03-07",
        "nächsten Montag um 9:30 Uhr": "2026-03-09 09:30",
        "Montagabend um acht": "2026-03-09 20:00",
        "Mittwoch nächste Woche": "2026-03-11",
        "am 03.04.": "2026-04-03",
        "am 3. April um 4:00": "2026-04-03 04:00",
        "in vierzehn Tagen": "2026-03-19",
        "halb acht abends": "2026-03-05 19:30",
        "morgen zwischen 10 und 12 Uhr": "2026-03-06 10:00 12:00",
        "Ostermontag": "2026-04-06",
    },
    "pt": {
        "depois de amanhã": "2026-03-07",
        "amanhã às 18h": "2026-03-06 18:00",
        "sexta-feira às 7 da noite": "2026-03-06 19:00",
        "em duas semanas": "2026-03-19",
        "dia 20 às 15:30": "2026-03-20 15:30",
        "segunda-feira ao meio-dia": "2026-03-09 12:00",
    },
    "ar": {
        "غداً الساعة السادسة مساءً": "2026-03-06 18:00",
        "بعد غد": "2026-03-07",
        "يوم الأحد الساعة ٨ صباحا": "2026-03-08 08:00",
        "بعد 3 أيام": "2026-03-08",
        "١٥ أبريل ٢٠٢٦": "2026-04-15",
        "الليلة الساعة التاسعة والنصف": "2026-03-05 21:30",
    },
    "it": {"domani alle 18:00": "2026-03-06 18:00", "lunedì": "2026-03-09", "tra 3 giorni": "2026-03-08"},
    "nl": {"morgen om 18:00": "2026-03-06 18:00", "zondag 15:30": "2026-03-08 15:30", "over 2 weken": "2026-03-19"},
    "ru": {"завтра в 18:00": "2026-03-06 18:00", "в пятницу": "2026-03-06", "через 3 дня": "2026-03-08"},
    "pl": {"jutro o 18:00": "2026-03-06 18:00", "15 kwietnia": "2026-04-15", "za 3 dni": "2026-03-08"},
    "tr": {"yarın 18:00": "2026-03-06 18:00", "pazartesi": "2026-03-09", "3 gün sonra": "2026-03-08"},
    "sv": {"imorgon kl 18:00": "2026-03-06 18:00", "på söndag": "2026-03-08", "om 3 dagar": "2026-03-08"},
    "ja": {"明日の18時": "2026-03-06 18:00", "4月15日": "2026-04-15", "3日後": "2026-03-08"},
}

DOUBTFUL = {
    "en": (
        "03/04", "12-5", "Thursday", "next Friday", "half eight", "midnight", "midnight tomorrow",
        "12 am", "12 pm tomorrow", "Monday the 10th", "Tuesday 5 March 2027", "tomorrow at 6", "at 8", "five to seven",
        "Friday or Saturday", "every Friday", "not Friday", "after Friday", "last Friday", "before Friday",
        "around 6pm tomorrow", "6pm EST tomorrow", "the 5th", "next month", "next week", "week 12",
        "tomorrow morning or evening", "early tomorrow", "yesterday at 18:00", "today at 09:00",
        "Friday 18:00 Saturday", "29 February", "from 9 to 5 tomorrow", "24:00 tomorrow",
        "tomorrow, 50 people", "13 pm tomorrow", "Friday week", "a week today", "tomorrow 6 pm London time",
    ),
    "de": ("halb acht", "morgen um sechs", "viertel vor acht", "um 8", "jeden Freitag", "am 22.04", "Dienstag, den 10. April"),
    "fr": ("dans une heure et demie", "mercredi 10 mars 2027 ou jeudi", "à huit heures", "vendredi 13 mai 2026", "03/04"),
    "es": ("en una hora y media", "mañana a las 8:00", "mañana a las seis", "el próximo viernes", "12-5", "cada viernes", "dentro de 3 minutos"),
    "pt": ("amanhã às 4", "sexta-feira de 23 às 4", "03/04", "todo sábado", "sexta-feira 20 às 4"),
    "ar": ("الساعة السادسة", "الجمعة القادمة", "03/04"),
    "nl": ("elke vrijdag",),
    "ru": ("каждую пятницу", "03/04"),
}  # fmt: skip

NOTHING = {
    "en": (
        "the minutes are nice", "May I ask", "we marched second", "31 February", "30 Feb 2027", "the sun is nice", "",
        "good morning", "one", "5 people", "32 March", "we sat", "to whom it may concern", "version 1.2.3", "P-7",
        "this weekend", "2 days ago", "in March", "May 5 people come",
    ),
    "fr": ("il y a un mais", "bonjour", "31 février", "le mars", "une minute", "tous les vendredis"),
    "de": ("guten Morgen", "so ist es", "31. Februar", "da ist er"),
    "es": ("buenos días", "31 de febrero", "un momento"),
    "pt": ("bom dia", "31 de fevereiro", "uma coisa"),
    "nl": ("half acht",),
    "ar": ("صباح الخير", "٣١ فبراير", "كل يوم جمعة"),
}  # fmt: skip


def told(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(language, words) for language, each in table.items() for words in each]


@pytest.mark.parametrize(("language", "words"), [(one, each) for one, held in CERTAIN.items() for each in held])
def test_what_means_one_time_is_certain(language: str, words: str) -> None:
    reading = seen(words, language)
    assert (shown(reading), reading.certain) == ([CERTAIN[language][words]], True)


@pytest.mark.parametrize(("language", "words"), told(DOUBTFUL))
def test_what_may_mean_several_is_asked_back(language: str, words: str) -> None:
    reading = seen(words, language)
    assert reading.readings
    assert not reading.certain


@pytest.mark.parametrize(("language", "words"), told(NOTHING))
def test_what_says_no_time_is_never_certain(language: str, words: str) -> None:
    assert not seen(words, language).certain


@pytest.mark.parametrize("words", ["31 February", "30 Feb 2027"])
def test_a_day_that_no_calendar_has_is_none(words: str) -> None:
    with pytest.raises(UnknownTime):
        when.instant(words, BERLIN, THURSDAY, language="en")


# -- the vectors ------------------------------------------------------------------------------------------------------


def shared() -> Path:
    """The folder of cases beside the project."""
    return next(one for one in (parent / "shared" for parent in Path(__file__).parents[2:]) if one.is_dir())


@cache
def judged(language: str) -> Counter[str]:
    """How many are right, asked back and silently wrong; and what the library alone has right."""
    held = json.loads((shared() / "vectors" / "dates" / f"{language}.json").read_text("utf-8"))
    counted = Counter({"baseline": sum(bool(one.get("dateparser_baseline")) for one in held["cases"])})
    for one in held["cases"]:
        now = datetime.fromisoformat(one["reference"]).replace(tzinfo=UTC)
        reading = understood(beginning(one["input"], language), language, "UTC", now)
        right = _right(reading, one["expected"])
        counted["right" if reading.certain and right else "wrong" if reading.certain else "asked"] += 1
        counted["first"] += right
    return counted


def _right(reading: Reading, expected: dict[str, str]) -> bool:
    if not reading.readings:
        return False
    best = reading.readings[0]
    at, until = (f"{one:%Y-%m-%d %H:%M:%S}" if one else None for one in (best.at, best.until))
    if "value" not in expected:
        return (at, until) == (expected["start"], expected["end"])
    if len(expected["value"]) == len("2026-03-05"):
        return best.day and at is not None and at.startswith(expected["value"])
    return (at, until, best.day) == (expected["value"], None, False)


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "pt"])
def test_no_case_is_silently_wrong(language: str) -> None:
    assert judged(language)["wrong"] == 0


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "pt"])
def test_twice_as_many_as_the_library_has_are_right(language: str) -> None:
    assert judged(language)["right"] >= 2 * judged(language)["baseline"]


@pytest.mark.parametrize(("language", "least"), [("de", 16), ("en", 14), ("es", 11), ("fr", 10), ("pt", 7)])
def test_so_many_are_certain_and_right(language: str, least: int) -> None:
    assert judged(language)["right"] >= least


# -- English beside another language ----------------------------------------------------------------------------------

MONDAY = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize("language", ["fr", "ar", "de", "es", "pt", "pl"])
@pytest.mark.parametrize(
    ("words", "at", "certain"),
    [
        ("tomorrow 18:00", "2026-03-03 18:00", True),
        ("by Friday", "2026-03-06 00:00", True),
        ("friday at 6pm", "2026-03-06 18:00", True),
        ("next week", "2026-03-09 00:00", False),
        ("perhaps tomorrow, xyz", "2026-03-03 00:00", False),
    ],
)
def test_english_words_are_read_where_ones_own_language_reads_less(
    language: str, words: str, at: str, certain: bool
) -> None:
    found = understood(words, language, "UTC", MONDAY)
    assert (f"{found.readings[0].at:%Y-%m-%d %H:%M}", found.certain) == (at, certain)


def test_what_english_reads_otherwise_puts_ones_own_language_in_doubt() -> None:
    assert read("on se voit 18:00 Friday ?", "fr", "UTC", MONDAY).certain
    assert not understood("on se voit 18:00 Friday ?", "fr", "UTC", MONDAY).certain
    assert not understood("morgen oder Friday", "de", "UTC", MONDAY).certain
    assert understood("on se voit demain à 18h ?", "fr", "UTC", MONDAY).certain


# -- clocks that change -----------------------------------------------------------------------------------------------


def test_a_time_that_comes_twice_is_asked_back() -> None:
    reading = seen("25 October 2026 at 02:30")
    assert not reading.certain
    assert [one.at.hour for one in reading.readings] == [0, 1]


def test_a_time_that_clocks_skip_is_asked_back() -> None:
    assert not seen("29 March 2026 at 02:30").certain


def test_hours_are_counted_whatever_clocks_do() -> None:
    eve = datetime(2026, 3, 29, 0, 30, tzinfo=ZoneInfo(BERLIN))
    (one,) = seen("in 3 hours", now=eve).readings
    assert one.at - eve == timedelta(hours=3)
    assert f"{one.local:%H:%M}" == "04:30"


# -- seen from other days ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", range(7))
def test_next_friday_is_certain_only_where_all_agree(days: int) -> None:
    now = THURSDAY + timedelta(days=days)
    reading = seen("next Friday", now=now)
    assert reading.certain == (now.weekday() in (4, 5))


@pytest.mark.parametrize("words", ["friday", "tomorrow", "3 april"])
def test_where_it_stands_does_not_matter(words: str) -> None:
    alone = seen(words)
    within = seen(f"Shall we meet {words}?")
    assert (within.readings, within.certain) == (alone.readings, True)
    assert f"Shall we meet {words}?"[slice(*within.span)] == words


# -- through the door -------------------------------------------------------------------------------------------------


def test_a_certain_time_is_used() -> None:
    assert when.instant("next Monday 18:00", BERLIN, THURSDAY, language="en") == datetime(2026, 3, 9, 17, tzinfo=UTC)
    assert when.instant("sunday", BERLIN, THURSDAY, language="en") == datetime(2026, 3, 8, 22, 59, tzinfo=UTC)
    early = when.instant("sunday", BERLIN, THURSDAY, end_of_day=False, language="en")
    assert early == datetime(2026, 3, 7, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "words", ["tomorrow at 6", "tomorrow morning", "from 7 to 9pm tomorrow", "tomorrow 18:00 then"]
)
def test_any_other_is_asked_back(words: str) -> None:
    """Also what leaves words over: behind a setting there is nothing but a time."""
    with pytest.raises(UnsureTime) as no:
        when.instant(words, BERLIN, THURSDAY, language="en")
    assert no.value.words == words
    assert all(one.tzinfo is UTC for one in no.value.readings)


def test_digits_alone_are_read_where_no_language_is_given() -> None:
    with pytest.raises(UnknownTime):
        when.instant("tomorrow", BERLIN, THURSDAY)


@pytest.mark.parametrize(
    ("words", "spelled"),
    [
        ("tomorrow at 6pm", "2026-03-06 18:00:00 UTC+01:00"),
        ("sunday", "2026-03-08"),
        ("2026-03-06 18:00", "2026-03-06 18:00"),
    ],
)
def test_a_time_is_spelled_once(words: str, spelled: str) -> None:
    assert when.spelled(words, BERLIN, THURSDAY, "en") == spelled


# -- hostile ----------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "today",
        "tomorrow",
        "next",
        "friday",
        "31",
        "february",
        "12",
        "am",
        "pm",
        "at",
        "noon",
        ":",
        "/",
        ".",
        "-",
        "from",
        "to",
        "99",
        "9999",
        "half",
        "past",
        "six",
        "end",
        "of",
        "before",
        "christmas",
        "24:00",
        "\u202e",
        "\u200f",
        "٣",
        "mañana",
        "à",
        "18h",
        "日",
        "0",
        "00",
        "week",
        "w49",
        "in",
        "years",
        "9999",
    ]
)
TEXT = st.text(max_size=70) | st.lists(PIECES, max_size=14).map(" ".join)


@given(TEXT, st.sampled_from((*OURS, *OTHERS, "xx", "", "en_GB", "zh-Hant")))
def test_whatever_is_typed_is_read_or_refused(words: str, language: str) -> None:
    reading = read(words, language, BERLIN, THURSDAY)
    assert reading.certain <= (len(reading.readings) == 1)
    assert all(one.at.tzinfo is UTC for one in reading.readings)
    begin, end = reading.span
    assert 0 <= begin <= end <= len(words)


def test_longer_texts_are_not_read() -> None:
    assert seen("tomorrow " + "x" * MOST_TYPED) == Reading()
    with pytest.raises(Refusal):
        when.instant("tomorrow " + "x" * MOST_TYPED, BERLIN, THURSDAY, language="en")


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        ("We shall be happy to see all of you here again tomorrow, and to sing and dance together", False),
        ("We shall be happy to see all of you here again tomorrow, and to sing until Friday", True),
        ("We shall be happy to see all of you here again tomorrow, and to sing, all 12 of us", True),
        ("tomorrow " * 20, True),
        ("tomorrow " + "x" * 500, True),
        ("x" * 70, True),
    ],
)
def test_a_sentence_may_go_on_with_what_is_no_time(sentence: str, whole: bool) -> None:
    begin = beginning(sentence, "en")
    assert (begin == sentence) == whole
    assert whole or (len(begin) <= MOST_TYPED and seen(begin).certain)


# -- what we know -----------------------------------------------------------------------------------------------------


def test_easter_is_where_it_is() -> None:
    assert [f"{easter(year):%m-%d}" for year in (1961, 2000, 2019, 2026, 2038)] == [
        "04-02",
        "04-23",
        "04-21",
        "04-05",
        "04-25",
    ]


@pytest.mark.parametrize("language", OURS)
def test_a_lexicon_names_all_days_and_months(language: str) -> None:
    kept = [one for each in lexicon(language).phrases.values() for one in each]
    assert {one.value for one in kept if one.kind == "weekday"} == {str(day) for day in range(7)}
    assert {one.value for one in kept if one.kind == "month"} == {str(month) for month in range(1, 13)}
    assert (FOLDER / f"{language}.json").is_file()
