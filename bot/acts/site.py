"""The way to the decision log in a browser: a link of one's own, in private; the log's own address, where it is for everyone."""

from adapters.base import Answer, Button, Rows, Verdict
from bot import links
from bot.turn import Standing, Turn
from decisions.model import Openness
from decisions.refusals import LogIsOff, NoWeb


def site(turn: Turn, given: str) -> Answer:
    """`site`: a link to the group's log; in private, to those of all my groups."""
    if not links.home():
        raise NoWeb
    if not turn.request.private:
        return _in_room(turn, turn.here())
    if not turn.standings:
        turn.here()
    open_ = [one for one in turn.standings if one.group.openness is not Openness.OFF]
    if not open_:
        raise LogIsOff(turn.standings[0].group.name)
    buttons = tuple(row for one in open_ for row in _way(turn, one, alone=len(open_) == 1))
    return Answer(Verdict.DONE, turn.reader.say("site-way"), buttons, looked=True)


def _in_room(turn: Turn, standing: Standing) -> Answer:
    """Whoever is in a room reads what is said there: it is no place for a link that lets in."""
    group = standing.group
    if group.openness is Openness.OFF:
        raise LogIsOff(group.name)
    if group.openness is Openness.PUBLIC:
        said = turn.reader.say("site-anyone", group.name, links.permalink(group, "") or "")
    else:
        said = turn.reader.say("site-alone", group.name)
    return Answer(Verdict.DONE, said, looked=True)


def _way(turn: Turn, standing: Standing, *, alone: bool) -> Rows:
    address = links.enter(standing.member, turn.now) if standing.present else None
    if address is None:
        return ()
    called = turn.reader.say("button-site") if alone else turn.reader.say("button-site-of", standing.group.name)
    return ((Button(called, url=address),),)
