"""What administrators may do, and how a member travels."""

from typing import TYPE_CHECKING

from .refused import Wire

if TYPE_CHECKING:
    from .people import User

ALWAYS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_send_welcome_messages",
)  # fmt: skip
"""Told of every administrator."""

IN_GROUPS = ("can_pin_messages", "can_manage_topics")

USUAL = frozenset(
    {"can_manage_chat", "can_delete_messages", "can_invite_users", "can_pin_messages", "can_manage_topics"}
)
"""What `promotes` gives unless told otherwise."""


def wire(user: "User", status: str, may: frozenset[str]) -> Wire:
    """ChatMember of any kind."""
    body: Wire = {"status": status, "user": user.wire()}
    if status == "creator":
        return body | {"is_anonymous": False}
    if status == "administrator":
        return (
            body | {"can_be_edited": False, "is_anonymous": False} | {one: one in may for one in (*ALWAYS, *IN_GROUPS)}
        )
    return body | ({"until_date": 0} if status == "kicked" else {})
