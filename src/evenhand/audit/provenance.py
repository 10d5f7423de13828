"""What makes the same page again: versions, hashes, the seed and the command; never a clock, a host or a folder."""

import hashlib
import json
import os
import shlex
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from evenhand import __version__
from evenhand.audit.result import AuditedClaim, Provenance, SourceNote
from evenhand.case import Case
from evenhand.catalog import MASS_DEATH, Catalog
from evenhand.model import BadInputError


def provenance(
    case: Case, catalog: Catalog, *, seed: int, extra_data: Sequence[Path], deaths_from: int = MASS_DEATH
) -> Provenance:
    """Hashes are of the files' bytes, the user's stored ones among them, and of what each import says.

    The date is SOURCE_DATE_EPOCH's, or the last retrieval of a source.
    """
    on_disk = case.path.is_file()
    name = case.path.name if on_disk else case.document.path.name
    data = " ".join(f"--data {shlex.quote(p.name)}" for p in extra_data)
    brought = catalog.own[-len(extra_data) :] if extra_data else ()
    new = "--new-units" if any(own.units for own in brought) else ""
    raised = f"--deaths-from {deaths_from}" if deaths_from != MASS_DEATH else ""
    parts = (f"evenhand audit {shlex.quote(name)}", data, new, f"--seed {seed}" if seed else "", raised)
    command = " ".join(part for part in parts if part)
    return Provenance(
        version=__version__, command=command, text_file=case.document.path.name, text_sha256=case.document.sha256,
        case_file=case.path.name if on_disk else "",
        case_sha256=sha256(case.path) if on_disk else case.digest,
        figures="the built-in table",
        figures_sha256=catalog.sha256,
        own_data=(*((own.file, own.digest) for own in catalog.own), *imports_of(catalog)), seed=seed, date=_date(catalog),
    )  # fmt: skip


def imports_of(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Each import at hand, and one digest over what each of its sources says: any of them may answer a claim."""
    for held in catalog.imported.held:
        said = sorted((one.source.id, one.sha256) for one in held.manifest.sources)
        digest = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8")).hexdigest()
        yield f"import {held.manifest.id}", digest


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _date(catalog: Catalog) -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), tz=UTC).date().isoformat()
        except (ValueError, OverflowError, OSError):
            hint = "give the seconds since 1970, or leave it away"
            raise BadInputError(f"SOURCE_DATE_EPOCH is ‘{epoch}’, which is no time", hint=hint) from None
    return max((s.retrieved for s in catalog.sources() if s.retrieved), default="")


def source_notes(claims: Sequence[AuditedClaim], case: Case, catalog: Catalog) -> tuple[SourceNote, ...]:
    """Every source that a finding rests on or that the text cites, in full, with the claims that use it."""
    used: dict[str, list[str]] = {}
    for claim in claims:
        for source in claim.finding.sources:
            used.setdefault(source, []).append(claim.id)
    cited = {source for claim in case.claims for source in claim.cites}
    out = []
    for id_, by in sorted(used.items()):
        own = next((s for s in case.sources if s.id == id_), None)
        if own is not None:
            kind = f"cited by the text; {own.kind}".rstrip("; ") if id_ in cited else own.kind
            out.append(SourceNote(id_, own.citation, own.publisher, kind, own.licence, own.url, tuple(by)))
        else:
            s = catalog.source(id_)
            out.append(SourceNote(id_, s.citation, s.publisher, s.kind, s.licence, s.url, tuple(by)))
    return tuple(out)
