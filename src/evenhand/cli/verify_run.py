"""Runs ``evenhand verify``: the seal, the version, the figures, and the page made again where its casefile is at hand."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from evenhand import __version__
from evenhand.audit import audit, open_case
from evenhand.audit.history import ranged
from evenhand.audit.omission import DEATHS_FROM
from evenhand.audit.provenance import imports_of
from evenhand.case import case_beside, is_casefile
from evenhand.catalog import Catalog
from evenhand.cli.progress import Progress
from evenhand.model import BadInputError
from evenhand.report import page
from evenhand.report.sealing import Read, read_page

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asked for."""

    page: Path
    case: Path | None
    data: tuple[Path, ...]
    new_units: bool


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found. good: made by this version from these figures, and unaltered.

    made_again: same, differs, or why it was not tried. figures_changed: those that the page's claims read in their own way.
    """

    page: str
    good: bool
    unaltered: bool
    version: str
    version_here: str
    snapshot: str
    snapshot_here: str
    figures_same: bool
    figures_changed: tuple[str, ...]
    changed_files: tuple[str, ...]
    made_again: str
    says: str


def answer(asked: Asked, progress: Progress, *, as_json: bool) -> tuple[str, bool]:
    """The answer in words or as JSON, and whether all is well; raises BadInputError where it is no page."""
    found = read_page(asked.page)
    verified = _verified(found, asked, progress)
    if as_json:
        return json.dumps(asdict(verified), ensure_ascii=False, indent=1) + "\n", verified.good
    return "\n".join(_told(verified)) + "\n", verified.good


def _verified(found: Read, asked: Asked, progress: Progress) -> Verified:
    said = found.record
    made_by = str(said.get("version", "")) or "an unknown version"
    snapshot = str(said.get("figures_sha256", ""))[:12]
    if not found.sealed:
        says = "This page was altered since it was made: its seal does not fit its bytes."
        return Verified(
            asked.page.name,
            False,
            False,
            made_by,
            __version__,
            snapshot,
            "",
            False,
            (),
            (),
            "not tried: it was altered",
            says,
        )
    catalog = Catalog.open()
    same_version, same_table = said["version"] == __version__, said["figures_sha256"] == catalog.sha256
    again, files, own = _made_again(found, asked, progress, tried=same_version and same_table)
    here = dict(imports_of(catalog))
    imports = {name for name, digest in said["own_data"] if name.startswith("import ") and here.get(name) != digest}
    same_figures = same_table and not imports and not {file for file, _ in said["own_data"]} & set(files)
    changed = () if same_figures else _figures_since(said, own or catalog)
    good = same_version and same_figures and again != "differs"
    return Verified(
        asked.page.name, good, again != "differs", made_by, __version__, snapshot, catalog.sha256[:12], same_figures, changed,
        files, again, _sentence(again, same_version=same_version, same_figures=same_figures),
    )  # fmt: skip


def _sentence(again: str, *, same_version: bool, same_figures: bool) -> str:
    if again == "differs":
        return (
            "This page is not what this version makes from the same text, casefile and figures: it was altered and sealed "
            "anew, or made with other versions of the libraries that evenhand uses."
        )
    if not same_version and not same_figures:
        return "This page is unaltered, but was made by another version, and from figures that were changed since."
    if not same_version:
        return "This page is unaltered, but was made by another version."
    if not same_figures:
        return "This page is unaltered, but the figures were changed since."
    return "This page was made by this version from these figures, and is unaltered."


def _figures_since(said: dict[str, Any], catalog: Catalog) -> tuple[str, ...]:
    """The figures that the page's claims read in their own way, where the table now says otherwise."""
    out: dict[str, None] = {}
    for claim in said["claims"]:
        for measure, unit, _, year, value, low, high, source in claim["read"]:
            try:
                rows = catalog.observations(measure, [unit], year, year)
            except BadInputError:
                continue  # a figure of the text's own, whose file is not at hand
            now = [ranged(o.value, o.low, o.high) for o in rows if o.source == source]
            was = ranged(value, low, high)
            if was not in now:
                place = f"{catalog.measure(measure).name}, {catalog.unit(unit).name}, {year} ({source})"
                out[f"{place}: {was} on the page, {now[0] if now else 'none'} now"] = None
    return tuple(out)


