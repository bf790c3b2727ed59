"""Edits of what the eventful conversation left of lessons, each with where it is found and what is wrong there."""

RELATED = "SELECT group_id, thing, key, other, 4, by, at FROM relations WHERE thing = 'poll'"

LEARNED: dict[str, tuple[str, str, str]] = {
    "a lesson in other words": ("UPDATE lessons SET tried = 'no' WHERE number = 2", "L-2", "broken-changed"),
    "a lesson about something else": ("UPDATE lessons SET topic = 'no' WHERE number = 2", "L-2", "broken-changed"),
    "a lesson before it was amended": ("UPDATE lessons SET again = '' WHERE number = 2", "L-2", "broken-changed"),
    "a failure made a success": ("UPDATE lessons SET worked = true WHERE number = 2", "L-2", "broken-changed"),
    "a lesson of somebody else": ("UPDATE lessons SET by = 1 WHERE number = 2", "L-2", "broken-changed"),
    "a lesson without its author": ("UPDATE lessons SET by = NULL WHERE number = 2", "L-2", "broken-changed"),
    "an author of a lesson without one": ("UPDATE lessons SET by = 1 WHERE number = 4", "L-4", "broken-changed"),
    "a lesson of another time": (
        "UPDATE lessons SET at = '2026-03-30 00:00:00' WHERE number = 4",
        "L-4",
        "broken-changed",
    ),
    "a lesson of another decision": ("UPDATE lessons SET poll_id = 2 WHERE number = 1", "L-1", "broken-changed"),
    "a lesson withdrawn by hand": ("UPDATE lessons SET withdrawn = true WHERE number = 2", "L-2", "broken-changed"),
    "a lesson that is there after all": (
        "UPDATE lessons SET withdrawn = false WHERE number = 3",
        "L-3",
        "broken-changed",
    ),
    "withdrawn words put back": ("UPDATE lessons SET tried = 'no' WHERE number = 3", "L-3", "broken-changed"),
    "a forgotten lesson put back": ("UPDATE lessons SET tried = 'no' WHERE number = 5", "L-5", "broken-changed"),
    "another number of a lesson": ("UPDATE lessons SET number = 9 WHERE number = 4", "L-4", "broken-changed"),
    "a deleted lesson": ("DELETE FROM lessons WHERE number = 4", "L-4", "broken-missing"),
    "a lesson that cannot be read": ("UPDATE lessons SET at = 'infinity' WHERE number = 4", "L-4", "broken-unreadable"),
    "a use that went otherwise": (
        "UPDATE reuses SET worked = true WHERE id = 1",
        "use 1 of a lesson",
        "broken-changed",
    ),
    "a use in another place": ("UPDATE reuses SET place = 'no' WHERE id = 1", "use 1 of a lesson", "broken-changed"),
    "a use of another lesson": ("UPDATE reuses SET lesson_id = 1 WHERE id = 1", "use 1 of a lesson", "broken-changed"),
    "a use by somebody else": ("UPDATE reuses SET by = 1 WHERE id = 1", "use 1 of a lesson", "broken-changed"),
    "a deleted use": ("DELETE FROM reuses WHERE id = 1", "use 1 of a lesson", "broken-missing"),
    "a forgotten use put back": ("UPDATE reuses SET text = 'no' WHERE id = 2", "use 2 of a lesson", "broken-changed"),
    "what belongs no more together": (
        "DELETE FROM relations WHERE thing = 'poll'",
        "what belongs together: poll 1, lesson 2",
        "broken-missing",
    ),
    "what does not belong together": (
        f"INSERT INTO relations (group_id, thing, key, other, other_key, by, at) {RELATED}",
        "what belongs together: poll 1, lesson 4",
        "broken-added",
    ),
    "what somebody else related": (
        "UPDATE relations SET by = 2 WHERE thing = 'meeting'",
        "what belongs together: meeting 1, lesson 2",
        "broken-changed",
    ),
}
