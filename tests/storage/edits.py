"""Edits of the records of the eventful conversation, each with where it is found and what is wrong there."""

MARK = """UPDATE ballots SET marks = '{"disagree":1}' WHERE poll_id = 1 AND member_id = 2"""
OUTCOME = "UPDATE polls SET outcome = replace(outcome, 'passed', 'blocked') WHERE id = 1"
ADD = """INSERT INTO ballots (poll_id, member_id, revision, marks, reason, earlier, at, salt, seal)
SELECT poll_id, 4, revision, marks, reason, earlier, at, salt, seal FROM ballots"""

EDITS: dict[str, tuple[str, str, str]] = {
    "a changed mark": (MARK, "P-1, ballot of member 2", "broken-changed"),
    "a changed reason": (
        "UPDATE ballots SET reason = 'no' WHERE poll_id = 1 AND member_id = 3",
        "P-1, ballot of member 3",
        "broken-changed",
    ),
    "a ballot moved to other words": (
        "UPDATE ballots SET revision = 2 WHERE poll_id = 1 AND member_id = 5",
        "P-1, ballot of member 5",
        "broken-changed",
    ),
    "a ballot that was cast at another time": (
        "UPDATE ballots SET at = '2026-03-01 00:00:00' WHERE poll_id = 5",
        "P-5, ballot of member 3",
        "broken-changed",
    ),
    "a changed seal": (
        "UPDATE ballots SET seal = 'no' WHERE poll_id = 2 AND member_id = 4",
        "P-2, ballot of member 4",
        "broken-changed",
    ),
    "a ballot that cannot be read": (
        "UPDATE ballots SET marks = 'no' WHERE poll_id = 2 AND member_id = 3",
        "P-2, ballot of member 3",
        "broken-unreadable",
    ),
    "a deleted ballot": (
        "DELETE FROM ballots WHERE poll_id = 2 AND member_id = 3",
        "P-2, ballot of member 3",
        "broken-missing",
    ),
    "an added ballot": (f"{ADD} WHERE poll_id = 1 AND member_id = 2", "P-1, ballot of member 4", "broken-added"),
    "a ballot that changed its owner": (
        "UPDATE ballots SET member_id = 1 WHERE poll_id = 2 AND member_id = 2",
        "P-2, ballot of member 1",
        "broken-added",
    ),
    "a changed remark": (
        "UPDATE remarks SET text = 'no' WHERE poll_id = 1",
        "P-1, remark 1",
        "broken-changed",
    ),
    "a deleted remark": ("DELETE FROM remarks WHERE poll_id = 1", "P-1, remark 1", "broken-missing"),
    "changed words": (
        "UPDATE revisions SET text = 'no' WHERE poll_id = 1 AND number = 1",
        "P-1, revision 1",
        "broken-changed",
    ),
    "words by somebody else": (
        "UPDATE revisions SET by = 3 WHERE poll_id = 1 AND number = 2",
        "P-1, revision 2",
        "broken-changed",
    ),
    "deleted words": (
        "DELETE FROM revisions WHERE poll_id = 1 AND number = 1",
        "P-1, revision 1",
        "broken-missing",
    ),
    "a changed quorum": (
        """UPDATE polls SET rules = replace(rules, '"quorum":"2"', '"quorum":"1"') WHERE id = 3""",
        "P-3",
        "broken-terms",
    ),
    "a changed option": (
        "UPDATE polls SET options = replace(options, 'doldrums', 'elderberry') WHERE id = 2",
        "P-2",
        "broken-terms",
    ),
    "a changed method": ("UPDATE polls SET method = 'consensus' WHERE id = 3", "P-3", "broken-terms"),
    "a method that there is not": ("UPDATE polls SET method = 'no' WHERE id = 5", "P-5", "broken-terms"),
    "another proposer": ("UPDATE polls SET by = 2 WHERE id = 1", "P-1", "broken-terms"),
    "another number": ("UPDATE polls SET number = 11 WHERE id = 2", "P-2", "broken-number"),
    "a smaller electorate": ("UPDATE polls SET base = 1 WHERE id = 2", "P-2", "broken-electorate"),
    "a moved deadline": ("UPDATE polls SET closes_at = '2026-03-30 00:00:00' WHERE id = 5", "P-5", "broken-deadline"),
    "a poll opened again": ("UPDATE polls SET status = 'open' WHERE id = 2", "P-2", "broken-status"),
    "a poll closed by hand": ("UPDATE polls SET status = 'closed' WHERE id = 5", "P-5", "broken-status"),
    "earlier words put back": ("UPDATE polls SET revision = 1 WHERE id = 1", "P-1", "broken-revision"),
    "a block that is made to lapse": ("UPDATE polls SET firm_revision = 9 WHERE id = 5", "P-5", "broken-revision"),
    "a changed turnout": ("UPDATE polls SET turnout = 4 WHERE id = 5", "P-5", "broken-turnout"),
    "another date of review": (
        "UPDATE polls SET review_at = '2027-09-01 00:00:00' WHERE id = 1",
        "P-1",
        "broken-review-date",
    ),
    "a review that is called off by hand": (
        "UPDATE polls SET review_at = NULL WHERE id = 1",
        "P-1",
        "broken-review-date",
    ),
    "somebody more on the roll": (
        "INSERT INTO voters (poll_id, member_id) VALUES (3, 3)",
        "P-3, roll",
        "broken-changed",
    ),
    "another weight on the roll": ("UPDATE voters SET weight = 9 WHERE member_id = 1", "P-3, roll", "broken-changed"),
    "somebody less on the roll": (
        "DELETE FROM voters WHERE poll_id = 3 AND member_id = 1",
        "P-3, roll",
        "broken-changed",
    ),
    "a changed outcome": (OUTCOME, "P-1, outcome D-1", "broken-changed"),
    "a deleted outcome": (
        "UPDATE polls SET outcome = NULL WHERE id = 1",
        "P-1, outcome D-1",
        "broken-missing",
    ),
    "an outcome from nowhere": (
        "UPDATE polls SET outcome = (SELECT outcome FROM polls AS other WHERE other.id = 1) WHERE id = 5",
        "P-5, outcome –",
        "broken-added",
    ),
    "another number of a decision": (
        "UPDATE polls SET decision = 9 WHERE id = 2",
        "P-2, outcome D-2",
        "broken-number",
    ),
    "a decision of another day": (
        "UPDATE polls SET closed_at = '2026-03-01 00:00:00' WHERE id = 2",
        "P-2, outcome D-2",
        "broken-changed",
    ),
    "a changed statement": ("UPDATE polls SET statement = 'no' WHERE id = 1", "D-1, statement", "broken-changed"),
    "a statement from nowhere": ("UPDATE polls SET statement = 'no' WHERE id = 2", "D-2, statement", "broken-changed"),
    "a decision no longer superseded": ("DELETE FROM supersessions", "D-3, what it supersedes", "broken-changed"),
    "a changed review": ("UPDATE reviews SET worked = NOT worked", "D-1, review by member 2", "broken-changed"),
    "a changed concern": ("UPDATE concerns SET text = 'no' WHERE id = 1", "P-1, concern C-1", "broken-changed"),
    "a changed answer": ("UPDATE concerns SET answer = 'no' WHERE id = 1", "P-1, concern C-1", "broken-changed"),
    "a concern resolved by hand": (
        "UPDATE concerns SET resolved_at = raised_at WHERE id = 2",
        "P-1, concern C-2",
        "broken-changed",
    ),
    "a deleted concern": ("DELETE FROM concerns WHERE id = 2", "P-1, concern C-2", "broken-missing"),
    "a role taken by hand": ("UPDATE members SET role = 'facilitator' WHERE id = 3", "member 3", "broken-changed"),
    "somebody who is made two people again": (
        "UPDATE members SET merged_into = NULL WHERE id = 5",
        "member 5",
        "broken-changed",
    ),
    "two people who are made one by hand": (
        "UPDATE members SET merged_into = 1 WHERE id = 2",
        "member 2",
        "broken-changed",
    ),
    "a struck ballot put back": (
        f"{ADD.replace('4, revision', '5, revision')} WHERE poll_id = 9",
        "P-9, ballot of member 5",
        "broken-added",
    ),
    "a line of the roll put back": (
        "INSERT INTO voters (poll_id, member_id) VALUES (9, 5)",
        "P-9, roll",
        "broken-changed",
    ),
    "a deleted poll": ("DELETE FROM polls WHERE id = 3", "P-3", "broken-missing"),
    "a poll that cannot be read": ("UPDATE polls SET rules = '{}' WHERE id = 3", "P-3", "broken-unreadable"),
    "a deleted group": ("DELETE FROM groups", "group 1", "broken-missing"),
    "a changed head": ("UPDATE groups SET head = 'no'", "journal head", "broken-head"),
    "a changed first line": (
        "UPDATE journal SET line = replace(line, '2026', '2025') WHERE number = 1",
        "journal line 1",
        "broken-line-changed",
    ),
    "a changed line in the middle": (
        "UPDATE journal SET line = replace(line, '2026', '2025') WHERE number = 12",
        "journal line 12",
        "broken-line-changed",
    ),
    "a changed last line": (
        "UPDATE journal SET line = replace(line, '2026', '2025') WHERE number = 70",
        "journal line 70",
        "broken-line-changed",
    ),
    "a line for another poll": (
        "UPDATE journal SET poll_id = 2 WHERE number = 9",
        "journal line 9",
        "broken-line-senseless",
    ),
    "another kind of line": (
        "UPDATE journal SET event = 'PollExtended' WHERE number = 9",
        "journal line 9",
        "broken-line-senseless",
    ),
    "a line that says nothing": (
        "UPDATE journal SET line = '[]' WHERE number = 9",
        "journal line 9",
        "broken-line-changed",
    ),
    "a removed first line": ("DELETE FROM journal WHERE number = 1", "journal line 1", "broken-missing"),
    "a removed line in the middle": ("DELETE FROM journal WHERE number = 12", "journal line 12", "broken-missing"),
    "a removed last line": ("DELETE FROM journal WHERE number = 70", "journal line 70", "broken-missing"),
    "removed last lines": ("DELETE FROM journal WHERE number > 40", "journal line 41", "broken-missing"),
    "no journal at all": ("DELETE FROM journal", "journal line 1", "broken-missing"),
    "an added last line": (
        "INSERT INTO journal SELECT group_id, 71, event, poll_id, 'x', line, hash FROM journal WHERE number = 2",
        "journal line 71",
        "broken-line-changed",
    ),
}
