"""``evenhand sources``: who says so, who is tied to whom, and every answer without them."""

from pathlib import Path

import click

from evenhand.cli.progress import Progress

EXAMPLES = """\b
Examples:
  evenhand sources examples/history/ledger-of-losses.case.yaml
  evenhand sources --testimony feeds.csv
  evenhand sources examples/history/ledger-of-losses.case.yaml --ties entities.jsonl
  evenhand sources --testimony feeds.csv --ties ties.csv --sweep
  evenhand sources --testimony raters.csv --method dawid-skene --start majority
  evenhand sources --testimony tolls.csv --ties ties.csv --json
  evenhand sources --testimony feeds.csv --ties entities.jsonl --side "The Mill=mill" --side "The Weir=weir"
Testimony has the columns source, item, value (and low, high, when); ties have from, to, kind (and start, end, status,
evidence, source, side), or are FollowTheMoney entities, one JSON object a line (.jsonl, .json, .ndjson, .ijson). With a
casefile they are added to its own, by the id of a source or by its author's name.
"""
METHODS = ("vote", "dawid-skene", "one-coin", "truthfinder", "accu", "accu-copy")
NUMERIC = ("robust", "random-effects")


@click.command("sources", epilog=EXAMPLES)
@click.argument("case", metavar="[CASE]", required=False, type=click.Path(path_type=Path))
@click.option("--testimony", metavar="FILE", type=click.Path(path_type=Path), help="Who says what: CSV or Parquet.")
@click.option(
    "--ties",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Who is tied to whom: CSV, Parquet, or FollowTheMoney entities (.jsonl).",
)
@click.option(
    "--side",
    "sides",
    metavar="PARTY=SIDE",
    multiple=True,
    help="In whose interest somebody stands whom ties lead to, where the ties do not say; may be given several times.",
)
@click.option("--method", default="accu-copy", show_default=True, help=f"For words: {', '.join(METHODS)}.")
@click.option("--numeric", default="random-effects", show_default=True, help=f"For numbers: {', '.join(NUMERIC)}.")
@click.option(
    "--start",
    metavar="START",
    help="Where dawid-skene and one-coin begin: shares (of the votes; the default) or majority (taken as sure).",
)
@click.option(
    "--sweep", "swept", is_flag=True, help="Try every method and setting; in which share does each answer win?"
)
@click.option("--seed", default=0, show_default=True, help="Seed of an audit's random groups.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
def command(
    *, case: Path | None, testimony: Path | None, ties: Path | None, sides: tuple[str, ...], method: str, numeric: str,
    start: str | None, swept: bool, seed: int, as_json: bool,
) -> None:  # fmt: skip
    """Who says so, who paid, and what is left of each answer without them?

    CASE is a casefile, whose claims are judged with and without every group of tied sources; or give a table of testimony.
    Every fixed point that the method can end in is told, with its likelihood.
    Only documented ties take a source out. Ties can show dependence; that none is known shows nothing.
    """
    from evenhand.cli.sources_run import Asked, of_case, of_testimony
    from evenhand.model import BadInputError

    if (case is None) == (testimony is None):
        raise BadInputError(
            "name a casefile, or a table with --testimony", hint="one of the two: see evenhand sources --help"
        )
    if sides and ties is None:
        raise BadInputError("--side goes with --ties", hint="a casefile says the side of its ties itself")
    progress = Progress(quiet=as_json)
    if case is not None:
        more = (ties, sides) if ties is not None else None
        click.echo(of_case(case, more, seed, progress, as_json=as_json))
        return
    assert testimony is not None
    click.echo(
        of_testimony(Asked(testimony, ties, sides, method, numeric, start, swept=swept), progress, as_json=as_json)
    )
