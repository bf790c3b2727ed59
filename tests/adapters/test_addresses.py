"""Where messages stand and people are written to, by the ids that platforms gave them."""

from adapters.addresses import message, person
from tests.each import of_each

MESSAGES = {
    "telegram:-1001234567890:45": "https://t.me/c/1234567890/45",
    "telegram:-4567:45": "",
    "telegram:77:45": "",
    "telegram:-1001234567890:": "",
    "telegram:-1001234567890:x": "",
    "telegram:-1001234567890:٤٥": "",
    "matrix:!abc:example.org:$ev/e+nt": "https://matrix.to/#/!abc%3Aexample.org/%24ev%2Fe%2Bnt?via=example.org",
    "matrix:!abc:example.org:8448:$event": "https://matrix.to/#/!abc%3Aexample.org%3A8448/%24event?via=example.org:8448",
    "matrix:!abc:example.org:$old:example.org": "https://matrix.to/#/!abc%3Aexample.org/%24old%3Aexample.org?via=example.org",
    "matrix:!Roomofversion12:$event": "https://matrix.to/#/!Roomofversion12/%24event",
    "matrix:!abc:a.org/?via=b.org#:$e": "https://matrix.to/#/!abc%3Aa.org%2F%3Fvia%3Db.org%23/%24e?via=a.org%2F%3Fvia%3Db.org%23",
    "matrix:general:7": "",
    "matrix:!abc:example.org:7": "",
    "console:general:7": "",
    "": "",
}

PEOPLE = {
    ("telegram", "123456"): "tg://user?id=123456",
    ("telegram", "-100123"): "",
    ("telegram", "12&x=y"): "",
    ("matrix", "@ana:example.org"): "https://matrix.to/#/@ana%3Aexample.org",
    ("matrix", "@a/b?c#d:example.org"): "https://matrix.to/#/@a%2Fb%3Fc%23d%3Aexample.org",
    ("matrix", "ana"): "",
    ("console", "ana"): "",
}


@of_each(list(MESSAGES))
def test_the_address_of_a_message(origin: str) -> None:
    assert message(origin) == MESSAGES[origin]


@of_each(list(PEOPLE))
def test_the_address_of_a_person(account: tuple[str, str]) -> None:
    assert person(*account) == PEOPLE[account]
