"""``evenhand data``: look into the figures, add your own, check them."""

import json
import os
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from evenhand.catalog import Measure

WIDTH = 100
HELD = ("units", "groups", "measures", "events", "sources", "blind_spots")
EXAMPLES = """\b
Examples:
  evenhand data list
  evenhand data show life-expectancy
  evenhand data show "Soviet Union"
  evenhand data show "Bengal famine of 1943"
  evenhand data add waiting.csv --new-units --better lower --measure-unit days
  evenhand data check
"""
LIST_EXAMPLES = """\b
Examples:
  evenhand data list                measures by domain
  evenhand data list --events       events, with the range of the estimates
  evenhand data list --units --json
"""
SHOW_EXAMPLES = """\b
Examples:
  evenhand data show infant-mortality
  evenhand data show Cuba --all     every figure that we have of Cuba
  evenhand data show soviet-type    who belongs, since when, and who is disputed
  evenhand data show gapminder-infant --json
"""
ADD_EXAMPLES = """\b
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


@click.group("data", epilog=EXAMPLES)
def command() -> None:
    """Look into the figures, add your own, check them."""


@command.command("list", epilog=LIST_EXAMPLES)
@click.option("--measures", "kind", flag_value="measure", default=True, help="What units are judged on (the default).")
@click.option("--units", "kind", flag_value="unit", help="States, colonies, historical states, leaders.")
@click.option("--events", "kind", flag_value="event", help="Famines, killings, wars and the like.")
@click.option("--groups", "kind", flag_value="group", help="Classes of units.")
@click.option("--sources", "kind", flag_value="source", help="Where the figures come from.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def list_(*, kind: str, as_json: bool) -> None:
    """List what the catalogue holds."""
    from evenhand.catalog import Catalog, describe

    catalog = Catalog.open()
    rows = describe.listing(catalog, kind)
    if as_json:
        _print_json(rows)
        return
    lines = {"measure": _measure_lines, "unit": _unit_lines, "event": _event_lines, "group": _group_lines}
    for line in lines.get(kind, _source_lines)(rows):
        click.echo(line)
    for data in catalog.own:
        click.echo(f"\nYour own: {data.id} ({data.file}, {_count(len(data.rows), 'figure')})")


@command.command("show", epilog=SHOW_EXAMPLES)
@click.argument("name")
@click.option("--all", "every", is_flag=True, help="Every figure, not only the first and the last.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, with every figure.")
def show(*, name: str, every: bool, as_json: bool) -> None:
    """Show all that is known of a measure, unit, event, group or source.

    NAME is an id or a name: life-expectancy, SUN, "the Soviet Union".
    """
    from evenhand.catalog import Catalog, describe

    catalog = Catalog.open()
    told = [describe.described(catalog, kind, id_) for kind, id_ in describe.found_as(catalog, name)]
    if as_json:
        _print_json(told[0] if len(told) == 1 else told)
        return
    for entry in told:
        for line in SHOWN[entry["entry"]](entry, every):
            click.echo(line)


@command.command("add", epilog=ADD_EXAMPLES)
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
def add(
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
        _print_json({"id": data.id, "file": data.file, "sha256": data.digest, "figures": len(data.rows), **new})
        return
    where = data_home() / "data" / data.id
    click.echo(
        f"added {data.id}: {_count(len(data.rows), 'figure')}, {_count(len(data.units), 'new unit')}, in {where}"
    )
    click.echo(f"to take it out again: evenhand data remove {data.id}")


@command.command("remove", epilog="\b\nExamples:\n  evenhand data remove waiting")
@click.argument("name")
def remove(*, name: str) -> None:
    """Take figures of your own out again. NAME is what `data add` called them."""
    from evenhand.catalog import remove as remove_stored

    click.echo(f"removed {remove_stored(name)}")


@command.command("check", epilog="\b\nExamples:\n  evenhand data check\n  evenhand data check --json")
@click.option("--tables", metavar="FOLDER", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Check tables of the same shape elsewhere.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
def check(*, tables: Path | None, as_json: bool) -> None:
    """Check the catalogue's tables for consistency. Exit 2 if there is a problem."""
    from evenhand.catalog import Catalog, check as check_tables
    from evenhand.model import BadInputError

    catalog = Catalog.open(folder=tables) if tables else Catalog.open()
    problems = check_tables(catalog)
    if problems:
        raise BadInputError.of(problems)
    held = {name: len(getattr(catalog.tables, name)) for name in HELD}
    if as_json:
        _print_json(held)
        return
    click.echo(f"in order: {', '.join(_count(n, name[:-1].replace('_', ' ')) for name, n in held.items())}")


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


