"""Edits of the records of the eventful conversation, each with where it is found and what is wrong there."""

from tests.storage.edits_learned import LEARNED
from tests.storage.edits_meetings import MEETINGS
from tests.storage.eventful import LINES

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
    "another number": ("UPDATE polls SET number = 99 WHERE id = 2", "P-2", "broken-number"),
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
    "another weight on a roll of affiliates": (
        "UPDATE voters SET weight = 9 WHERE poll_id = 10 AND member_id = 3",
        "P-10, roll",
        "broken-changed",
    ),
    "another region on the roll": (
        "UPDATE voters SET region = 'Mars' WHERE poll_id = 11",
        "P-11, roll",
        "broken-changed",
    ),
    "another affiliate on the roll": (
        "UPDATE voters SET affiliate_id = 4 WHERE poll_id = 10 AND member_id = 2",
        "P-10, roll",
        "broken-changed",
    ),
    "a late addition undone by hand": (
        "DELETE FROM voters WHERE poll_id = 11 AND member_id = 5",
        "P-11, roll",
        "broken-changed",
    ),
    "an outcome that hides who was not heard": (
        """UPDATE polls SET outcome = replace(outcome, '"unheard":[4]', '"unheard":[]') WHERE id = 10""",
        "P-10, outcome D-5",
        "broken-changed",
    ),
    "an outcome with another proxy": (
        """UPDATE polls SET outcome = replace(outcome, '"proxies":[[2,1]]', '"proxies":[[3,1]]') WHERE id = 11""",
        "P-11, outcome D-6",
        "broken-changed",
    ),
    "an outcome with another count by affiliates": (
        """UPDATE polls SET outcome = replace(outcome, '"agree":1', '"agree":2') WHERE id = 11""",
        "P-11, outcome D-6",
        "broken-changed",
    ),
    "another proxy": ("UPDATE proxies SET proxy_id = 1", "proxy of member 4", "broken-changed"),
    "a proxy for longer": ("UPDATE proxies SET until = NULL", "proxy of member 4", "broken-changed"),
    "a proxy let go of by hand": ("DELETE FROM proxies", "proxy of member 4", "broken-missing"),
    "a proxy from nowhere": (
        "INSERT INTO proxies (member_id, poll_id, proxy_id) VALUES (3, 5, 1)",
        "proxy of member 3",
        "broken-added",
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
    "a room put back by hand": ("UPDATE rooms SET left_at = NULL WHERE id = 2", "room 2", "broken-added"),
    "a room taken out by hand": (
        "UPDATE rooms SET left_at = '2026-03-01 00:00:00' WHERE id = 1",
        "room 1",
        "broken-missing",
    ),
    "a forgotten name put back": (
        "UPDATE persons SET name = 'Vespertine' WHERE erased",
        "member 6",
        "broken-changed",
    ),
    "somebody forgotten who is here again": (
        "UPDATE persons SET erased = false WHERE erased",
        "member 6",
        "broken-changed",
    ),
    "somebody forgotten by hand": ("UPDATE persons SET erased = true WHERE id = 2", "member 2", "broken-changed"),
    "words put back": (
        "UPDATE revisions SET title = 'no' WHERE poll_id = 9",
        "P-9, revision 1",
        "broken-changed",
    ),
    "a reason put back": (
        "UPDATE ballots SET reason = 'no' WHERE poll_id = 9",
        "P-9, ballot of member 6",
        "broken-changed",
    ),
    "another weight of an affiliate": (
        "UPDATE affiliates SET weight = 9 WHERE id = 1",
        "affiliate 1",
        "broken-changed",
    ),
    "an affiliate that is named no more": (
        "UPDATE affiliates SET named = false WHERE id = 1",
        "affiliate 1",
        "broken-changed",
    ),
    "a deleted affiliate": ("DELETE FROM affiliates WHERE id = 2", "affiliate 2", "broken-missing"),
    "a seat taken by hand": (
        "UPDATE members SET affiliate_id = 1, seat = 'alternate' WHERE id = 5",
        "seat of member 5",
        "broken-added",
    ),
    "a seat confirmed by hand": (
        "UPDATE members SET seat = 'alternate' WHERE id = 4",
        "seat of member 4",
        "broken-changed",
    ),
    "a seat taken away by hand": (
        "UPDATE members SET affiliate_id = NULL, seat = 'none' WHERE id = 3",
        "seat of member 3",
        "broken-changed",
    ),
    "another weight on a list": (
        "UPDATE listeds SET weight = 9 WHERE member_id = 2",
        "list of voters 1",
        "broken-changed",
    ),
    "somebody less on a list": ("DELETE FROM listeds WHERE member_id = 2", "list of voters 1", "broken-changed"),
    "a deleted list": ("DELETE FROM listings", "list of voters 1", "broken-missing"),
    "a list from nowhere": (
        "INSERT INTO listings (id, group_id, name, at, salt) SELECT 9, 1, 'x', at, salt FROM listings",
        "list of voters 9",
        "broken-added",
    ),
    "somebody who is made two people again": (
        "UPDATE members SET merged_into = NULL WHERE id = 9",
        "member 9",
        "broken-changed",
    ),
    "two people who are made one by hand": (
        "UPDATE members SET merged_into = 1 WHERE id = 2",
        "member 2",
        "broken-changed",
    ),
    "a struck ballot put back": (
        f"{ADD.replace('4, revision', '9, revision')} WHERE poll_id = 12",
        "P-12, ballot of member 9",
        "broken-added",
    ),
    "a line of the roll put back": (
        "INSERT INTO voters (poll_id, member_id) VALUES (12, 9)",
        "P-12, roll",
        "broken-changed",
    ),
    "a deleted poll": ("DELETE FROM polls WHERE id = 3", "P-3", "broken-missing"),
    "a poll that cannot be read": ("UPDATE polls SET rules = '{}' WHERE id = 3", "P-3", "broken-unreadable"),
    **MEETINGS,
    **LEARNED,
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
        "UPDATE journal SET line = replace(line, '2026', '2025') WHERE number = (SELECT max(number) FROM journal)",
        f"journal line {LINES}",
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
    "a removed last line": (
        "DELETE FROM journal WHERE number = (SELECT max(number) FROM journal)",
        f"journal line {LINES}",
        "broken-missing",
    ),
    "removed last lines": ("DELETE FROM journal WHERE number > 40", "journal line 41", "broken-missing"),
    "no journal at all": ("DELETE FROM journal", "journal line 1", "broken-missing"),
    "an added last line": (
        "INSERT INTO journal SELECT group_id, (SELECT max(number) + 1 FROM journal), event, poll_id, 'x', line, hash "
        "FROM journal WHERE number = 2",
        f"journal line {LINES + 1}",
        "broken-line-changed",
    ),
}
