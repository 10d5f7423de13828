"""Where two casefiles part: two audits of one text, or two texts of a pair."""

from pathlib import Path

from evenhand.audit.differ.matching import paired_sides, same_text, why_no_pair
from evenhand.audit.differ.pair import diff_pair
from evenhand.audit.differ.result import CaseDiff, Cited, Concession, Matched, OneSide, PairDiff, Parting, Shared
from evenhand.audit.differ.twice import Opened, diff_same_text
from evenhand.audit.run import Progress
from evenhand.audit.session import open_case
from evenhand.case import is_casefile, parse
from evenhand.catalog import Catalog
from evenhand.model import BadInputError

__all__ = [
    "CaseDiff",
    "Cited",
    "Concession",
    "Matched",
    "OneSide",
    "PairDiff",
    "Parting",
    "Shared",
    "differ",
]


def differ(first: Path, second: Path, *, seed: int = 0, progress: Progress | None = None) -> CaseDiff | PairDiff:
    """Where do two casefiles part? Of one text: claim by claim, with the concession that would bring them closest.

    Raises BadInputError where a casefile is not in order, and for two texts that are no pair.
    """
    catalog = Catalog.open()
    alike = first.name == second.name
    one, other = (
        _opened(path, catalog, f"{path.absolute().parent.name}/" if alike else "") for path in (first, second)
    )
    if same_text(one.case.document, other.case.document):
        return diff_same_text(one, other, catalog, seed=seed, progress=progress)
    if not paired_sides(one.case, other.case):
        raise BadInputError(
            f"these are casefiles of two different texts that are no pair: {why_no_pair(one.case, other.case)}",
            hint="name two casefiles of one text, or of two texts whose casefiles declare the same sides (sides: with units or "
            "groups in common)",
            where=f"{first}, {second}",
        )
    return diff_pair(one, other)


def _opened(path: Path, catalog: Catalog, folder: str) -> Opened:
    if not is_casefile(path):
        raise BadInputError("this is no casefile", hint="name two that end in .case.yaml", where=str(path))
    raw = parse(path)
    case, own = open_case(raw, catalog=catalog)
    return Opened(folder + path.name, raw, case, own)
