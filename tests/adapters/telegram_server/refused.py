"""What the Bot API says when it says no."""

Wire = dict[str, object]
"""An object as it travels: JSON."""


class Refused(Exception):  # noqa: N818 - named as the adapter's own are
    """An answer with `ok: false`."""

    def __init__(self, code: int, description: str, parameters: Wire | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def wire(self) -> Wire:
        body: Wire = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad(why: str, **parameters: object) -> Refused:
    return Refused(400, f"Bad Request: {why}", parameters)


def forbidden(why: str) -> Refused:
    return Refused(403, f"Forbidden: {why}")


def conflict(why: str) -> Refused:
    return Refused(409, f"Conflict: {why}")


def too_many(seconds: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
