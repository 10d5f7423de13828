"""``evenhand data add``: figures of one's own."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.data.printing import print_json
from evenhand.model.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evenhand.catalog import Measure

EXAMPLES = """\b
A file of figures begins with a header and has one figure a row:
  unit,year,value,low,high,source
  Cuba,1985,74.2,73.9,74.5,ministry
low, high, source, measure and flags may be left out. Leave a cell empty where there is no figure.

\b
Examples:
  evenhand data add waiting.csv --new-units
  evenhand data add my.csv --measure life-expectancy
  evenhand data add trains.csv --name "Trains on time" --measure-unit "% of trains" --better higher --scale ratio
"""


@click.command("add", epilog=EXAMPLES)
@click.argument("file", metavar="FILE.csv", type=click.Path(path_type=Path))
@click.option(
    "--measure", metavar="ID", help="The measure's id: one of the catalogue's, or a new one; else the file name."
)
@click.option("--name", help="What a new measure is called.")
@click.option("--concept", help="What it measures, shared with other measures of the same.")
@click.option("--domain", help="health, wealth, equality, freedom, security, knowledge, or your own word.")
@click.option("--definition", help="What exactly is counted.")
@click.option("--measure-unit", "unit", help="The unit of measurement: days, % of people, per 1,000 births.")
@click.option("--better", type=click.Choice(["higher", "lower", "neither"]), help="Which direction counts as better.")
@click.option("--because", help="Why that direction.")
@click.option(
    "--scale", type=click.Choice(["ratio", "interval", "count", "share"]), help="What can be done with figures."
)
@click.option("--source", metavar="ID", help="Where figures without a source of their own come from.")
@click.option("--citation", help="That source in full.")
@click.option("--new-units", is_flag=True, help="Take units that the catalogue does not know.")
@click.option("--json", "as_json", is_flag=True, help="Say what was added as JSON.")
def command(
    *, file: Path, source: str | None, citation: str | None, new_units: bool, as_json: bool, **declared: Any
) -> None:
    """Add figures of your own, to be used by every later audit.

    The file is checked whole and copied into your data folder (EVENHAND_HOME, or where your system keeps such things).
    For one case only, name the file under `data` in its casefile instead.
    """
    from evenhand.catalog import Catalog, Source, data_home, store

    catalog = Catalog.open()
    source = source or (file.stem if citation else None)
    full = [Source(source, citation, kind="own figures")] if source and citation else []
    measures = _declared(declared, file, catalog.measures())
    data = store(file, catalog.known, measures=measures, source=source, sources=full, new_units=new_units)
    for warning in data.warnings:
        click.echo(warning, err=True)
    if as_json:
        new = {"new_units": [unit.id for unit in data.units], "new_measures": [m.id for m in data.measures]}
        print_json({"id": data.id, "file": data.file, "sha256": data.digest, "figures": len(data.rows), **new})
        return
    where = data_home() / "data" / data.id
    click.echo(
        f"added {data.id}: {plural(len(data.rows), 'figure')}, {plural(len(data.units), 'new unit')}, in {where}"
    )
    click.echo(f"to take it out again: evenhand data remove {data.id}")


def _declared(words: dict[str, Any], file: Path, known: "Iterable[Measure]") -> "list[Measure]":
    """The measure that the options declare; none where they only name one that the catalogue has."""
    from evenhand.catalog import measure_from
    from evenhand.catalog.own import slug

    given = {key: value for key, value in words.items() if value is not None}
    id_ = given.pop("measure", None)
    found = [measure for measure in known if id_ in {measure.id, measure.name}]
    if found:
        return found
    if id_ is None and not given:
        return []
    return [measure_from({"id": id_ or slug(file.stem), **given}, where=file.name)]
