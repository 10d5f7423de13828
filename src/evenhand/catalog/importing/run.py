"""One import, from a source to what counts: all of it, or nothing."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from evenhand.catalog.entries import Source
from evenhand.catalog.imported import Manifest, Shelf, SourceManifest, Writing
from evenhand.catalog.imported.entries import written_rows
from evenhand.catalog.imported.figures import covered, written
from evenhand.catalog.imported.shelf import COVERAGE, FIGURES
from evenhand.catalog.importing.events import event_rows
from evenhand.catalog.importing.intake import Intake, connect
from evenhand.catalog.importing.layout import Bundle, Other
from evenhand.catalog.importing.looks import digest
from evenhand.catalog.importing.naming import settled, settled_events, settled_sources
from evenhand.catalog.importing.report import Report
from evenhand.catalog.importing.units import Resolver, declared_by
from evenhand.catalog.importing.verbatim import kept_as_is, rows_of
from evenhand.catalog.own import Known
from evenhand.model import EvenhandError

WORK = "work"
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How an import goes. new_units: take names that mean no unit as new ones. retrieved: when it was fetched, else now."""

    home: Path | None = None
    new_units: bool = False
    retrieved: str = ""


def silent(_what: str, _done: int, _total: int) -> None:
    """Tells nobody."""


def import_bundle(bundle: Bundle, known: Known, settings: Settings, tell: Tell = silent) -> Report:
    """Reads all tables of a bundle and makes them count. Raises ``BadInputError`` with what is wrong; then nothing changed.

    known: what the catalogue knows without this import's own earlier state.
    """
    shelf = Shelf(settings.home)
    with shelf.writing(bundle.id) as place:
        work = place.folder / WORK
        work.mkdir()
        connection = connect(work)
        try:
            intake = _taken_in(bundle, known, settings, connection, tell)
            manifest, report = _written(bundle, intake, known, place, settings)
        except duckdb.Error as error:
            raise EvenhandError("the tables could not be worked through", hint=str(error).splitlines()[0]) from error
        finally:
            connection.close()
        for path in sorted(work.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        work.rmdir()
        replaced = shelf.commit(manifest)
        return replace(report, replaced=replaced)


def _taken_in(
    bundle: Bundle, known: Known, settings: Settings, connection: duckdb.DuckDBPyConnection, tell: Tell
) -> Intake:
    resolver = Resolver(known, declared_by(bundle.units))
    sources = settled_sources(bundle.sources, known, bundle.id)
    intake = Intake(connection, resolver, sources, tell, lambda m: settled(m, known, bundle.id, bundle.title))
    for i, table in enumerate(bundle.tables):
        tell("reading tables", i, len(bundle.tables))
        new = table.new_units or settings.new_units
        intake.add(replace(table, new_units=new))
    intake.finish()
    tell("reading tables", len(bundle.tables), len(bundle.tables))
    return intake


def _written(
    bundle: Bundle, intake: Intake, known: Known, place: Writing, settings: Settings
) -> tuple[Manifest, Report]:
    connection = intake.connection
    written(connection, "(SELECT * FROM decided WHERE place = 1)", str(place.folder / FIGURES))
    covered(connection, "(SELECT * FROM decided WHERE place = 1)", str(place.folder / COVERAGE))
    entries = _entries(bundle.others, intake, known, place, bundle.title)
    verbatim = {other.file: kept_as_is(connection, other, place.folder / "tables") for other in bundle.others}
    used = _used(intake)
    report = Report(
        bundle.id, bundle.title, bundle.format, tuple(intake.reports), entries, verbatim, bundle.left, bundle.notes,
        tuple(used), tuple(sorted({one.id for one in intake.sources.values()})), tuple(intake.resolver.added),
    )  # fmt: skip
    sources = _source_manifests(intake, settings)
    _write_source_manifests(sources, place.folder / "sources")
    manifest = Manifest(
        id=bundle.id, title=bundle.title, format=bundle.format, address=bundle.address,
        retrieved=settings.retrieved or _today(), folder=place.folder.name, figures=report.total("kept"),
        files={file: digest(path) for file, path in _files(bundle)}, sources=sources,
        measures=tuple(intake.measures[id_] for id_ in used), units=tuple(intake.resolver.added.values()),
        entries=entries, report=json.loads(json.dumps(asdict(report))),
    )  # fmt: skip
    return manifest, report


def _used(intake: Intake) -> list[str]:
    found = intake.connection.execute("SELECT DISTINCT measure FROM decided ORDER BY 1").fetchall()
    return [row[0] for row in found]


def _files(bundle: Bundle) -> list[tuple[str, Path]]:
    tables = [(table.file, table.path) for table in bundle.tables]
    return [(file, path) for file, path in [*tables, *((o.file, o.path) for o in bundle.others)] if path.is_file()]


def _entries(others: Sequence[Other], intake: Intake, known: Known, place: Writing, title: str) -> dict[str, int]:
    """Leaders, regimes and events, in the catalogue's columns."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for other in others:
        if other.entry:
            kind, found = event_rows(other, rows_of(other), intake.resolver)
            rows.setdefault(kind, []).extend(found)
    if "events" in rows:
        rows["events"] = settled_events(rows["events"], lambda name: known.names.event(name) is not None, title)
    counted = {}
    for kind, found in rows.items():
        for row in found:
            row["source"] = _source_id(row["source"], intake.sources)
        written_rows(intake.connection, kind, found, place.folder / f"{kind}.parquet")
        counted[kind] = len(found)
    return counted


def _source_id(word: str, sources: dict[str, Source]) -> str:
    return sources.setdefault(word, Source(word, word, kind="as the table names it")).id


def _source_manifests(intake: Intake, settings: Settings) -> tuple[SourceManifest, ...]:
    retrieved = settings.retrieved or _today()
    counted = _said(intake.connection)
    found = []
    for source in sorted(intake.sources.values(), key=lambda one: one.id):
        figures, said = counted.get(source.id, (0, ""))
        full = source if source.retrieved else replace(source, retrieved=retrieved)
        found.append(SourceManifest(full, figures, said))
    return tuple(found)


def _said(connection: duckdb.DuckDBPyConnection) -> Mapping[str, tuple[int, str]]:
    """For each source how many figures, and a digest of them that no order changes."""
    line = "concat_ws('|', measure, unit, year, value, coalesce(low, 'nan'), coalesce(high, 'nan'), flags)"
    rows = connection.execute(
        f"SELECT source, count(*), sha256(concat_ws(',', count(*), bit_xor(md5_number({line})))) "  # noqa: S608
        "FROM decided WHERE place = 1 GROUP BY 1"
    ).fetchall()
    return {source: (int(figures), said) for source, figures, said in rows}


def _write_source_manifests(sources: Sequence[SourceManifest], folder: Path) -> None:
    folder.mkdir()
    for i, one in enumerate(sources):
        text = json.dumps(asdict(one), ensure_ascii=False, indent=1)
        (folder / f"{i:04}.json").write_text(text + "\n", encoding="utf-8")


def _today() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.date().isoformat()
