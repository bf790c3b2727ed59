"""Peers: what may be filed, when it is looked at, and who is asked about whom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.peers.seeking import LEAST
from decisions import peers
from decisions.likeness import likeness, rarity
from decisions.model import Help, Introduction, Side
from decisions.refusals import HelpNeeded, HelpTellsWhere, HelpTooLong, Refusal, TooManyFiled, TooManyHelps

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
DAY = timedelta(days=1)
OFFER, ASK = Side.OFFER, Side.ASK


def help_(id_: int, side: Side, text: str = "Grant writing", person: int = 0, **more: object) -> Help:
    """`person` 0: somebody of their own."""
    made = Help(
        id=id_, person_id=person or id_, side=side, text=text, language="en", at=NOW - 9 * DAY, ends_at=NOW + 81 * DAY
    )
    return replace(made, **more)  # type: ignore[arg-type]


def fitting(one: Help, *others: Help, known: tuple[Introduction, ...] = ()) -> list[int]:
    weights = rarity(each.text for each in (one, *others))
    found = peers.fitting(one, others, known, lambda a, b: likeness(a, b, weights), LEAST, NOW)
    return [each.id for each in found]


# -- filing -----------------------------------------------------------------------------------------------------------


def test_what_is_filed_is_hidden_for_half_a_day_and_until_a_midnight() -> None:
    for hour, day in ((0, 3), (11, 3), (12, 3), (13, 4), (23, 4)):
        at = NOW.replace(hour=hour, minute=7 if hour != 12 else 0)
        filed = peers.file([], 1, OFFER, " Grant\u202e  writing ", "en", at, id_=7)
        assert (filed.text, filed.seek_at) == ("Grant writing", datetime(2026, 3, day, tzinfo=UTC))
        assert filed.ends_at is not None
        assert filed.ends_at == peers.midnight(filed.ends_at) >= at + peers.KEPT


def test_what_leads_past_us_or_says_nothing_is_not_filed() -> None:
    bad: list[tuple[str, type[Refusal]]] = [
        ("", HelpNeeded), ("?!", HelpNeeded), ("\u200b\u2060", HelpNeeded), ("12 34 56", HelpNeeded),
        ("x" * 501, HelpTooLong), ("x" * 200_000, HelpTooLong),
        ("See https://evil.example/1", HelpTellsWhere), ("www.evil.example", HelpTellsWhere),
        ("Write to @mallory", HelpTellsWhere), ("Write to mallory@evil.example", HelpTellsWhere),
        ("@m:evil.example knows", HelpTellsWhere), ("Come to #room:evil.example", HelpTellsWhere),
        ("Look at evil.com", HelpTellsWhere), ("Look at evil.zone/who", HelpTellsWhere), ("TG:mallory", HelpTellsWhere),
        ("Call +49 30 1234567", HelpTellsWhere), ("tel:030 123", HelpTellsWhere),
    ]  # fmt: skip
    for text, no in bad:
        with pytest.raises(no):
            peers.file([], 1, OFFER, text, "en", NOW, id_=7)
    with pytest.raises(HelpTellsWhere) as told:
        peers.file([], 1, OFFER, "Write to ana.maria@example.org, please", "en", NOW, id_=7)
    assert told.value.values()[0] == "ana.maria@example.org,"  # the whole of it, and not `a@e`
    for text in (
        "Node.js, e.g. for bots",
        "A talk in Berlin on 2026-05-01: 30 people",
        "教新手写条目",
        "كتابة المنح",
    ):
        assert peers.file([], 1, OFFER, text, "en", NOW, id_=7).text == text


def test_five_are_open_and_ten_a_week_whatever_became_of_them() -> None:
    mine = [help_(one, OFFER, f"Thing {one}", 1) for one in range(5)]
    with pytest.raises(TooManyHelps):
        peers.file(mine, 1, ASK, "Grants", "en", NOW, id_=7)
    assert peers.file(mine, 1, OFFER, "thing 3.", "en", NOW, id_=7) == mine[3]
    done = [peers.ended(help_(one, OFFER, person=1, at=NOW - DAY)) for one in range(10)]
    with pytest.raises(TooManyFiled):
        peers.file(done, 1, ASK, "Grants", "en", NOW, id_=7)
    assert peers.file(done, 1, ASK, "Grants", "en", NOW + 6 * DAY, id_=7).id == 7
    assert {one.text for one in done} == {""}


def test_what_is_over_can_be_renewed_for_a_while_and_then_goes() -> None:
    filed = peers.file([], 1, OFFER, "Grants", "en", NOW, id_=7)
    assert filed.ends_at is not None
    over, at = peers.lapsed(filed), filed.ends_at
    assert not peers.is_open(filed, at)
    again = peers.renew(over, [over], at)
    assert again.seek_at is not None
    assert (again.text, again.seek_at > at, peers.is_open(again, at)) == ("Grants", True, True)
    longer = peers.renew(filed, [filed], NOW + 3 * DAY)
    assert (longer.seek_at, longer.ends_at) == (filed.seek_at, at + 3 * DAY)
    for one, days, renewable, gone in ((over, 100, True, False), (over, 121, False, True), (filed, 80, False, False),
                                       (peers.ended(filed), 3, False, False), (peers.ended(filed), 7, False, True)):  # fmt: skip
        assert peers.is_renewable(one, NOW + days * DAY) is renewable
        assert peers.is_forgettable(one, NOW + days * DAY) is gone


def test_people_are_asked_in_their_own_morning_after_quiet_hours() -> None:
    midnight = datetime(2026, 3, 3, tzinfo=UTC)
    for zone, hush, hour in (
        ("UTC", "", 9),
        ("Asia/Tokyo", "", 0),
        ("America/Lima", "", 14),
        ("UTC", "22:00-10:30", 10),
    ):
        at = peers.morning(zone, hush, midnight)
        assert (at.day, at.hour) == (3, hour)


# -- who fits whom ----------------------------------------------------------------------------------------------------

PAIRS = (
    ("I can help write grant applications", "Somebody who knows how to write a grant application", True),
    ("Mentoring for new event organizers", "A mentor for our first event", True),
    ("Training in Wikidata queries (SPARQL)", "We need a SPARQL training", True),
    ("Video editing", "Help with editing a short video", True),
    ("Camera and tripod to lend", "We are looking for a camera", True),
    ("Translation from English into Swahili", "Translating our guide into Swahili", True),
    ("J’anime des ateliers de contribution", "Une personne pour animer un atelier", True),
    ("Enseño a subir fotos a Commons", "Aprender a subir fotos", True),
    ("تدريب على كتابة المنح", "أحتاج إلى تدريب على كتابة منحة", True),
    ("教新手编辑条目", "需要有人教新手编辑", True),
    ("I can help write grant applications", "We are looking for a camera", False),
    ("I can help with video editing", "I need help with our budget", False),
    ("Mentoring for new event organizers", "A SPARQL training", False),
    ("Translation from English into Swahili", "Help with a press release in English", False),
    ("I can teach how to write a bot in Python", "Somebody who can write a press release", False),
    ("教新手编辑条目", "寻找摄影器材", False),
    ("تدريب على كتابة المنح", "كاميرا للإعارة", False),
)


def test_what_fits_is_found_and_what_does_not_is_left_alone() -> None:
    weights = rarity(text for one, two, _ in PAIRS for text in (one, two))
    wrong = [
        (one, two, likeness(one, two, weights))
        for one, two, fits in PAIRS
        if (likeness(one, two, weights) >= LEAST) is not fits
    ]
    assert wrong == []


def test_nobody_meets_themselves_their_own_side_or_what_is_not_there_yet() -> None:
    mine = help_(1, ASK)
    assert fitting(mine, help_(2, OFFER)) == [2]
    assert fitting(mine, help_(2, ASK), help_(3, OFFER, person=1), help_(4, OFFER, "Cameras")) == []
    assert fitting(mine, help_(2, OFFER, ends_at=NOW), help_(3, OFFER, ends_at=None)) == []
    assert fitting(mine, help_(2, OFFER, seek_at=NOW + DAY), help_(3, OFFER, seek_at=NOW)) == [3]


def test_the_same_language_goes_before_the_likest() -> None:
    mine = help_(1, ASK, "Writing grants")
    assert fitting(
        mine, help_(2, OFFER, "Writing grants", language="fr"), help_(3, OFFER, "I help you in writing grants")
    ) == [3, 2]


def test_nobody_is_asked_more_than_three_times_a_week_about_one_thing_and_once_about_a_pair() -> None:
    others = [help_(one, OFFER) for one in range(2, 9)]
    assert len(fitting(help_(1, ASK), *others)) == 3
    told = tuple(Introduction(id=one, offer_id=one, ask_id=1, at=NOW - DAY) for one in (2, 3))
    assert fitting(help_(1, ASK), *others, known=told) == [4]
    before = tuple(replace(one, at=NOW - 8 * DAY) for one in told)
    assert fitting(help_(1, ASK), *others, known=before) == [4, 5, 6]
    busy = tuple(Introduction(id=one, offer_id=2, ask_id=10 + one, at=NOW - DAY) for one in range(3))
    assert fitting(help_(1, ASK), *others[:2], known=busy) == [3]


def test_an_answer_can_change() -> None:
    one = Introduction(id=7, offer_id=1, ask_id=2, at=NOW)
    yes = peers.answer(one, OFFER, True)
    assert (yes.offers, yes.asks, peers.is_mutual(yes)) == (True, None, False)
    assert peers.answer(yes, OFFER, False).offers is False
    met = peers.answer(yes, ASK, True)
    assert peers.is_mutual(met)
    assert not peers.is_mutual(peers.answer(met, ASK, False))


def test_a_number_says_nothing_of_how_many_there_are() -> None:
    taken = {peers.introduce(help_(1, ASK), help_(2, OFFER), lambda _: False, NOW).id}
    made = peers.introduce(help_(1, ASK), help_(2, OFFER), taken.__contains__, NOW)
    assert made.id not in taken
    assert (made.offer_id, made.ask_id, 100_000 <= made.id < 1_000_000) == (2, 1, True)


def test_a_few_of_others_are_shown_and_other_ones_the_next_day() -> None:
    helps = [help_(one, OFFER) for one in range(1, 40)]
    today, same_, tomorrow = (peers.shuffled(helps, 1, NOW + at, 5) for at in (timedelta(), timedelta(hours=2), DAY))
    assert today == same_ != tomorrow
    assert len(today) == 5
    assert all(one.person_id != 1 for one in (*today, *tomorrow))
    assert peers.shuffled([help_(2, OFFER, seek_at=NOW), help_(3, OFFER, ends_at=NOW)], 1, NOW, 5) == []
