"""Every way we say no: the class name is the key of the text, the fields are its placeholders, in order."""

from decisions.refusal import Example as Example
from decisions.refusal import Lines as Lines
from decisions.refusal import Refusal as Refusal
from decisions.refusal import Told as Told
from decisions.refusal import Who as Who
from decisions.refusal import Word as Word
from decisions.refusals.accounts import *
from decisions.refusals.electing import *
from decisions.refusals.excess import *
from decisions.refusals.exporting import *
from decisions.refusals.finding import *
from decisions.refusals.learning import *
from decisions.refusals.meeting import *
from decisions.refusals.peering import *
from decisions.refusals.people import *
from decisions.refusals.polling import *
from decisions.refusals.putting import *
from decisions.refusals.relating import *
from decisions.refusals.searching import *
from decisions.refusals.timing import *
