"""What a refusal is: a no that we expect, with what its text is made from.

A field is shown by its type: text as it stands, a `Word` looked up in the reader's language, `Who` by name, an instant in
the reader's zone, a tuple as a list, `Lines` one below the other; a field called `example` is a command as the reader
would write it.
"""

from dataclasses import dataclass, fields


class Word(str):
    """The key of a text, to be said in the reader's language."""

    __slots__ = ()


class Example(str):
    """What to write instead: a command, and what follows it. The reader's language may have its own word for it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A text within a text: its key, and what stands in it."""

    key: str
    stands: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Several texts, each on a line of its own."""

    of: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """Members by id, to be shown by name."""

    ids: tuple[int, ...]


class Refusal(Exception):  # noqa: N818 - an expected no is not an error
    """Something asked for cannot be; nothing was changed."""

    def values(self) -> tuple[object, ...]:
        """The placeholders `$1`, `$2` ... of its text."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}  # type: ignore[arg-type]
        return tuple(Example(value) if name == "example" else value for name, value in found.items())
