"""Text from people, made safe to keep and to show: the same words, without what cannot be seen."""

import re
import unicodedata
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import cache

from decisions.refusals import OptionTooLong, ReasonTooLong, Refusal, TextTooLong, TitleTooLong

TITLE = 1000
TEXT = 20_000
OPTION = 200
OPTIONS = 40
REASON = 4000
MOST_TYPED = 100_000
"""No app sends a message as long as this: it is refused as it came, without the work of cleaning it."""
ECHO = 40
"""How much of an option is said back to whoever made it too long."""

MARKS_IN_A_ROW = 8
"""The tallest stack that is written, Tibetan ཧྐྵྨླྺྼྻྂ, has eight marks on its letter; more of them cover other lines."""

ALIKE = 0.75
SHORTEST_SLIP = 4
"""Shorter words mean something else when a letter changes."""

BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
BROKEN = re.compile(  # halves of characters, and code points that are none
    r"[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17))
    + "]"
)
# LRM, RLM and ALM (U+200E, U+200F, U+061C) stay: they override nothing, and people who write right to left need them to
# put a full stop where it belongs.
UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters; breaks and tabs are dealt with before
    r"\u202a-\u202e\u2066-\u2069"  # bidi embeddings, overrides and isolates
    r"\u00ad\u034f\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff0-\ufffc"  # zero width, and controls out of use
    r"\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # letters that show nothing
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # controls of shorthand and of music
    r"\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]+"  # tags, in which words can be smuggled
)
JOINERS = "\u200c\u200d"
# Persian, the scripts of India and emoji need a joiner between two of their characters; elsewhere it only hides.
JOINED = r"[^\x00-\x7f\s\u061c\u200c-\u200f]"
NEEDLESS = re.compile(rf"(?<!{JOINED})[{JOINERS}]+|[{JOINERS}]+(?!{JOINED}|[{JOINERS}])")
SEEN = re.compile(r"[^\s\u061c\u200c-\u200f\u2800\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")

QUOTES = str.maketrans(dict.fromkeys("‘’‚‛‹›`´ʼ′", "'") | dict.fromkeys("“”„‟«»″", '"'))
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−⁃﹘﹣－", "-"))
ENDS = " .,;:!?…‽،؛؟۔।॥。、։።፧၊။"
IGNORED = re.compile(rf"[{JOINERS}\u061c\u200e\u200f\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]+")


def clean(text: str, lines: bool = True) -> str:
    """Normalise text (NFC) and take out what does not show, or shows over other text.

    Line breaks become `\\n`, or a space with `lines` false; a tab becomes a space; at most two blank lines follow each
    other; nothing but blanks becomes "". Halves of characters become U+FFFD. Cleaning again changes nothing.
    """
    text = BREAKS.sub("\n", text).replace("\t", " ")
    text = UNSEEN.sub("", BROKEN.sub("\ufffd", text))
    text = _composed(text)
    if not SEEN.search(text):
        return ""
    if not lines:
        return re.sub(r"\n+", " ", text).strip()
    trimmed = "\n".join(one.rstrip() for one in text.split("\n"))
    return re.sub(r"\n{4,}", "\n\n\n", trimmed).strip()


def line(text: str) -> str:
    """Clean text to one line with single spaces."""
    return " ".join(clean(text, lines=False).split())


def same(a: str, b: str) -> bool:
    """Whether two texts say the same: case, spacing, width, the kind of quotes and dashes, and how they end aside.

    Texts of more than `MOST_TYPED` characters are the same only where they are equal.
    """
    return a == b or (max(len(a), len(b)) <= MOST_TYPED and _gist(a) == _gist(b))


def alike(a: str, b: str) -> bool:
    """Whether one text is the other with slips of the pen mended: as many words, each the same or nearly, no number other."""
    one, other = _gist(a[:TEXT]).split(), _gist(b[:TEXT]).split()
    return len(one) == len(other) and all(map(_nearly, one, other))


def _nearly(a: str, b: str) -> bool:
    if a == b:
        return True
    short = min(len(a), len(b)) < SHORTEST_SLIP
    if short or any(letter.isdigit() for letter in a + b):
        return False
    return SequenceMatcher(None, a[:OPTION], b[:OPTION], autojunk=False).ratio() >= ALIKE


def title(text: str) -> str:
    """Clean a title, one line. Raises TitleTooLong beyond `TITLE` characters."""
    return _fitting(text, line, TITLE, TitleTooLong)


def option(text: str) -> str:
    """Clean an option, one line. Raises OptionTooLong beyond `OPTION` characters, naming its first `ECHO`."""

    def too_long(length: int, limit: int) -> Refusal:
        return OptionTooLong(f"{line(text[:OPTION])[: ECHO - 1]}…", length, limit)

    return _fitting(text, line, OPTION, too_long)


def reason(text: str) -> str:
    """Clean a reason, a concern or an answer. Raises ReasonTooLong beyond `REASON` characters."""
    return _fitting(text, clean, REASON, ReasonTooLong)


def body(text: str) -> str:
    """Clean the text of a proposal. Raises TextTooLong beyond `TEXT` characters."""
    return _fitting(text, clean, TEXT, TextTooLong)


def _fitting(text: str, tidied: Callable[[str], str], limit: int, too_long: Callable[[int, int], Refusal]) -> str:
    fit = text if len(text) > MOST_TYPED else tidied(text)
    if len(fit) > limit:
        raise too_long(len(fit), limit)
    return fit


def _gist(text: str) -> str:
    text = IGNORED.sub("", line(text)).translate(QUOTES)
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = re.sub("-+", "-", " ".join(text.translate(DASHES).split()))
    return text.rstrip(ENDS) or text


def _composed(text: str) -> str:
    """NFC, without needless joiners and too many marks."""
    if text.isascii():
        return text
    # Marks are cut first as well, because normalising sorts each run of them in quadratic time.
    text = unicodedata.normalize("NFC", _cut_marks(text))
    # Without a joiner between them a letter and its mark may compose.
    return _cut_marks(unicodedata.normalize("NFC", NEEDLESS.sub("", text)))


def _cut_marks(text: str) -> str:
    suspect, stack = _stacks()
    return stack.sub(lambda run: run[1].rstrip(JOINERS), text) if suspect.search(text) else text


@cache
def _stacks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A run of what may be too many marks, quickly found, and one of what are, the first few of them as its group."""
    ranges = _mark_ranges()
    # Joiners count, or they would part a tall stack in short ones.
    marks = JOINERS + "".join(f"{first}-{last}" for first, last in ranges)
    # The quick one takes all beyond the first plane for marks: of what is left a bitmap is made, ten times as fast.
    near = JOINERS + "".join(f"{first}-{last}" for first, last in ranges if last <= "\uffff")
    suspect = rf"[{near}\U00010000-\U0010ffff]{{{MARKS_IN_A_ROW + 1}}}"
    return re.compile(suspect), re.compile(f"([{marks}]{{{MARKS_IN_A_ROW}}})[{marks}]+")


def _mark_ranges() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for point in (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0)):  # the planes between hold no marks; a test looks
        one = chr(point)
        if unicodedata.category(one) in ("Mn", "Me") or unicodedata.combining(one):
            start = found.pop()[0] if found and ord(found[-1][1]) == point - 1 else one
            found.append((start, one))
    return found
