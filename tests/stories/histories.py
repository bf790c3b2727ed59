"""Histories: a state machine played many times, each time on a migrated database of its own."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.conftest import NewDatabase


class Machine(RuleBasedStateMachine):
    """One that makes its databases itself."""

    new_database: NewDatabase


def play(machine: type[Machine], new_database: NewDatabase, examples: int, steps: int, *, same: bool) -> None:
    """Play so many histories of so many steps; `same`: the same each time."""
    machine.new_database = staticmethod(new_database)
    how = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=same,
        phases=(Phase.reuse, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=how)
