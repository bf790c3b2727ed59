"""No: groups and their rooms, people and their accounts, affiliates, rolls."""
