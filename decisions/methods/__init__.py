"""The register of poll methods: a new one is a file beside this one, and a line here."""

from decisions.methods import approve, choose, consensus, consent, dots, lazy_consensus, majority, score
from decisions.methods.method import Method

METHODS: dict[str, Method] = {
    "consensus": consensus.METHOD,
    "consent": consent.METHOD,
    "lazy_consensus": lazy_consensus.METHOD,
    "majority": majority.METHOD,
    "choose": choose.METHOD,
    "approve": approve.METHOD,
    "score": score.METHOD,
    "dots": dots.METHOD,
}
