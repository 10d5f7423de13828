"""What makes the same page again: versions, hashes, the seed and the command; never a clock, a host or a folder."""

import hashlib
import os
import shlex
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from evenhand import __version__
from evenhand.audit.result import AuditedClaim, Provenance, SourceNote
from evenhand.case import Case
from evenhand.catalog import Catalog


def provenance(case: Case, catalog: Catalog, *, seed: int, extra_data: Sequence[Path]) -> Provenance:
    """Hashes are of the files' bytes; the date is SOURCE_DATE_EPOCH's, or the last retrieval of a source."""
    own = [*(case.path.parent / d.file for d in case.data), *extra_data]
    data = " ".join(f"--data {shlex.quote(p.name)}" for p in extra_data)
    command = " ".join(
        p for p in (f"evenhand audit {shlex.quote(case.path.name)}", data, f"--seed {seed}" if seed else "") if p
    )
    return Provenance(
        version=__version__, command=command, text_file=case.document.path.name, text_sha256=case.document.sha256,
        case_file=case.path.name, case_sha256=sha256(case.path), figures="the built-in table",
        figures_sha256=catalog.sha256, own_data=tuple((p.name, sha256(p)) for p in own), seed=seed, date=_date(catalog),
    )  # fmt: skip


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _date(catalog: Catalog) -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), tz=UTC).date().isoformat()
    return max((s.retrieved for s in catalog.sources() if s.retrieved), default="")


def source_notes(claims: Sequence[AuditedClaim], case: Case, catalog: Catalog) -> tuple[SourceNote, ...]:
    """Every source that a finding rests on or that the text cites, in full, with the claims that use it."""
    used: dict[str, list[str]] = {}
    for claim in claims:
        for source in claim.finding.sources:
            used.setdefault(source, []).append(claim.id)
    out = []
    for id_, by in sorted(used.items()):
        own = next((s for s in case.sources if s.id == id_), None)
        if own is not None:
            out.append(
                SourceNote(id_, own.citation, "", f"cited by the text; {own.kind}".rstrip("; "), "", "", tuple(by))
            )
        else:
            s = catalog.source(id_)
            out.append(SourceNote(id_, s.citation, s.publisher, s.kind, s.licence, s.url, tuple(by)))
    return tuple(out)
