"""``evenhand data import``: brings other people's figures in."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evenhand.cli.data.printing import bold, columns, print_json, wrapped
from evenhand.model.words import plural

if TYPE_CHECKING:
    from evenhand.catalog.importing import Report

TOLD = 15
EXAMPLES = """\b
SOURCE is a file, a folder, an address, or a name that `evenhand data sources` lists:
  CSV, Excel, Parquet, ZIP; dataset folders of Our World in Data; DDF folders of Gapminder;
  answers of the World Bank's API; tables of Maddison, Polity and V-Dem; what `data export` writes.
A table of any other form needs a mapping file, which --guess drafts.

\b
Examples:
  evenhand data import owid:life-expectancy
  evenhand data import worldbank:SP.DYN.IMRT.IN
  evenhand data import https://ourworldindata.org/grapher/child-mortality
  evenhand data import waiting_times.xlsx --guess > waiting.import.yaml
  evenhand data import waiting.import.yaml
  evenhand data import my_folder --as ours --json
"""


@click.command("import", epilog=EXAMPLES)
@click.argument("source", metavar="SOURCE")
@click.option("--as", "id_", metavar="ID", default="", help="What to call the import; one of that name is replaced.")
@click.option("--new-units", is_flag=True, help="Take names that mean no unit of the catalogue as new units.")
@click.option("--guess", is_flag=True, help="Only print a draft of a mapping file for this table.")
@click.option("--refresh", is_flag=True, help="Ask the publisher whether there is something new.")
@click.option("--offline", is_flag=True, help="Use only what was fetched before.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(
    *, source: str, id_: str, new_units: bool, guess: bool, refresh: bool, offline: bool, as_json: bool
) -> None:
    """Bring other people's figures in, with who said them; all of SOURCE or nothing.

    The report counts what was read, kept, merged and refused, with the reason, and lists names that mean no unit with
    those that come closest. What was fetched from the network is kept, and used without a network from then on.
    """
    from evenhand.catalog.bring import import_source
    from evenhand.catalog.fetching import Fetching
    from evenhand.cli.progress import Progress

    if guess:
        click.echo(_draft(Path(source)), nl=False)
        return
    progress = Progress(quiet=as_json)
    try:
        report = import_source(
            source,
            id_=id_,
            new_units=new_units,
            fetching=Fetching(refresh=refresh, offline=offline),
            tell=progress.step,
        )
    finally:
        progress.clear()
    if as_json:
        print_json(asdict(report) | {"totals": _totals(report)})
        return
    for line in _lines(report):
        click.echo(line)


def _draft(path: Path) -> str:
    from evenhand.catalog import Catalog
    from evenhand.catalog.importing import guess

    return guess(path, Catalog.open().known)


def _totals(report: "Report") -> dict[str, int]:
    return {what: report.total(what) for what in ("rows", "cells", "kept", "merged", "empty", "refused")}


def _lines(report: "Report") -> list[str]:
    totals = _totals(report)
    word = "replaced" if report.replaced else "imported"
    lines = [f"{word} {bold(report.id)}: {totals['kept']:,} figures of {plural(len(report.measures), 'measure')}"]
    tables = plural(len(report.tables), "table")
    lines.append(
        f"  read {totals['rows']:,} rows of {tables}, {totals['cells']:,} places for a figure: {totals['kept']:,} kept, "
        f"{totals['empty']:,} empty, {totals['merged']:,} said twice and merged, {totals['refused']:,} refused"
    )
    for kind, rows in report.entries.items():
        lines.append(f"  {rows:,} {'estimates of events' if kind == 'events' else kind}")
    if report.verbatim:
        lines.append(
            f"  {sum(report.verbatim.values()):,} rows of {plural(len(report.verbatim), 'other table')} kept as they are"
        )
    if report.new_units:
        lines.append(f"  {plural(len(report.new_units), 'unit')} new to the catalogue")
    lines += _refused(report)
    for left in report.left:
        lines.append(f"  not stored: {left.file} ({plural(left.rows, 'row')}): {left.because}")
    for note in [*report.notes, *(f"{table.file}: {note}" for table in report.tables for note in table.notes)]:
        lines += wrapped(note)
    return [*lines, f"to see it: evenhand data sources; to take it out again: evenhand data remove {report.id}"]


def _refused(report: "Report") -> list[str]:
    refused = report.refusals()
    if not refused:
        return []
    rows = [
        (f"{one.figures:,}", one.name, one.because, f"closest: {', '.join(one.closest)}" if one.closest else "")
        for one in refused[:TOLD]
    ]
    more = [f"    and {len(refused) - TOLD} more; --json lists all"] if len(refused) > TOLD else []
    return ["  refused, by name and reason:", *columns(rows, indent="    "), *more]
