"""``evenhand data list``: what the catalogue holds."""

from typing import Any

import click

from evenhand.cli.data.printing import bold, columns, event_lines, print_json, source_lines, wrapped
from evenhand.model.words import plural, years

EXAMPLES = """\b
Examples:
  evenhand data list                measures by domain
  evenhand data list --domain health --unit "Viet Nam" --from 1950
  evenhand data list --events --unit India --from 1900 --to 1950
  evenhand data list --units --json
"""


@click.command("list", epilog=EXAMPLES)
@click.option("--measures", "kind", flag_value="measure", default=True, help="What units are judged on (the default).")
@click.option("--units", "kind", flag_value="unit", help="States, colonies, historical states, leaders.")
@click.option("--events", "kind", flag_value="event", help="Famines, killings, wars and the like.")
@click.option("--groups", "kind", flag_value="group", help="Classes of units.")
@click.option("--classes", "kind", flag_value="class", help="What “how often” and “how long” are counted in.")
@click.option("--sources", "kind", flag_value="source", help="Where the figures come from.")
@click.option("--domain", help="Measures of this domain alone: health, wealth, equality, freedom, ...")
@click.option("--unit", help="What has figures of this unit, happened in it, or has it as a member.")
@click.option("--from", "start", type=int, help="What reaches into this year or later.")
@click.option("--to", "end", type=int, help="What reaches into this year or earlier.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(
    *, kind: str, domain: str | None, unit: str | None, start: int | None, end: int | None, as_json: bool
) -> None:
    """List what the catalogue holds."""
    from evenhand.catalog import Catalog, describe
    from evenhand.catalog.narrow import Asked, narrowed

    catalog = Catalog.open()
    asked = Asked(domain, unit, start, end)
    rows = (
        narrowed(catalog, kind, describe.listing(catalog, kind), asked)
        if asked.anything
        else describe.listing(catalog, kind)
    )
    if as_json:
        print_json(rows)
        return
    if not asked.anything and kind == "measure":
        rows = [{**row, "caveats": ""} for row in rows]
    lines = {
        "measure": _measure_lines,
        "unit": _unit_lines,
        "event": event_lines,
        "group": _group_lines,
        "class": _class_lines,
    }
    for line in lines.get(kind, source_lines)(rows) if rows else ["nothing fits what was asked for"]:
        click.echo(line)
    for data in catalog.own if not asked.anything else ():
        click.echo(f"\nYour own: {data.id} ({data.file}, {plural(len(data.rows), 'figure')})")


def _measure_lines(rows: list[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for domain in dict.fromkeys(row["domain"] for row in rows):
        here = [row for row in rows if row["domain"] == domain]
        table = columns(
            (row["id"], row["name"], row["concept"], years(row["from"], row["to"]), plural(row["units"], "unit"),
             plural(len(row["sources"]), "source")) for row in here
        )  # fmt: skip
        caveats = [wrapped(f"beware: {row['caveats']}", "      ") if row.get("caveats") else [] for row in here]
        lines += [bold(domain), *(one for line, more in zip(table, caveats, strict=True) for one in (line, *more)), ""]
    return lines[:-1]


def _unit_lines(rows: list[dict[str, Any]]) -> list[str]:
    return columns(((r["id"], r["name"], r["kind"], years(r["start"], r["end"]), r["region"]) for r in rows), indent="")


def _group_lines(rows: list[dict[str, Any]]) -> list[str]:
    return columns(((r["id"], r["name"], f"{r['core']} core", f"{r['disputed']} disputed") for r in rows), indent="")


def _class_lines(rows: list[dict[str, Any]]) -> list[str]:
    return columns(((r["id"], r["name"], years(r["opens"], r["closes"]), f"{r['members']} members", f"{r['disputed']} disputed",
                     f"outcome: {r['succeeded'] or 'none, only how long'}") for r in rows), indent="")  # fmt: skip
