"""``evenhand data show``: all that is known of one thing."""

from typing import Any

import click

from evenhand.cli.data.printing import bold, event_lines, number, part, print_json, source_lines, wrapped
from evenhand.model.words import years

EXAMPLES = """\b
Examples:
  evenhand data show infant-mortality
  evenhand data show Cuba --all     every figure that we have of Cuba
  evenhand data show soviet-type    who belongs, since when, and who is disputed
  evenhand data show gapminder-infant --json
"""


@click.command("show", epilog=EXAMPLES)
@click.argument("name")
@click.option("--all", "every", is_flag=True, help="Every figure, not only the first and the last.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, with every figure.")
def command(*, name: str, every: bool, as_json: bool) -> None:
    """Show all that is known of a measure, unit, event, group or source.

    NAME is an id or a name: life-expectancy, SUN, "the Soviet Union".
    """
    from evenhand.catalog import Catalog, describe

    catalog = Catalog.open()
    told = [describe.described(catalog, kind, id_) for kind, id_ in describe.found_as(catalog, name)]
    if as_json:
        print_json(told[0] if len(told) == 1 else told)
        return
    for entry in told:
        for line in SHOWN[entry["entry"]](entry, every):
            click.echo(line)


def _series(name: str, figures: list[dict[str, Any]], every: bool) -> list[str]:
    """One line for a series of figures: its years, how many, the first and the last, or all of them."""
    if every:
        told = ", ".join(_with_bounds(figure) for figure in figures)
        return wrapped(f"{name}: {told}")
    first, last = figures[0], figures[-1]
    if len(figures) == 1:
        return [f"  {name}: {first['year']}: {number(first['value'])}"]
    ends = f"{first['year']}: {number(first['value'])}, {last['year']}: {number(last['value'])}"
    return [f"  {name}: {len(figures)} figures; {ends}"]


def _with_bounds(figure: dict[str, Any]) -> str:
    bounds = [number(figure[end]) for end in ("low", "high") if figure[end] is not None]
    told = f"{figure['year']}: {number(figure['value'])}"
    return f"{told} ({' to '.join(bounds)})" if bounds else told


def _show_measure(told: dict[str, Any], every: bool) -> list[str]:
    lines = [bold(f"{told['name']}  [{told['id']}]"), *wrapped(told["definition"])]
    lines += [f"  in {told['unit']}; concept {told['concept']}, domain {told['domain']}; scale {told['scale']}"]
    lines += wrapped(f"better: {told['better']}. {told['because']}")
    lines += wrapped(f"beware: {told['caveats']}") if told["caveats"] else []
    lines += [f"  other measures of the same: {', '.join(told['same_concept'])}"] if told["same_concept"] else []
    spots = [
        f"{', '.join(s['units'])}, {years(s['start'], s['end'])}, {s['event_kind']}: {s['evidence']}"
        for s in told["blind_spots"]
    ]
    lines += part("What it cannot see", [line for spot in spots for line in wrapped(spot)])
    series = [_series(f"{row['name']} [{row['unit']}]", row["figures"], every) for row in told["figures"]]
    lines += part("Figures", [line for one in series for line in one])
    return lines + part("Sources", source_lines(told["sources"], "  "))


