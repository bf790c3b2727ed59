"""The words people type, as one table: what is parsed, what is run, and what help says is all made from it."""

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache

from adapters.base import Answer, Verdict
from bot import references, words
from bot.acts import (
    affiliates,
    agenda,
    attending,
    coming,
    concerns,
    deciding,
    doing,
    electing,
    export,
    grouping,
    holding,
    hours,
    lessons,
    linking,
    lists,
    logged,
    looking,
    meeting,
    minutes,
    outcomes,
    peers,
    privacy,
    relating,
    reminding,
    rooming,
    search,
    settings,
    site,
    slots,
    voting,
)
from bot.asked import Asked, Run
from bot.turn import Turn
from decisions.refusals import UnknownCommand


@dataclass(frozen=True, slots=True)
class Command:
    """One word people type. Its help is the text `help-WORD`; a language adds its own words in `word-WORD`."""

    word: str
    about: str
    run: Run
    aliases: tuple[str, ...] = ()
    casts: bool = False
    """It is a vote."""


def _help(turn: Turn, given: str) -> Answer:
    """`help`, `help vote`."""
    wanted = given.strip().lstrip("!/").casefold()
    if not wanted:
        lines = [turn.reader.say("help-heading")]
        for about in dict.fromkeys(one.about for one in COMMANDS):
            own = [turn.reader.command(one.word) for one in COMMANDS if one.about == about]
            lines.append(turn.reader.say("help-about", turn.reader.say(f"about-{about}"), ", ".join(own)))
        return Answer(Verdict.DONE, "\n".join([*lines, turn.reader.say("help-next")]))
    command = find(wanted, turn.languages)
    if command is None:
        raise UnknownCommand(wanted[:40], nearest(wanted, turn.languages))
    return turn.done(f"help-{command.word}")


def _stance(meant: str) -> Run:
    return lambda turn, given: voting.stance(turn, given, meant)


def _worked(did: bool) -> Run:
    return lambda turn, given: lessons.worked(turn, given, did)


def _there(run: Run) -> Run:
    return lambda turn, given: run(turn.there(), given)


COMMANDS = (
    Command("propose", "deciding", deciding.propose, ("proposal",)),
    Command("poll", "deciding", deciding.poll),
    Command("vote", "deciding", voting.vote, casts=True),
    Command("agree", "deciding", _stance("+1"), ("consent",), casts=True),
    Command("abstain", "deciding", _stance("0"), casts=True),
    Command("disagree", "deciding", _stance("-1"), casts=True),
    Command("block", "deciding", _stance("block"), ("object",), casts=True),
    Command("reason", "deciding", voting.reason),
    Command("retract", "deciding", voting.retract),
    Command("concern", "deciding", concerns.concern),
    Command("answer", "deciding", concerns.answer),
    Command("resolve", "deciding", concerns.resolve),
    Command("amend", "deciding", deciding.amend),
    Command("extend", "deciding", deciding.extend),
    Command("close", "deciding", deciding.close),
    Command("withdraw", "deciding", deciding.withdraw),
    Command("roll", "deciding", electing.roll),
    Command("proxy", "deciding", electing.proxy),
    Command("outcome", "deciding", outcomes.outcome),
    Command("review", "deciding", outcomes.review),
    Command("lesson", "learning", lessons.lesson),
    Command("worked", "learning", _worked(True)),
    Command("failed", "learning", _worked(False)),
    Command("adapt", "learning", lessons.adapt),
    Command("lessons", "learning", lessons.listed),
    Command("offer", "learning", peers.offer),
    Command("ask", "learning", peers.ask),
    Command("offers", "learning", peers.offers),
    Command("asks", "learning", peers.asks),
    Command("relate", "learning", _there(relating.relate)),
    Command("meet", "meeting", meeting.meet),
    Command("slots", "meeting", _there(slots.slots)),
    Command("rsvp", "meeting", coming.rsvp),
    Command("meetings", "meeting", _there(coming.list_)),
    Command("move", "meeting", coming.move),
    Command("cancel", "meeting", coming.cancel),
    Command("calendar", "meeting", _there(coming.calendar)),
    Command("hours", "meeting", hours.hours),
    Command("busy", "meeting", hours.busy),
    Command("startmeeting", "meeting", holding.start),
    Command("endmeeting", "meeting", holding.end),
    Command("agenda", "meeting", agenda.agenda),
    Command("minutes", "meeting", minutes.minutes),
    Command("correct", "meeting", minutes.correct),
    Command("action", "meeting", doing.action, ("task",)),
    Command("actions", "meeting", _there(doing.listed)),
    Command("done", "meeting", doing.done),
    Command("drop", "meeting", doing.drop),
    Command("reopen", "meeting", doing.reopen),
    Command("search", "finding", search.search),
    Command("show", "finding", _there(looking.show)),
    Command("decisions", "finding", _there(looking.decisions)),
    Command("mine", "finding", looking.mine),
    Command("missing", "finding", _there(attending.missing)),
    Command("participation", "finding", _there(attending.month)),
    Command("export", "finding", export.export),
    Command("affiliate", "affiliates", affiliates.affiliate),
    Command("affiliates", "affiliates", affiliates.named),
    Command("list", "affiliates", lists.listing),
    Command("lists", "affiliates", lists.lists),
    Command("nudge", "affiliates", attending.nudge),
    Command("members", "group", _there(grouping.members)),
    Command("rooms", "group", rooming.list_),
    Command("setup", "group", rooming.setup),
    Command("leave", "group", rooming.leave),
    Command("group", "group", settings.group),
    Command("site", "group", site.site),
    Command("share", "group", grouping.share),
    Command("log", "group", _there(logged.log)),
    Command("language", "me", grouping.language),
    Command("tz", "me", grouping.zone),
    Command("remind", "me", reminding.remind),
    Command("digest", "me", reminding.digest),
    Command("link", "me", linking.link),
    Command("unlink", "me", linking.unlink),
    Command("privacy", "me", privacy.privacy),
    Command("mydata", "me", privacy.my_data),
    Command("forget", "me", privacy.forget),
    Command("help", "me", _help),
)
"""Every command, in the order of help."""

