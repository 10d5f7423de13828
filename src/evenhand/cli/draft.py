"""``evenhand draft``: from raw prose to a casefile to work on."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evenhand.cli.progress import Progress

if TYPE_CHECKING:
    from evenhand.case import RawCase
    from evenhand.cli.draft_model import Asked
    from evenhand.text import Document, Draft
    from evenhand.text.proposing import Endpoint

EXAMPLES = """\b
Examples:
  evenhand draft essay.txt                   writes essay.case.yaml, and says what it found
  evenhand draft essay.txt --json -          the claims as JSON, no file
  evenhand draft essay.txt --explain 3       why the third passage was drafted, and what it still needs
  evenhand draft essay.txt --update          adds what is new to a casefile, and touches nothing that stands in it
  evenhand draft saved-page.html -o essay.case.yaml
  evenhand draft essay.txt --llm llama3.1 --base-url http://localhost:11434/v1
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
@click.option(
    "--llm",
    "model",
    metavar="MODEL",
    help="Ask a language model too (the text is sent to it): through OpenAI, or the server of --base-url.",
)
@click.option(
    "--base-url",
    metavar="URL",
    help="An OpenAI-compatible server (Ollama, vLLM, llama.cpp, ...); OPENAI_API_KEY is its key, if it needs one.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="How long the model may be silent.",
)
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def command(
    *, path: Path, output: Path | None, update: bool, explain: int | None, json_to: str | None, code: str | None,
    model: str | None, base_url: str | None, timeout: float, quiet: bool,
) -> None:  # fmt: skip
    """Draft a casefile from a text.

    TEXT is plain text, Markdown or a saved web page. Rules over words mark the passages that a reader would ask about,
    open the comparisons whose subject, measure, peers and years the text names, and leave a question for everything
    else. No model, no network; the same text gives the same draft. A draft is a draft: read it before you trust it.

    With --llm a language model of yours is asked as well. What it proposes is held against the text, letter for letter,
    and merged; each claim says who drafted it. Its answers are kept, so that a second run costs nothing. The rules'
    draft is saved first.
    """
    from evenhand.catalog import Catalog
    from evenhand.cli.draft_model import endpoint_of
    from evenhand.cli.draft_run import target_of
    from evenhand.text import draft, read

    document = read(path)
    if base_url is not None and model is None:
        raise click.UsageError("--base-url is the address of a model: name it with --llm")
    endpoint = endpoint_of(model, base_url, timeout) if model is not None else None
    progress = Progress(quiet=quiet)
    target = target_of(path, output)
    if explain is None and json_to is None:
        refuse_to_overwrite(target, update=update)
    made = draft(
        document, Catalog.open().vocabulary(), code=code,
        progress=lambda done, total: progress("characters", done, total),
    )  # fmt: skip
    progress.clear()
    if explain is not None or json_to is not None:
        show(document, made, endpoint, progress, explain, json_to)
    else:
        save_and_tell(document, made, endpoint, progress, target, update=update)


def show(
    document: "Document", made: "Draft", endpoint: "Endpoint | None", progress: Progress, explain: int | None, json_to: str | None
) -> None:  # fmt: skip
    """Explains one passage, or writes the claims as JSON: the rules' where the model fails."""
    from evenhand.cli.draft_model import ask
    from evenhand.cli.draft_run import explained, json_of
    from evenhand.model import EvenhandError

    if json_to is not None and json_to != "-" and endpoint is not None:
        write_json(json_of(made), json_to)
    asked: Asked | None = None
    try:
        asked = ask(document, made, endpoint, progress) if endpoint is not None else None
    except EvenhandError as error:
        if json_to != "-":
            raise
        click.echo(json_of(made, failed=str(error)))
        click.echo(f"evenhand: {error}; these are the rules' claims alone", err=True)
        sys.exit(error.exit_code)
    drafted = asked.draft if asked is not None else made
    if explain is not None:
        click.echo(explained(drafted, explain))
    else:
        write_json(json_of(drafted, asked.account if asked is not None else None), json_to or "-")


def save_and_tell(
    document: "Document", made: "Draft", endpoint: "Endpoint | None", progress: Progress, target: Path, *, update: bool
) -> None:
    """Writes the rules' draft, then, where a model is asked, what both found."""
    from evenhand.cli.draft_model import ask, told as told_model
    from evenhand.cli.draft_run import told

    written = write(document, made, target, update=update)
    after = target.read_bytes()
    account = None
    if endpoint is not None:
        try:
            asked = ask(document, made, endpoint, progress)
        except BaseException:
            click.echo(f"the rules' draft is saved: {written}", err=True)
            raise
        made, account = asked.draft, asked.account
        untouched = target.read_bytes() == after
        write(document, made, target, update=update or not untouched, again=not update and untouched)
    if not progress.quiet:
        click.echo(told(made, written, updated=update))
        if account is not None:
            click.echo(told_model(account))


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


def write(document: "Document", made: "Draft", target: Path, *, update: bool, again: bool = False) -> Path:
    """Writes the casefile, or what is new of it, and shows the difference. again: over the one that we have just written."""
    from evenhand.audit.drafting import case_of, difference, updated
    from evenhand.case import parse, save

    if not update or again:
        return save(case_of(made, document, target))
    before: RawCase = parse(target)
    after = updated(before, made, document)
    if after.source != before.source:
        save(after)
        click.echo(difference(before.source, after.source, target.name))
    return target


def write_json(text: str, to: str) -> None:
    from evenhand.files import write_texts

    if to == "-":
        click.echo(text)
    else:
        write_texts({Path(to): text + "\n"})
