"""Good input with a few things wrong, at any depth: what a stranger may send."""

import copy
import random
from collections.abc import Callable, Sequence
from typing import Any

Odd = Callable[[random.Random], Any]


def mutated(chance: random.Random, seeds: Sequence[Any], odd: Odd) -> Any:
    """One of the seeds with one to four things wrong: left out, or put in their place by `odd`."""
    raw = copy.deepcopy(chance.choice(seeds))
    for _ in range(chance.randint(1, 4)):
        place: Any = raw
        while True:
            key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
            inner = place[key]
            if not isinstance(inner, dict | list) or not inner or chance.random() < 0.2:
                break
            place = inner
        if chance.random() < 0.3:
            del place[key]
        else:
            place[key] = odd(chance)
        if not raw:
            return raw
    return raw
