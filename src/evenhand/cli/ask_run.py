"""Asks what a question leaves open, and prints the answer."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from evenhand.asking.answer import answer
from evenhand.asking.reading import understand
from evenhand.asking.settle import settle
from evenhand.asking.telling import check_whole
from evenhand.asking.understood import Lack, Missing, Understood
from evenhand.catalog import Catalog
from evenhand.cli.progress import Progress
from evenhand.model import BadInputError


@dataclass(frozen=True, slots=True)
class Job:
    """What the user wants. page: where to put the card. save: the casefile to append to, with the words it is tied to."""

    question: str
    yes: bool
    page: Path | None
    save: Path | None
    quote: str | None
    data: tuple[Path, ...]
    new_units: bool
    as_json: bool


def run(job: Job) -> None:
    """Understands, asks, answers; writes what was asked for, and prints."""
    if job.quote is not None and job.save is None:
        raise BadInputError(
            "--quote says which words of a casefile's text the question reads", hint="name it: --save CASE"
        )
    catalog = Catalog.open()
    for path in job.data:
        catalog = catalog.with_own([catalog.read_own(path, new_units=job.new_units)])
    understood = understand(job.question, catalog)
    answers = _asked(understood) if understood.missing and not job.yes else {}
    shown = Progress()
    settled = settle(understood, answers, catalog)
    found = answer(settled, catalog, lambda done, total: shown("ways of comparing", done, total))
    shown.clear()
    if job.page is not None:
        from evenhand.files import write_text

        write_text(found.html(), job.page)
    if job.save is not None:
        found.save(job.save, quote=job.quote)
    click.echo(json.dumps(found.json(), ensure_ascii=False, indent=1) if job.as_json else str(found))
    for what, where in (("card", job.page), ("claim", job.save)):
        if where is not None:
            click.echo(f"{what}: {where}", err=True)


def _asked(understood: Understood) -> dict[Lack, str]:
    """What the person at the terminal answers; where nobody sits there, what is missing is an error."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        check_whole(understood)
    return {lack.what: _prompt(lack) for lack in understood.missing}


def _prompt(lack: Missing) -> str:
    """One question back; the standing choice by pressing Return, the others by number or in words."""
    click.echo(lack.asks, err=True)
    for i, (value, meaning) in enumerate(lack.options, start=1):
        click.echo(f"  {i}  {value}" + (f": {meaning}" if meaning != value else ""), err=True)
    shown = bool(lack.options)
    said = str(click.prompt("", default=lack.standing or "", show_default=shown, err=True, prompt_suffix="> ")).strip()
    if said.isdigit() and 1 <= int(said) <= len(lack.options) and lack.what != "within":
        return lack.options[int(said) - 1][0]
    return said
