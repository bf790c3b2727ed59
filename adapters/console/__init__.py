"""The terminal: a room without a network, and the written conversations that are played in it."""