# How it is printed


def _print_json(shape: Any) -> None:
    click.echo(json.dumps(shape, ensure_ascii=False, indent=1))


def _bold(text: str) -> str:
    """Headings stand out on a terminal; NO_COLOR and files get plain text."""
    return text if os.environ.get("NO_COLOR") else click.style(text, bold=True)


def _columns(rows: Iterable[Iterable[object]], indent: str = "  ") -> list[str]:
    """Rows in aligned columns, the last one ragged."""
    table = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)] if table else []
    return [indent + "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in table]


def _wrapped(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")


def _years(start: int | None, end: int | None) -> str:
    if start is None and end is None:
        return "any time"
    if end is None:
        return f"from {start}"
    if start is None:
        return f"until {end}"
    return str(start) if start == end else f"{start} to {end}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.6g}"


def _count(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


def _measure_lines(rows: list[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for domain in dict.fromkeys(row["domain"] for row in rows):
        here = [row for row in rows if row["domain"] == domain]
        table = _columns(
            (row["id"], row["name"], row["concept"], _years(row["from"], row["to"]), _count(row["units"], "unit"),
             _count(len(row["sources"]), "source")) for row in here
        )  # fmt: skip
        lines += [_bold(domain), *table, ""]
    return lines[:-1]


def _unit_lines(rows: list[dict[str, Any]]) -> list[str]:
    return _columns(
        ((r["id"], r["name"], r["kind"], _years(r["start"], r["end"]), r["region"]) for r in rows), indent=""
    )


def _event_lines(rows: list[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for row in sorted(rows, key=lambda row: (row["start"], row["id"])):
        place = ", ".join(row["place"])
        lines.append(
            f"{_years(row['start'], row['end'])}  {_bold(row['name'])}  ({row['kind']}; {place})  [{row['id']}]"
        )
        lines += _wrapped(f"estimates by {', '.join(dict.fromkeys(row['authors']))}")
    return lines


def _group_lines(rows: list[dict[str, Any]]) -> list[str]:
    return _columns(((r["id"], r["name"], f"{r['core']} core", f"{r['disputed']} disputed") for r in rows), indent="")


def _source_lines(rows: list[dict[str, Any]], indent: str = "") -> list[str]:
    lines: list[str] = []
    for row in rows:
        more = [part for part in (row["publisher"], row["licence"], row["url"]) if part]
        lines += _wrapped(f"[{row['id']}] {row['citation']}" + "".join(f". {part}" for part in more), indent)
    return lines


def _series(name: str, figures: list[dict[str, Any]], every: bool) -> list[str]:
    """One line for a series of figures: its years, how many, the first and the last, or all of them."""
    if every:
        told = ", ".join(_with_bounds(figure) for figure in figures)
        return _wrapped(f"{name}: {told}")
    first, last = figures[0], figures[-1]
    if len(figures) == 1:
        return [f"  {name}: {first['year']}: {_number(first['value'])}"]
    ends = f"{first['year']}: {_number(first['value'])}, {last['year']}: {_number(last['value'])}"
    return [f"  {name}: {len(figures)} figures; {ends}"]


def _with_bounds(figure: dict[str, Any]) -> str:
    bounds = [_number(figure[end]) for end in ("low", "high") if figure[end] is not None]
    told = f"{figure['year']}: {_number(figure['value'])}"
    return f"{told} ({' to '.join(bounds)})" if bounds else told


def _part(title: str, lines: list[str]) -> list[str]:
    return ["", _bold(title), *lines] if lines else []


def _show_measure(told: dict[str, Any], every: bool) -> list[str]:
    lines = [_bold(f"{told['name']}  [{told['id']}]"), *_wrapped(told["definition"])]
    lines += [f"  in {told['unit']}; concept {told['concept']}, domain {told['domain']}; scale {told['scale']}"]
    lines += _wrapped(f"better: {told['better']}. {told['because']}")
    lines += _wrapped(f"beware: {told['caveats']}") if told["caveats"] else []
    lines += [f"  other measures of the same: {', '.join(told['same_concept'])}"] if told["same_concept"] else []
    spots = [
        f"{', '.join(s['units'])}, {_years(s['start'], s['end'])}, {s['event_kind']}: {s['evidence']}"
        for s in told["blind_spots"]
    ]
    lines += _part("What it cannot see", [line for spot in spots for line in _wrapped(spot)])
    series = [_series(f"{row['name']} [{row['unit']}]", row["figures"], every) for row in told["figures"]]
    lines += _part("Figures", [line for one in series for line in one])
    return lines + _part("Sources", _source_lines(told["sources"], "  "))


def _show_unit(told: dict[str, Any], every: bool) -> list[str]:
    lines = [_bold(f"{told['name']}  [{told['id']}]")]
    lines += [f"  {told['kind']}, {_years(told['start'], told['end'])}{', ' if told['region'] else ''}{told['region']}"]
    lines += _wrapped(f"also called {', '.join(told['other_names'])}") if told["other_names"] else []
    lines += [f"  codes {', '.join(f'{k} {v}' for k, v in told['codes'].items())}"] if told["codes"] else []
    words = (
        ("predecessors", "came from"),
        ("successors", "became"),
        ("part_of", "part of"),
        ("parts", "has as parts"),
        ("leaders", "led by"),
    )
    for key, word in words:
        lines += _wrapped(f"{word} {', '.join(u['name'] for u in told[key])}") if told[key] else []
    spells = [
        f"{s['group_name']}, {_years(s['start'], s['end'])}, {s['status']}: {s['because']}" for s in told["groups"]
    ]
    lines += _part("Groups", [line for spell in spells for line in _wrapped(spell)])
    lines += _part("Events in it", [f"  {line}" for line in _event_lines(told["events"])])
    lines += _part("Events for which it is held responsible",
                   [f"  {line}" for line in _event_lines(told["held_responsible_for"])])  # fmt: skip
    series = [
        _series(f"{row['name']} [{row['measure']}], {row['unit_of_measure']}", row["figures"], every)
        for row in told["figures"]
    ]
    lines += _part("Figures", [line for one in series for line in one])
    return lines + _part("Sources", _source_lines(told["sources"], "  "))


def _show_event(told: dict[str, Any], every: bool) -> list[str]:  # noqa: ARG001
    lines = [_bold(f"{told['name']}  [{told['id']}]"), f"  {told['kind']}, {_years(told['start'], told['end'])}"]
    lines += _wrapped(f"also called {', '.join(told['other_names'])}") if told["other_names"] else []
    lines += _wrapped(f"place: {', '.join(u['name'] for u in told['place'])}")
    lines += _wrapped(
        f"held responsible: {', '.join(u['name'] for u in told['responsible']) or 'nobody in the catalogue'}"
    )
    lines += _wrapped(told["people"]) if told["people"] else []
    lines += _part("Estimates", [line for e in told["estimates"] for line in _wrapped(_estimate(e))])
    lines += _part("Attributed", [line for word in told["attributions"] for line in _wrapped(word)])
    return lines + _part("Sources", _source_lines(told["sources"], "  "))


def _of_people(estimate: dict[str, Any]) -> str:
    return f" ({estimate['per_head']})" if estimate["per_head"] else ""


def _estimate(estimate: dict[str, Any]) -> str:
    numbers = [f"{estimate[end]:,}" for end in ("low", "high") if estimate[end] is not None]
    central = estimate["central"]
    told = " to ".join(numbers) if len(numbers) == 2 else "".join(numbers)
    if len(numbers) == 1 and central is None:
        told = f"at {'least' if estimate['low'] is not None else 'most'} {told}"
    if central is not None:
        told = f"{central:,} ({told})" if told else f"{central:,}"
    said = f"{estimate['author']} ({estimate['year']}): {told} {estimate['counted']}{_of_people(estimate)}"
    return f"{said}; evidence: {estimate['evidence']} [{estimate['source']}]"


def _show_group(told: dict[str, Any], every: bool) -> list[str]:  # noqa: ARG001
    lines = [_bold(f"{told['name']}  [{told['id']}]"), *_wrapped(told["definition"])]
    for status in ("core", "disputed"):
        spells = [
            f"{m['name']} [{m['unit']}], {_years(m['start'], m['end'])}: {m['because']}"
            for m in told["members"] if m["status"] == status
        ]  # fmt: skip
        lines += _part(status, [line for spell in spells for line in _wrapped(spell)])
    return lines + _part("Sources", _source_lines(told["sources"], "  "))


def _show_source(told: dict[str, Any], every: bool) -> list[str]:  # noqa: ARG001
    lines = _source_lines([told])
    lines += _wrapped(f"figures of {', '.join(told['measures'])}") if told["measures"] else []
    return lines + (_wrapped(f"estimates of {', '.join(told['events'])}") if told["events"] else [])


SHOWN = {
    "measure": _show_measure, "unit": _show_unit, "event": _show_event, "group": _show_group, "source": _show_source,
}  # fmt: skip
