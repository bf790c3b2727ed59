"""The process: the door in, the way out, the clock and the words."""
