"""``evenhand draft``: from raw prose to a casefile to work on."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evenhand.cli.progress import Progress

if TYPE_CHECKING:
    from evenhand.case import RawCase
    from evenhand.text import Document, Draft

EXAMPLES = """\b
Examples:
  evenhand draft essay.txt                   writes essay.case.yaml, and says what it found
  evenhand draft essay.txt --json -          the claims as JSON, no file
  evenhand draft essay.txt --explain 3       why the third passage was drafted, and what it still needs
  evenhand draft essay.txt --update          adds what is new to a casefile, and touches nothing that stands in it
  evenhand draft saved-page.html -o essay.case.yaml
"""


@click.command("draft", epilog=EXAMPLES)
@click.argument("path", metavar="TEXT", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="CASE",
    help="Where the casefile goes; beside the text if left out.",
)
@click.option("--update", is_flag=True, help="Add to the casefile what it does not have yet, and show the difference.")
@click.option(
    "--explain", type=click.IntRange(min=1), metavar="N", help="Say why passage N was drafted; write nothing."
)
@click.option(
    "--json", "json_to", metavar="FILE|-", help="Write the claims as JSON; '-' prints them, and writes no casefile."
)
@click.option(
    "--language",
    "code",
    metavar="CODE",
    help="The language of the text, where evenhand cannot tell: there is a file of cues for each.",
)
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def command(
    *, path: Path, output: Path | None, update: bool, explain: int | None, json_to: str | None, code: str | None, quiet: bool
) -> None:  # fmt: skip
    """Draft a casefile from a text.

    TEXT is plain text, Markdown or a saved web page. Rules over words mark the passages that a reader would ask about,
    open the comparisons whose subject, measure, peers and years the text names, and leave a question for everything
    else. No model, no network; the same text gives the same draft. A draft is a draft: read it before you trust it.
    """
    from evenhand.catalog import Catalog
    from evenhand.cli.draft_run import explained, json_of, target_of, told
    from evenhand.text import draft, read

    document = read(path)
    progress = Progress(quiet=quiet)
    target = target_of(path, output)
    if explain is None and json_to is None:
        refuse_to_overwrite(target, update=update)
    made = draft(
        document, Catalog.open().vocabulary(), code=code,
        progress=lambda done, total: progress("characters", done, total),
    )  # fmt: skip
    progress.clear()
    if explain is not None:
        click.echo(explained(made, explain))
        return
    if json_to is not None:
        write_json(json_of(made), json_to)
        return
    written = write(document, made, target, update=update)
    if not quiet:
        click.echo(told(made, written, updated=update))


def refuse_to_overwrite(target: Path, *, update: bool) -> None:
    """A casefile that somebody may have worked on is never overwritten."""
    from evenhand.model import BadInputError

    if target.exists() and not update:
        raise BadInputError(
            "there is a casefile already",
            hint="--update adds what is new to it, or -o names another",
            where=str(target),
        )
    if update and not target.exists():
        raise BadInputError("there is no casefile to update", hint="leave --update out to write one", where=str(target))


def write(document: "Document", made: "Draft", target: Path, *, update: bool) -> Path:
    """Writes the casefile, or what is new of it, and shows the difference."""
    from evenhand.audit.drafting import case_of, difference, updated
    from evenhand.case import parse, save

    if not update:
        return save(case_of(made, document, target))
    before: RawCase = parse(target)
    after = updated(before, made, document)
    if after.source != before.source:
        save(after)
        click.echo(difference(before.source, after.source, target.name))
    return target


def write_json(text: str, to: str) -> None:
    from evenhand.report import write_texts

    if to == "-":
        click.echo(text)
    else:
        write_texts({Path(to): text + "\n"})
