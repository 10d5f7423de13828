"""The argument schemes that the field knows, with the questions to ask of each."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from evenhand.model import BadInputError, closest_words


@dataclass(frozen=True, slots=True)
class Scheme:
    """A common form of inference. unsaid: the premise it usually leaves out. questions: what to ask of it.

    After Walton, Reed and Macagno (2008).
    """

    id: str
    name: str
    unsaid: str
    questions: tuple[str, ...]


@cache
def schemes() -> dict[str, Scheme]:
    """All schemes, by id."""
    data = tomllib.loads(files("evenhand.argue").joinpath("schemes.toml").read_text(encoding="utf-8"))
    return {name: Scheme(name, d["name"], d["unsaid"], tuple(d["questions"])) for name, d in data.items()}


def scheme(name: str) -> Scheme:
    """One scheme by its id. Raises BadInputError where there is none."""
    known = schemes()
    if name not in known:
        near = closest_words(name, known, 1)
        hint = f"allowed: {', '.join(known)}" + (f"; closest: {near[0]}" if near else "")
        raise BadInputError(f"there is no scheme {name!r}", hint=hint)
    return known[name]
