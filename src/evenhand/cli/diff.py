"""``evenhand diff``: where two casefiles part."""

from pathlib import Path

import click

from evenhand.cli.progress import Progress

EXAMPLES = """\b
Examples:
  evenhand diff mine.case.yaml yours.case.yaml              two readings of one text
  evenhand diff mine.case.yaml yours.case.yaml --html diff.html
  evenhand diff examples/everyday/hospital.case.yaml examples/everyday/union.case.yaml    two texts of a pair
"""


@click.command("diff", epilog=EXAMPLES)
@click.argument("first", metavar="A.case.yaml", type=click.Path(path_type=Path))
@click.argument("second", metavar="B.case.yaml", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--html", "page", type=click.Path(path_type=Path), metavar="PAGE", help="Write it as a page, too.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="The seed of all that is drawn.")
@click.option("--quiet", is_flag=True, help="No progress.")
def command(*, first: Path, second: Path, as_json: bool, page: Path | None, seed: int, quiet: bool) -> None:
    """Show where two casefiles part.

    Of one text: passage by passage where the two read it otherwise, choose otherwise, or rest on other figures and sources;
    and which single concession, tried by auditing anew, would bring the two audits closest. Of two texts with the same
    sides: what each cites and the other leaves out, and what both accept. docs/diff.md says how distance is measured.
    """
    from evenhand.audit.differ import differ
    from evenhand.cli.diff_run import json_of, told
    from evenhand.files import write_texts
    from evenhand.report.differing import diff_page

    progress = Progress(quiet=quiet)
    found = differ(first, second, seed=seed, progress=progress)
    progress.clear()
    if page is not None:
        write_texts({page: diff_page(found)})
    click.echo(json_of(found) if as_json else told(found))
    if page is not None and not as_json:
        click.echo(f"\nwritten: {page}")
