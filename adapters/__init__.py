"""One folder a platform, and `base`, which holds all that crosses the wall."""
