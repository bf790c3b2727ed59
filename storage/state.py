"""State: which version a database's schema has, what it holds, and the clean start that a written conversation gets."""

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, delete, insert, select
from sqlmodel import SQLModel

from decisions.model import Group, Person
from storage import filling
from storage.store import migrations
from storage.tables import TABLES, Played, table
from storage.work import Work


def revision(connection: Connection) -> str | None:
    """The version of the schema that the database has; None: it has none yet."""
    return MigrationContext.configure(connection).get_current_revision()


def newest(connection: Connection) -> str | None:
    """The version of the schema that this program needs."""
    return ScriptDirectory.from_config(migrations(connection)).get_current_head()


def versions(connection: Connection) -> set[str]:
    """Every version that this program can bring up to date."""
    return {one.revision for one in ScriptDirectory.from_config(migrations(connection)).walk_revisions()}


def holds_people(work: Work) -> bool:
    """Whether anybody or any group is kept here."""
    return any(work.connection.execute(select(TABLES[one].c.id).limit(1)).first() for one in (Group, Person))


def was_played(work: Work) -> bool:
    """Whether a written conversation filled it, and nobody has spoken in it since."""
    return work.connection.execute(select(table(Played).c.file).limit(1)).first() is not None


def start_clean(work: Work, file: str) -> bool:
    """Make room for a written conversation; False, and nothing is changed: what is kept here did not come from one."""
    if holds_people(work) and not was_played(work):
        return False
    for one in reversed(SQLModel.metadata.sorted_tables):
        work.connection.execute(delete(one))
    filling.mark(work)
    work.connection.execute(insert(table(Played)), {"file": file})
    return True


def belongs_to_people(work: Work) -> None:
    """Somebody speaks here now: no written conversation may replace it any more."""
    work.connection.execute(delete(table(Played)))
