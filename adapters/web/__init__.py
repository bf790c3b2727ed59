"""The web: a page on which a member says which times suit them, and calendars to subscribe to."""
