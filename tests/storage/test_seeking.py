"""What is known of when members have time: their own alone, within the days asked about, on every database."""

from dataclasses import replace
from datetime import timedelta

from decisions.model import Borne, Busy, Hours, Meeting, Stage
from storage import seeking
from storage.store import Store
from tests.storage.samples import GROUP, MEMBER, NOW, PERSON

DAY = timedelta(days=1)
OTHERS = replace(GROUP, id=2), replace(PERSON, id=2, token="other"), replace(MEMBER, id=2, group_id=2, person_id=2)


def meeting(number: int, group_id: int, by: int) -> Meeting:
    return Meeting(
        id=number, group_id=group_id, number=number, room_id=1, by=by, title="Budget", stage=Stage.ENDED, zone="UTC",
        uid=f"m{number}", made_at=NOW, salt="s", seal="",
    )  # fmt: skip


def test_hours_and_busy_times_are_those_of_the_groups_members(peopled: Store) -> None:
    with peopled.unit_of_work() as work:
        work.put(*OTHERS)
        for person in (1, 2):
            work.put(Hours(person_id=person, ranges=("1 09:00-17:00",)))
            for place in range(3):
                begins = NOW + place * DAY
                work.put(Busy(id=person * 10 + place, person_id=person, begins_at=begins, ends_at=begins + DAY / 2))
    with peopled.reading() as work:
        assert list(seeking.hours(work, GROUP.id)) == [1]
        found = seeking.busy(work, GROUP.id, NOW + DAY / 2, NOW + 2 * DAY)
        assert {person: [one.id for one in all_] for person, all_ in found.items()} == {1: [11]}
        assert seeking.busy(work, GROUP.id, NOW - DAY, NOW) == {}


def test_the_ledger_is_the_groups_own_in_the_order_of_time(peopled: Store) -> None:
    with peopled.unit_of_work() as work:
        work.put(*OTHERS, meeting(1, 1, 1), meeting(2, 2, 2), meeting(3, 1, 1))
        work.put(
            *(
                Borne(meeting_id=one, member_id=2 - one % 2, local="02:00", cost=7, at=NOW - one * DAY)
                for one in (1, 2, 3)
            )
        )
    with peopled.reading() as work:
        assert [one.meeting_id for one in seeking.ledger(work, GROUP.id)] == [3, 1]
