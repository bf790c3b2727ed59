"""A group as a list of polls: what each act, and time, must come to in it, and with which verdict it must be answered."""

from datetime import datetime

from adapters.base import Verdict
from tests.stories.history_polls import STANCES, Ballot, Marks, Poll, fits

VOTING = {"+1": "agree", "0": "abstain", "-1": "disagree"}
CONSENT = {"+1": "consent", "-1": "object"}
FACILITATOR, OBSERVER, NEWCOMER = "ana", "eve", "zoe"
MEMBERS = (FACILITATOR, "ben", "cem", "dee")
EVERYONE = (*MEMBERS, OBSERVER, NEWCOMER)
DONE, REFUSED, NOTHING = Verdict.DONE, Verdict.REFUSED, Verdict.NOTHING
MOST_OPEN = 5
"""Polls that one person may have open or scheduled in one room."""


class Group:
    """The polls of a group, and all that can be done with them. Each act answers with the verdict it must get."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.known = {*MEMBERS, OBSERVER}
        self.polls: list[Poll] = []
        self.acts = 0

    # -- time ---------------------------------------------------------------------------------------------------------

    def sweep(self) -> None:
        """Do all that is due by now, the longest overdue first."""
        while due := [one for one in self.polls if (at := one.due()) and at <= self.now]:
            first = min(due, key=lambda one: (one.due(), one.number))
            if first.status == "scheduled":
                self._open(first)
            else:
                self._close(first)

    def next_due(self) -> datetime | None:
        return min((at for one in self.polls if (at := one.due())), default=None)

    def _open(self, poll: Poll) -> None:
        voters = frozenset(self.known) - {OBSERVER}
        poll.status, poll.base = "open", len(voters)
        poll.roll = voters if poll.on_roll else frozenset()

    def _close(self, poll: Poll) -> None:
        poll.status, poll.result = "closed", poll.outcome()

    # -- leading ------------------------------------------------------------------------------------------------------

    def put(self, poll: Poll) -> Verdict:
        theirs = [one for one in self.polls if (one.by, one.room) == (poll.by, poll.room) and self._goes_on(one)]
        if len(theirs) >= MOST_OPEN:
            return REFUSED
        self.polls.append(poll)
        if poll.opens <= self.now:
            self._open(poll)
        return DONE

    def _goes_on(self, poll: Poll) -> bool:
        return poll.status in ("scheduled", "open") and self.now < poll.closes

    def amend(self, who: str, poll: Poll, title: str) -> Verdict:
        if not self._may_change(who, poll) or title == poll.title:
            return REFUSED
        poll.title, poll.revision = title, poll.revision + 1
        if who == FACILITATOR:
            poll.firm = poll.revision
        return DONE

    def extend(self, who: str, poll: Poll, closes: datetime) -> Verdict:
        if not self._may_change(who, poll) or closes <= self.now:
            return REFUSED
        poll.closes = closes
        return DONE

    def withdraw(self, who: str, poll: Poll) -> Verdict:
        if not self._may_change(who, poll):
            return REFUSED
        poll.status, poll.result = "withdrawn", "withdrawn"
        return DONE

    def close(self, who: str, poll: Poll) -> Verdict:
        if who not in (poll.by, FACILITATOR) or poll.status != "open":
            return REFUSED
        self._close(poll)
        return DONE

    def _may_change(self, who: str, poll: Poll) -> bool:
        return who in (poll.by, FACILITATOR) and (poll.status == "scheduled" or poll.takes_votes(self.now))

    # -- voting -------------------------------------------------------------------------------------------------------

    def press(self, who: str, poll: Poll, option: int, value: int) -> Verdict:
        key = poll.keys[option % len(poll.keys)]
        before = poll.ballots.get(who)
        marks = {key: value}
        if poll.template in ("approve", "score", "dots") and before and before.revision == poll.revision:
            marks = before.marks | marks
        return self.vote(who, poll, marks, "")

    def vote(self, who: str, poll: Poll, marks: Marks, reason: str) -> Verdict:
        self.acts += 1
        before = poll.ballots.get(who)
        said = reason or (before.reason if before and before.marks == marks else "")
        if not self._may_vote(who, poll) or not fits(poll, marks) or (poll.blocks in marks and not said):
            return REFUSED
        if poll.template == "dots":
            marks = {key: dots for key, dots in marks.items() if dots}
            said = reason or (before.reason if before and before.marks == marks else "")
        if before is None or before.says() != (poll.revision, marks, said):
            poll.ballots[who] = Ballot(poll.revision, marks, said, self.acts, earlier=before)
            self._close_if_all_have_voted(poll)
        return DONE

    def sign(self, who: str, poll: Poll | None, sign: str, reason: str) -> Verdict:
        if poll is None:
            return NOTHING
        stance = (CONSENT if "consent" in poll.keys else VOTING).get(sign)
        return self.vote(who, poll, {stance: 1} if stance else {}, reason)

    def latest(self, room: str) -> Poll | None:
        """Which proposal a bare sign is about: the open one put last, in this room if there is one."""
        open_ = [one for one in self.polls if one.takes_votes(self.now) and one.template in STANCES]
        here = [one for one in open_ if one.room == room]
        return max(here or open_, key=lambda one: (one.opens, one.number), default=None)

    def retract(self, who: str, poll: Poll) -> Verdict:
        if not poll.takes_votes(self.now) or who not in poll.ballots:
            return REFUSED
        del poll.ballots[who]
        return DONE

    def undo(self, who: str, poll: Poll, act: int) -> Verdict:
        self.acts += 1
        if not self._may_vote(who, poll):
            return REFUSED
        before = poll.ballots.get(who)
        if before is not None and before.act == act:
            if before.earlier is None:
                del poll.ballots[who]
            else:
                poll.ballots[who] = Ballot(*before.earlier.says(), self.acts)
        return DONE

    def _may_vote(self, who: str, poll: Poll) -> bool:
        return poll.takes_votes(self.now) and who != OBSERVER and (not poll.on_roll or who in poll.roll)

    def _close_if_all_have_voted(self, poll: Poll) -> None:
        counting = poll.counting()
        blocked = any(poll.blocks in one.marks for one in counting.values())
        if poll.on_roll and len(counting) >= poll.base and not blocked:
            self._close(poll)
