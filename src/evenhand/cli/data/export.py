"""``evenhand data export``: figures taken out, with their citations."""

from pathlib import Path

import click

from evenhand.cli.data.printing import print_json
from evenhand.model.words import plural

EXAMPLES = """\b
The folder holds measures.csv, sources.csv and units.csv, one CSV for each measure, the same figures as Parquet, and
a README with every citation and licence. `evenhand data import FOLDER` reads it back.

\b
Examples:
  evenhand data export out --measure life-expectancy
  evenhand data export out --measure life-expectancy --measure infant-mortality --unit Cuba --unit Jamaica --from 1960
  evenhand data export everything
"""


@click.command("export", epilog=EXAMPLES)
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--measure", "measures", metavar="NAME", multiple=True, help="Which measures; all by default.")
@click.option("--unit", "units", metavar="NAME", multiple=True, help="Which units; all by default.")
@click.option("--from", "start", type=int, metavar="YEAR", help="From which year.")
@click.option("--to", "end", type=int, metavar="YEAR", help="To which year.")
@click.option("--json", "as_json", is_flag=True, help="Say what was written as JSON.")
def command(
    *,
    folder: Path,
    measures: tuple[str, ...],
    units: tuple[str, ...],
    start: int | None,
    end: int | None,
    as_json: bool,
) -> None:
    """Write figures into a new FOLDER as CSV and Parquet, with their citations."""
    from evenhand.catalog import Catalog
    from evenhand.catalog.exporting import Wanted, export
    from evenhand.cli.progress import Progress

    progress = Progress(quiet=as_json)
    written = export(Catalog.open(), folder, Wanted(measures, units, start, end), progress.step)
    progress.clear()
    if as_json:
        print_json(written)
        return
    click.echo(
        f"wrote {written['figures']:,} figures of {plural(written['measures'], 'measure')} "
        f"by {plural(written['sources'], 'source')} to {folder}"
    )
