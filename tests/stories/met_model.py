"""A simple model of meetings: what is noted, who is there, and what is to be done, as plain lists and sets."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from adapters.base import Verdict

FACILITATOR, OBSERVER = "ana", "ola"
EVERYONE = (FACILITATOR, "ben", "cem", OBSERVER)
DONE, REFUSED, NOTHING = Verdict.DONE, Verdict.REFUSED, Verdict.NOTHING
LONGEST = timedelta(hours=12)


@dataclass(slots=True)
class Item:
    """Something to do."""

    number: int
    by: str
    owner: str
    text: str
    status: str = "open"


@dataclass(slots=True)
class Said:
    """A note."""

    tag: str
    text: str
    by: str
    message: str
    undone: bool = False
    item: Item | None = None


@dataclass(slots=True)
class Met:
    """A meeting."""

    title: str
    began: datetime
    ended: datetime | None = None
    notes: list[Said] = field(default_factory=list)
    here: set[str] = field(default_factory=set)
    regrets: set[str] = field(default_factory=set)
    chairs: set[str] = field(default_factory=set)
    log: list[str] = field(default_factory=list)
    messages: dict[str, str] = field(default_factory=dict)
    """Message -> who said it in this meeting."""

    def leads(self, who: str) -> bool:
        return who in self.chairs or who == FACILITATOR

    def standing(self) -> list[tuple[str, str, str]]:
        return [(one.tag, one.text, one.by) for one in self.notes if not one.undone]


class Group:
    """The group that meets. Each act says how it is answered."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.meetings: list[Met] = []
        self.items: list[Item] = []

    @property
    def running(self) -> Met | None:
        return next((one for one in self.meetings if one.ended is None), None)

    def speak(self, who: str, text: str, message: str = "") -> None:
        """Whatever is said while a meeting runs is kept, and whoever speaks is there."""
        if (met := self.running) is not None:
            met.log.append(text)
            met.messages[message] = who
            if who not in met.regrets:
                met.here.add(who)

    def starts(self, who: str) -> Verdict:
        if self.running is not None:
            return REFUSED
        met = Met(f"Meeting {len(self.meetings) + 1}", self.now, here={who}, chairs={who})
        self.meetings.append(met)
        return DONE

    def ends(self, who: str) -> Verdict:
        met = self.running
        if met is None or not met.leads(who):
            return REFUSED
        met.ended = self.now
        return DONE

    def notes(self, who: str, tag: str, text: str, message: str) -> Verdict:
        met = self.running
        if met is None:
            return NOTHING
        if (tag == "topic" and not met.leads(who)) or (tag in ("agreed", "rejected") and who == OBSERVER):
            return REFUSED
        met.notes.append(Said(tag, text, who, message))
        return DONE

    def gives(self, who: str, owner: str, text: str, message: str) -> Verdict:
        met = self.running
        if met is None:
            return NOTHING
        item = Item(len(self.items) + 1, who, owner, text)
        self.items.append(item)
        met.notes.append(Said("action", text, who, message, item=item))
        return DONE

    def undoes(self, who: str) -> Verdict:
        met = self.running
        if met is None:
            return NOTHING
        mine = [one for one in met.notes if not one.undone and (met.leads(who) or one.by == who)]
        if not mine:
            return REFUSED
        self._take_out(mine[-1])
        return DONE

    def edits(self, who: str, message: str, tag: str, text: str) -> Verdict:
        """A message of this meeting's reads otherwise now, with one tag and these words."""
        met = self.running
        if met is None or met.messages.get(message) != who:
            return NOTHING
        left = [one for one in met.notes if one.message == message and not one.undone]
        same = next((one for one in left if one.tag == tag), None)
        if same is not None:
            same.text = text
        else:
            met.notes.append(Said(tag, text, who, message))
        for one in left:
            if one is not same:
                self._take_out(one)
        return DONE

    def removes(self, message: str) -> None:
        """Whoever takes it out of the room."""
        met = self.running
        if met is not None and met.messages.pop(message, None) is not None:
            for one in met.notes:
                if one.message == message and not one.undone:
                    self._take_out(one)

    def is_there(self, who: str, how: str) -> Verdict:
        met = self.running
        if met is None:
            return NOTHING
        met.here.discard(who)
        if how == "here":
            met.here.add(who)
            met.regrets.discard(who)
        if how == "regrets":
            met.regrets.add(who)
        return DONE

    def does(self, who: str, number: int, how: str) -> Verdict:
        """`done`, `drop` or `reopen`."""
        item = next((one for one in self.items if one.number == number), None)
        if item is None:
            return REFUSED
        led = {chair for met in self.meetings for note in met.notes if note.item is item for chair in met.chairs}
        if who not in (item.by, item.owner, FACILITATOR, *led):
            return REFUSED
        wrong = {"done": "dropped", "drop": "done", "reopen": ""}[how]
        if item.status == wrong:
            return REFUSED
        item.status = {"done": "done", "drop": "dropped", "reopen": "open"}[how]
        return DONE

    def passes(self, length: timedelta) -> None:
        """A meeting that nobody ends is over after twelve hours."""
        until, met = self.now + length, self.running
        if met is not None and met.began + LONGEST <= until:
            met.ended = met.began + LONGEST
        self.now = until

    def _take_out(self, note: Said) -> None:
        note.undone, note.text = True, ""
        if note.item is not None and note.item.status == "open":
            note.item.status, note.item.text = "dropped", ""
