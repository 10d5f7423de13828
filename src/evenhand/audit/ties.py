"""The ties of a case: its own, and those of the catalogue's sources, with who stands behind whom."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from evenhand.case import Case, CaseSource, CaseTie
from evenhand.catalog import Catalog
from evenhand.catalog.ties import catalog_ties
from evenhand.model import BadInputError
from evenhand.model.who_says import TieNote
from evenhand.sources import Status, Tie, Ties, tie_kinds, ties_of


def known_ties(case: Case, catalog: Catalog) -> Ties:
    """Every tie that the casefile declares, then those of the catalogue's own sources; in the order given.

    A side is called by its name.
    """
    sides = {side.id: side.name for side in case.sides}
    own = [
        Tie(source.id, tie.to, tie.kind, tie.start, tie.end, _status(tie.status), tie.evidence, tie.source or "",
            sides.get(tie.side or "", tie.side or ""), tie.certainty, f"source {source.id}")
        for source in case.sources for tie in source.ties
    ]  # fmt: skip
    return ties_of([*own, *catalog_ties(catalog.reference.folder).ties])


def with_ties(case: Case, ties: Ties) -> Case:
    """The case with ties from elsewhere added to its own. Whom they are from is found by id, or by name as it is cited.

    Ties that lead on from a party are kept as that party's; the casefile's own stand first. Raises BadInputError where
    no tie leads from any of the case's sources.
    """
    of: dict[str, str] = {}
    for source in case.sources:
        of |= {name: source.id for name in _called(source) if name not in of}
    known = {source.id for source in case.sources}
    found: dict[str, list[CaseTie]] = {}
    for tie in ties.ties:
        whose = tie.from_ if tie.from_ in known else of.get(tie.from_.casefold(), tie.from_)
        found.setdefault(whose, []).append(
            CaseTie(tie.to, tie.kind, tie.start, tie.end, tie.status, tie.evidence, tie.source, tie.certainty, tie.side)
        )
    if not known & found.keys():
        named = ", ".join(sorted({tie.from_ for tie in ties.ties})[:8])
        cited = ", ".join(source.id for source in case.sources[:8])
        raise BadInputError(
            f"no tie leads from a source of the casefile: ties are from {named or 'nobody'}",
            hint=f"its sources are {cited or 'none'}; a tie's from is one of these ids, or the author as the citation has it",
        )
    sources = [replace(source, ties=(*source.ties, *found.pop(source.id, ()))) for source in case.sources]
    more = [CaseSource(party, party, ties=tuple(its)) for party, its in found.items()]
    return replace(case, sources=(*sources, *more))


def _called(source: CaseSource) -> list[str]:
    """What a source may be called elsewhere: its citation, what stands in it before the year, and that name turned round."""
    author = source.citation.split(" (")[0].strip(" ,.")
    family, comma, given = author.partition(", ")
    turned = f"{given} {family}" if comma and "," not in given and " and " not in given else author
    return [name.casefold() for name in (source.citation, author, turned)]


def _status(word: str) -> Status:
    return "documented" if word == "documented" else "disputed" if word == "disputed" else "asserted"


def years_said(source: str, names: Mapping[str, str]) -> tuple[int, ...]:
    """The years of the works that a source's citation names, as (1968); none where it names none."""
    return tuple(dict.fromkeys(int(year) for year in re.findall(r"\((\d{4})\)", names.get(source, ""))))


def out_of_time(lapsed: Iterable[tuple[str, Tie]], names: Mapping[str, str]) -> list[str]:
    """Ties that were not in force when the source spoke, in words: they are shown, and take nothing out."""
    told = []
    for source, tie in lapsed:
        whose = "The tie" if tie.from_ == source else f"The tie of {names.get(tie.from_, tie.from_)}"
        to = names.get(tie.to, tie.to)
        told.append(
            f"{whose} to {to} ({years_of(tie)}) does not cover the year of {names[source]}; it takes nothing out."
        )
    return told


def sides_of(ties: Ties) -> dict[str, str]:
    """In the interest of which side each party stands, by name, where the casefile says so."""
    return {tie.to: tie.side for tie in ties.ties if tie.side}


def notes_of(ties: Iterable[Tie], names: Mapping[str, str]) -> tuple[TieNote, ...]:
    """Ties as the page shows them. names: what sources are called."""
    kinds = tie_kinds()
    return tuple(
        TieNote(
            tie.from_, names.get(tie.from_, tie.from_), names.get(tie.to, tie.to), kinds[tie.kind].label,
            kinds[tie.kind].says, years_of(tie), tie.status, tie.evidence, names.get(tie.source, tie.source),
            tie.side,
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
