"""Runs audits for the command line: where pages go, pairs, and nothing half-written."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from evenhand.audit import Audit, audit, open_case
from evenhand.audit.drafting import case_of
from evenhand.audit.omission import DEATHS_FROM
from evenhand.case import Case, case_beside, is_casefile, stem_of_case
from evenhand.catalog import Catalog
from evenhand.cli.previous import page_before, published, with_history
from evenhand.cli.progress import Progress
from evenhand.files import make_folders, write_texts
from evenhand.model import BadInputError
from evenhand.report import index, json_text, page
from evenhand.text import decode, draft, read, read_bytes
from evenhand.text.document import neighbours

INDEX = "index.html"
DRAFTED = (
    "{name} has no casefile: this audits a draft by rules, which nobody has checked. "
    "`evenhand draft {name}` writes it down for you to mend."
)


@dataclass(frozen=True, slots=True)
class Job:
    """What the user asked for."""

    path: Path
    output: Path | None
    json_to: str | None
    data: tuple[Path, ...]
    new_units: bool
    seed: int
    deaths_from: int = DEATHS_FROM
    previous: Path | None = None
    said: list[str] = field(default_factory=list)
    """Lines on what changed since the previous pages, for the terminal."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A case that was checked whole, and the catalogue it is judged by. stem: the name that its page gets."""

    stem: str
    case: Case
    catalog: Catalog


def run(job: Job, progress: Progress) -> list[Path]:
    """Audits one case, or every case of a folder; gives the pages written, the index last."""
    if not job.path.exists():
        raise BadInputError("there is no such file", hint=neighbours(job.path), where=str(job.path))
    return _folder(job, progress) if job.path.is_dir() else _one(job, progress)


def _one(job: Job, progress: Progress) -> list[Path]:
    case_path = job.path if is_casefile(job.path) else case_beside(job.path)
    target = _target(case_path or job.path.with_suffix(""), job.output)
    to_file = Path(job.json_to) if job.json_to not in {None, "-"} else None
    if job.json_to != "-":
        _check_folder(target.parent)
    if to_file is not None and not to_file.absolute().parent.is_dir():
        raise BadInputError("this folder does not exist", hint="make it first", where=str(to_file.parent))
    if to_file is not None and to_file.resolve() == target.resolve():
        raise BadInputError("the page and the JSON would be one file", hint="name two", where=str(to_file))
    ready = _ready(case_path, job) if case_path is not None else _drafted(job, progress)
    target = target if target == job.output else _beside_the_text(target, ready)
    if job.json_to == "-":
        click.echo(json_text(_audit(ready, job, progress)), nl=False)
        return []
    _check_over([target, *([to_file] if to_file is not None else [])], [ready], job)
    found = _audit(ready, job, progress)
    files = {target: page(found)}
    if to_file is not None:
        files[to_file] = json_text(found)
    make_folders(target.parent)
    write_texts(files)
    return [target]


def _folder(job: Job, progress: Progress) -> list[Path]:
    if job.json_to is not None and (job.json_to == "-" or Path(job.json_to).suffix):
        raise BadInputError(
            "a folder's findings are several files", hint="give --json a folder, or name one case", where=job.json_to
        )
    cases = sorted(p for p in job.path.iterdir() if p.name.endswith((".case.yaml", ".case.yml")))
    if not cases:
        raise BadInputError("there is no casefile in this folder", hint="name them TEXT.case.yaml", where=str(job.path))
    folder = job.output or job.path
    folders = [folder, *([Path(job.json_to)] if job.json_to is not None else [])]
    for one in folders:
        _check_folder(one)
    ready = [_ready(case, job) for case in _in_order(cases, job.path)]
    pages = {_beside_the_text(folder / f"{one.stem}.html", one): one for one in ready}
    if len(pages) < len(ready) or folder / INDEX in pages:
        raise BadInputError(
            "two pages of this folder would have one name", hint="rename a casefile", where=str(job.path)
        )
    targets = {one.stem: folders[-1] / f"{one.stem}.json" for one in ready if job.json_to is not None}
    _check_over([*pages, *targets.values(), folder / INDEX], ready, job)
    found = {one.stem: _audit(one, job, progress) for one in ready}
    files = {target: page(found[one.stem]) for target, one in pages.items()}
    files |= {target: json_text(found[stem]) for stem, target in targets.items()}
    if len(ready) > 1:
        listed = [(found[one.stem].title, target.name, found[one.stem]) for target, one in pages.items()]
        files[folder / INDEX] = index(listed)
    make_folders(*folders)
    write_texts(files)
    return [target for target in files if target.suffix == ".html"]


