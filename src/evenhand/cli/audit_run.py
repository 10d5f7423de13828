"""Runs audits for the command line: where pages go, pairs, and nothing half-written."""

import os
from dataclasses import dataclass
from pathlib import Path

import click

from evenhand.audit import Audit, audit, open_case
from evenhand.case import find_case, is_casefile
from evenhand.cli.progress import Progress
from evenhand.model import BadInputError
from evenhand.report import index, json_text, write_page, write_text


@dataclass(frozen=True, slots=True)
class Job:
    """What the user asked for."""

    path: Path
    output: Path | None
    json_to: str | None
    data: tuple[Path, ...]
    new_units: bool
    seed: int


def run(job: Job, progress: Progress) -> list[Path]:
    """Audits one case, or every case of a folder; gives the pages written, the index last."""
    if job.path.is_dir():
        return _folder(job, progress)
    case_path = job.path if is_casefile(job.path) else find_case(job.path)
    found = _audit(case_path, job, progress)
    if job.json_to == "-":
        click.echo(json_text(found))
        return []
    target = _target(case_path, job.output)
    _writable(target.parent)
    if job.json_to:
        write_text(json_text(found), Path(job.json_to))
    write_page(found, target)
    return [target]


def _folder(job: Job, progress: Progress) -> list[Path]:
    cases = sorted(p for p in job.path.iterdir() if p.name.endswith((".case.yaml", ".case.yml")))
    if not cases:
        raise BadInputError("there is no casefile in this folder", hint="name them TEXT.case.yaml", where=str(job.path))
    folder = job.output or job.path
    _writable(folder)
    done = [(case, _audit(case, job, progress)) for case in _in_order(cases, job.path)]
    pages: list[Path] = []
    for case, found in done:
        pages.append(folder / f"{_stem(case)}.html")
        write_page(found, pages[-1])
        if job.json_to:
            write_text(json_text(found), folder / f"{_stem(case)}.json")
    if len(done) > 1:
        listed = [(found.title, p.name, found) for p, (_, found) in zip(pages, done, strict=True)]
        pages.append(folder / "index.html")
        write_text(index(listed), pages[-1])
    return pages


def _in_order(cases: list[Path], folder: Path) -> list[Path]:
    """The order that ``order.txt`` of a pair's folder gives (decided by a toss), else that of the names."""
    order = folder / "order.txt"
    if not order.is_file():
        return cases
    names = order.read_text(encoding="utf-8").split()
    return sorted(cases, key=lambda case: (names.index(case.name) if case.name in names else len(names), case.name))


def _audit(case_path: Path, job: Job, progress: Progress) -> Audit:
    case, catalog = open_case(case_path, data=job.data, new_units=job.new_units)

    def step(what: str, done: int, total: int) -> None:
        progress(f"{_stem(case_path)}: {what}", done, total)

    found = audit(case, catalog, seed=job.seed, progress=step, extra_data=job.data)
    progress.clear()
    return found


def _stem(case_path: Path) -> str:
    return case_path.name.removesuffix(".yaml").removesuffix(".yml").removesuffix(".case")


def _target(case_path: Path, output: Path | None) -> Path:
    if output is None:
        return case_path.with_name(f"{_stem(case_path)}.html")
    if output.is_dir() or not output.suffix:
        return output / f"{_stem(case_path)}.html"
    return output


def _writable(folder: Path) -> None:
    """Is there a folder to write into? It is made if its parent is there; asked before anything is computed twice."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInputError("this folder cannot be made", hint=error.strerror or "", where=str(folder)) from error
    if not os.access(folder, os.W_OK):
        raise BadInputError("this folder cannot be written to", hint="choose another with -o", where=str(folder))
