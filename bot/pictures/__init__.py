"""Pictures: how a poll stands, who takes part, when people can, as SVG with the same in words; nothing else is needed to show it."""

from bot.pictures.availability import availability as availability
from bot.pictures.participation import participation as participation
from bot.pictures.sheet import Picture as Picture
from bot.pictures.tally import tally as tally