def _made_again(
    found: Read, asked: Asked, progress: Progress, *, tried: bool
) -> tuple[str, tuple[str, ...], Catalog | None]:
    """Makes the page again where all that it was made from is here unchanged; else says why not, and which files changed.

    Gives the catalogue with the case's own figures, too, where there is one.
    """
    path = _case_path(found, asked)
    if path is None:
        return "not tried: its casefile is not beside the page; name it after the page", (), None
    try:
        case, catalog = open_case(path, data=asked.data, new_units=asked.new_units)
    except BadInputError as error:
        return f"not tried: {path.name} cannot be used as it now is ({error.problems[0]})", (path.name,), None
    said = found.record
    fresh = audit(
        replace(case, claims=(), links=(), positions=(), disputes=(), notes=()), catalog, extra_data=asked.data
    ).provenance
    files = [name for name, was, now in (
        (case.document.path.name, said["text_sha256"], fresh.text_sha256),
        (case.path.name, said["case_sha256"], fresh.case_sha256),
    ) if was != now]  # fmt: skip
    before, here = dict(map(tuple, said["own_data"])), dict(fresh.own_data)
    files += [name for name in {**before, **here} if before.get(name) != here.get(name)]
    if files:
        return (
            f"not tried: {', '.join(files)} {'is' if len(files) == 1 else 'are'} not as the page was made from",
            tuple(files),
            catalog,
        )
    if not tried:
        return "not tried: another version or other figures would make another page", (), catalog
    deaths_from = int(said["deaths_from"] or DEATHS_FROM)
    made = audit(
        case, catalog, seed=int(said["seed"]), progress=progress, extra_data=asked.data, deaths_from=deaths_from
    )
    progress.clear()
    dated = replace(made, provenance=replace(made.provenance, date=str(said["date"])), history=found.history)
    return ("same" if page(dated).encode("utf-8") == found.content else "differs"), (), catalog


def _case_path(found: Read, asked: Asked) -> Path | None:
    if asked.case is not None:
        if not asked.case.exists():
            raise BadInputError(
                "there is no such file", hint="name the casefile that the page was made from", where=str(asked.case)
            )
        return asked.case if is_casefile(asked.case) else case_beside(asked.case)
    name = str(found.record.get("case_file") or "")
    there = asked.page.parent / Path(name).name
    return there if name and there.is_file() else None


def _told(found: Verified) -> list[str]:
    lines = [f"{found.page}: {found.says}"]
    if not found.unaltered and found.made_again != "differs":
        return [*lines, f"  It says that it was made by evenhand {found.version}."]
    here = "" if found.version == found.version_here else f"; this is {found.version_here}"
    lines.append(f"  made by evenhand {found.version}{here}")
    now = "" if found.snapshot == found.snapshot_here else f"; those here are snapshot {found.snapshot_here}"
    lines.append(f"  from the figures of snapshot {found.snapshot}{now}")
    lines += [f"  changed since: {one}" for one in found.figures_changed[:MOST_SHOWN]]
    if len(found.figures_changed) > MOST_SHOWN:
        lines.append(f"  and {len(found.figures_changed) - MOST_SHOWN:,} more (--json lists all)")
    if not found.figures_same and not found.figures_changed:
        lines.append("  none of the figures that its claims read in their own way is among the changed ones")
    again = {"same": "made again here, byte for byte the same", "differs": "made again here, and not the same"}
    lines.append(f"  {again.get(found.made_again, found.made_again)}")
    if found.made_again.startswith("not tried") and found.unaltered:
        lines.append(
            "  (a seal shows haste and accident; only making the page again shows a change that was sealed anew)"
        )
    return lines
