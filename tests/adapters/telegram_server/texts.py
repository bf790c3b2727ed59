"""What a request says is to be shown: text, entities and keyboards, each checked as Telegram checks it."""

from .markup import found_in, from_html, trimmed, units
from .messages import Content, Key, Keyboard
from .params import Parameters
from .refused import Wire, bad

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
MOST_KEYS = 100
NO_ACTION = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"


def content(given: Parameters) -> Content:
    """A text message."""
    text, entities = words(given)
    if not text:
        raise bad("message text is empty")
    if units(text) > TEXT_LIMIT:
        raise bad("message is too long")
    return Content(text, tuple(entities), keyboard(given))


def caption(given: Parameters) -> Content:
    """What stands under a document."""
    text, entities = words(given, "caption", "caption_entities")
    if units(text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    return Content(text, tuple(entities), keyboard(given))


def words(
    given: Parameters, name: str = "text", entities: str = "entities", mode: str = "parse_mode"
) -> tuple[str, list[Wire]]:
    """A text and its entities, as they will be shown."""
    source = given.text(name)
    try:
        source.encode()
    except UnicodeEncodeError:
        raise bad("strings must be encoded in UTF-8") from None
    parsing = given.text(mode).lower()
    if parsing not in ("", "html"):
        raise NotImplementedError(f"parse mode {parsing}")
    text, marked = from_html(source) if parsing else (source, given.wires(entities))
    text, marked = trimmed(text, marked)
    return trimmed(text, marked + found_in(text, marked))


def keyboard(given: Parameters) -> Keyboard:
    """The buttons under a message, each checked."""
    rows = given.wire("reply_markup").get("inline_keyboard", [])
    assert isinstance(rows, list)
    keys = tuple(tuple(_key(one) for one in row) for row in rows if row)
    if sum(map(len, keys)) > MOST_KEYS:
        raise bad("reply markup is too long")
    return keys


def _key(wire: Wire) -> Key:
    if not str(wire.get("text", "")).strip() or not wire.keys() - {"text", "style", "icon_custom_emoji_id"}:
        raise bad(NO_ACTION)
    if "callback_data" in wire and not 1 <= len(str(wire["callback_data"]).encode(errors="replace")) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    url = str(wire.get("url", "https://t.me"))
    if not url.startswith(("https://", "http://", "tg://")) or "." not in url.removeprefix(
        "tg:/"
    ) + "." * url.startswith("tg:"):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return Key(wire)
