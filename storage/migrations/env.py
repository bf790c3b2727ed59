"""How Alembic reaches the database: through the connection it is handed."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - fills the metadata
from storage.filling import ours
from storage.packing import Named, Packed


def _render(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own column types as the plain text they are, so that no migration depends on today's rules."""
    return "sa.Text()" if isinstance(item, Named | Packed) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=_render,
    compare_type=False,
    include_name=ours,
)
with context.begin_transaction():
    context.run_migrations()
