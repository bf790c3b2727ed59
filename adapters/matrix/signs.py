"""Signs: the fixed emoji by which a card is answered with a reaction, for every client there is."""

from collections.abc import Sequence

from adapters.base import Button, Rows

STANCES = {
    "agree": "✅",
    "consent": "✅",
    "abstain": "⚪",
    "disagree": "❌",
    "block": "⛔",
    "object": "⛔",
}
NUMBERS = (*(f"{digit}\ufe0f\u20e3" for digit in "123456789"), "🔟")

VARIATION = "\ufe0f"
"""Clients send the same emoji with it or without."""


def signed(rows: Rows) -> dict[str, Button]:
    """Sign -> the button it stands for: one for each row of a single button, as long as there are signs."""
    singles = [row[0] for row in rows if len(row) == 1 and row[0].press and not row[0].alone]
    signs = [
        STANCES.get(one.sign) or (NUMBERS[place] if place < len(NUMBERS) else "") for place, one in enumerate(singles)
    ]
    return {sign: one for sign, one in zip(signs, singles, strict=True) if sign}


def meant(key: str, presses: Sequence[Sequence[str]]) -> str:
    """The press that a reaction stands for, among a card's (sign, press) pairs; empty: none."""
    plain = key.replace(VARIATION, "")
    return next((press for sign, press in presses if sign.replace(VARIATION, "") == plain), "")