UNSEEN = re.compile(rf"[\u2066-\u2069]|[\u200e\u200f\u061c]+(?=[-+!/#\u2212\u2013\u2014\d]|{references.BEGINS})")
"""What right-to-left texts put around ids and signs, ours too, and people send back with them."""

COMMAND = re.compile(r"[!/](?P<word>[^\W\d_][\w-]*)(?:@\S+)?(?:\s+|$)(?P<rest>.*)", re.DOTALL)
BARE = re.compile(r"(?P<word>[^\W\d_][\w-]*)(?:[,.:;!،؛，。：；]?\s+|[,.:;!،؛]*$)(?P<rest>.*)", re.DOTALL)
SIGN = re.compile(
    r"(?P<sign>[+\-\u2212\u2010-\u2015\uff0b\uff0d]1|[+\-\u2212\uff0b\uff0d]?0)(?P<end>$|[,.;:!]?\s+|[,.;:!]+$)(?P<rest>.*)",
    re.DOTALL,
)
QUICK = re.compile(r"(?P<word>PROPOSAL|PROPOSED|RESOLVED|RESOLUTION)\s*:\s*(?P<rest>\S.*)", re.DOTALL | re.IGNORECASE)


def parse(text: str, languages: tuple[str, ...], *, private: bool) -> Asked | None:
    """What is asked for, in any of these languages; None: mere talk. Raises UnknownCommand."""
    text = UNSEEN.sub("", text).strip()
    if (sign := SIGN.fullmatch(text)) is not None:
        return Asked(_sign(sign["sign"]), sign["rest"].strip(), casts=True)
    if (quick := QUICK.fullmatch(text)) is not None:
        proposed = quick["word"].upper().startswith("PROPOS")
        return Asked(deciding.quick if proposed else deciding.resolved, quick["rest"].strip())
    marked = COMMAND.fullmatch(text)
    found = marked or (BARE.fullmatch(text) if private else None)
    if found is None:
        return None
    command = find(found["word"], languages)
    if command is not None:
        looks = command.about == "finding" or command.word == "help"
        return Asked(
            _looking(command.run) if looks else command.run, found["rest"].strip(), command.casts, command.about
        )
    if marked is not None:
        raise UnknownCommand(found["word"][:40], nearest(found["word"], languages))
    return None


def is_of_their_own(text: str, languages: tuple[str, ...]) -> bool:
    """Whether words begin with a command about whoever says them: `forget me` is none to be taken for anything else."""
    found = BARE.fullmatch(UNSEEN.sub("", text).strip())
    command = find(found["word"], languages) if found is not None else None
    return command is not None and command.about == "me"


def reply(text: str, languages: tuple[str, ...]) -> Asked | None:
    """The vote that a reply to a card is, where it begins with a stance: `agree because we need it`."""
    found = BARE.fullmatch(UNSEEN.sub("", text).strip())
    command = find(found["word"], languages) if found is not None else None
    if found is None or command is None or command.word not in ("agree", "abstain", "disagree", "block"):
        return None
    return Asked(command.run, found["rest"].strip(), casts=True)


def _looking(run: Run) -> Run:
    return lambda turn, given: replace(run(turn, given), looked=True)


def _sign(sign: str) -> Run:
    meant = "0" if sign.endswith("0") else ("+1" if sign[0] in "+\uff0b" else "-1")
    return lambda turn, given: voting.sign(turn, meant, given)


def find(word: str, languages: tuple[str, ...]) -> Command | None:
    """The command of that name: English words always work, the languages' own besides."""
    return _by_word(languages).get(word.casefold())


def nearest(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The commands whose names are close to what was typed."""
    return tuple(get_close_matches(word[:40].casefold(), list(_by_word(languages)), n=3, cutoff=0.5))


@cache
def _by_word(languages: tuple[str, ...]) -> dict[str, Command]:
    """What is typed -> the command. English wins over any other language, and the first language over the others."""
    known: dict[str, Command] = {}
    for language in reversed(languages):
        known |= {own: one for one in COMMANDS for own in words.own_words(language, one.word)}
    return known | {word: one for one in COMMANDS for word in (one.word, *one.aliases)}
