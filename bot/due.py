"""Due: all that the clock has to do, as one table - polls, meetings, actions, digests, pictures of a month, peers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot import digests, picturing, steps
from bot.meeting import actions
from bot.meeting import steps as meeting_steps
from bot.peers import seeking
from decisions.model import Action, Group, Help, Meeting, Person, Poll
from storage import waiting
from storage.waiting import Waits
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of thing that comes due: which rows wait for it, and what is done then."""

    waits: Waits
    do: Callable[[Work, int, datetime], None]


DUE: dict[str, Due] = {
    "poll": Due(waiting.POLLS, lambda work, poll, now: steps.step(work, work.the(Poll, id=poll), now)),
    "digest": Due(waiting.DIGESTS, lambda work, person, now: digests.send(work, work.the(Person, id=person), now)),
    "meeting": Due(waiting.MEETINGS, lambda work, key, now: meeting_steps.step(work, work.the(Meeting, id=key), now)),
    "action": Due(waiting.ACTIONS, lambda work, key, now: actions.remind(work, work.the(Action, id=key), now)),
    "picture": Due(waiting.PICTURES, lambda work, group, now: picturing.post(work, work.the(Group, id=group), now)),
    "help": Due(waiting.HELPS, lambda work, key, now: seeking.lapse(work, work.the(Help, id=key), now)),
    "peer": Due(waiting.SEEKING, lambda work, key, now: seeking.seek(work, work.the(Help, id=key), now)),
}


def next_due(work: Work) -> datetime | None:
    """The next instant at which anything is due."""
    return min((at for one in DUE.values() if (at := one.waits.next(work)) is not None), default=None)


def due(work: Work, now: datetime) -> list[tuple[str, int, datetime]]:
    """All that is due: its kind, its id, and since when."""
    return [(kind, key, since) for kind, one in DUE.items() for key, since in one.waits.due(work, now)]


def do(work: Work, kind: str, key: int, now: datetime) -> None:
    """Do one thing that is due."""
    DUE[kind].do(work, key, now)
