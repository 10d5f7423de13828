"""Argument schemes between evenhand's ids and the names that others use."""

from collections.abc import Iterable

from evenhand.argue.schemes import schemes


def scheme_of(names: Iterable[str]) -> str | None:
    """The scheme that one of the names stands for; None where none does."""
    known = {_plain(name): found.id for found in schemes().values() for name in (found.id, found.name)}
    return next((known[_plain(name)] for name in names if _plain(name) in known), None)


def _plain(name: str) -> str:
    words = name.casefold().replace("_", " ").replace("-", " ").split()
    return " ".join(word for word in words if word not in {"argument", "from", "to", "an", "the"})
