"""Runs exports for the command line: where files go, nothing half-written, and what was left out is said."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from evenhand.audit import open_case
from evenhand.case import Case, stem_of_case
from evenhand.cli.claim_named import claim_of, named
from evenhand.cli.progress import Progress
from evenhand.exchange import FORMATS, Exported, Format, Material, format_named
from evenhand.exchange.crate import write_folder, zipped
from evenhand.files import make_folders, write_texts
from evenhand.model import BadInputError

PRINTED = Path("-")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked for."""

    path: Path
    to: str
    output: Path | None
    data: tuple[Path, ...]
    new_units: bool
    seed: int
    as_json: bool
    quiet: bool


def listed(*, as_json: bool) -> str:
    """The formats, one a line."""
    if as_json:
        return json.dumps({one.name: one.what for one in FORMATS.values()}, ensure_ascii=False, indent=1)
    width = max(map(len, FORMATS)) + 2
    return "\n".join(f"{one.name:<{width}}{one.what}" for one in FORMATS.values())


def run(wanted: Wanted, progress: Progress) -> None:
    """Exports one case and prints where it went."""
    format_ = format_named(wanted.to)
    if wanted.output == PRINTED and wanted.as_json:
        raise BadInputError("--json and -o - would both print", hint="give -o a file")
    place = named(str(wanted.path))
    case, catalog = open_case(place.path, data=wanted.data, new_units=wanted.new_units)
    claim = _claim(case, format_, place.claim)
    target = _target(case, format_, wanted, claim)
    _check_over(target, case, wanted)
    material = Material(case, catalog, wanted.data, wanted.new_units, wanted.seed, progress, claim)
    made = format_.write(material, stem_of(case))
    progress.clear()
    written = _put(made, target, format_, case)
    _tell(written, made, wanted)


def stem_of(case: Case) -> str:
    """What the files are called: the casefile's name without its ends."""
    return stem_of_case(case.path)


def _claim(case: Case, format_: Format, asked: str | None) -> str | None:
    """The claim whose card is wanted; None where none was named. Other formats hold all claims."""
    if asked is None:
        return None
    if not format_.by_claim:
        raise BadInputError(f"{format_.name} holds all claims, not one", hint="leave the # and the claim away")
    return claim_of(case, asked, command="export")


def _target(case: Case, format_: Format, wanted: Wanted, claim: str | None) -> Path:
    named = f"{stem_of(case)}{f'.{claim}' if claim else ''}{format_.suffix}"
    if format_.by_claim and claim is None and wanted.output != PRINTED:
        return wanted.output or case.path.with_name(f"{stem_of(case)}.cards")
    if wanted.output is None:
        return case.path.with_name(named)
    if wanted.output == PRINTED or format_.name == "ro-crate":
        return wanted.output
    return wanted.output / named if wanted.output.is_dir() else wanted.output


def _check_over(target: Path, case: Case, wanted: Wanted) -> None:
    read = [case.path, case.document.path, *(d.path for d in case.data), *wanted.data]
    if target.resolve() in {path.resolve() for path in read}:
        raise BadInputError("this would overwrite what was read", hint="choose another name", where=str(target))


def _put(made: Exported, target: Path, format_: Format, case: Case) -> list[Path]:
    """Prints or writes, whole or not at all."""
    if target == PRINTED:
        return _print(made, format_)
    if format_.by_claim and target.suffix != format_.suffix:
        return _put_all(made, target)
    if format_.name != "ro-crate":
        write_texts({target: next(iter(made.files.values()))})
        return [target]
    if target.suffix == ".zip":
        write_texts({target: zipped(made.files, stem_of(case))})
        return [target]
    write_folder(made.files, target)
    return [target]


def _put_all(made: Exported, folder: Path) -> list[Path]:
    """A file for every claim, in a folder that is made where there is none."""
    make_folders(folder)
    files = {folder / name: content for name, content in made.files.items()}
    write_texts(files)
    return list(files)


def _print(made: Exported, format_: Format) -> list[Path]:
    content = next(iter(made.files.values()))
    if isinstance(content, bytes) or len(made.files) > 1:
        raise BadInputError(f"{format_.name} is no text that could be printed", hint="give -o a file")
    sys.stdout.flush()
    sys.stdout.buffer.write(content.encode("utf-8"))
    return []


def _tell(written: list[Path], made: Exported, wanted: Wanted) -> None:
    if wanted.as_json:
        shape = {"format": wanted.to, "files": [str(path) for path in written], "left_out": list(made.left_out)}
        click.echo(json.dumps(shape, ensure_ascii=False, indent=1))
        return
    for path in written:
        click.echo(str(path))
    for what in () if wanted.quiet else made.left_out:
        click.echo(f"not in it: {what}", err=True)
