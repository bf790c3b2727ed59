"""Arguments: what people write behind `propose` and `poll`, as terms and words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from bot import electorate, when
from decisions.methods import METHODS
from decisions.model import Base, Electorate, Rules
from decisions.polls import check_ahead
from decisions.proposals import check_limits
from decisions.refusals import (
    BadPoints,
    BadQuorum,
    BadThreshold,
    NativeIsPlain,
    NativeIsStraw,
    NothingPasses,
    NotUsual,
    SameTwice,
    UnknownSetting,
)
from decisions.rolls import AFFILIATES, EVERYONE
from decisions.templates import DEFAULT, STRAW, Template, template
from decisions.wording import OPTIONS, line

PLAIN = ("native", "weighted", "double")
"""The settings without a value: in the platform's own form; affiliates weigh; it has to pass twice."""

PLAINLY = re.compile(rf"(?:(?<=\s)|^)(?:--|[\u2013\u2014])(?P<name>{'|'.join(PLAIN)})(?=\s|$)")

QUOTES = '"\u201c\u201d\u201e'
FLAG = re.compile(
    r"(?:(?<=\s)|^)(?P<dash>--|[\u2013\u2014])(?P<name>[a-z]+)(?:[= ]\s*(?P<value>[\"\u201c\u201d\u201e][^\"\u201c\u201d]*[\"\u201c\u201d]|[^\s\"]+))?(?=\s|$)"
)
"""`--for 3d`, `--for=3d`, `--until "2026-03-10 18:00"`; phones turn the two dashes into a long one."""

