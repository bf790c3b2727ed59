"""The discussion under a card, where a ballot came from, bookmarks, and what could not be heard."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bookmarks",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("platform"),
    )
    op.create_table(
        "silences",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("platform"),
    )
    op.create_table(
        "remarks",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"]),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"]),
        sa.ForeignKeyConstraint(["by"], ["members.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_remarks_poll_id", "remarks", ["poll_id"])
    op.create_index("ix_remarks_origin", "remarks", ["origin"])
    with op.batch_alter_table("groups") as batch_op:
        batch_op.add_column(sa.Column("shared", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    with op.batch_alter_table("ballots") as batch_op:
        batch_op.add_column(sa.Column("origin", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("worded", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("posts") as batch_op:
        batch_op.add_column(sa.Column("stance", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("posts", "stance")  # not in a batch: that makes the table anew, which others refer to
    op.drop_column("ballots", "worded")
    op.drop_column("ballots", "origin")
    op.drop_column("groups", "shared")
    op.drop_table("remarks")
    op.drop_table("silences")
    op.drop_table("bookmarks")
