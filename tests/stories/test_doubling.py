"""Doubling: what looks like something that is there already is shown to its author alone, who goes on, links or joins."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.base import Answer, Request, Verdict
from adapters.console.conversation import Person
from bot import links
from bot.arriving import join, make_group, person_for
from bot.reader import Reader
from decisions.model import Doubt, Group, Lesson, Meeting, Openness, Poll, Presence, Related, Revision, Stage, Status
from storage.resembling import NEWEST
from storage.store import Store
from tests.house import START, House
from tests.stories.conftest import ON_BOTH

FIRST = "!propose Translate the partnership statement into twelve languages"
AGAIN = "!propose Translating our Partnerships statement to 12 languages"
NOTHING_LIKE_IT = "!propose Pay the travel costs of volunteers who speak at the conference"


@pytest.fixture
def house(store: Store) -> House:
    return House(
        store, {"general": "matrix", "tea": "telegram"}, (Person(name="ana", role="facilitator"), Person(name="ben"))
    )


def polls(house: House) -> list[Poll]:
    with house.store.reading() as work:
        return work.all(Poll)


def doubts(house: House) -> list[Doubt]:
    with house.store.reading() as work:
        return work.all(Doubt)


def related(house: House) -> list[tuple[str, int, str, int]]:
    with house.store.reading() as work:
        return sorted((one.thing.value, one.key, one.other.value, one.other_key) for one in work.all(Related))


def presses(answer: Answer) -> list[str]:
    return [one.press for row in answer.told[1] for one in row]


def elsewhere(house: House, name: str = "WMNO", openness: Openness = Openness.MEMBERS, who: str = "") -> Group:
    """Another group with a room of its own, in which `who` is."""
    with house.store.unit_of_work() as work:
        room = make_group(work, "matrix", f"!{name}", name, Reader("en", "UTC"), house.now)
        group = replace(work.the(Group, id=room.group_id), openness=openness)
        work.put(group)
        if who:
            member = join(work, group, person_for(work, "matrix", who, who), house.now)
            work.put(Presence(room_id=room.id, member_id=member.id))
        return group


# -- asked ------------------------------------------------------------------------------------------------------------


@ON_BOTH
async def test_it_is_shown_to_its_author_before_anybody_sees_it(house: House) -> None:
    await house.say("ana", FIRST)
    asked = await house.say("ben", AGAIN)
    assert asked.told[0] == (
        "Before this goes out: it looks like something that is there already.\n"
        "“!propose Translating our Partnerships statement to 12 languages”\n"
        "1. Partnerships is deciding something like it until Mon 9 Mar 2026, 18:00 UTC: P-1 “Translate the partnership "
        "statement into twelve languages”\n"
        "Nothing is sent yet. Press one, or write to me here: go on – it goes out; link – it goes out and the two are "
        "linked; join – you are shown that instead; no – let it be."
    )
    assert [[one.label for one in row] for row in asked.buttons] == [
        ["Join P-1 instead", "Go on, link P-1"],
        ["Go on"],
    ]
    assert (asked.looked, asked.secret, asked.untold) == (True, True, "sure4:go")
    assert len(polls(house)) == 1
    assert not [one for one in house.shown if "12 languages" in one.text and one.where in ("general", "tea")]


async def test_what_a_group_puts_every_week_is_not_held_up_every_week(house: House) -> None:
    weekly = "!poll Do we approve the minutes of last week’s call?"
    for number in (1, 2, 3):
        asked = await house.say("ana", weekly)
        assert asked.text.startswith("Before this goes out") is (number == 2)
        await house.whisper("ana", "go on")
        assert (await house.say("ben", weekly)).text.startswith("Before this goes out")  # while it is open
        await house.say("ana", f"!close P-{number}")
    assert len(polls(house)) == 3


async def test_what_is_new_goes_out_at_once(house: House) -> None:
    await house.say("ana", FIRST)
    assert (await house.say("ben", NOTHING_LIKE_IT)).text.startswith("P-2 is open")
    assert doubts(house) == []


@ON_BOTH
@pytest.mark.parametrize("way", ["sure4:go", "go on", "Go on.", "GO ON"])
async def test_it_goes_on_where_it_was_asked(house: House, way: str) -> None:
    await house.say("ana", FIRST)
    await house.say("ben", AGAIN + "\nThe second line stays.", "tea", message="77")
    done = await (house.press("ben", way, "") if ":" in way else house.whisper("ben", way))
    assert done.text.startswith("P-2 is open until")
    assert "The second line stays." in house.card("tea", "P-2")
    assert [one.status for one in polls(house)] == [Status.OPEN, Status.OPEN]
    assert (related(house), doubts(house)) == ([], [])


@ON_BOTH
@pytest.mark.parametrize("way", ["sure4:link=poll:1", "link", "link 1"])
async def test_it_goes_on_and_both_are_linked(house: House, way: str) -> None:
    await house.say("ana", FIRST)
    await house.say("ben", AGAIN)
    await (house.press("ben", way, "") if ":" in way else house.whisper("ben", way))
    assert related(house) == [("poll", 2, "poll", 1)]
    for ref, other in (("P-1", "P-2"), ("P-2", "P-1")):
        shown = (await house.say("ana", f"!show {ref}")).text
        assert shown.partition("It belongs with:\n")[2].startswith("Partnerships is deciding something like it until")
        assert f": {other} “Transla" in shown
    with house.store.reading() as work:
        assert [one.by for one in work.all(Related)] == [2]


@pytest.mark.parametrize("way", ["sure4:join=poll:1", "join", "join 1"])
async def test_its_author_joins_the_other_instead(house: House, way: str) -> None:
    await house.say("ana", FIRST)
    await house.say("ben", AGAIN)
    joined = await (house.press("ben", way, "") if ":" in way else house.whisper("ben", way))
    assert joined.told[0].startswith("Good; nothing of yours was sent. Here is P-1:")
    assert any(one.startswith("p1:") for one in presses(joined))  # it can be voted in
    assert (len(polls(house)), doubts(house)) == (1, [])


async def test_no_means_no(house: House) -> None:
    await house.say("ana", FIRST)
    await house.say("ben", AGAIN)
    said = await house.whisper("ben", "no")
    assert said.text == f"Then nothing was sent. It was: {AGAIN}"
    await house.say("ben", AGAIN)
    await house.press("ben", "sure5:no", "")
    assert (len(polls(house)), doubts(house)) == (1, [])


async def test_a_yes_says_too_little(house: House) -> None:
    await house.say("ana", FIRST)
    await house.say("ben", AGAIN)
    for words in ("yes", "1", "link 2", "join 4"):
        assert len(polls(house)) == 1
        assert (await house.whisper("ben", words)).text.startswith("Before this goes out"), words
    assert len(doubts(house)) == 1


async def test_in_a_room_they_are_talk(house: House) -> None:
    await house.say("ana", FIRST)
    await house.say("ben", AGAIN)
    for words in ("go on", "link", "join 1", "no"):
        assert (await house.say("ben", words)).verdict is Verdict.NOTHING
    assert (len(polls(house)), len(doubts(house))) == (1, 1)


async def test_in_their_own_words(house: House) -> None:
    await house.say("ben", "!language fr")
    await house.say("ana", FIRST)
    asked = await house.say("ben", AGAIN)
    assert "continuer – cela part ; lier – cela part et les deux sont liés" in asked.text
    await house.whisper("ben", "Lier 1")
    assert related(house) == [("poll", 2, "poll", 1)]


# -- as with times ----------------------------------------------------------------------------------------------------


@ON_BOTH
async def test_a_time_that_is_unsure_comes_first_and_then_what_it_looks_like(house: House) -> None:
    await house.say("ana", FIRST)
    first = await house.say(
        "ben", AGAIN.replace("!propose", '!propose --from "half past six" --until "in ten days at 6"')
    )
    assert "may mean several times" in first.text
    readings = presses(first)
    assert readings == ["sure4:0", "sure4:1", "sure4:no"]
    second = await house.press("ben", "sure4:1", "")
    if "may mean" in second.told[0]:
        second = await house.press("ben", presses(second)[0], "")
    assert second.told[0].startswith("Before this goes out")
    house.sleep(timedelta(hours=3))
    done = await house.whisper("ben", "link 1")
    assert done.verdict is Verdict.DONE
    put = polls(house)[1]
    assert put.opens_at > START
    assert related(house) == [("poll", 2, "poll", 1)]
    assert doubts(house) == []


async def test_it_is_done_once(house: House) -> None:
    await house.say("ana", FIRST)
    await house.say("ben", AGAIN)
    await house.press("ben", "sure4:go", "", key="tap")
    assert (await house.press("ben", "sure4:go", "", key="tap")).verdict is Verdict.NOTHING
    assert (await house.press("ben", "sure4:go", "")).verdict is Verdict.REFUSED
    assert len(polls(house)) == 2


async def test_nobody_answers_for_another(house: House) -> None:
    await house.say("ana", FIRST)
    await house.say("ben", AGAIN)
    for press in ("sure4:go", "sure4:link=poll:1", "sure4:join=poll:1", "sure4:no", "sure4:ask"):
        assert (await house.press("ana", press, "")).verdict is Verdict.REFUSED
    assert (await house.whisper("ana", "go on")).text.startswith("I am Folkmoot")
    assert (len(polls(house)), len(doubts(house))) == (1, 1)


@pytest.mark.parametrize(
    "press",
    ["sure4:0", "sure4:link=poll:2", "sure4:join=poll:2", "sure4:link=lesson:1", "sure2:go", "sure4:link=action:1",
     "sure4:go\n", "sure4:link", "sure4:link=poll:99999999999", "sure4:join=nothing:1"],
)  # fmt: skip
async def test_forged_buttons_settle_nothing(house: House, press: str) -> None:
    await house.say("ana", FIRST)
    await house.say("ben", AGAIN)
    assert (await house.press("ben", press, "")).verdict is Verdict.REFUSED
    assert (len(polls(house)), len(doubts(house))) == (1, 1)


async def test_who_has_left_puts_nothing(house: House) -> None:
    await house.say("ana", FIRST)
    await house.say("ben", AGAIN)
    await house.leave("ben")
    assert (await house.press("ben", "sure4:go", "")).verdict is Verdict.REFUSED
    assert (await house.whisper("ben", "go on")).verdict is not Verdict.FAULT
    assert len(polls(house)) == 1


async def test_it_waits_a_day(house: House) -> None:
    await house.say("ana", FIRST)
    await house.say("ben", AGAIN)
    house.sleep(timedelta(hours=25))
    assert (await house.press("ben", "sure4:go", "")).verdict is Verdict.REFUSED
    await house.whisper("ben", "go on")
    assert len(polls(house)) == 1


async def test_something_newer_takes_its_place(house: House) -> None:
    await house.say("ana", FIRST)
    await house.say("ben", AGAIN)
    await house.say("ben", NOTHING_LIKE_IT)
    assert (await house.press("ben", "sure4:go", "")).verdict is Verdict.REFUSED
    assert len(polls(house)) == 2


async def test_rights_are_those_of_the_moment(house: House) -> None:
    await house.say("ana", FIRST)
    await house.say("ben", AGAIN)
    await house.say("ana", "!group propose facilitators")
    assert (await house.press("ben", "sure4:go", "")).verdict is Verdict.REFUSED
    assert len(polls(house)) == 1


async def test_what_would_be_refused_is_refused_first(house: House) -> None:
    await house.say("ana", FIRST)
    no = await house.say("ben", AGAIN.replace("!propose", "!propose --roll nobody-we-know"))
    assert no.verdict is Verdict.REFUSED
    assert doubts(house) == []


async def test_whoever_cannot_be_told_alone_is_not_held_up(house: House) -> None:
    await house.say("ana", FIRST)
    asked = await house.say("ben", AGAIN, message="$9")
    done = await house.press("ben", asked.untold, "general")  # as a platform does for them
    assert done.told[0].startswith("P-2 is open until")
    assert len(polls(house)) == 2


# -- what is shown ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "PROPOSAL: Translating our Partnerships statement to 12 languages",
        "!propose --for 30m Translating our Partnerships statement to 12 languages",
        '!poll --by straw "Translating our Partnerships statement to 12 languages?" "Yes" "No"',
    ],
)
async def test_what_is_quick_is_put_and_told_beside(house: House, said: str) -> None:
    await house.say("ana", FIRST)
    answer = await house.say("ben", said)
    assert answer.text.startswith("P-2 is open")
    assert "For you alone: this looks like something that is there already.\nPartnerships is deciding" in answer.text
    assert answer.secret
    assert (len(polls(house)), doubts(house)) == (2, [])


@pytest.mark.parametrize(("words", "held"), [("Lunch?", True), ("lunch", True), ("Dinner?", False)])
async def test_the_same_words_twice_are_a_slip_while_the_first_is_open(house: House, words: str, held: bool) -> None:
    await house.say("ana", "!propose Lunch?")
    await house.say("ben", f"!propose {words}")
    assert len(doubts(house)) == held
    await house.say("ana", "!close P-1")
    await house.say("ben", f"!propose {words}")
    assert len(polls(house)) == 2  # so short a title says nothing of what was decided before


async def test_what_was_decided_is_shown_with_what_came_of_it(house: House) -> None:
    await house.say("ana", FIRST)
    await house.say("ana", "!agree")
    await house.say("ana", "!close P-1")
    asked = await house.say("ben", AGAIN)
    assert "1. Partnerships decided something like it in March 2026: D-1 “Translate" in asked.text
    assert "languages” – Passed\n" in asked.text
    assert [row[0].label for row in asked.buttons] == ["Look at D-1 instead", "Go on"]
    shown = await house.whisper("ben", "join")
    assert "D-1" in shown.told[0]


async def test_what_was_withdrawn_is_not_shown(house: House) -> None:
    await house.say("ana", FIRST)
    await house.say("ana", "!withdraw P-1")
    await house.say("ben", AGAIN)
    assert len(polls(house)) == 2


async def test_lessons_are_shown_failures_first(house: House) -> None:
    await house.say("ana", FIRST)
    with house.store.unit_of_work() as work:
        work.put(
            *(
                Lesson(
                    id=number, group_id=1, number=number, by=1, worked=worked, at=house.now, salt="s", seal="",
                    tried="We translated the partnership statement into twelve languages at once",
                )
                for number, worked in ((1, True), (2, False))
            )
        )  # fmt: skip
    asked = await house.say("ben", AGAIN)
    assert [one.partition(". ")[2].split(":")[0] for one in asked.text.splitlines()[2:5]] == [
        "Partnerships tried something like it, and it did not work",
        "Partnerships is deciding something like it until Mon 9 Mar 2026, 18",
        "Partnerships tried something like it, and it worked",
    ]
    await house.whisper("ben", "link 1")
    assert related(house) == [("poll", 2, "lesson", 2)]


async def test_meetings_near_each_other_are_one_perhaps(house: House) -> None:
    plan = '!meet "Plan the annual conference budget" --at'
    await house.say("ana", f'{plan} "2026-03-10 18:00"')
    assert (await house.say("ben", f'{plan} "2026-03-20 18:00"')).text.startswith("M-2")
    asked = await house.say("ben", f'{plan} "2026-03-11 18:00"')
    assert "Partnerships meets about something like it on Tue 10 Mar 2026, 18:00 UTC: M-1" in asked.text
    joined = await house.whisper("ben", "join")
    assert any(one.startswith("m1:") for one in presses(joined))
    with house.store.reading() as work:
        assert [one.stage for one in work.all(Meeting)] == [Stage.SET, Stage.SET]
    assert doubts(house) == []


# -- other groups -----------------------------------------------------------------------------------------------------


async def proposed(house: House, group: Group, title: str) -> None:
    answer = await house.app.handle(
        Request(key=f"there:{title}", platform="matrix", chat=f"!{group.name}", user="eva", name="eva", text=title)
    )
    assert answer.text.startswith("P-1 is open")


@pytest.mark.parametrize("openness", [Openness.PUBLIC, Openness.MEMBERS, Openness.OFF])
async def test_only_what_its_author_may_see_is_shown(house: House, openness: Openness) -> None:
    await proposed(house, elsewhere(house, openness=openness), FIRST)
    answer = await house.say("ben", AGAIN)
    if openness is Openness.PUBLIC:
        assert "1. WMNO is deciding something like it until" in answer.text
        joined = await house.whisper("ben", "join")
        assert "Translate the partnership statement into twelve languages" in joined.told[0]
        assert joined.secret
    else:
        assert answer.text.startswith("P-1 is open")
        assert "WMNO" not in answer.text


async def test_a_member_of_two_groups_sees_both(house: House) -> None:
    await proposed(house, elsewhere(house, who="ben"), FIRST)
    asked = await house.say("ben", AGAIN)
    assert "1. WMNO is deciding something like it until Mon 9 Mar 2026, 18:00 UTC: P-1@2 “" in asked.text
    await house.whisper("ben", "link")
    assert related(house) == [("poll", 2, "poll", 1)]
    here = await house.say("ben", "!show P-1")
    assert "WMNO" not in here.text  # others read it there
    alone = await house.whisper("ben", "show P-1@1")
    assert "WMNO is deciding" in alone.text
    nothing = await house.whisper("ana", "show P-1")
    assert "WMNO" not in nothing.text


async def test_pages_have_their_addresses(house: House) -> None:
    links.configure(links.Links("https://moot.example", b"0" * 32))
    try:
        await house.say("ana", FIRST)
        asked = await house.say("ben", AGAIN)
    finally:
        links.configure(None)
    assert "languages”\nhttps://moot.example/g/1/P-1\n" in asked.text


# -- by hand ----------------------------------------------------------------------------------------------------------


async def test_things_are_related_by_hand(house: House) -> None:
    await house.say("ana", FIRST)
    await house.say("ana", NOTHING_LIKE_IT)
    await house.say("ana", "!action Write to the printers")
    assert (await house.say("ana", "!relate P-1")).text == (
        "Nothing belongs with P-1 yet. To link something: relate P-1 D-12"
    )
    said = await house.say("ana", "!relate P-1 P-2")
    assert said.text == "P-1 and P-2 belong together now; both show it."
    assert (await house.say("ana", "!relate P-2, P-1")).text == "P-2 and P-1 belong together already."
    await house.say("ana", "!relate A-1 P-2")
    assert related(house) == [("action", 1, "poll", 2), ("poll", 1, "poll", 2)]
    both = (await house.say("ana", "!relate P-2")).text
    assert "P-1 “Translate" in both
    assert "A-1 “Write to the printers”" in both
    assert "It belongs with:\nPartnerships is deciding" in (await house.say("ana", "!show A-1")).text


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("!relate", "Please say which one, as in: relate D-12 L-4"),
        ("!relate P-1 P-1", "A thing belongs with itself anyway."),
        ("!relate P-9 P-1", "There is no P-9 here."),
        ("!relate P-1 P-1@2", "There is no P-1@2 here."),
        ("!relate P-1 L-1", "There is no L-1 here."),
        ("!relate P-1 P-2", ""),
    ],
)
async def test_what_cannot_be_related(house: House, said: str, answered: str) -> None:
    await proposed(house, elsewhere(house), "!propose Nobody here may know of it")
    await house.say("ana", FIRST)
    await house.say("ana", NOTHING_LIKE_IT)
    answer = await house.say("ben", said)
    assert answer.verdict is Verdict.REFUSED
    assert answered in answer.text
    assert related(house) == []


async def test_whoever_put_one_may_relate_it(house: House) -> None:
    await house.say("ben", FIRST)
    await house.say("ana", NOTHING_LIKE_IT)
    await house.say("ben", "!relate P-2 P-1")
    assert related(house) == [("poll", 1, "poll", 2)]


async def test_one_of_them_may_be_of_a_public_group(house: House) -> None:
    await proposed(house, elsewhere(house, openness=Openness.PUBLIC), FIRST)
    await house.say("ben", NOTHING_LIKE_IT)
    said = await house.say("ben", "!relate P-1@2 P-1")
    assert said.text == "P-1 and P-1@2 belong together now; both show it."
    with house.store.reading() as work:
        assert [(one.group_id, one.by) for one in work.all(Related)] == [(1, 2)]


# -- much that was put ------------------------------------------------------------------------------------------------


async def test_what_was_put_long_ago_is_found_too(house: House) -> None:
    await house.say("ana", FIRST)
    many(house, NEWEST + 50)
    asked = await house.say("ben", AGAIN)
    assert "P-1 “Translate the partnership statement into twelve languages”" in asked.text


def many(house: House, number: int) -> None:
    """So many other polls of the same group, put since."""
    with house.store.unit_of_work() as work:
        (first,) = work.all(Poll)
        (words,) = work.all(Revision)
        for one in range(2, number + 2):
            work.put(
                replace(first, id=one, number=one), replace(words, poll_id=one, title=f"Something else, number {one}")
            )


# -- lessons ----------------------------------------------------------------------------------------------------------

TRIED = "failed We translated the partnership statement into twelve languages at once"


async def test_a_lesson_that_was_told_before_is_shown(house: House) -> None:
    await house.say("ana", f"!{TRIED}")
    asked = await house.say("ben", "!failed Translating the Partnerships statement to 12 languages at once")
    assert "1. Partnerships tried something like it, and it did not work: L-1 “We translated" in asked.text
    await house.whisper("ben", "link")
    assert related(house) == [("lesson", 2, "lesson", 1)]
    shown = (await house.say("ana", "!show L-1")).text
    assert "It belongs with:\nPartnerships tried something like it, and it did not work: L-2" in shown
    await house.say("ben", "!failed Translating the Partnerships statement to 12 languages at one time")
    joined = await house.whisper("ben", "join 1")
    assert joined.told[0].startswith("Good; nothing of yours was sent. Here is L-2:\nL-2 · Translating the")


async def test_what_is_told_without_a_name_is_not_held_up_nor_linked(house: House) -> None:
    await house.say("ana", f"!{TRIED}")
    told = await house.whisper("ben", TRIED.replace("failed", "failed --nameless"))
    assert "L-1 “We translated" in told.text
    with house.store.reading() as work:
        assert [one.by for one in work.all(Lesson)] == [1, None]
    assert (related(house), doubts(house)) == ([], [])