QUOTED = re.compile(
    r"[\"\u201c\u201d\u00ab\u00bb\u201e]\s*([^\"\u201c\u201d\u00ab\u00bb\u201e]*?)\s*[\"\u201c\u201d\u00ab\u00bb]"
)
BULLET = re.compile(r"^\s*(?:[-*\u2022]\s+|\d{1,2}[.)]\s+)?")
NUMBER = re.compile(r"\d{1,6}")
MOST_POINTS = 100
MOST_USUAL = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How something is to be decided, as it was asked for, and the words that remain."""

    template: str
    method: str
    rules: Rules
    electorate: Electorate
    roll: str
    """Whom the roll names, as `model.Poll.roll` has it; a list still by its name."""
    names: tuple[str, ...]
    """Who is on the roll, where it names people one by one."""
    asked: str
    """The roll as it was asked for."""
    opens_at: datetime
    closes_at: datetime
    words: str
    native: bool = False


def terms(words: str, usual: str, zone: str, now: datetime, ours: str = "", language: str = "en") -> Terms:
    """Read the settings out of the first line of what was typed; the rest is the template's. Raises refusals.

    `ours` is what the group says where nothing is said."""
    first, newline, rest = words.partition("\n")
    plainly = {one["name"] for one in PLAINLY.finditer(first)}
    flags, left = settings(f"{PLAINLY.sub('', first)}{newline}{rest}")
    native = "native" in plainly
    if not native:
        flags = _completed(flags, ours, usual)
        plainly |= _plainly_ours(ours, flags.get("by", usual))
    made = template(flags.get("by", STRAW if native else usual))
    if native and made.binding:
        raise NativeIsStraw(made.name)
    opens_at = when.instant(flags["from"], zone, now, end_of_day=False, language=language) if "from" in flags else now
    closes_at = opens_at + made.lasts
    if "for" in flags:
        closes_at = opens_at + when.duration(flags["for"], language)
    elif "until" in flags:
        closes_at = when.instant(flags["until"], zone, now, language=language)
    roll, names = electorate.roll(flags.get("roll", ""))
    rules = replace(
        _rules(made.rules, flags),
        by_affiliate=roll == AFFILIATES,
        weighted="weighted" in plainly,
        double="double" in plainly,
    )
    _check(made, rules, native)
    return Terms(
        template=made.name,
        method=made.method,
        rules=rules,
        electorate=Electorate.ROLL if roll or names or rules.fixed else Electorate.OPEN,
        roll=roll or (EVERYONE if rules.fixed and not names else ""),
        names=names,
        asked=flags.get("roll", ""),
        opens_at=opens_at,
        closes_at=closes_at,
        words=left,
        native=native,
    )


def _check(made: Template, rules: Rules, native: bool) -> None:
    """Refuse what contradicts itself."""
    if native and rules.fixed:
        raise NativeIsPlain
    if rules.double and not METHODS[made.method].stances:
        raise NothingPasses(made.name)
    if rules.double and rules.by_affiliate and not rules.weighted:
        raise SameTwice


def usual_terms(given: str, zone: str, now: datetime) -> str:
    """How a group wants to decide where nothing is said, in the words that one would type. Raises refusals."""
    said = line(given[:MOST_USUAL])
    flags, left = settings(PLAINLY.sub(lambda one: one[0] if one["name"] == "native" else "", said))
    if left or not said or len(given) > MOST_USUAL or {"until", "from"} & flags.keys():
        raise NotUsual((left or said)[:40])
    asked = terms(said, DEFAULT, zone, now)
    if asked.names:  # people change their names, leave and are forgotten
        raise NotUsual(asked.asked[:40])
    check_limits(asked.rules, OPTIONS)
    check_ahead(asked.closes_at, now)
    return said


def _completed(flags: Mapping[str, str], ours: str, usual: str) -> dict[str, str]:
    """What was said, and what the group says besides, as far as it fits."""
    known, _ = settings(PLAINLY.sub("", ours))
    if "by" in known and _stances(known["by"]) != _stances(usual):
        del known["by"]  # how proposals are decided says nothing of questions
    made = template(flags.get("by") or known.get("by", usual))
    return {name: value for name, value in known.items() if _fits(name, made, flags)} | dict(flags)


def _plainly_ours(ours: str, by: str) -> set[str]:
    """The settings without a value that the group makes, as far as they fit: only what can pass can pass twice."""
    known = {one["name"] for one in PLAINLY.finditer(ours)}
    return known if template(by).binding and _stances(by) else known - {"double"} if template(by).binding else set()


def _stances(name: str) -> bool:
    return bool(METHODS[template(name).method].stances)


def _fits(name: str, made: Template, flags: Mapping[str, str]) -> bool:
    """Whether a setting of the group says something where this template is asked for with these flags."""
    if name == "for":
        return "until" not in flags
    if name == "by":
        return True
    stances = bool(METHODS[made.method].stances)
    fits = {
        "threshold": stances,
        "of": stances,
        "min": not stances,
        "max": not stances,
        "points": bool(made.rules.points),
    }
    fits["quorum"] = made.method != "lazy_consensus"  # silence is consent
    return made.binding and fits.get(name, True)


def settings(words: str, known: Sequence[str] | None = None) -> tuple[dict[str, str], str]:
    """The settings in the first line, and the words without them. Raises UnknownSetting for any but the `known`."""
    known = VALUED if known is None else known
    first, newline, rest = words.partition("\n")
    found: dict[str, str] = {}

    def take(flag: re.Match[str]) -> str:
        if flag["name"] not in known:
            if flag["dash"] != "--":
                return flag[0]
            raise UnknownSetting(flag["name"][:40], tuple(f"--{one}" for one in known))
        found[flag["name"]] = (flag["value"] or "").strip(QUOTES).strip()
        return ""

    first = FLAG.sub(take, first)
    return found, f"{first.strip()}{newline}{rest}".strip()


def heading_and_body(words: str) -> tuple[str, str]:
    """A title, and the text on the lines below it."""
    heading, _, text = words.partition("\n")
    return unquoted(heading), text


def options_in(words: str) -> tuple[str, tuple[str, ...]]:
    """A question and its options: quoted on one line, or each on a line of its own."""
    heading, _, below = words.partition("\n")
    if not below.strip() and len(quoted := QUOTED.findall(heading)) > 1:
        return quoted[0], tuple(quoted[1:])
    lines = [BULLET.sub("", line).strip() for line in below.splitlines()]
    return unquoted(heading), tuple(unquoted(line) for line in lines if line)


def unquoted(words: str) -> str:
    """Words without the quotes around the whole of them."""
    whole = QUOTED.fullmatch(words.strip())
    return whole[1] if whole else words.strip()


def _rules(rules: Rules, flags: Mapping[str, str]) -> Rules:
    for name, change in _CHANGES.items():
        if name in flags:
            rules = change(rules, flags[name])
    return rules


def _quorum(rules: Rules, given: str) -> Rules:
    people, breadth = electorate.quorum(given)
    quorum = rules.quorum
    if people:
        quorum = int(people) if NUMBER.fullmatch(people) else _part(people)
    if people and not quorum:
        raise BadQuorum(given[:40])
    return replace(rules, quorum=quorum, affiliates=breadth.affiliates, regions=breadth.regions)


def _threshold(rules: Rules, given: str) -> Rules:
    part = _part(given)
    if part is None:
        raise BadThreshold(given[:40])
    return replace(rules, threshold=part, beyond=part == Fraction(1, 2))


def _part(given: str) -> Fraction | None:
    if (percent := re.fullmatch(r"(\d{1,3})\s*[%\u066a]", given)) is not None:
        part = Fraction(int(percent[1]), 100)
    elif (parts := re.fullmatch(r"(\d{1,4})/([1-9]\d{0,3})", given)) is not None:
        part = Fraction(int(parts[1]), int(parts[2]))
    else:
        return None
    return part if 0 < part <= 1 else None


def _base(rules: Rules, given: str) -> Rules:
    known = {"cast": Base.CAST, "everyone": Base.ELECTORATE}
    if given.casefold() not in known:
        raise UnknownSetting(given[:40], ("--of cast", "--of everyone"))
    return replace(rules, base=known[given.casefold()])


def _points(rules: Rules, given: str) -> Rules:
    points = _whole(given)
    if not 1 <= points <= MOST_POINTS:
        raise BadPoints(given[:40], MOST_POINTS)
    return replace(rules, points=points)


def _whole(given: str) -> int:
    return int(given) if NUMBER.fullmatch(given) else 0


def _least(rules: Rules, given: str) -> Rules:
    return replace(rules, least=_whole(given), most=max(rules.most, _whole(given)))


def _most(rules: Rules, given: str) -> Rules:
    return replace(rules, most=_whole(given))


_CHANGES: dict[str, Callable[[Rules, str], Rules]] = {
    "quorum": _quorum,
    "threshold": _threshold,
    "of": _base,
    "points": _points,
    "min": _least,
    "max": _most,
}

VALUED = ("by", "for", "until", "from", "roll", *_CHANGES)
SETTINGS = (*VALUED, *PLAIN)
"""What may stand behind two dashes."""
