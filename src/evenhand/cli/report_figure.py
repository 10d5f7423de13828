"""``evenhand report-figure``: a ready correction for the built-in table."""

import json
from dataclasses import asdict
from pathlib import Path

import click

EXAMPLES = """\b
Examples:
  evenhand report-figure Cuba --measure infant-mortality --year 1960 --value 36 --source riley-un --why "two figures mixed up"
Of a source that the table does not know yet, --source gives the citation in full.
"""


@click.command("report-figure", epilog=EXAMPLES)
@click.argument("unit")
@click.option("--measure", required=True, help="Which measure, by its name or id.")
@click.option("--year", required=True, type=int, help="Which year.")
@click.option("--value", required=True, type=float, help="The figure that you propose.")
@click.option("--low", type=float, help="The lower end of its range.")
@click.option("--high", type=float, help="The upper end of its range.")
@click.option("--source", required=True, help="Who says so: a citation in full, or the id of a source that is known.")
@click.option("--why", required=True, help="What is wrong with the figure that stands there.")
@click.option("--publisher", default="", help="Of a new source: who publishes it.")
@click.option("--licence", default=None, help="Of a new source: its terms.")
@click.option("--url", default="", help="Of a new source: where it is.")
@click.option("--of", "of", metavar="SOURCE", help="Whose figure is wrong, where several sources give one.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, a folder, or '-' to print.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def command(
    *, unit: str, measure: str, year: int, value: float, low: float | None, high: float | None, source: str, why: str,
    publisher: str, licence: str | None, url: str, of: str | None, output: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Write a correction of one figure of the built-in table, ready for a maintainer.

    The file says which figure, what stands there now, what you propose, on what source and why; below that it is a patch
    that `git apply` takes. Send it to the maintainers. Nothing in your own evenhand changes.
    """
    from evenhand.catalog import Catalog
    from evenhand.catalog.correcting import TERMS, Proposed, report_figure
    from evenhand.files import write_text
    from evenhand.model import BadInputError

    proposed = Proposed(value, low, high, source, why, publisher, licence or TERMS, url)
    found = report_figure(Catalog.open(), measure, unit, year, proposed, of=of)
    if output == Path("-"):
        if as_json:
            raise BadInputError("--json and -o - would both print", hint="give -o a file")
        click.echo(found.patch, nl=False)
        return
    target = Path(found.name) if output is None else output / found.name if output.is_dir() else output
    write_text(found.patch, target)
    if as_json:
        shape = {name: value for name, value in asdict(found).items() if name != "patch"}
        click.echo(json.dumps({"file": str(target), **shape}, ensure_ascii=False, indent=1))
        return
    click.echo(
        f"{target}\n{found.measure}, {found.unit}, {found.year}\n  now: {found.now}\n  proposed: {found.proposed}"
    )
