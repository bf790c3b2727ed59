"""Markup: a text to read, written in each kind of markup; whatever people wrote is shown in it and means nothing."""
