"""Each: one test for hundreds of small cases, which names every case that fails."""

from collections.abc import Callable, Collection
from typing import TypeVar

Case = TypeVar("Case")


def of_each(cases: Collection[Case]) -> Callable[[Callable[[Case], None]], Callable[[], None]]:
    """As parametrize, where a test of its own for each case would take longer than the case."""

    def made(check: Callable[[Case], None]) -> Callable[[], None]:
        def tried() -> None:
            assert cases
            wrong = [one for one in (_failed(check, case) for case in cases) if one]
            if wrong:
                raise ExceptionGroup(f"{check.__name__}: {len(wrong)} fail", wrong)

        tried.__name__, tried.__doc__ = check.__name__, check.__doc__
        return tried

    return made


def _failed(check: Callable[[Case], None], case: Case) -> Exception | None:
    try:
        check(case)
    except Exception as no:
        no.add_note(f"of {case!r}")
        return no
    return None
