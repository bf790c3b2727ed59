"""Markers: the two comments of a page between which the record stands, and what is around them, which stays as it is."""

BEGIN, END = "<!-- folkmoot begin -->", "<!-- folkmoot end -->"


class NoMarkers(Exception):  # noqa: N818 - a fact about a page
    """The page has no place for the record."""


class OddMarkers(Exception):  # noqa: N818
    """A marker is missing, stands more than once, or the end stands before the beginning."""


def replaced(page: str, record: str) -> str:
    """The page with the record between its markers. Raises NoMarkers or OddMarkers."""
    begins, ends = _found(page)
    return f"{page[:begins]}{_framed(record)}{page[ends:]}"


def fresh(record: str) -> str:
    """A page with nothing but the record."""
    return f"{BEGIN}{_framed(record)}{END}"


def _framed(record: str) -> str:
    return f"\n{record.strip()}\n"


def _found(page: str) -> tuple[int, int]:
    """Where what is between the markers begins, and where it ends."""
    if BEGIN not in page and END not in page:
        raise NoMarkers
    if page.count(BEGIN) != 1 or page.count(END) != 1 or page.index(END) < page.index(BEGIN):
        raise OddMarkers
    return page.index(BEGIN) + len(BEGIN), page.index(END)
