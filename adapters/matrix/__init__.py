"""Matrix: events of rooms into Requests, Cards into messages that are edited in place."""
