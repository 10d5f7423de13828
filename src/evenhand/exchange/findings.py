"""The findings as a table: CSV for spreadsheets, Parquet for programs. One row a claim."""

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from evenhand.audit import AuditedClaim
from evenhand.exchange.material import Exported, Material
from evenhand.model.words import plural
from evenhand.report.csv_links import plain

COLUMNS: dict[str, str] = {
    "claim": "VARCHAR", "kind": "VARCHAR", "quote": "VARCHAR", "start": "BIGINT", "end": "BIGINT", "reads": "VARCHAR",
    "voice": "VARCHAR", "stance": "VARCHAR", "side": "VARCHAR", "marked_by": "VARCHAR", "status": "VARCHAR",
    "verdict": "VARCHAR", "share": "DOUBLE", "share_unweighted": "DOUBLE", "share_min": "DOUBLE", "share_max": "DOUBLE",
    "lowest_share": "DOUBLE", "highest_share": "DOUBLE", "standing_share": "DOUBLE", "typical_share": "DOUBLE",
    "distinct": "BIGINT", "judged": "BIGINT", "not_judged": "BIGINT", "rank": "BIGINT", "of": "BIGINT", "ties": "BIGINT",
    "at_least_as_good": "DOUBLE", "hinges_on": "VARCHAR", "reason": "VARCHAR", "sources": "VARCHAR",
}  # fmt: skip
LEFT_OUT = (
    (
        "what each verdict hinges on beyond the first choice, the pictures and the accounts of events "
        "(the JSON of `evenhand audit` has them)"
    ),
)


def to_csv(material: Material, stem: str) -> Exported:
    """RFC 4180 in UTF-8; what is not known is an empty cell, and no text begins as a formula does."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    rows = _rows(material)
    table.writerows([plain(cell) for cell in row] for row in rows)
    marked = sum(isinstance(cell, str) and plain(cell) != cell for row in rows for cell in row)
    said = f"the beginning of {plural(marked, 'text')}: an apostrophe stands before it, lest a spreadsheet run it as a formula"
    return Exported({f"{stem}.findings.csv": out.getvalue()}, (*LEFT_OUT, said) if marked else LEFT_OUT)


def to_parquet(material: Material, stem: str) -> Exported:
    """The same columns with their types, written by DuckDB; what is not known is null."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder) / "findings.parquet"
        columns = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS.items())
        connection.execute("SET threads = 1")
        connection.execute(f"CREATE TABLE findings ({columns})")
        rows = _rows(material)
        if rows:
            marks = ", ".join("?" * len(COLUMNS))
            connection.executemany(f"INSERT INTO findings VALUES ({marks})", rows)  # noqa: S608 - marks alone
        connection.table("findings").write_parquet(str(path))
        return Exported({f"{stem}.findings.parquet": path.read_bytes()}, LEFT_OUT)


def _rows(material: Material) -> list[list[Any]]:
    return [list(_row(claim)) for claim in material.found.claims]


def _row(claim: AuditedClaim) -> tuple[Any, ...]:
    finding, place = claim.finding, claim.finding.place
    shares = (
        finding.share, finding.share_unweighted, finding.share_min, finding.share_max, finding.lowest_share,
        finding.highest_share, finding.standing_share, finding.typical_share,
    )  # fmt: skip
    counts = (finding.distinct, finding.judged, sum(finding.not_judged.values()))
    ranked = (place.rank, place.of, place.ties, place.at_least_as_good) if place else (None,) * 4
    return (
        claim.id, claim.kind, claim.quote, claim.start, claim.end, claim.reads or None, claim.voice, claim.stance,
        claim.side, claim.by or None, finding.status, finding.verdict, *shares,
        *(counts if finding.combinations else (None, None, None)), *ranked,
        finding.hinges_on[0].choice if finding.hinges_on else None,
        finding.reason.code if finding.reason else None, "; ".join(finding.sources) or None,
    )  # fmt: skip
