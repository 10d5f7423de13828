"""``CASE#c3``: a casefile (or a text with one beside it), and one of its claims."""

from dataclasses import dataclass
from pathlib import Path

from evenhand.case import Case
from evenhand.model import BadInputError, closest_words


@dataclass(frozen=True, slots=True)
class Named:
    """What was named. claim: None where no claim was."""

    path: Path
    claim: str | None


def named(text: str) -> Named:
    """Takes ``CASE#claim`` apart. A file whose name has a # in it is taken as it is where there is one."""
    if Path(text).exists() or "#" not in text:
        return Named(Path(text), None)
    path, _, claim = text.rpartition("#")
    return Named(Path(path), claim or None)


def claim_of(case: Case, asked: str | None, *, command: str) -> str:
    """The id of the claim that was asked for. Raises BadInputError where none was, or where there is no such claim."""
    ids = [claim.id for claim in case.claims]
    name = case.path.name
    if not ids:
        raise BadInputError("this casefile has no claims", hint="mark one first", where=str(case.path))
    if asked is None:
        shown = ", ".join(ids[:12]) + (f" and {len(ids) - 12} more" if len(ids) > 12 else "")
        raise BadInputError("which claim?", hint=f"say evenhand {command} {name}#{ids[0]}; there are {shown}")
    if asked not in ids:
        near = closest_words(asked, ids, 3) or ids[:8]
        raise BadInputError(f"there is no claim {asked!r}", hint=f"closest: {', '.join(near)}", where=str(case.path))
    return asked
