"""Peers: people who offer and people who ask are brought together, alone, and by name only once both want it."""
