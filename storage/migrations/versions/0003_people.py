"""People and rights: affiliates, rolls with weights, proxies, linked accounts, what a group sets, and messages about no poll."""

import json
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _new_tables()
    _more_columns()
    _affiliates_by_name()
    op.drop_column("members", "affiliate")
    _tokens()
    with op.batch_alter_table("posts") as posts:  # nothing points to posts, so that SQLite may make the table anew
        posts.alter_column("group_id", existing_type=sa.Integer(), nullable=True)
        posts.alter_column("poll_id", existing_type=sa.Integer(), nullable=True)


def _new_tables() -> None:
    op.create_table(
        "affiliates",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("group_id", "name"),
    )
    op.create_table(
        "additions",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["members.id"]),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"]),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"]),
        sa.PrimaryKeyConstraint("poll_id", "member_id"),
    )
    op.create_table(
        "spents",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"]),
        sa.PrimaryKeyConstraint("poll_id", "mark"),
    )
    op.create_table(
        "proxies",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("proxy_id", sa.Integer(), nullable=False),
        sa.Column("until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"]),
        sa.ForeignKeyConstraint(["proxy_id"], ["members.id"]),
        sa.PrimaryKeyConstraint("member_id", "poll_id"),
    )
    op.create_index("ix_proxies_proxy_id", "proxies", ["proxy_id"], unique=False)
    op.create_table(
        "listings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["members.id"]),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("group_id", "name"),
    )
    op.create_table(
        "listeds",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("affiliate_id", sa.Integer(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["affiliate_id"], ["affiliates.id"]),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"]),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"]),
        sa.PrimaryKeyConstraint("listing_id", "member_id"),
    )
    op.create_table(
        "codes",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("other_platform", sa.Text(), nullable=False),
        sa.Column("other_user", sa.Text(), nullable=False),
        sa.Column("other_chat", sa.Text(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("other_agreed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_codes_digest", "codes", ["digest"], unique=False)
    op.create_table(
        "tries",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "user", "at"),
    )


def _more_columns() -> None:
    _add("groups", "languages", sa.Text(), "[]")
    _add("groups", "usual", sa.Text(), "")
    _add("groups", "proposers", sa.Text(), "everyone")
    _add("groups", "quiet", sa.Text(), "")
    _add("groups", "remind_hours", sa.Integer(), sa.text("24"))
    _add("groups", "pictured_at", sqlmodel.sql.sqltypes.UTCDateTime())
    op.create_index("ix_groups_pictured_at", "groups", ["pictured_at"], unique=False)
    _add("rooms", "announce", sa.Boolean(), sa.text("false"))
    _add("rooms", "gone_at", sqlmodel.sql.sqltypes.UTCDateTime())
    _add("rooms", "left_at", sqlmodel.sql.sqltypes.UTCDateTime())
    _add("persons", "nudge", sa.Boolean(), sa.text("true"))
    _add("persons", "digest_at", sqlmodel.sql.sqltypes.UTCDateTime())
    _add("persons", "token", sa.Text(), "")
    _add("persons", "erased", sa.Boolean(), sa.text("false"))
    op.create_index("ix_persons_digest_at", "persons", ["digest_at"], unique=False)
    _add_pointer("persons", "merged_into", "persons")
    op.create_index("ix_persons_merged_into", "persons", ["merged_into"], unique=False)
    _add_pointer("members", "affiliate_id", "affiliates")
    _add("members", "seat", sa.Text(), "none")
    _add_pointer("members", "merged_into", "members")
    op.create_index("ix_members_merged_into", "members", ["merged_into"], unique=False)
    _add("polls", "roll", sa.Text(), "")
    _add("polls", "spent", sa.Integer(), sa.text("0"))
    _add("posts", "said", sa.Text(), "[]")
    _add_pointer("voters", "affiliate_id", "affiliates")
    _add("voters", "region", sa.Text(), "")
    _add("voters", "weight", sa.Integer(), sa.text("1"))


def _add(where: str, name: str, kind: Any, default: Any = None) -> None:
    op.add_column(where, sa.Column(name, kind, server_default=default, nullable=default is None))


def _add_pointer(where: str, name: str, to: str) -> None:
    """In words that both databases know: Alembic would have SQLite make a table anew to which others point."""
    op.execute(f"ALTER TABLE {where} ADD COLUMN {name} INTEGER REFERENCES {to} (id)")


def _affiliates_by_name() -> None:
    """Each name becomes an affiliate; the first who spoke for it is its representative, the others are alternates."""
    connection = op.get_bind()
    known: dict[tuple[int, str], int] = {}
    spoken = "SELECT id, group_id, affiliate FROM members WHERE affiliate <> '' ORDER BY id"
    for member, group, name in connection.execute(sa.text(spoken)).all():
        seat = "alternate" if (group, name) in known else "representative"
        if seat == "representative":
            known[group, name] = len(known) + 1
            made = "INSERT INTO affiliates VALUES (:id, :group, :name, '', '', 1, true)"
            connection.execute(sa.text(made), {"id": len(known), "group": group, "name": name})
        given = "UPDATE members SET affiliate_id = :affiliate, seat = :seat WHERE id = :member"
        connection.execute(sa.text(given), {"affiliate": known[group, name], "seat": seat, "member": member})


def _tokens() -> None:
    """The same for the same person in every copy of this database: the journal's line by which they first joined."""
    connection = op.get_bind()
    person_of = {row[0]: row[1] for row in connection.execute(sa.text("SELECT id, person_id FROM members"))}
    joined = "SELECT line, hash FROM journal WHERE event = 'MemberJoined' ORDER BY group_id DESC, number DESC"
    tokens: dict[int, str] = {}
    for line, hash_ in connection.execute(sa.text(joined)):
        tokens[person_of.get(json.loads(line).get("member"), 0)] = hash_
    for (person,) in connection.execute(sa.text("SELECT id FROM persons")).all():
        token = tokens.get(person) or sha256(f"person {person}".encode()).hexdigest()
        connection.execute(sa.text("UPDATE persons SET token = :token WHERE id = :id"), {"token": token, "id": person})


def downgrade() -> None:
    connection = op.get_bind()
    connection.execute(sa.text("DELETE FROM posts WHERE group_id IS NULL OR poll_id IS NULL"))
    with op.batch_alter_table("posts") as posts:
        posts.alter_column("group_id", existing_type=sa.Integer(), nullable=False)
        posts.alter_column("poll_id", existing_type=sa.Integer(), nullable=False)
    op.add_column("members", sa.Column("affiliate", sa.Text(), server_default="", nullable=False))
    named = "UPDATE members SET affiliate = (SELECT name FROM affiliates WHERE affiliates.id = members.affiliate_id)"
    connection.execute(sa.text(f"{named} WHERE affiliate_id IS NOT NULL"))
    for index, where in (
        ("ix_members_merged_into", "members"),
        ("ix_persons_merged_into", "persons"),
        ("ix_persons_digest_at", "persons"),
        ("ix_groups_pictured_at", "groups"),
    ):
        op.drop_index(index, where)
    for where, names in _ADDED.items():
        for name in names:
            op.drop_column(where, name)
    for where in ("tries", "codes", "listeds", "listings", "proxies", "spents", "additions", "affiliates"):
        op.drop_table(where)


_ADDED = {
    "groups": ("languages", "usual", "proposers", "quiet", "remind_hours", "pictured_at"),
    "rooms": ("announce", "gone_at", "left_at"),
    "persons": ("nudge", "digest_at", "token", "erased", "merged_into"),
    "members": ("affiliate_id", "seat", "merged_into"),
    "polls": ("roll", "spent"),
    "posts": ("said",),
    "voters": ("affiliate_id", "region", "weight"),
}
