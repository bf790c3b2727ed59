"""Hours: what an hour of the day costs whoever meets in it. Before eight and after nine in the evening it costs something."""

GOOD = range(8, 21)
POOR = (7, 21)
BAD = (6, 22)


def cost(hour: int) -> int:
    """0 by day, 1 and 2 at its edges, 3 by night."""
    if hour in GOOD:
        return 0
    return 1 if hour in POOR else 2 if hour in BAD else 3