def _in_order(cases: list[Path], folder: Path) -> list[Path]:
    """The order that ``order.txt`` of a pair's folder gives (decided by a toss), else that of the names."""
    order = folder / "order.txt"
    if not order.is_file():
        return cases
    names = decode(read_bytes(order), str(order)).split()
    missing = [name for name in names if name not in {case.name for case in cases}]
    if missing:
        hint = f"the casefiles of this folder are {', '.join(case.name for case in cases)}"
        raise BadInputError(f"there is no casefile {missing[0]}", hint=hint, where=str(order))
    return sorted(cases, key=lambda case: (names.index(case.name) if case.name in names else len(names), case.name))


def _ready(case_path: Path, job: Job) -> Ready:
    return Ready(stem_of_case(case_path), *open_case(case_path, data=job.data, new_units=job.new_units))


def _drafted(job: Job, progress: Progress) -> Ready:
    """A text without a casefile is drafted, and what the draft opens is audited."""
    document, catalog = read(job.path), Catalog.open()
    made = draft(document, catalog.vocabulary(), progress=lambda done, total: progress("characters", done, total))
    progress.clear()
    raw = case_of(made, document, job.path.with_name(f"{job.path.stem}.case.yaml"))
    click.echo(DRAFTED.format(name=job.path.name), err=True)
    return Ready(job.path.stem, *open_case(raw, data=job.data, new_units=job.new_units))


def _audit(ready: Ready, job: Job, progress: Progress) -> Audit:
    def step(what: str, done: int, total: int) -> None:
        progress(f"{ready.stem}: {what}", done, total)

    before = page_before(job.previous, ready.stem)
    published_before = published(before) if before is not None else None  # read before anything is computed or written
    found = audit(
        ready.case, ready.catalog, seed=job.seed, progress=step, extra_data=job.data, deaths_from=job.deaths_from
    )
    progress.clear()
    return with_history(found, published_before, job.said)


def _target(case_path: Path, output: Path | None) -> Path:
    if output is None:
        return case_path.with_name(f"{stem_of_case(case_path)}.html")
    if output.is_dir() or not output.suffix:
        return output / f"{stem_of_case(case_path)}.html"
    return output


def _beside_the_text(target: Path, ready: Ready) -> Path:
    """Another name where the text itself is the web page of that name."""
    return (
        target.with_name(f"{ready.stem}.audit.html")
        if target.resolve() == ready.case.document.path.resolve()
        else target
    )


def _check_folder(folder: Path) -> None:
    """Is there a folder to write into, or one to make it in? Asked before anything is computed."""
    there = next((place for place in (folder, *folder.absolute().parents) if place.exists()), folder)
    if not there.is_dir():
        raise BadInputError("this folder cannot be made", hint=f"{there} is a file", where=str(folder))
    if not os.access(there, os.W_OK):
        raise BadInputError("this folder cannot be written to", hint="choose another with -o", where=str(folder))


def _check_over(targets: Sequence[Path], ready: Sequence[Ready], job: Job) -> None:
    """Would anything that was read be overwritten?"""
    read = [path for one in ready for path in (one.case.path, one.case.document.path, *(d.path for d in one.case.data))]
    over = {path.resolve() for path in (*read, *job.data)} & {target.resolve() for target in targets}
    if over:
        raise BadInputError("this would overwrite what was read", hint="choose another name", where=str(min(over)))
