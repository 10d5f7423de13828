"""``evenhand data list``: what the catalogue holds."""

from typing import Any

import click

from evenhand.cli.data.printing import bold, columns, count, event_lines, print_json, source_lines, years

EXAMPLES = """\b
Examples:
  evenhand data list                measures by domain
  evenhand data list --events       events, with the range of the estimates
  evenhand data list --units --json
"""


@click.command("list", epilog=EXAMPLES)
@click.option("--measures", "kind", flag_value="measure", default=True, help="What units are judged on (the default).")
@click.option("--units", "kind", flag_value="unit", help="States, colonies, historical states, leaders.")
@click.option("--events", "kind", flag_value="event", help="Famines, killings, wars and the like.")
@click.option("--groups", "kind", flag_value="group", help="Classes of units.")
@click.option("--sources", "kind", flag_value="source", help="Where the figures come from.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(*, kind: str, as_json: bool) -> None:
    """List what the catalogue holds."""
    from evenhand.catalog import Catalog, describe

    catalog = Catalog.open()
    rows = describe.listing(catalog, kind)
    if as_json:
        print_json(rows)
        return
    lines = {"measure": _measure_lines, "unit": _unit_lines, "event": event_lines, "group": _group_lines}
    for line in lines.get(kind, source_lines)(rows):
        click.echo(line)
    for data in catalog.own:
        click.echo(f"\nYour own: {data.id} ({data.file}, {count(len(data.rows), 'figure')})")


def _measure_lines(rows: list[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for domain in dict.fromkeys(row["domain"] for row in rows):
        here = [row for row in rows if row["domain"] == domain]
        table = columns(
            (row["id"], row["name"], row["concept"], years(row["from"], row["to"]), count(row["units"], "unit"),
             count(len(row["sources"]), "source")) for row in here
        )  # fmt: skip
        lines += [bold(domain), *table, ""]
    return lines[:-1]


def _unit_lines(rows: list[dict[str, Any]]) -> list[str]:
    return columns(((r["id"], r["name"], r["kind"], years(r["start"], r["end"]), r["region"]) for r in rows), indent="")


def _group_lines(rows: list[dict[str, Any]]) -> list[str]:
    return columns(((r["id"], r["name"], f"{r['core']} core", f"{r['disputed']} disputed") for r in rows), indent="")
