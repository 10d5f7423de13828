"""``evenhand draft``: from raw prose to a casefile to work on."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evenhand.cli.progress import Progress

if TYPE_CHECKING:
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
    from evenhand.cli.draft_saving import check_json, check_target, target_of
    from evenhand.text import draft, read

    if base_url is not None and model is None:
        raise click.UsageError("--base-url is the address of a model: name it with --llm")
    shows = explain is not None or json_to is not None
    if shows and (update or output is not None):
        raise click.UsageError("--explain and --json write no casefile: leave --update and -o out")
    document = read(path)
    endpoint = endpoint_of(model, base_url, timeout) if model is not None else None
    progress = Progress(quiet=quiet)
    target = target_of(path, output)
    if json_to is not None:
        check_json(path, target, json_to)
    if not shows:
        check_target(path, target, update=update)
    try:
        made = draft(
            document, Catalog.open().vocabulary(), code=code,
            progress=lambda done, total: progress("characters", done, total),
        )  # fmt: skip
    finally:
        progress.clear()
    if shows:
        show(document, made, endpoint, progress, explain, json_to)
    else:
        save_and_tell(document, made, endpoint, progress, target, update=update)


def show(
    document: "Document", made: "Draft", endpoint: "Endpoint | None", progress: Progress, explain: int | None, json_to: str | None
) -> None:  # fmt: skip
    """Explains one passage, or writes the claims as JSON: the rules' where the model fails."""
    from evenhand.cli.draft_model import ask
    from evenhand.cli.draft_run import explained, json_of, passage
    from evenhand.cli.draft_saving import write_json
    from evenhand.model import EvenhandError

    if json_to is not None and json_to != "-" and endpoint is not None:
        write_json(json_of(made), json_to)
    asked: Asked | None = None
    try:
        asked = ask(document, made, endpoint, progress) if endpoint is not None else None
    except EvenhandError as error:
        if json_to is None:
            raise
        if json_to == "-":
            click.echo(json_of(made, failed=str(error)))
        click.echo(
            f"evenhand: {error}; these are the rules' claims alone{'' if json_to == '-' else f': {json_to}'}", err=True
        )
        sys.exit(error.exit_code)
    drafted = asked.draft if asked is not None else made
    if json_to is None:
        click.echo(explained(drafted, explain or 1))
        return
    if explain is not None:
        drafted = replace(drafted, drafted=(passage(drafted, explain),))
    write_json(json_of(drafted, asked.account if asked is not None else None), json_to)


def save_and_tell(
    document: "Document", made: "Draft", endpoint: "Endpoint | None", progress: Progress, target: Path, *, update: bool
) -> None:
    """Writes the rules' draft, then, where a model is asked, what both found."""
    from evenhand.case import parse
    from evenhand.cli.draft_model import ask, told as told_model
    from evenhand.cli.draft_run import told
    from evenhand.cli.draft_saving import Written, again, told_update, write

    progress("writing claims", 0, len(made.drafted))
    written = write(document, made, target, update=update)
    progress.clear()
    account = None
    if endpoint is not None:
        after = target.read_bytes()
        try:
            asked = ask(document, made, endpoint, progress)
        except KeyboardInterrupt:
            click.echo(f"evenhand: stopped; the rules' draft is saved: {written.path}", err=True)
            sys.exit(1)
        except BaseException:
            click.echo(f"the rules' draft is saved: {written.path}", err=True)
            raise
        made, account = asked.draft, asked.account
        if target.read_bytes() != after and written.before is None:  # somebody has worked on it meanwhile
            written = Written(target, parse(target))
        written = again(document, made, written)
    if not progress.quiet:
        if written.before is not None:
            click.echo(told_update(written))
        click.echo(told(made, written.path, updated=written.before is not None))
        if account is not None:
            click.echo(told_model(account))
