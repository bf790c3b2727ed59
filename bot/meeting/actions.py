"""Action items: reminding their owners."""

from datetime import datetime

from decisions.model import Action
from storage.work import Work


def remind(work: Work, action: Action, now: datetime) -> None:
    """Remind the owners, once."""
