"""RO-Crate: everything that an audit needs and gives, in one folder or zip, so that anybody can run it again.

After RO-Crate 1.1. The audit is made anew inside the crate, from what the crate holds alone; its page and findings are
what ``evenhand audit`` makes again from it, to the byte, under the versions in ``requirements.txt``.
"""

import hashlib
import io
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evenhand.audit import Audit, audit, open_case
from evenhand.catalog import Catalog
from evenhand.exchange.crate_metadata import metadata, requirements
from evenhand.exchange.figures_slice import figures_csv, measures_asked
from evenhand.exchange.kept import HOME, kept_files
from evenhand.exchange.material import Exported, Material
from evenhand.files import whole_folder
from evenhand.model import BadInputError
from evenhand.report import json_text, page

CHECKSUMS = "checksums.sha256"
LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is read, by its name in the crate. kept: the files of figures that the user keeps; behind: imports not asked for."""

    files: dict[str, bytes]
    kept: dict[str, bytes]
    behind: tuple[str, ...]
    case_name: str
    data_names: tuple[str, ...]


def export(material: Material, stem: str) -> Exported:
    """The crate's files by their names in it, metadata and checksums among them."""
    inputs = _inputs(material)
    found = _again(inputs, material)
    files = {**inputs.files, **inputs.kept}
    made = {f"{stem}.html": page(found), f"{stem}.json": json_text(found), "figures.csv": figures_csv(material)}
    taken = set(made) & set(inputs.files)
    if taken:
        message = f"the crate would hold two files {min(taken)!r}"
        raise BadInputError(message, hint="rename the one of the case", where=str(material.case.path))
    command = found.provenance.command
    files |= {name: text.encode("utf-8") for name, text in made.items()}
    files["requirements.txt"] = requirements().encode("utf-8")
    files["README.txt"] = _readme(found, command, stem).encode("utf-8")
    files["ro-crate-metadata.json"] = metadata(
        files, found, material, inputs=[*inputs.files, *inputs.kept], stem=stem
    ).encode()
    files[CHECKSUMS] = checksums(files).encode("utf-8")
    return Exported(dict(sorted(files.items())), _left_out(material, found, inputs.behind))


def _inputs(material: Material) -> Inputs:
    """The text, the casefile, the case's figures, the user's, and those that the user keeps."""
    case = material.case
    files = {case.path.name: case.path.read_bytes(), case.text.file: case.document.path.read_bytes()}
    for name, path in [*((d.file, d.path) for d in case.data), *((p.name, p) for p in material.data)]:
        content = path.read_bytes()
        if files.setdefault(name, content) != content:
            raise BadInputError(f"the crate would hold two files {name!r}", hint="rename one of them", where=str(path))
    files = {PurePosixPath(name).as_posix(): content for name, content in files.items()}
    asked = None if _any_asked(material.found) else frozenset(measures_asked(case, material.catalog))
    kept, behind = kept_files(asked)
    return Inputs(files, kept, behind, case.path.name, tuple(path.name for path in material.data))


def _any_asked(found: Audit) -> bool:
    """May any measure be asked? So it is where the audit lists what the text could have cited."""
    return found.matrix is not None or (found.omission is not None and found.omission.map is not None)


def _again(inputs: Inputs, material: Material) -> Audit:
    """The audit made from what the crate holds, and from nothing else."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _lay_out({**inputs.files, **inputs.kept}, folder)
        data = [folder / one for one in inputs.data_names]
        catalog = Catalog.open(home=folder / HOME)
        case, catalog = open_case(folder / inputs.case_name, data=data, new_units=material.new_units, catalog=catalog)
        return audit(case, catalog, seed=material.seed, progress=material.progress, extra_data=data)


def _left_out(material: Material, found: Audit, behind: tuple[str, ...]) -> tuple[str, ...]:
    lost = ["evenhand itself and its built-in table: requirements.txt names the version that has them"]
    if behind:
        lost.append(f"imported tables of which no claim asks a measure: {', '.join(behind)}")
    before = {claim.id: claim.finding.verdict for claim in material.found.claims}
    other = [claim.id for claim in found.claims if before.get(claim.id) != claim.finding.verdict]
    if other:
        lost.append(
            f"tables that only this machine has: without them the verdict is another for {', '.join(other)}; the crate's "
            "page shows what comes out without them"
        )
    return tuple(lost)


def checksums(files: dict[str, bytes]) -> str:
    """One line a file, as ``sha256sum -c`` reads them."""
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))


def _readme(found: Audit, command: str, stem: str) -> str:
    return (
        f"{found.title}\n\nAn audit by evenhand {found.provenance.version}. Open {stem}.html in a browser.\n\n"
        "To make it again, in this folder, with Python 3.11 or newer:\n\n"
        "    pip install -r requirements.txt\n"
        f"    EVENHAND_HOME={HOME} {command} --json {stem}.json\n"
        f"    sha256sum -c {CHECKSUMS}\n\n"
        f"(On Windows: first `set EVENHAND_HOME={HOME}`; on a Mac: `shasum -a 256 -c {CHECKSUMS}`.)\n"
        "EVENHAND_HOME keeps figures that you have stored yourself out of it, and brings in those of whoever made this.\n\n"
        "figures.csv holds all figures of the measures that were asked, each with its source, to look at; the audit reads\n"
        f"them from evenhand's own table and from {HOME}/. The terms of each source stand in the findings and on the page.\n"
        "The text is its author's.\n"
    )


def _lay_out(files: dict[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def zipped(files: dict[str, str | bytes], stem: str) -> bytes:
    """The files in one zip, in a folder of its own; no clock time gets into it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{stem}/{name}", LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def write_folder(files: dict[str, str | bytes], target: Path) -> None:
    """A new folder with the files, whole or not at all. Raises BadInputError where there is something already."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BadInputError("there is something here already", hint="choose a new name with -o", where=str(target))
    contents = {name: content.encode() if isinstance(content, str) else content for name, content in files.items()}
    try:
        with whole_folder(target) as folder:
            _lay_out(contents, folder)
    except OSError as error:
        raise BadInputError("cannot write here", hint=error.strerror or "", where=str(target)) from error
