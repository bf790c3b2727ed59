"""Hours: when in a week I have time, and the calendar in which I am busy."""

from adapters.base import Answer, Verdict
from bot import weekly
from bot.turn import Turn
from decisions.model import Hours

OFF = ("off", "none", "no")


def hours(turn: Turn, given: str) -> Answer:
    """`hours mon-fri 9:00-17:00, sat 10-12`: when a week suits me; `hours`: shows it; `hours off`."""
    known, words = turn.work.get(Hours, person_id=turn.person.id), given.strip()
    if not words:
        return _shown(turn, known, "hours-now") if known else turn.done("hours-none")
    if is_off(turn, words):
        turn.work.drop(*([known] if known else []))
        return turn.done("ack-hours-off")
    said = Hours(person_id=turn.person.id, ranges=weekly.read(words, turn.languages))
    turn.work.put(said)
    return _shown(turn, said, "ack-hours")


def is_off(turn: Turn, words: str) -> bool:
    """Whether nothing is to be kept any more."""
    return words.casefold() in (*OFF, turn.reader.say("group-none").casefold())


def _shown(turn: Turn, said: Hours, key: str) -> Answer:
    """What was understood, in the zone in which it counts: whoever has none is counted in each group's."""
    zones = ", ".join(dict.fromkeys(one.group.zone for one in turn.everywhere()))
    zone = turn.person.zone or zones or turn.reader.zone
    lines = [turn.reader.say(key, zone), *weekly.lines(said.ranges, turn.reader)]
    if not turn.person.zone:
        lines.append(turn.reader.say("hours-no-zone", zone))
    return Answer(Verdict.DONE, "\n".join(lines), looked=key == "hours-now")
