"""What is learnt and handed on: lessons, their use elsewhere, what belongs together, offers and asks; who may read the log."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SPOKEN_OF = (("ix_polls_thread", "polls", "thread"), ("ix_posts_reply_to", "posts", "reply_to"))
"""By which it is found what a message is about."""


def upgrade() -> None:
    _learnt()
    _handed_on()
    op.add_column("doubts", sa.Column("alike", sa.Text(), server_default="[]", nullable=False))
    op.add_column("doubts", sa.Column("thread", sa.Text(), server_default="", nullable=False))
    op.add_column("groups", sa.Column("openness", sa.Text(), server_default="members", nullable=False))
    op.add_column("polls", sa.Column("thread", sa.Text(), server_default="", nullable=False))
    op.execute(sa.text("ALTER TABLE posts ADD COLUMN lesson_id INTEGER REFERENCES lessons (id)"))
    op.create_index("ix_posts_lesson_id", "posts", ["lesson_id"])
    for index, table, column in SPOKEN_OF:
        said = sa.text(f"{column} != ''")
        op.create_index(index, table, [column], sqlite_where=said, postgresql_where=said)


def _learnt() -> None:
    op.create_table(
        "lessons",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("worked", sa.Boolean(), nullable=True),
        sa.Column("tried", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("again", sa.Text(), nullable=False),
        sa.Column("never", sa.Text(), nullable=False),
        sa.Column("helps", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("affiliate", sa.Text(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["members.id"]),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"]),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("group_id", "number"),
    )
    op.create_index("ix_lessons_by", "lessons", ["by"])
    op.create_index("ix_lessons_poll_id", "lessons", ["poll_id"])
    op.create_table(
        "reuses",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("worked", sa.Boolean(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["members.id"]),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"]),
        sa.ForeignKeyConstraint(["lesson_id"], ["lessons.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_reuses_by", "reuses", ["by"])
    op.create_index("ix_reuses_group_id", "reuses", ["group_id"])
    op.create_index("ix_reuses_lesson_id", "reuses", ["lesson_id"])
    op.create_table(
        "relations",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("other_key", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["members.id"]),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"]),
        sa.PrimaryKeyConstraint("thing", "key", "other", "other_key"),
    )
    op.create_index("ix_relations_by", "relations", ["by"])
    op.create_index("ix_relations_group_id", "relations", ["group_id"])
    op.create_index("ix_relations_other_key", "relations", ["other_key"])
    op.create_table(
        "drafts",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("worked", sa.Boolean(), nullable=True),
        sa.Column("poll_id", sa.Integer(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"]),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"]),
        sa.PrimaryKeyConstraint("platform", "user"),
    )


def _handed_on() -> None:
    op.create_table(
        "helps",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ends_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("seek_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_helps_ends_at", "helps", ["ends_at"])
    op.create_index("ix_helps_person_id", "helps", ["person_id"])
    op.create_index("ix_helps_seek_at", "helps", ["seek_at"])
    op.create_table(
        "introductions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("ask_id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("offers", sa.Boolean(), nullable=True),
        sa.Column("asks", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["ask_id"], ["helps.id"]),
        sa.ForeignKeyConstraint(["offer_id"], ["helps.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("offer_id", "ask_id"),
    )
    op.create_index("ix_introductions_ask_id", "introductions", ["ask_id"])


def downgrade() -> None:
    connection = op.get_bind()
    connection.execute(sa.text("DELETE FROM posts WHERE lesson_id IS NOT NULL OR kind IN ('lesson', 'chart', 'peer')"))
    connection.execute(sa.text("DELETE FROM doubts WHERE alike != '[]'"))
    op.drop_index("ix_posts_lesson_id", "posts")
    for index, table, _ in SPOKEN_OF:
        op.drop_index(index, table)
    with op.batch_alter_table("posts") as posts:
        posts.drop_column("lesson_id")
    for table, column in (("doubts", "alike"), ("doubts", "thread"), ("groups", "openness"), ("polls", "thread")):
        op.drop_column(table, column)
    for table in ("introductions", "helps", "drafts", "relations", "reuses", "lessons"):
        op.drop_table(table)
