"""``evenhand audit``: from a text and its casefile to one page."""

import webbrowser
from pathlib import Path

import click

from evenhand.cli.progress import Progress

EXAMPLES = """\b
Examples:
  evenhand audit essay.case.yaml            writes essay.html beside the casefile
  evenhand audit essay.txt --open           finds essay.case.yaml beside the text
  evenhand audit examples/everyday -o out   both texts of a pair, and an index of the two
  evenhand audit essay.case.yaml --json -   the findings as JSON, no page
  evenhand audit essay.case.yaml --data my_figures.csv
  evenhand audit essay.case.yaml --previous essay.html    what changed since, and why
"""


@click.command("audit", epilog=EXAMPLES)
@click.argument("path", metavar="CASE|TEXT|FOLDER", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where the page goes: a file, or a folder.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in a browser when it is done.")
@click.option("--json", "json_to", metavar="FILE|-", help="Write the findings as JSON; '-' prints them, and no page.")
@click.option("--data", "data", multiple=True, type=click.Path(path_type=Path), metavar="FILE.csv",
              help="Figures of your own: unit, year, value and, if you like, measure, low, high, source.")  # fmt: skip
@click.option("--new-units", is_flag=True, help="Accept units in --data that the catalogue does not know.")
@click.option("--seed", default=0, show_default=True, help="Seed of the random groups that a group is set against.")
@click.option("--deaths-from", default=10_000, show_default=True, type=click.IntRange(1), metavar="N",
              help="List catalogued events of N deaths or more that the text does not mention.")  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS", help="Run on a dask.distributed cluster (extra [cluster]).")
@click.option("--previous", type=click.Path(path_type=Path), metavar="PAGE|FOLDER",
              help="A page published before: says what changed and why, and keeps its history of corrections.")  # fmt: skip
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def command(
    *, path: Path, output: Path | None, open_page: bool, json_to: str | None, data: tuple[Path, ...], new_units: bool,
    seed: int, deaths_from: int, scheduler: str | None, previous: Path | None, quiet: bool,
) -> None:  # fmt: skip
    """Audit a text and its casefile onto one page.

    CASE is a casefile (essay.case.yaml); TEXT is a text with a casefile beside it, or without one, and then a draft by
    rules is audited, and the page says so; FOLDER holds the texts of a pair,
    which are audited one by one and put side by side.
    """
    from evenhand.cli.audit_run import Job, run
    from evenhand.compare.cluster import using

    with using(scheduler):
        job = Job(
            path, output, json_to, data, new_units=new_units, seed=seed, deaths_from=deaths_from, previous=previous
        )
        pages = run(job, Progress(quiet=quiet))
    for page in pages:
        if not quiet:
            click.echo(str(page))
    if not quiet and json_to != "-":
        for line in job.said:
            click.echo(line)
    if open_page and pages:
        webbrowser.open(pages[-1].resolve().as_uri())
