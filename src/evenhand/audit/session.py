"""Opens a case for an audit: its casefile, its text, and the catalogue with the case's own figures and groups on top."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from evenhand.case import Case, DataFile, RawCase, bind, find_case, is_casefile, parse
from evenhand.catalog import Catalog, Group, Membership, OwnData, Source, measure_from
from evenhand.model import BadInputError, Problem


def open_case(
    path: Path | RawCase, *, data: Sequence[Path] = (), new_units: bool = False, catalog: Catalog | None = None
) -> tuple[Case, Catalog]:
    """A casefile (or one that is not on disk), or a text with one beside it, checked whole, and the catalogue it is judged by.

    data: further CSVs of the user's own, which win over the case's. catalog: what the case's figures come on top of, by
    default the built-in tables and what the user keeps. Raises BadInputError with every problem at once.
    """
    raw = path if isinstance(path, RawCase) else parse(path if is_casefile(path) else find_case(path))
    catalog, problems = _with_own_data(catalog or Catalog.open(), raw, data, new_units=new_units)
    case = bind(raw, catalog.vocabulary(), also=problems)
    return case, _with_groups(catalog, case)


def _with_own_data(
    catalog: Catalog, raw: RawCase, data: Sequence[Path], *, new_units: bool
) -> tuple[Catalog, list[Problem]]:
    problems: list[Problem] = []
    for file in raw.files:
        try:
            catalog = catalog.with_own([_read(catalog, file, raw)])
        except BadInputError as error:
            problems += error.problems
    for path in data:
        try:
            catalog = catalog.with_own([catalog.read_own(path, new_units=new_units)])
        except BadInputError as error:
            problems += error.problems
    return catalog, problems


def _read(catalog: Catalog, file: DataFile, raw: RawCase) -> OwnData:
    measures = [measure_from({k: v for k, v in asdict(m).items() if v is not None}) for m in file.measures]
    cited = [Source(s.id, s.citation, s.publisher, s.kind, s.licence, s.url, s.retrieved) for s in raw.sources]
    source = next((s for s in cited if s.id == file.source), file.source)
    return catalog.read_own(file.path, measures=measures, source=source, sources=cited, new_units=file.new_units)


def _with_groups(catalog: Catalog, case: Case) -> Catalog:
    groups = [Group(g.id, g.name, "as the casefile lists it", "") for g in case.groups]
    spells = [Membership(g.id, m.unit, m.start, m.end, m.status, m.because, "") for g in case.groups for m in g.members]
    return catalog.with_groups(groups, spells) if groups else catalog
