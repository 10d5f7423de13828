"""The ties of a case: its own, and those of the catalogue's sources, with who stands behind whom."""

import re
from collections.abc import Iterable, Mapping

from evenhand.case import Case
from evenhand.catalog import Catalog
from evenhand.catalog.ties import catalog_ties
from evenhand.model.who_says import TieNote
from evenhand.sources import Status, Tie, Ties, tie_kinds, ties_of


def known_ties(case: Case, catalog: Catalog) -> Ties:
    """Every tie that the casefile declares, then those of the catalogue's own sources; in the order given."""
    own = [
        Tie(source.id, tie.to, tie.kind, tie.start, tie.end, _status(tie.status), tie.evidence, tie.source or "",
            tie.side or "", tie.certainty, f"source {source.id}")
        for source in case.sources for tie in source.ties
    ]  # fmt: skip
    return ties_of([*own, *catalog_ties(catalog.reference.folder).ties])


def _status(word: str) -> Status:
    return "documented" if word == "documented" else "disputed" if word == "disputed" else "asserted"


def parties(ties: Ties, sources: Iterable[str], names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Whom are sources tied to by documented ties, and which? What stands behind somebody tied stands behind the source.

    names: citations, whose year says when the source spoke. A tie that was not in force in that year takes no source out,
    and one that does not pass on (membership, family) ties its own source and nobody further down.
    """
    documented = ties.with_status("documented").ties
    behind: dict[str, dict[str, None]] = {}
    for source in sources:
        for party in _reach(source, documented, names):
            behind.setdefault(party, {})[source] = None
    return {party: tuple(tied) for party, tied in sorted(behind.items())}


def _reach(source: str, ties: tuple[Tie, ...], names: Mapping[str, str]) -> list[str]:
    kinds, found, front = tie_kinds(), dict[str, None](), [source]
    while front:
        name = front.pop()
        for tie in ties:
            in_force = name != source or not _out_of_time(tie, names)
            if tie.from_ == name and in_force and tie.to not in found and tie.to != source:
                found[tie.to] = None
                front += [tie.to] if kinds[tie.kind].passes_on else []
    return list(found)


def _out_of_time(tie: Tie, names: Mapping[str, str]) -> bool:
    """Was the tie in force in no year of the works that the source's citation names, as (1968)?"""
    years = [int(year) for year in re.findall(r"\((\d{4})\)", names.get(tie.from_, ""))]
    return bool(years) and all(tie.covers(year) is False for year in years)


def in_time(ties: Ties, sources: Iterable[str], names: Mapping[str, str]) -> Ties:
    """The ties without those of these sources that were not in force when they spoke."""
    own = set(sources)
    return ties.keep(tie for tie in ties.ties if tie.from_ not in own or not _out_of_time(tie, names))


def out_of_time(ties: Iterable[Tie], names: Mapping[str, str]) -> list[str]:
    """Ties that were not in force when the source spoke, in words: they are shown, and take nothing out."""
    return [
        f"The tie to {tie.to} ({years_of(tie)}) does not cover the year of {names[tie.from_]}; it takes nothing out."
        for tie in ties
        if _out_of_time(tie, names)
    ]


def sides_of(ties: Ties) -> dict[str, str]:
    """In the interest of which side each party stands, where the casefile says so."""
    return {tie.to: tie.side for tie in ties.ties if tie.side}


def notes_of(ties: Iterable[Tie], names: Mapping[str, str], side_names: Mapping[str, str]) -> tuple[TieNote, ...]:
    """Ties as the page shows them. names: what sources are called; side_names: what sides are."""
    kinds = tie_kinds()
    return tuple(
        TieNote(
            tie.from_, names.get(tie.from_, tie.from_), names.get(tie.to, tie.to), kinds[tie.kind].label,
            kinds[tie.kind].says, years_of(tie), tie.status, tie.evidence, names.get(tie.source, tie.source),
            side_names.get(tie.side, tie.side),
        )
        for tie in ties
    )  # fmt: skip


def years_of(tie: Tie) -> str:
    """When a tie was in force, in words."""
    if tie.start is None and tie.end is None:
        return "years not stated"
    if tie.start is None or tie.end is None:
        return f"from {tie.start}" if tie.end is None else f"until {tie.end}"
    return str(tie.start) if tie.start == tie.end else f"{tie.start} to {tie.end}"


def names_of(case: Case, catalog: Catalog) -> dict[str, str]:
    """What sources are called: their citations, the case's own before the catalogue's."""
    return {s.id: s.citation for s in catalog.sources()} | {s.id: s.citation for s in case.sources}
