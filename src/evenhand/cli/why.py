"""``evenhand why``: what a verdict rests on, and what would turn it."""

from pathlib import Path

import click

from evenhand.cli.progress import Progress

EXAMPLES = """\b
Examples:
  evenhand why essay.case.yaml#c3
  evenhand why examples/everyday/union.case.yaml#average-shorter --json
  evenhand why essay.case.yaml#c3 --without standard=growth --without values=against
"""


@click.command("why", epilog=EXAMPLES)
@click.argument("claim", metavar="CASE#CLAIM")
@click.option("--without", multiple=True, metavar="CHOICE=OPTION",
              help="Leave an option out and count again; goes several times. --json lists the ids.")  # fmt: skip
@click.option("--data", multiple=True, type=click.Path(path_type=Path), metavar="FILE.csv", help="Figures of your own.")
@click.option("--new-units", is_flag=True, help="Accept units in --data that the catalogue does not know.")
@click.option("--seed", default=0, show_default=True, help="Seed of the random groups that a group is set against.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
def command(
    *, claim: str, without: tuple[str, ...], data: tuple[Path, ...], new_units: bool, seed: int, as_json: bool
) -> None:
    """Why did one claim come out as it did, and what would turn it?

    Prints the choices that tip it, the nearest ways of comparing that come out otherwise (fewest answers changed from the
    claim's own way), every figure of the claim's own way with its source and year, and what readers object.
    """
    from evenhand.cli.why_run import Asked, answer

    asked = Asked(claim, without, data, new_units=new_units, seed=seed)
    click.echo(answer(asked, Progress(), as_json=as_json), nl=False)
