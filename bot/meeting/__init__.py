"""Meetings: finding a time, asking people, holding the meeting, keeping what was said, and what is to be done after."""
