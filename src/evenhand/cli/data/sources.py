"""``evenhand data sources``: what can be imported by name, and what was."""

from dataclasses import asdict
from typing import Any

import click

from evenhand.cli.data.printing import bold, part, print_json, wrapped
from evenhand.model.words import plural


@click.command("sources", epilog="\b\nExamples:\n  evenhand data sources\n  evenhand data sources --json")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(*, as_json: bool) -> None:
    """List what was imported, and what can be imported by name: title, licence, address.

    `owid:SLUG` stands for any chart of Our World in Data, `worldbank:CODE` for any indicator of the World Bank. Where
    single figures come from: `evenhand data list --sources`.
    """
    from evenhand.catalog.fetching import listed_sources
    from evenhand.catalog.imported import Shelf

    imported = list(Shelf().manifests())
    if as_json:
        print_json({"imported": [_told(one) for one in imported], "by_name": [asdict(one) for one in listed_sources()]})
        return
    lines = part("Imported", [line for one in imported for line in _lines(one)])
    lines += part("To be imported by name", [line for one in listed_sources() for line in _listed(one)])
    for line in lines[1:]:
        click.echo(line)


def _told(one: Any) -> dict[str, Any]:
    told = asdict(one)
    told.pop("report")
    return told | {"measures": [measure.id for measure in one.measures], "units": [unit.id for unit in one.units]}


def _lines(one: Any) -> list[str]:
    head = f"{bold(one.id)}: {one.title}; {one.figures:,} figures, {plural(len(one.measures), 'measure')}"
    lines = wrapped(f"{head}; retrieved {one.retrieved}; {one.address}")
    for source in one.sources[:5]:
        licence = source.source.licence or "licence not known"
        lines += wrapped(
            f"[{source.source.id}] {source.source.citation}. {licence}. sha256 {source.sha256[:12]}", "    "
        )
    if len(one.sources) > 5:
        lines.append(f"    and {len(one.sources) - 5} more sources; --json lists all")
    return lines


def _listed(one: Any) -> list[str]:
    by_hand = f" By hand: {one.by_hand}." if one.by_hand else ""
    return wrapped(f"{bold(one.name)}  {one.title}. {one.licence}. {one.address}.{by_hand}")