def _show_unit(told: dict[str, Any], every: bool) -> list[str]:
    lines = [bold(f"{told['name']}  [{told['id']}]")]
    lines += [f"  {told['kind']}, {years(told['start'], told['end'])}{', ' if told['region'] else ''}{told['region']}"]
    lines += wrapped(f"also called {', '.join(_names(told))}") if told["other_names"] else []
    lines += wrapped(f"some call by the same name {', '.join(told['name_also_of'])}") if told["name_also_of"] else []
    lines += wrapped(f"codes {', '.join(_codes(told))}") if told["codes"] else []
    words = (
        ("predecessors", "came from"),
        ("successors", "became"),
        ("part_of", "part of"),
        ("parts", "has as parts"),
        ("leaders", "led by"),
    )
    for key, word in words:
        lines += wrapped(f"{word} {', '.join(u['name'] for u in told[key])}") if told[key] else []
    heirs = told["heirs"]
    lines += (
        wrapped(f"{heirs[0]['name']}'s figures may stand in for it, or its {len(heirs)} successors' together")
        if heirs
        else []
    )
    lines += part(
        "Its borders changed", [x for c in told["border_changes"] for x in wrapped(f"{c['year']}: {c['change']}")]
    )
    lines += part("How it was ruled, as the sources code it", [x for r in told["regimes"] for x in wrapped(_regime(r))])
    spells = [
        f"{s['group_name']}, {years(s['start'], s['end'])}, {s['status']}: {s['because']}" for s in told["groups"]
    ]
    lines += part("Groups", [line for spell in spells for line in wrapped(spell)])
    lines += part("Events in it", [f"  {line}" for line in event_lines(told["events"])])
    lines += part("Events for which it is held responsible",
                   [f"  {line}" for line in event_lines(told["held_responsible_for"])])  # fmt: skip
    series = [
        _series(f"{row['name']} [{row['measure']}], {row['unit_of_measure']}", row["figures"], every)
        for row in told["figures"]
    ]
    lines += part("Figures", [line for one in series for line in one])
    return lines + part("Sources", source_lines(told["sources"], "  "))


def _regime(spell: dict[str, Any]) -> str:
    """ "1960-08-01 to 1963: personal (Xland 60-63; ended by a coup) [source]"."""
    when = f"{spell['start']} to {spell['end']}" if spell["end"] else f"from {spell['start']}"
    ended = f"; ended: {spell['exit']}" if spell["exit"] else ""
    return f"{when}: {spell['kind']} ({spell['name']}{ended}) [{spell['source']}]"


def _names(told: dict[str, Any]) -> list[str]:
    """Every other name, with the years in which it was in use where these are not its whole life."""
    spans = {n["name"]: (n["start"], n["end"]) for n in told["dated_names"]}
    life = (told["start"], told["end"])
    return [
        f"{name} ({years(*spans[name])})" if spans.get(name, (None, None)) not in {(None, None), life} else name
        for name in told["other_names"]
    ]


def _codes(told: dict[str, Any]) -> list[str]:
    """Every code, with its years where it has some."""
    dated = told["dated_codes"]
    if not dated:
        return [f"{scheme} {code}" for scheme, code in told["codes"].items()]
    return [
        f"{c['scheme']} {c['code']}" + (f" ({years(c['start'], c['end'])})" if c["start"] or c["end"] else "")
        for c in dated
    ]


def _show_event(told: dict[str, Any], every: bool) -> list[str]:  # noqa: ARG001
    lines = [bold(f"{told['name']}  [{told['id']}]"), f"  {told['kind']}, {years(told['start'], told['end'])}"]
    lines += wrapped(f"also called {', '.join(told['other_names'])}") if told["other_names"] else []
    lines += wrapped(f"place: {', '.join(u['name'] for u in told['place'])}")
    lines += wrapped(
        f"held responsible: {', '.join(u['name'] for u in told['responsible']) or 'nobody in the catalogue'}"
    )
    lines += wrapped(told["people"]) if told["people"] else []
    lines += part("Estimates", [line for e in told["estimates"] for line in wrapped(_estimate(e))])
    lines += part("Attributed", [line for word in told["attributions"] for line in wrapped(word)])
    return lines + part("Sources", source_lines(told["sources"], "  "))


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
    lines = [bold(f"{told['name']}  [{told['id']}]"), *wrapped(told["definition"])]
    for status in ("core", "disputed"):
        spells = [
            f"{m['name']} [{m['unit']}], {years(m['start'], m['end'])}: {m['because']}"
            for m in told["members"] if m["status"] == status
        ]  # fmt: skip
        lines += part(status, [line for spell in spells for line in wrapped(spell)])
    return lines + part("Sources", source_lines(told["sources"], "  "))


def _show_source(told: dict[str, Any], every: bool) -> list[str]:  # noqa: ARG001
    lines = source_lines([told])
    lines += wrapped(f"figures of {', '.join(told['measures'])}") if told["measures"] else []
    return lines + (wrapped(f"estimates of {', '.join(told['events'])}") if told["events"] else [])


SHOWN = {
    "measure": _show_measure, "unit": _show_unit, "event": _show_event, "group": _show_group, "source": _show_source,
}  # fmt: skip
