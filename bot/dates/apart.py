"""Apart: the process in which dateparser reads. A line in JSON comes in, the words with all they need; one goes out."""

import json
import sys
from datetime import datetime

import dateparser

MOST = 64


def main() -> None:
    """Say that we are there, then answer line by line until nobody asks any more."""
    _read("in 1 day", "en", "2026-01-01T00:00:00")  # the first takes longer
    print("{}", flush=True)
    for asked in sys.stdin:
        print(json.dumps(_read(*json.loads(asked))), flush=True)


def _read(words: str, language: str, now: str) -> str | None:
    """The wall time that a text means, seen from `now`, which is wall time too."""
    settings = {"RELATIVE_BASE": datetime.fromisoformat(now), "PREFER_DATES_FROM": "future"}
    try:
        found = dateparser.parse(words[:MOST], languages=[language], settings=settings)
    except Exception:  # whatever it is, it was not read
        return None
    return found.isoformat() if found else None


if __name__ == "__main__":
    main()
