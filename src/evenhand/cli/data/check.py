"""``evenhand data check``: is the catalogue consistent, and what in its figures should a person look at?"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evenhand.cli.data.printing import bold, print_json, wrapped
from evenhand.model.words import plural

if TYPE_CHECKING:
    from evenhand.catalog import Catalog
    from evenhand.catalog.suspects import Suspect

HELD = ("units", "groups", "measures", "events", "sources", "blind_spots")
SHOWN = 5
EXAMPLES = """\b
Examples:
  evenhand data check
  evenhand data check --measure infant-mortality --all
  evenhand data check --confirm life-expectancy:UGA:state-killing-uganda-1971
  evenhand data check --json
"""


@click.command("check", epilog=EXAMPLES)
@click.option("--tables", metavar="FOLDER", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Check tables of the same shape elsewhere.")  # fmt: skip
@click.option("--measure", "measures", multiple=True, metavar="ID", help="Look at the figures of these measures alone.")
@click.option("--all", "every", is_flag=True, help=f"Everything to look at, not the first {SHOWN} of each kind.")
@click.option(
    "--confirm", metavar="ID", help="Take a candidate as a blind spot: comparisons that fall into it are refused."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def command(*, tables: Path | None, measures: tuple[str, ...], every: bool, confirm: str | None, as_json: bool) -> None:
    """Check the catalogue: exit 2 if its tables contradict themselves; else list what a person should look at.

    That is: duplicates with different values, values outside a measure's range, implausible jumps, jumps that come from
    borders, and events that left no trace in a series that should show them.
    """
    from evenhand.catalog import Catalog, check as check_tables, data_home
    from evenhand.catalog.suspects import confirm as take, too_many
    from evenhand.model import BadInputError

    catalog = Catalog.open(folder=tables) if tables else Catalog.open()
    if confirm is not None:
        spot = take(catalog, confirm, data_home())
        click.echo(
            f"taken: {spot.measure} cannot see the {spot.event_kind} of {spot.start} to {spot.end} in {', '.join(spot.units)}"
        )
        return
    problems = check_tables(catalog)
    if problems:
        raise BadInputError.of(problems)
    held = {name: len(getattr(catalog.tables, name)) for name in HELD}
    asked = [catalog.measure(name).id for name in measures] if measures else [m.id for m in catalog.measures()]
    skipped = {id_: n for id_ in asked if (n := too_many(catalog, id_))}
    found = _found([id_ for id_ in asked if id_ not in skipped], catalog)
    if as_json:
        from dataclasses import asdict

        print_json({**held, "to_look_at": [asdict(one) for one in found], "too_large": skipped})
        return
    click.echo(f"in order: {', '.join(plural(n, name[:-1].replace('_', ' ')) for name, n in held.items())}")
    for line in [*_lines(found, every=every), *_skipped(skipped)]:
        click.echo(line)


def _found(measures: list[str], catalog: "Catalog") -> "list[Suspect]":
    """Measure by measure, with progress."""
    from evenhand.catalog.suspects import suspects
    from evenhand.cli.progress import Progress

    shown, found = Progress(), []
    for i, measure in enumerate(measures):
        shown("measures", i, len(measures))
        found += list(suspects(catalog, [measure]))
    shown.clear()
    return found


def _skipped(measures: dict[str, int]) -> list[str]:
    """What was not looked at, and why."""
    from evenhand.catalog.suspects import MOST_FIGURES

    told = [f"{id_}: {n:,} figures; no more than {MOST_FIGURES:,} of a measure are" for id_, n in measures.items()]
    return ["", bold(f"Too large, not looked at: {len(told)}"), *(f"  {one}" for one in told)] if told else []


def _lines(found: "list[Suspect]", *, every: bool) -> list[str]:
    from evenhand.catalog.suspects import HEADINGS

    lines: list[str] = []
    for kind, heading in HEADINGS.items():
        here = [one for one in found if one.kind == kind]
        shown = here if every else here[:SHOWN]
        lines += ["", bold(f"{heading}: {len(here)}")] if here else []
        for one in shown:
            years = str(one.start) if one.start == one.end else f"{one.start} to {one.end}"
            lines += wrapped(f"{one.measure}, {one.unit}, {years}: {one.told}")
            lines += [f"    --confirm {one.id}"] if kind == "blind-spot" else []
        lines += [f"  and {len(here) - len(shown)} more: --all"] if len(here) > len(shown) else []
    return lines
