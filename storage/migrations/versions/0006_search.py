"""Search: every text that can be found, and its index; what was searched for last, so that one can turn the page."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ON_SQLITE = (
    """CREATE VIRTUAL TABLE entry_words USING fts5(words, content='entries', content_rowid='id', columnsize=0,
       tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'")""",
    """CREATE TRIGGER entries_in AFTER INSERT ON entries BEGIN
       INSERT INTO entry_words (rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER entries_out AFTER DELETE ON entries BEGIN
       INSERT INTO entry_words (entry_words, rowid, words) VALUES ('delete', old.id, old.words); END""",
    """CREATE TRIGGER entries_anew AFTER UPDATE OF words ON entries BEGIN
       INSERT INTO entry_words (entry_words, rowid, words) VALUES ('delete', old.id, old.words);
       INSERT INTO entry_words (rowid, words) VALUES (new.id, new.words); END""",
)


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "entries",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text() if sqlite else postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"]),
        sa.ForeignKeyConstraint(["home_id"], ["groups.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source"),
    )
    op.create_index("ix_entries_thing_key", "entries", ["thing", "key"])
    op.create_index("ix_entries_by", "entries", ["by"])
    op.create_index("ix_entries_group_id", "entries", ["group_id"])
    op.create_table(
        "searches",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"]),
        sa.PrimaryKeyConstraint("platform", "user"),
    )
    op.create_table(
        "folding",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )
    if sqlite:
        for statement in ON_SQLITE:
            op.execute(sa.text(statement.replace(":", r"\:")))
    else:
        op.create_index("ix_entries_words", "entries", ["words"], postgresql_using="gin")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(sa.text("DROP TABLE entry_words"))
    op.drop_table("folding")
    op.drop_table("searches")
    op.drop_table("entries")
